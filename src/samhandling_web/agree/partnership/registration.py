"""What partnership adds to the platform when it starts: menu, inbox, items of agendas."""

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


def navigation() -> None:
    pages = (
        (_("Överenskommelser"), "partnership:agreement-list"),
        (_("Prioriteringar"), "partnership:priority-list"),
        (_("Medborgarlöften"), "partnership:promise-list"),
        (_("Möten"), "partnership:meeting-list"),
    )
    for at, (label, name) in enumerate(pages, start=1):
        register(NavItem(Room.AGREE, label, name, permissions.may_read, order=10 * at))
    own_items = NavItem(
        Room.AGREE,
        _("Mötespunkter"),
        "partnership:item-list",
        permissions.may_see_own_items,
        order=50,
    )
    register(own_items)


def agendas() -> None:
    agenda.register("left", agenda_sources.left_by_earlier_meetings)
    agenda.register("compilation", agenda_sources.last_weeks_compilation)
    agenda.register("agreements", agenda_sources.agreements_running_out)
    agenda.register("priorities", agenda_sources.priorities_without_measure)
    agenda.register("problems", agenda_sources.problems_without_answer)


def waits() -> None:
    inbox.register("partnership", waiting.waiting_for)


def proofs() -> None:
    the_law.register("partnership", proof.NUMBERS, proof.paragraphs)
