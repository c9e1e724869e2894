"""Reading places, candidates and problems. Every list goes through what the person may see."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, F, Func, IntegerField, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import TruncMonth
from django.utils import timezone

from samhandling_web.base.accounts.permissions import Actor
from samhandling_web.base.areas.models import Area, AreaVersion
from samhandling_web.base.areas.permissions import visibilities_open_to
from samhandling_web.base.areas.rules import Visibility
from samhandling_web.base.areas.selectors.divisions import visible
from samhandling_web.observe.observations.models import Observation
from samhandling_web.observe.observations.rules import RESTRICTED_CATEGORIES, Status
from samhandling_web.observe.walks.models import Finding
from samhandling_web.understand.places import permissions
from samhandling_web.understand.places.ground import box_around, distances_m
from samhandling_web.understand.places.models import (
    Candidate,
    Cause,
    CauseEvidence,
    Place,
    PlaceFinding,
    PlaceObservation,
    Problem,
    Why,
)
from samhandling_web.understand.places.rules import (
    ANALYSE_WITHIN,
    Analysis,
    CandidateStatus,
    ProblemStatus,
)

LATEST_SHOWN = 20
NEARBY_SHOWN = 50
NEARBY_DAYS = 365
SEEN_BY_ALL = frozenset({Visibility.PUBLIC, Visibility.INTERNAL})
"""The protection of areas that everybody who reads problems may see through."""
OPEN_PROBLEMS = (ProblemStatus.IDENTIFIED, ProblemStatus.ANALYSED)


def _district_name(path: str = "district") -> Subquery:
    """The district's latest name, beside each row."""
    versions = AreaVersion.objects.filter(area=OuterRef(path)).order_by("-valid_from")
    return Subquery(versions.values("name")[:1])


def is_seen_by_all(area: Area) -> bool:
    """Whether everybody who reads of a problem may see the area that it is in."""
    return visible(AreaVersion.objects.filter(area=area), SEEN_BY_ALL).exists()


def _number_of(rows: QuerySet[Any]) -> Subquery:
    """How many rows there are, counted beside each row of the outer question."""
    counted = rows.order_by().annotate(number=Func(F("pk"), function="COUNT"))
    return Subquery(counted.values("number"), output_field=IntegerField())


def places_visible_to(actor: Actor) -> QuerySet[Place]:
    """Every place whose whereabouts the person may see, with its district's name."""
    if not permissions.may_read_places(actor):
        return Place.objects.none()
    return (
        Place.objects.filter(visibility__in=visibilities_open_to(actor))
        .select_related("district__level", "responsible")
        .annotate(district_name=_district_name())
    )


@dataclass(frozen=True, slots=True)
class PlaceChoice:
    """Which places somebody asks for."""

    district: int | None = None
    kind: str = ""
    standing: str = ""
    responsible: int | None = None
    words: str = ""


def places_chosen(places: QuerySet[Place], choice: PlaceChoice) -> QuerySet[Place]:
    """Return the places that fit the choice, with how much there is of each."""
    exact = {
        "district": choice.district,
        "kind": choice.kind,
        "standing": choice.standing,
        "responsible": choice.responsible,
    }
    places = places.filter(**{name: value for name, value in exact.items() if value})
    if choice.words:
        places = places.filter(name__icontains=choice.words)
    links = PlaceObservation.objects.filter(place=OuterRef("pk"))
    problems = Problem.places.through.objects.filter(
        place=OuterRef("pk"), problem__status__in=OPEN_PROBLEMS
    )
    return places.annotate(
        observation_count=_number_of(links), open_problem_count=_number_of(problems)
    )


def observations_open() -> QuerySet[Observation]:
    """Observations that may be shown beside a place: each once, none that few may see."""
    return (
        Observation.objects.exclude(status=Status.JOINED)
        .exclude(category__slug__in=RESTRICTED_CATEGORIES)
        .select_related("category", "sending__organisation")
    )


def observations_of(place: Place) -> QuerySet[Observation]:
    """What was seen at the place, the latest first."""
    return observations_open().filter(place_links__place=place).order_by("-start", "-pk")


