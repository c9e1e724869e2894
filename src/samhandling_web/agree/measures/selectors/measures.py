"""Reading measures: lists, what one lacks, where it stands and what it cost."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from samhandling_web.agree.measures import permissions, rules
from samhandling_web.agree.measures.models import DosePlan, DoseRecord, Measure, MeasureStep
from samhandling_web.agree.measures.rules import OPEN_STATUSES, Status
from samhandling_web.base.accounts.permissions import (
    Actor,
    holds_role,
    is_person,
    organisations_today,
)
from samhandling_web.base.common.text import Text
from samhandling_web.understand.picture.scopes import areas_with_clock

SHOWN_TOGETHER = ("problem", "place", "area", "district", "owner", "proposer", "portfolio")
OVERDUE = "overdue"
SOMEWHERE = Q(place__isnull=False) | Q(area__isnull=False) | Q(is_citywide=True)


def measures_visible_to(actor: Actor) -> QuerySet[Measure]:
    """Return every measure the person may read (the same answer as `permissions.may_read`)."""
    measures = Measure.objects.select_related(*SHOWN_TOGETHER)
    if not is_person(actor):
        return measures.none()
    if holds_role(actor, permissions.READERS):
        return measures
    return measures.filter(owner_id__in=organisations_read_for(actor))


def organisations_read_for(actor: Actor) -> list[int]:
    """Return the organisations whose own measures the person reads, as a property owner."""
    return organisations_today(actor, permissions.READERS_OF_OWN)


def has_for_approval(measure: Measure) -> dict[str, bool]:
    """Answer for each need of `rules.NEEDED_FOR_APPROVAL` whether the measure has it."""
    return {
        "problem": measure.problem_id is not None,
        "cause": measure.cause_id is not None,
        "mechanism": bool(measure.mechanism and measure.mechanism_text.strip()),
        "kind": bool(measure.kind),
        "horizon": bool(measure.horizon),
        "portfolio": measure.portfolio_id is not None,
        "owner": measure.owner_id is not None,
        "where": measure.is_citywide or (measure.place_id or measure.area_id) is not None,
        "cost": None not in {measure.investment_sek, measure.running_sek_per_year},
        "start_on": measure.start_on is not None,
        "end_on": measure.end_on is not None,
        "indicator": bool(measure.indicator and measure.indicator_name.strip()),
        "evaluation_level": measure.evaluation_level is not None,
        "follow_up_on": measure.follow_up_on is not None,
    }


def missing_for_approval(measure: Measure) -> list[Text]:
    """Name everything that the measure lacks before it can be approved."""
    return rules.missing_for_approval(has_for_approval(measure))


def ready_for_approval(measures: QuerySet[Measure]) -> QuerySet[Measure]:
    """Keep the proposals that lack nothing (the same answer as `missing_for_approval`)."""
    set_ones = (
        "problem", "cause", "portfolio", "owner", "investment_sek", "running_sek_per_year",
        "start_on", "end_on", "indicator", "evaluation_level", "follow_up_on",
    )  # fmt: skip
    measures = measures.filter(
        status=Status.PROPOSED, **{f"{name}__isnull": False for name in set_ones}
    )
    measures = measures.filter(SOMEWHERE)
    for name in ("mechanism", "mechanism_text", "kind", "horizon", "indicator_name"):
        measures = measures.exclude(**{name: ""})
    return measures


def overdue(measures: QuerySet[Measure], today: date) -> QuerySet[Measure]:
    """Keep what should have been done by now: started, ended or followed up."""
    late = (
        Q(status=Status.APPROVED, start_on__lt=today)
        | Q(status=Status.STARTED, end_on__lt=today)
        | Q(status__in=[Status.DONE, Status.STOPPED], follow_up_on__lt=today)
    )
    return measures.filter(late)


def late_with(measure: Measure, today: date) -> date | None:
    """Return the day by which the next step should have been taken, None when it is not late."""
    due = {
        Status.APPROVED: measure.start_on,
        Status.STARTED: measure.end_on,
        Status.DONE: measure.follow_up_on,
        Status.STOPPED: measure.follow_up_on,
    }.get(Status(measure.status))
    return due if due is not None and due < today else None


def measures_of_place(place_id: int, actor: Actor) -> QuerySet[Measure]:
    """Return the place's measures that the person may read, the latest first."""
    return measures_visible_to(actor).filter(place_id=place_id)


def measures_of_problem(problem_id: int, actor: Actor) -> QuerySet[Measure]:
    """Return the problem's measures that the person may read, the latest first."""
    return measures_visible_to(actor).filter(problem_id=problem_id)


def steps_of(measure: Measure) -> QuerySet[MeasureStep]:
    """Return every step the measure has taken, the first first."""
    return measure.steps.select_related("actor").order_by("pk")


@dataclass(frozen=True, slots=True)
class Dose:
    """How much of one thing was planned and how much is done."""

    plan_id: int
    unit: str
    planned: Decimal
    done: Decimal

    @property
    def percent(self) -> int:
        return round(100 * self.done / self.planned)

    @property
    def is_low(self) -> bool:
        """Less than nine tenths of what was planned is less than planned."""
        return self.done < self.planned * Decimal("0.9")

    def as_json(self) -> dict[str, object]:
        return {
            "unit": self.unit, "planned": float(self.planned), "done": float(self.done),
            "percent": self.percent,
        }  # fmt: skip


def doses_of(measure: Measure) -> list[Dose]:
    """Return what was planned and what is done, in the order in which it was planned."""
    nothing = Decimal(0)
    plans = DosePlan.objects.filter(measure=measure).annotate(
        done=Coalesce(Sum("records__amount"), nothing)
    )
    return [Dose(plan.pk, plan.unit, plan.amount, plan.done) for plan in plans.order_by("pk")]


def dose_records_of(measure: Measure) -> QuerySet[DoseRecord]:
    """Return every row of what was done, the latest first."""
    rows = DoseRecord.objects.filter(plan__measure=measure).select_related("plan", "actor")
    return rows.order_by("-on", "-pk")


def district_names(today: date) -> dict[int, str]:
    """Return the names of the districts by their number."""
    return {pk: name for pk, name in areas_with_clock(today) if pk is not None}


@dataclass(frozen=True, slots=True)
class Budget:
    """Money of some measures: what is invested once and what runs every year."""

    key: object
    label: str
    measures: int
    investment_sek: int
    running_sek_per_year: int


def budgets_by(measures: QuerySet[Measure], field: str) -> dict[tuple[object, str], Budget]:
    """Sum the money of measures by a field of theirs and by horizon."""
    rows = (
        measures.order_by()
        .values("horizon", key=F(field))
        .annotate(
            n=Count("pk"),
            invested=Coalesce(Sum("investment_sek"), 0),
            running=Coalesce(Sum("running_sek_per_year"), 0),
        )
    )
    return {
        (row["key"], row["horizon"]): Budget(
            row["key"], "", row["n"], row["invested"], row["running"]
        )
        for row in rows
    }


def in_force(measures: QuerySet[Measure]) -> QuerySet[Measure]:
    """Keep what is proposed, decided or going on: what a budget is about."""
    return measures.filter(status__in=[Status.PROPOSED, Status.APPROVED, Status.STARTED])


def open_ones(measures: QuerySet[Measure]) -> QuerySet[Measure]:
    """Keep what has not come to its end."""
    return measures.filter(status__in=OPEN_STATUSES)


def titles(measures: Iterable[Measure]) -> str:
    return ", ".join(f"”{measure.title}”" for measure in measures)
