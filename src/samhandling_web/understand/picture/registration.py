"""What the picture adds to the platform when it starts: checks, background work, the menu."""

from collections.abc import Iterator

from django.utils import timezone

from samhandling_web.base.audit import checks as audit_checks
from samhandling_web.base.audit.checks import Finding
from samhandling_web.base.common.navigation import NavItem, Room, everyone, register
from samhandling_web.base.common.text import _
from samhandling_web.base.jobs import registry
from samhandling_web.understand.picture import permissions, scopes, selectors, tasks


def checks() -> None:
    audit_checks.register(
        "adopted-pictures", _("Antagna lägesbilder är oförändrade"), selectors.changed_documents
    )
    audit_checks.register("picture-clocks", _("Lägesbilder är högst två år gamla"), clock_reminders)


def clock_reminders() -> Iterator[Finding]:
    """Remind of every missing or overdue picture: the municipality's and the largest areas'."""
    today = timezone.localdate()
    yield from selectors.overdue_pictures(scopes.areas_with_clock(today), today)


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