def observations_per_month(place: Place, first_day: date) -> dict[date, int]:
    """Return how many of the place's observations began in each month that had any."""
    rows = (
        observations_of(place)
        .filter(start__date__gte=first_day)
        .order_by()
        .annotate(month=TruncMonth("start"))
        .values("month")
        .annotate(number=Count("pk"))
    )
    return {timezone.localtime(row["month"]).date(): row["number"] for row in rows}


def observations_nearby(place: Place) -> list[tuple[Observation, float]]:
    """Return observations of the last year within the radius that are linked to no place here."""
    since = timezone.now() - timedelta(days=NEARBY_DAYS)
    candidates = observations_open().filter(start__gte=since).exclude(place_links__place=place)
    return _nearest(place, candidates.order_by("-start"))


def findings_of(place: Place) -> QuerySet[Finding]:
    """What was found on walks at the place, the latest walk first."""
    return (
        Finding.objects.filter(place_links__place=place)
        .select_related("walk", "category", "owner")
        .order_by("-walk__planned_at", "number")
    )


def findings_nearby(place: Place) -> list[tuple[Finding, float]]:
    """Return findings within the radius that are not linked to the place."""
    found = Finding.objects.exclude(place_links__place=place).select_related("walk", "category")
    return _nearest(place, found.order_by("-pk"))


def _nearest(place: Place, rows: QuerySet[Any]) -> list[tuple[Any, float]]:
    """Return the rows that lie within the place's radius with their distance, nearest first."""
    box = box_around(place.geometry, place.radius_m)
    inside = rows.filter(
        longitude__range=(box.west, box.east), latitude__range=(box.south, box.north)
    )[: NEARBY_SHOWN * 4]
    found = list(inside)
    if not found:
        return []
    metres = distances_m(
        place.geometry, [row.longitude for row in found], [row.latitude for row in found]
    )
    near = [
        (row, float(distance))
        for row, distance in zip(found, metres, strict=True)
        if distance <= place.radius_m
    ]
    return sorted(near, key=lambda pair: pair[1])[:NEARBY_SHOWN]


def problems_visible_to(actor: Actor) -> QuerySet[Problem]:
    """Every problem that the person may read of, with its district's and its area's name."""
    if not permissions.may_read_problems(actor):
        return Problem.objects.none()
    return Problem.objects.select_related(
        "owner", "district__level", "area__level", "created_by"
    ).annotate(district_name=_district_name(), area_name=_district_name("area"))


@dataclass(frozen=True, slots=True)
class ProblemChoice:
    """Which problems somebody asks for."""

    district: int | None = None
    status: str = ""
    severity: str = ""
    owner: int | None = None
    words: str = ""


def problems_chosen(problems: QuerySet[Problem], choice: ProblemChoice) -> QuerySet[Problem]:
    """Return the problems that fit the choice, with how many causes are known of each."""
    exact = {
        "district": choice.district,
        "status": choice.status,
        "severity": choice.severity,
        "owner": choice.owner,
    }
    problems = problems.filter(**{name: value for name, value in exact.items() if value})
    if choice.words:
        problems = problems.filter(title__icontains=choice.words)
    return problems.annotate(cause_count=_number_of(Cause.objects.filter(problem=OuterRef("pk"))))


def problems_of(place: Place, actor: Actor) -> QuerySet[Problem]:
    """The place's problems, open ones first."""
    is_open = Q(status__in=OPEN_PROBLEMS)
    return (
        problems_visible_to(actor)
        .filter(places=place)
        .annotate(is_open=Count("pk", filter=is_open))
        .order_by("-is_open", "-pk")
    )


def places_of(problem: Problem, actor: Actor) -> QuerySet[Place]:
    """The problem's places, as far as the person may see where they lie."""
    return places_visible_to(actor).filter(problems=problem)


