"""What waits for coordinators: received observations without an answer."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone

from samhandling_web.base.common.inbox import InboxItem
from samhandling_web.base.common.text import _
from samhandling_web.observe.observations import rules, selectors

CODE = "observations.answer"
LABEL = _("Iakttagelse att svara på")
MORE = _("och {count} till som väntar på svar")
MOST_SHOWN = 20


def waiting(user: Any, _today: date) -> Iterator[InboxItem]:
    """Yield the oldest observations that wait for the person's answer, and how many more there are.

    The sender's day of receipt starts the clock; the item is gone when the observation is answered.
    """
    found = selectors.unanswered_for(user)
    oldest = list(found[: MOST_SHOWN + 1])
    for one in oldest[:MOST_SHOWN]:
        received = timezone.localdate(one.sending.received_at)
        yield InboxItem(
            code=CODE,
            key=str(one.pk),
            label=LABEL,
            title=str(one),
            url=reverse("observations:observation-detail", args=[one.pk]),
            due_on=rules.due_day(received),
            organisation=str(one.sending.organisation),
        )
    if len(oldest) > MOST_SHOWN:
        yield InboxItem(
            code=CODE,
            key="more",
            label=LABEL,
            title=MORE.format(count=found.count() - MOST_SHOWN),
            url=reverse("observations:observation-list") + "?status=received",
        )
