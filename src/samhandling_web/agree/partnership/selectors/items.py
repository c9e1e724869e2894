"""Reading what meetings took up: open, decided, overdue, by who answers for it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import Count, F, Min, Q, QuerySet

from samhandling_web.agree.partnership import permissions
from samhandling_web.agree.partnership.models import AgendaItem, Council, Meeting
from samhandling_web.agree.partnership.rules import ItemStatus, MeetingStatus
from samhandling_web.agree.partnership.selectors.councils import kinds_read_by
from samhandling_web.base.accounts.permissions import Actor, is_person, organisations_today
from samhandling_web.base.common.text import Text, _
from samhandling_web.observe.walks.models import Finding
from samhandling_web.observe.walks.selectors import findings_visible_to
from samhandling_web.understand.places.models import Problem

FINDING = "walks.finding"
"""How a finding is named as what brought an item up."""
# Said out loud, since engines differ in where they put what has no day.
MOST_PRESSING = F("deadline").asc(nulls_last=True)


class Shown(StrEnum):
    """Which items the list shows."""

    OVERDUE = "forsenade"
    DECIDED = "beslutade"
    ENDED = "avslutade"
    ALL = "alla"


SHOWN: dict[Shown, Text] = {
    Shown.OVERDUE: _("Försenade"),
    Shown.DECIDED: _("Beslutade, inte klara"),
    Shown.ENDED: _("Klara"),
    Shown.ALL: _("Alla"),
}


def items() -> QuerySet[AgendaItem]:
    return AgendaItem.objects.select_related(
        "meeting__council__organisation", "owner", "problem", "priority"
    )


def items_visible_to(actor: Actor) -> QuerySet[AgendaItem]:
    """Return items of meetings that the person may read, and decided ones of her organisations."""
    if not is_person(actor):
        return items().none()
    readable = Q(meeting__council__kind__in=kinds_read_by(actor))
    own = organisations_today(actor, permissions.REPORT_ITEMS)
    return items().filter(readable | Q(owner_id__in=own))


def finding_of(item: AgendaItem, actor: Actor) -> Finding | None:
    """Return the finding of a walk that brought the item up, if the person may read it."""
    kind, _mark, key = item.source.partition(":")
    if kind != FINDING or not key.isdigit():
        return None
    return findings_visible_to(actor).filter(pk=key).first()


def items_of(meeting: Meeting) -> QuerySet[AgendaItem]:
    return items().filter(meeting=meeting).order_by("number")


def overdue_on(day: date) -> Q:
    """Match what was decided, should have been done before `day`, and is not."""
    return Q(status=ItemStatus.DECIDED, deadline__lt=day)


def items_shown(actor: Actor, shown: Shown, day: date) -> QuerySet[AgendaItem]:
    """Return the items of a list, what is most overdue first."""
    chosen = {
        Shown.OVERDUE: overdue_on(day),
        Shown.DECIDED: Q(status=ItemStatus.DECIDED),
        Shown.ENDED: Q(status__in=[ItemStatus.DONE, ItemStatus.DROPPED]),
        Shown.ALL: Q(),
    }[shown]
    return items_visible_to(actor).filter(chosen).order_by(MOST_PRESSING, "pk")


@dataclass(frozen=True, slots=True)
class OverdueOwner:
    """How much one organisation has that should have been done."""

    organisation_id: int
    name: str
    count: int
    since: date


def overdue_by_owner(actor: Actor, day: date) -> list[OverdueOwner]:
    """Count overdue items for each organisation, those with most first."""
    rows = (
        items_visible_to(actor)
        .filter(overdue_on(day))
        .values_list("owner_id", "owner__name")
        .annotate(count=Count("pk"), since=Min("deadline"))
        .order_by("-count", "owner__name")
    )
    return [OverdueOwner(*row) for row in rows]


def undecided_in(meeting: Meeting) -> list[AgendaItem]:
    """Return the items that nobody has decided on."""
    return list(items_of(meeting).filter(status=ItemStatus.OPEN))


def items_left_by(council: Council, day: date) -> QuerySet[AgendaItem]:
    """Return what earlier meetings of the council left: overdue, or never decided.

    Of a cancelled meeting only its own items are left; what was brought up from elsewhere is
    brought up again from there.
    """
    undecided = Q(status=ItemStatus.OPEN) & (
        Q(meeting__status=MeetingStatus.HELD)
        | Q(meeting__status=MeetingStatus.CANCELLED, source="")
    )
    found = items().filter(meeting__council=council).filter(overdue_on(day) | undecided)
    return found.order_by(MOST_PRESSING, "pk")


def sources_in_hand() -> set[str]:
    """Return what is already on an agenda, or decided and not done, at a meeting that counts."""
    in_hand = AgendaItem.objects.filter(status__in=[ItemStatus.OPEN, ItemStatus.DECIDED])
    found = in_hand.exclude(meeting__status=MeetingStatus.CANCELLED).exclude(source="")
    return set(found.values_list("source", flat=True))


def decided_problems() -> QuerySet[Problem]:
    """Return problems that a meeting has decided something about, be it to do nothing."""
    decided = (ItemStatus.DECIDED, ItemStatus.NO_ACTION, ItemStatus.DONE)
    return Problem.objects.filter(agenda_items__status__in=decided)
