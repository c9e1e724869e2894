"""What waits for those who read files in."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse

from samhandling_web.base.common.inbox import InboxItem
from samhandling_web.base.common.text import _
from samhandling_web.observe.imports import permissions, selectors

COUNTED = _("{count} avvisade rader")


def waiting_for(user: Any, _today: date) -> Iterator[InboxItem]:
    """Tell of the rows that nobody has corrected or dismissed: all of them together."""
    if not permissions.may_import(user):
        return
    count = selectors.rows_waiting().count()
    if count:
        url = reverse("imports:row-list")
        title = COUNTED.format(count=count)
        yield InboxItem("imports.rows", "rows", _("Rätta eller avskriv"), title, url)
