"""What a measure's page shows: the thread upwards, the figures, the dose, and what can be done."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils import timezone

from samhandling_web.agree.measures import indicator_figure, indicators, permissions, plan_content
from samhandling_web.agree.measures.forms.doing import (
    ApproveForm,
    DoneForm,
    DoseForm,
    DosePlanForm,
    StartForm,
    StopForm,
    WithdrawForm,
)
from samhandling_web.agree.measures.models import Measure
from samhandling_web.agree.measures.rules import TRANSITIONS, Status
from samhandling_web.agree.measures.selectors import measures as selectors
from samhandling_web.agree.measures.selectors.plans import plans_of_measure
from samhandling_web.agree.measures.selectors.portfolios import answering_for
from samhandling_web.agree.partnership.permissions import may_read as may_read_agreed
from samhandling_web.agree.partnership.selectors.items import items_visible_to
from samhandling_web.base.accounts.models import User
from samhandling_web.base.common.text import Text, _
from samhandling_web.understand.picture.scopes import areas_with_clock
from samhandling_web.understand.places.permissions import may_read_place
from samhandling_web.understand.places.selectors import problems_visible_to

TONES: dict[Status, str] = {
    Status.PROPOSED: "neutral",
    Status.APPROVED: "info",
    Status.STARTED: "info",
    Status.DONE: "warning",
    Status.STOPPED: "warning",
    Status.FOLLOWED_UP: "success",
    Status.WITHDRAWN: "neutral",
}


@dataclass(frozen=True, slots=True)
class Step:
    """A button: where it leads, what it asks and who may press it."""

    label: Text
    url_name: str
    form: type[forms.Form] | None
    may: Callable[[Any, Measure], bool]
    is_danger: bool = False


# One for each state that a measure can move to.
STEPS: dict[Status, Step] = {
    Status.APPROVED: Step(
        _("Besluta"), "measures:measure-approve", ApproveForm, permissions.may_approve
    ),
    Status.STARTED: Step(
        _("Starta"), "measures:measure-start", StartForm, permissions.may_carry_out
    ),
    Status.DONE: Step(
        _("Genomförd"), "measures:measure-done", DoneForm, permissions.may_carry_out
    ),
    Status.STOPPED: Step(
        _("Avbryt"), "measures:measure-stop", StopForm, permissions.may_carry_out, is_danger=True
    ),
    Status.FOLLOWED_UP: Step(
        _("Följ upp"), "measures:measure-follow-up", None, permissions.may_carry_out
    ),
    Status.WITHDRAWN: Step(
        _("Återta"), "measures:measure-withdraw", WithdrawForm, permissions.may_withdraw,
        is_danger=True,
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Offered:
    """A step that the person may take now, with its form as it is to be shown."""

    target: Status
    step: Step
    form: forms.Form | None
    is_own: bool


def step_form(target: Status, posted: Any = None) -> forms.Form | None:
    """Return a step's form; several stand on one page, so each has names of its own."""
    form = STEPS[target].form
    return form(posted, auto_id=f"id_{target}_%s") if form else None


def steps_offered(
    measure: Measure, actor: User, filled: dict[Status, forms.Form] | None = None
) -> list[Offered]:
    """Return the steps that the table allows from here and that the person may take."""
    filled = filled or {}
    allowed = TRANSITIONS[Status(measure.status)]
    return [
        Offered(
            target,
            step,
            filled.get(target) or step_form(target),
            target is Status.APPROVED and measure.created_by_id == actor.pk,
        )
        for target, step in STEPS.items()
        if target in allowed and step.may(actor, measure)
    ]


def page_of(
    measure: Measure, actor: User, filled: dict[Status, forms.Form] | None = None
) -> dict[str, Any]:
    """Return everything the page shows of a measure."""
    today = timezone.localdate()
    names = dict(areas_with_clock(today))
    status = Status(measure.status)
    return {
        "measure": measure,
        "tone": TONES[status],
        "where": plan_content.where_of(measure, names),
        "may_open_place": measure.place is not None and may_read_place(actor, measure.place),
        "may_open_problem": problems_visible_to(actor).filter(pk=measure.problem_id or 0).exists(),
        "may_open_priority": may_read_agreed(actor),
        "may_open_item": items_visible_to(actor)
        .filter(pk=measure.decided_at_item_id or 0)
        .exists(),
        "whys": list(measure.cause.whys.all()) if measure.cause else [],
        "indicator_words": indicators.in_words(measure.indicator),
        "missing": selectors.missing_for_approval(measure) if status is Status.PROPOSED else [],
        "may_edit": status is Status.PROPOSED and permissions.may_edit(actor, measure),
        "steps": steps_offered(measure, actor, filled),
        "history": selectors.steps_of(measure),
        "late_since": selectors.late_with(measure, today),
        "answering": answering_for(measure, today),
        "plans": plans_of_measure(measure, actor),
        "followers": selectors.measures_visible_to(actor).filter(follows=measure),
        "follow_up": getattr(measure, "follow_up", None),
        "figure": indicator_figure.figure_of(measure, today),
    } | doses(measure, actor)


def doses(
    measure: Measure,
    actor: User,
    *,
    plan_form: DosePlanForm | None = None,
    dose_form: DoseForm | None = None,
) -> dict[str, Any]:
    """Return what was planned and what is done, with the forms for those who carry it out."""
    status = Status(measure.status)
    may = permissions.may_carry_out(actor, measure)
    rows = selectors.doses_of(measure)
    may_plan = may and status in {Status.PROPOSED, Status.APPROVED}
    may_count = may and bool(rows) and status in {Status.STARTED, Status.DONE, Status.STOPPED}
    return {
        "doses": rows,
        "dose_records": selectors.dose_records_of(measure)[:50],
        "dose_plan_form": (plan_form or DosePlanForm.of(rows, auto_id="id_plan_%s"))
        if may_plan
        else None,
        "dose_form": (dose_form or DoseForm(doses=rows, auto_id="id_dose_%s"))
        if may_count
        else None,
        "dose_needed": status is Status.APPROVED and not rows,
    }
