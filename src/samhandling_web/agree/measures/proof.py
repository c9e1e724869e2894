"""What proves 5 and 6 §§ lag (2023:196) as far as action plans go; the law's page shows it."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from samhandling_web.agree.measures import permissions
from samhandling_web.agree.measures.models import ActionPlan
from samhandling_web.agree.measures.selectors.plans import StandingOfPlan, plan_standing
from samhandling_web.understand.picture.proof import Fact, Paragraph
from samhandling_web.understand.picture.rules import Clock


@dataclass(frozen=True, slots=True)
class PlanFact:
    """One thing that can be shown, with the plan that shows it."""

    words: str
    plan: ActionPlan


@dataclass(frozen=True, slots=True)
class PlanProof:
    """What a paragraph asks of action plans, what proves it and what is missing."""

    number: str
    duty: str
    holds: bool
    facts: tuple[PlanFact, ...]
    missing: tuple[str, ...]


def plan_proof(today: date) -> tuple[PlanProof, PlanProof]:
    """Return the proof of 5 § (the plan) and of 6 § (its follow-up) on a day."""
    standing = plan_standing(today)
    return _the_plan(standing), _every_second_year(standing)


def paragraphs(today: date) -> list[Paragraph]:
    """Return both as the page about the law shows its paragraphs."""
    return [
        Paragraph(
            one.number,
            one.duty,
            one.holds,
            tuple(
                Fact(fact.words, url=_page(fact.plan), may_open=permissions.may_read_plans)
                for fact in one.facts
            ),
            one.missing,
        )
        for one in plan_proof(today)
    ]


def _page(plan: ActionPlan) -> str:
    return reverse("measures:plan-detail", args=[plan.pk])


def _the_plan(standing: list[StandingOfPlan]) -> PlanProof:
    whole = next((one for one in standing if one.area_id is None), None)
    has_plan = whole is not None and whole.plan is not None
    return PlanProof(
        "5 §",
        _("En åtgärdsplan som bygger på lägesbilden."),
        holds=has_plan,
        facts=tuple(
            PlanFact(_adopted(one.area_name, one.plan), one.plan) for one in standing if one.plan
        ),
        missing=() if has_plan else (_("Kommunen har ingen antagen åtgärdsplan."),),
    )


def _adopted(area: str, plan: ActionPlan) -> str:
    return _(
        "{area}: åtgärdsplan {number}, version {version}, antagen av {body} {day}, {case}. Den "
        "bygger på lägesbild {picture}."
    ).format(
        area=area,
        number=plan.pk,
        version=plan.version,
        body=plan.adopted_by,
        day=plan.adopted_on,
        case=plan.case_number,
        picture=plan.picture_id,
    )


def _every_second_year(standing: list[StandingOfPlan]) -> PlanProof:
    whole = next((one for one in standing if one.area_id is None), None)
    late = [one.area_name for one in standing if one.reading.clock == Clock.RED]
    holds = whole is not None and whole.reading.clock in {Clock.GREEN, Clock.AMBER}
    missing = [_("Försenade: {areas}.").format(areas=", ".join(late))] if late else []
    if whole is None or whole.plan is None:
        missing.append(_("Det finns ingen antagen åtgärdsplan att följa upp."))
    return PlanProof(
        "6 §",
        _("Åtgärdsplanen följs upp minst vartannat år."),
        holds=holds,
        facts=tuple(PlanFact(_followed(one), one.plan) for one in standing if one.plan),
        missing=tuple(missing),
    )


def _followed(one: StandingOfPlan) -> str:
    if one.followed_up_on is None:
        words = _("{area}: inte uppföljd ännu, ska följas upp senast {due}.")
        return words.format(area=one.area_name, due=one.reading.due_on)
    words = _("{area}: uppföljd {day}, ska följas upp igen senast {due}.")
    return words.format(area=one.area_name, day=one.followed_up_on, due=one.reading.due_on)