def causes_of(problem: Problem) -> QuerySet[Cause]:
    """The problem's causes with their whys and what they rest on."""
    evidence = CauseEvidence.objects.select_related("finding__walk", "finding__category")
    return problem.causes.prefetch_related(
        Prefetch("whys", Why.objects.order_by("number")), Prefetch("evidence", evidence)
    )


def analysis_of(problem: Problem) -> Analysis:
    """Return what there is of the problem's cause analysis."""
    rows = list(
        problem.causes.annotate(
            why_count=Count("whys", distinct=True), evidence_count=Count("evidence", distinct=True)
        ).values_list("why_count", "evidence_count")
    )
    return Analysis(
        has_to_whom=bool(problem.to_whom.strip()),
        has_when=bool(problem.when.strip()),
        whys=tuple(whys for whys, _evidence in rows),
        evidence=tuple(evidence for _whys, evidence in rows),
    )


def findings_for(problem: Problem, actor: Actor) -> QuerySet[Finding]:
    """Findings that a cause of the problem may rest on: those of its places."""
    places = places_of(problem, actor).values("pk")
    links = PlaceFinding.objects.filter(place__in=places).values("finding")
    return (
        Finding.objects.filter(pk__in=links)
        .select_related("walk", "category")
        .order_by("-walk__planned_at", "number")
    )


def candidates_visible_to(actor: Actor) -> QuerySet[Candidate]:
    """Every proposed place, best score first."""
    if not permissions.may_read_problems(actor):
        return Candidate.objects.none()
    return Candidate.objects.select_related("district__level", "place", "decided_by").annotate(
        district_name=_district_name()
    )


def candidate_counts(candidates: QuerySet[Candidate]) -> dict[str, int]:
    """Return how many of the candidates there are in each state."""
    rows = candidates.order_by().values("status").annotate(number=Count("pk"))
    return {row["status"]: row["number"] for row in rows}


def observations_of_candidate(candidate: Candidate) -> QuerySet[Observation]:
    """The latest observations that a proposed place rests on."""
    numbers = candidate.evidence["observations"]
    return observations_open().filter(pk__in=numbers).order_by("-start")[:LATEST_SHOWN]


def findings_of_candidate(candidate: Candidate) -> QuerySet[Finding]:
    """The findings that a proposed place rests on."""
    found = Finding.objects.filter(pk__in=candidate.evidence["findings"])
    return found.select_related("walk", "category").order_by("-pk")


def problem_begun_from(actor: Actor, *, place: str, observation: str) -> dict[str, Any]:
    """Return what a new problem begins with: where somebody stood, or what somebody saw."""
    begun: dict[str, Any] = {}
    if place.isdigit():
        begun["places"] = places_visible_to(actor).filter(pk=int(place))
    if observation.isdigit() and permissions.may_read_problems(actor):
        seen = observations_open().filter(pk=int(observation)).first()
        if seen is not None:
            begun |= {"title": str(seen.category), "what": seen.text, "severity": seen.severity}
            linked = places_visible_to(actor).filter(observation_links__observation=seen)
            begun.setdefault("places", linked)
            begun["area"] = str(seen.district_id or "") if not linked else ""
    return begun


def problems_waiting_for(actor: Actor, today: date) -> QuerySet[Problem]:
    """Problems that nobody has analysed in time, where the person writes."""
    midnight = datetime.combine(today, time.min, timezone.get_default_timezone())
    late = problems_visible_to(actor).filter(
        status=ProblemStatus.IDENTIFIED, created_at__lt=midnight - ANALYSE_WITHIN
    )
    return _where_written(late, actor)


def candidates_waiting_for(actor: Actor) -> QuerySet[Candidate]:
    """Proposed places that wait for a decision, where the person writes."""
    waiting = candidates_visible_to(actor).filter(status=CandidateStatus.PROPOSED)
    return _where_written(waiting, actor)


def _where_written(rows: QuerySet[Any], actor: Actor) -> QuerySet[Any]:
    if not permissions.may_write_somewhere(actor):
        return rows.none()
    if permissions.may_write_anywhere(actor):
        return rows
    return rows.filter(district__in=permissions.districts_written_in(actor))
