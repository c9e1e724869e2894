"""What the picture adds to the platform when it starts: checks, background work, the menu."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone

from samhandling_web.base.areas.answering import areas_answered_for
from samhandling_web.base.audit import checks as audit_checks
from samhandling_web.base.audit.checks import Finding
from samhandling_web.base.common.inbox import InboxItem
from samhandling_web.base.common.inbox import register as tell
from samhandling_web.base.common.navigation import NavItem, Room, everyone, register
from samhandling_web.base.common.text import Text, _
from samhandling_web.base.jobs import registry
from samhandling_web.understand.picture import permissions, scopes, selectors, tasks
from samhandling_web.understand.picture.models import Picture
from samhandling_web.understand.picture.rules import Clock, Status


def checks() -> None:
    audit_checks.register(
        "adopted-pictures", _("Antagna lägesbilder är oförändrade"), selectors.changed_documents
    )
    audit_checks.register("picture-clocks", _("Lägesbilder är högst två år gamla"), clock_reminders)


def clock_reminders() -> Iterator[Finding]:
    """Remind of every missing or overdue picture: the municipality's and the largest areas'."""
    today = timezone.localdate()
    yield from selectors.overdue_pictures(scopes.areas_with_clock(today), today)


def inbox() -> None:
    tell("picture", waiting_for)


def waiting_for(user: Any, today: date) -> Iterator[InboxItem]:
    """Tell which pictures wait for a person: to judge, to write on, and to renew."""
    for picture in selectors.pictures_visible_to(user).exclude(status=Status.ADOPTED):
        if picture.status == Status.IN_REVIEW:
            if permissions.may_register_adoption(user):
                yield _item("picture.review", _("Granska lägesbilden"), picture)
        elif permissions.may_write(user, picture.organisation):
            yield _item("picture.draft", _("Skriv klart lägesbilden"), picture)
    if not permissions.may_begin(user):
        return
    for standing in selectors.standing(_answered_for(user, today), today):
        if standing.reading.clock in {Clock.AMBER, Clock.RED}:
            yield InboxItem(
                "picture.renew", str(standing.area_id), _("Förnya den lagstadgade lägesbilden"),
                standing.area_name, reverse("picture:picture-list"), standing.reading.due_on,
            )  # fmt: skip


def _answered_for(user: Any, today: date) -> list[tuple[int | None, str]]:
    """Return the areas whose clocks a person minds: every one, or those of the own district."""
    areas = scopes.areas_with_clock(today, user)
    if permissions.may_write_anywhere(user):
        return areas
    own = areas_answered_for(user, permissions.WRITE_IN_OWN)
    return [(number, name) for number, name in areas if number in own]


def _item(code: str, label: Text, picture: Picture) -> InboxItem:
    url = reverse("picture:picture-detail", args=[picture.pk])
    return InboxItem(
        code, str(picture.pk), label, picture.title, url, organisation=str(picture.organisation)
    )


def jobs() -> None:
    registry.register(selectors.FIGURES_JOB, tasks.figures_count)


def navigation() -> None:
    for item in (
        NavItem(
            Room.UNDERSTAND,
            _("Lägesbilder"),
            "picture:picture-list",
            permissions.may_read_adopted,
            order=30,
        ),
        NavItem(
            Room.UNDERSTAND,
            _("Lagen i ett blad"),
            "picture:law",
            permissions.may_read_adopted,
            order=60,
        ),
        NavItem(Room.UNDERSTAND, _("Öppna sidor"), "picture:public-index", everyone, order=90),
    ):
        register(item)
