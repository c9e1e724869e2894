"""What partnership adds to the platform when it starts: menu, inbox, items of agendas."""

from typing import Any

from samhandling_web.agree.partnership import (
    agenda,
    agenda_sources,
    permissions,
    proof,
    waiting,
)
from samhandling_web.base.common import inbox
from samhandling_web.base.common.navigation import NavItem, Room, register
from samhandling_web.base.common.text import _
from samhandling_web.understand.picture import proof as the_law

PAGES = (
    (_("Överenskommelser"), "partnership:agreement-list", ("party", "document", "coverage")),
    (_("Prioriteringar"), "partnership:priority-list", ("problem",)),
    (_("Medborgarlöften"), "partnership:promise-list", ("public",)),
    (
        _("Möten"),
        "partnership:meeting-list",
        ("council", "seat", "calendar", "agenda", "attendance"),
    ),
)


def navigation() -> None:
    for at, (label, name, covers) in enumerate(PAGES, start=1):
        register(NavItem(Room.AGREE, label, name, permissions.may_read, 10 * at, covers))
    own = permissions.may_see_own_items
    register(NavItem(Room.AGREE, _("Mötespunkter"), "partnership:item-list", own, 50))
    register(
        NavItem(Room.AGREE, _("Medborgarlöften"), "partnership:public-promises", reads_outside, 60)
    )


def reads_outside(user: Any) -> bool:
    """Whether the open page is the only one on which the reader meets promises."""
    return not permissions.may_read(user)


def agendas() -> None:
    agenda.register("left", agenda_sources.left_by_earlier_meetings)
    agenda.register("compilation", agenda_sources.last_weeks_compilation)
    agenda.register("agreements", agenda_sources.agreements_running_out)
    agenda.register("priorities", agenda_sources.priorities_without_measure)
    agenda.register("findings", agenda_sources.findings_without_answer)
    agenda.register("problems", agenda_sources.problems_without_answer)


def waits() -> None:
    inbox.register("partnership", waiting.waiting_for)


def proofs() -> None:
    the_law.register("partnership", proof.NUMBERS, proof.paragraphs)
