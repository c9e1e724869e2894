"""Everything about one problem: where it stands, its triangle, and what its causes rest on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from samhandling_web.base.accounts.permissions import Actor
from samhandling_web.base.common.errors import DomainError
from samhandling_web.base.common.text import Text
from samhandling_web.understand.places import panels, permissions, selectors
from samhandling_web.understand.places.models import (
    Cause,
    CauseEvidence,
    Place,
    Problem,
    ProblemStep,
)
from samhandling_web.understand.places.queries import Answered, LiveQuery, Subjects, answered
from samhandling_web.understand.places.rules import (
    CONTROLLERS,
    PROBLEM_TRANSITIONS,
    TRIANGLE_SIDES,
    ProblemStatus,
    TriangleSide,
    missing_in_analysis,
)


@dataclass(frozen=True, slots=True)
class Shown:
    """One piece of evidence with its answer now, or why the question cannot be asked."""

    evidence: CauseEvidence
    answer: Answered | None
    fault: str


@dataclass(frozen=True, slots=True)
class CauseShown:
    """A cause with its whys and evidence."""

    cause: Cause
    whys: list[str]
    evidence: list[Shown]


@dataclass(frozen=True, slots=True)
class Side:
    """A side of the triangle: what it is, who may control it, and the causes on it."""

    slug: str
    name: Text
    controller: Text
    causes: list[CauseShown]
    controllers: list[str]


@dataclass(frozen=True, slots=True)
class ProblemPage:
    """What the page is made of."""

    places: Sequence[Place]
    steps: Sequence[ProblemStep]
    sides: list[Side]
    missing: list[Text]
    onward: list[ProblemStatus]
    panels: list[panels.Shown]
    may_write: bool
    may_step: bool
    in_analysis: bool

    @property
    def causes(self) -> list[CauseShown]:
        return [cause for side in self.sides for cause in side.causes]


def problem_page(problem: Problem, actor: Actor, today: date) -> ProblemPage:
    """Return everything about the problem; each question is asked anew."""
    causes = _causes(problem, actor, today)
    status = ProblemStatus(problem.status)
    in_analysis = status is ProblemStatus.IDENTIFIED
    missing = missing_in_analysis(selectors.analysis_of(problem)) if in_analysis else []
    return ProblemPage(
        places=list(selectors.places_of(problem, actor)),
        steps=list(problem.steps.select_related("actor").order_by("-pk")),
        sides=[_side(side, causes) for side in TriangleSide],
        missing=missing,
        onward=[one for one in ProblemStatus if one in PROBLEM_TRANSITIONS[status]],
        panels=panels.of_problem(problem, actor),
        may_write=permissions.may_write_problem(actor, problem),
        may_step=permissions.may_step_problem(actor, problem),
        in_analysis=in_analysis,
    )


def _side(side: TriangleSide, causes: list[CauseShown]) -> Side:
    own = [one for one in causes if one.cause.side == side]
    controllers = dict.fromkeys(one.cause.controller for one in own if one.cause.controller)
    return Side(str(side), TRIANGLE_SIDES[side], CONTROLLERS[side], own, list(controllers))


def _causes(problem: Problem, actor: Actor, today: date) -> list[CauseShown]:
    causes = list(selectors.causes_of(problem))
    stored = {one.pk: one for cause in causes for one in cause.evidence.all()}
    queries, faults = {}, {}
    for pk, evidence in stored.items():
        if evidence.query is None:
            continue
        try:
            queries[pk] = LiveQuery.from_json(evidence.query)
        except DomainError as exc:
            faults[pk] = str(exc)
    asked = {query.place_id for query in queries.values() if query.place_id is not None}
    seen = selectors.places_visible_to(actor).in_bulk(asked) if asked else {}
    for pk in [pk for pk, query in queries.items() if query.place_id not in {None, *seen}]:
        del queries[pk]
        faults[pk] = _("Underlaget gäller en skyddad plats.")
    subjects = Subjects(queries.values(), places=seen.values())
    answers = {pk: answered(query, today, subjects) for pk, query in queries.items()}
    return [
        CauseShown(
            cause,
            [why.answer for why in cause.whys.all()],
            [
                Shown(one, answers.get(one.pk), faults.get(one.pk, ""))
                for one in cause.evidence.all()
            ],
        )
        for cause in causes
    ]
