"""The inbox is what rooms tell, the most pressing first."""

from datetime import date, timedelta

import pytest

from samhandling_web.base.common import inbox
from samhandling_web.base.common.inbox import InboxItem, Urgency
from samhandling_web.base.common.text import Text

TODAY = date(2026, 11, 24)


def item(title, due_on):
    return InboxItem("code", title, Text("Att göra"), title, "/", due_on)


@pytest.mark.parametrize(
    ("days", "urgency"),
    [(None, "waiting"), (-1, "overdue"), (0, "soon"), (14, "soon"), (15, "waiting")],
)
def test_urgency_follows_the_day(days, urgency):
    due_on = None if days is None else TODAY + timedelta(days=days)
    assert item("a", due_on).urgency(TODAY) == Urgency(urgency)


def test_every_room_is_asked_and_the_most_pressing_comes_first(monkeypatch):
    monkeypatch.setattr(inbox, "_sources", {})
    late, soon = item("b", TODAY - timedelta(days=1)), item("a", TODAY)
    inbox.register("one", lambda _user, _today: [item("c", None), soon])
    inbox.register("other", lambda _user, _today: [late])
    found = inbox.inbox_of(None, TODAY)
    assert [one.title for one in found] == ["b", "a", "c"]
