"""What measures add to the platform when it starts: the menu, what waits, checks."""

from collections.abc import Collection, Iterator
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from samhandling_web.agree.measures import agenda_sources, permissions, proof, waiting
from samhandling_web.agree.measures.models import Measure
from samhandling_web.agree.measures.rules import STATUSES, Status
from samhandling_web.agree.measures.selectors import measures as selectors
from samhandling_web.agree.measures.selectors import plans
from samhandling_web.agree.partnership import agenda
from samhandling_web.agree.partnership import panels as known
from samhandling_web.agree.partnership.models import AgendaItem, Priority
from samhandling_web.base.accounts.permissions import Actor
from samhandling_web.base.audit import checks as audit_checks
from samhandling_web.base.audit.checks import Finding
from samhandling_web.base.common.inbox import register as tell
from samhandling_web.base.common.navigation import NavItem, Room, register
from samhandling_web.base.common.text import _
from samhandling_web.understand.picture import proof as the_law
from samhandling_web.understand.places import panels
from samhandling_web.understand.places.models import Place, Problem


def navigation() -> None:
    for room, label, name, may_see, order in (
        (Room.AGREE, _("Åtgärder"), "measure-list", permissions.may_read_measures, 20),
        (Room.AGREE, _("Åtgärdsplaner"), "plan-list", permissions.may_read_plans, 30),
        (
            Room.BASE,
            _("Politiska ansvarsområden"),
            "portfolio-list",
            permissions.may_manage_portfolios,
            60,
        ),
    ):
        register(NavItem(room, label, f"measures:{name}", may_see, order=order))


def inbox() -> None:
    tell("measures", waiting.waiting_for)


def agendas() -> None:
    agenda.register("measures", agenda_sources.measures_due)


def checks() -> None:
    audit_checks.register(
        "adopted-plans", _("Antagna åtgärdsplaner är oförändrade"), plans.changed_plans
    )
    audit_checks.register("plan-clocks", _("Åtgärdsplaner följs upp i tid"), plan_reminders)


def plan_reminders() -> Iterator[Finding]:
    """Remind of every plan that is missing or was due to be followed up."""
    yield from plans.overdue_plans(timezone.localdate())


def on_other_pages() -> None:
    """Show what is done on the pages of places and problems."""
    template = "measures/panel.html"
    label = _("Åtgärder")
    panels.register_for_places(panels.Panel("measures", label, template, of_place, order=30))
    panels.register_for_problems(panels.Panel("measures", label, template, of_problem, order=30))

    known.register(
        known.MeasuresKnown(
            lines=of_priority,
            priorities_with=lambda keys: _those_with("priority", keys),
            problems_with=lambda keys: _those_with("problem", keys),
            of_items=of_items,
        )
    )


def proofs() -> None:
    the_law.register("measures", ("5 §",), proof.paragraphs)


def of_priority(priority: Priority, actor: Actor) -> list[known.MeasureLine]:
    """Return a priority's measures as its page shows them."""
    found = selectors.measures_visible_to(actor).filter(priority=priority).order_by("-pk")
    return [_line(measure) for measure in found]


def of_items(items: Collection[AgendaItem], actor: Actor) -> dict[int, list[known.MeasureLine]]:
    """Return the measures that items led to, and those that brought an item up themselves."""
    brought = {item.pk: agenda_sources.measure_of(item.source) for item in items}
    wanted = Q(decided_at_item__in=brought) | Q(pk__in=filter(None, brought.values()))
    found = list(selectors.measures_visible_to(actor).filter(wanted).order_by("-pk"))
    lines = {
        key: [_line(one) for one in found if key == one.decided_at_item_id or about == one.pk]
        for key, about in brought.items()
    }
    return {key: told for key, told in lines.items() if told}


def _line(measure: Measure) -> known.MeasureLine:
    return known.MeasureLine(
        title=measure.title,
        url=reverse("measures:measure-detail", args=[measure.pk]),
        status=str(STATUSES[Status(measure.status)]),
        owner=str(measure.owner or ""),
    )


def _those_with(field: str, keys: Collection[int]) -> set[int]:
    """Return which of the keys have a measure that was not taken back."""
    held = Measure.objects.filter(**{f"{field}__in": keys}).exclude(status=Status.WITHDRAWN)
    return set(held.values_list(field, flat=True))


def of_place(place: Place, actor: Actor) -> dict[str, Any] | None:
    """Return a place's measures; None for those who read no measures."""
    if not permissions.may_read_measures(actor):
        return None
    return {"measures": selectors.measures_of_place(place.pk, actor)}


def of_problem(problem: Problem, actor: Actor) -> dict[str, Any] | None:
    """Return a problem's measures, and the problem for those who may propose one."""
    if not permissions.may_read_measures(actor):
        return None
    proposes = problem if permissions.may_propose(actor) else None
    return {"measures": selectors.measures_of_problem(problem.pk, actor), "problem": proposes}
