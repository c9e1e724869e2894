"""What this room adds to the platform when it starts: the menu, background work, what waits."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone

from samhandling_web.base.common import inbox
from samhandling_web.base.common.inbox import InboxItem
from samhandling_web.base.common.navigation import NavItem, Room, register
from samhandling_web.base.common.text import _
from samhandling_web.base.jobs import registry
from samhandling_web.understand.places import permissions, selectors, tasks
from samhandling_web.understand.places.rules import ANALYSE_WITHIN
from samhandling_web.understand.places.services.candidates import JOB_KIND


def navigation() -> None:
    reads = permissions.may_read_problems
    for item in (
        NavItem(
            Room.UNDERSTAND,
            _("Platser"),
            "places:place-list",
            permissions.may_read_places,
            order=40,
        ),
        NavItem(Room.UNDERSTAND, _("Problem"), "places:problem-list", reads, order=42),
        NavItem(Room.UNDERSTAND, _("Platsförslag"), "places:candidate-list", reads, order=44),
    ):
        register(item)


def jobs() -> None:
    registry.register(JOB_KIND, tasks.candidates_find)


def waiting() -> None:
    inbox.register("places", waits_for)


def waits_for(user: Any, today: date) -> Iterator[InboxItem]:
    """Problems that nobody has analysed in time, and proposed places to decide about."""
    if not permissions.may_write_somewhere(user):
        return
    for problem in selectors.problems_waiting_for(user, today):
        yield InboxItem(
            code="places.problem.analyse",
            key=str(problem.pk),
            label=_("Analysera varför problemet finns"),
            title=str(problem),
            url=reverse("places:problem-detail", args=[problem.pk]),
            due_on=timezone.localdate(problem.created_at) + ANALYSE_WITHIN,
            organisation=str(problem.owner),
        )
    count = selectors.candidates_waiting_for(user).count()
    if count:
        yield InboxItem(
            code="places.candidates.decide",
            key="all",
            label=_("Godta eller avfärda föreslagna platser"),
            title=PROPOSED.format(count=count),
            url=reverse("places:candidate-list"),
        )


PROPOSED = _("Föreslagna platser: {count}")
