"""Places, and why there are problems there: proposed, accepted, judged, analysed and solved."""

from datetime import timedelta

from django.utils import timezone

from samhandling_web.base.accounts.models import User
from samhandling_web.config.demo.lived import words_places as words
from samhandling_web.config.demo.lived.scene import District, Scene, Spot
from samhandling_web.config.demo.lived.words_places import Known, Why
from samhandling_web.observe.observations.selectors.nearness import distance_m
from samhandling_web.observe.walks.models import Finding
from samhandling_web.understand.places import selectors, services
from samhandling_web.understand.places.models import Candidate, Problem
from samhandling_web.understand.places.queries import LiveQuery
from samhandling_web.understand.places.rules import (
    CandidateStatus,
    PlaceKind,
    ProblemStatus,
    QueryKind,
    Standing,
)
from samhandling_web.understand.places.services import CauseDetails, PlaceDetails, ProblemDetails

SEARCHED_IN_WEEKS = (3, 8, 14, 20, 25)
REACH_M = 320
RADIUS_M = 150
RESPONSIBLE = {"square": "park", "tunnel": "park", "park": "park", "station": "park"}


def plan(scene: Scene) -> None:
    """Write searches, places and problems into the diary."""
    for week in SEARCHED_IN_WEEKS:
        scene.diary.write(scene.diary.day(week, 0), 6, _search)
    for district in scene.districts:
        _plan_places(scene, district)
        for number, spot in enumerate(district.troubled):
            _plan_problem(scene, district, spot, number)
    if not scene.is_small:
        scene.diary.write_office(scene.diary.day(9, 3), _dismiss, scene)


def _search() -> None:
    services.candidates_find(actor=None, today=timezone.localdate())


def _plan_places(scene: Scene, district: District) -> None:
    spots = district.spots if district.works_well else district.troubled
    if scene.is_small:
        spots = [*district.troubled, *[one for one in spots if one.busy == 1][:1]]
    for number, spot in enumerate(spots):
        # Problems are written up from the fifth week; the calmer spots come after the next search.
        week = 3 if spot in district.troubled else 8
        day = scene.diary.day(week, 1 + number % 4)
        scene.diary.write_office(day, _lay_up, scene, district, spot)


def _lay_up(scene: Scene, district: District, spot: Spot) -> None:
    """Accept what the data propose here, or lay the place up by hand; then judge it."""
    known, actor = words.KNOWN[spot.theme], district.coordinator
    details = PlaceDetails(
        name=spot.name,
        kind=PlaceKind(known.kind),
        geometry=spot.geometry,
        radius_m=RADIUS_M,
        responsible=scene.organisations.get(RESPONSIBLE.get(spot.theme, "utbildning")),
    )
    proposed = _candidate_near(spot, district)
    if proposed is None:
        spot.place = services.place_create(details=details, actor=actor)
    else:
        spot.place = services.candidate_accept(
            candidate_id=proposed.pk, details=details, actor=actor
        )
    if not district.works_well:
        return
    is_troubled = spot in district.troubled
    _assess(spot, actor, Standing.UNSAFE if is_troubled else Standing.MIXED)
    today = timezone.localdate()
    for kind, text, source in known.facts[: 3 if is_troubled else 1]:
        services.place_fact_add(
            place_id=spot.place.pk, kind=kind, text=text, source=source, known_on=today, actor=actor
        )
    for month in range(1, 6):
        day = today + timedelta(days=30 * month)
        scene.diary.write_office(day, _link, spot, actor)


def _candidate_near(spot: Spot, district: District) -> Candidate | None:
    """Return the nearest proposal within reach of the spot, in its district."""
    here = (spot.longitude, spot.latitude)
    proposed = Candidate.objects.filter(status=CandidateStatus.PROPOSED, district=district.area)
    near = [(distance_m(here, (one.longitude, one.latitude)), one.key, one) for one in proposed]
    closest = min(near, default=None, key=lambda pair: pair[:2])
    return closest[2] if closest and closest[0] <= REACH_M else None


def _assess(spot: Spot, actor: User, standing: Standing) -> None:
    reason = {
        Standing.UNSAFE: words.KNOWN[spot.theme].unsafe_because,
        Standing.MIXED: words.MIXED_BECAUSE,
        Standing.SAFE: words.SAFE_BECAUSE,
    }[standing]
    if spot.place is not None:
        services.place_assess(place_id=spot.place.pk, standing=standing, reason=reason, actor=actor)


def _link(spot: Spot, actor: User) -> None:
    """Let what has been seen and found here since last time belong to the place."""
    if spot.place is None:
        return
    seen = [one.pk for one, _metres in selectors.observations_nearby(spot.place)]
    if seen:
        services.observations_link(place_id=spot.place.pk, observation_ids=seen, actor=actor)
    found = [one.pk for one, _metres in selectors.findings_nearby(spot.place)]
    if found:
        services.findings_link(place_id=spot.place.pk, finding_ids=found, actor=actor)


def _dismiss(scene: Scene) -> None:
    """Let strategists dismiss some proposals, each with its reason."""
    actor = scene.people["strateg"]
    reasons = iter(words.DISMISSED)
    proposed = Candidate.objects.filter(status=CandidateStatus.PROPOSED).order_by("score")
    for candidate, reason in zip(proposed[:3], reasons, strict=False):
        services.candidate_dismiss(candidate_id=candidate.pk, reason=reason, actor=actor)


def _plan_problem(scene: Scene, district: District, spot: Spot, number: int) -> None:
    diary = scene.diary
    week = 4 if district.works_well else 6
    diary.write_office(
        diary.day(week, 2 + number % 2), _write_problem, scene, district, spot, number
    )
    if not district.works_well:
        diary.write_office(diary.day(9, 3), _half_analysed, district, spot)
        return
    for cause in range(len(words.KNOWN[spot.theme].causes)):
        day = diary.day(5, 1 + number)
        diary.write_office(day, _write_cause, district, spot, cause)
    diary.write_office(diary.day(6, 0), _analysed, district, spot)
    if district.key == "a" and number == 0:
        diary.write_office(diary.day(24, 2), _resolved, district, spot)


def _write_problem(scene: Scene, district: District, spot: Spot, number: int) -> None:
    assert spot.place is not None
    known = words.KNOWN[spot.theme]
    by_police = district.key == "b" and number == 0
    is_whole = district.works_well
    spot.problem = services.problem_create(
        details=ProblemDetails(
            title=known.title.format(spot=spot.name),
            what=known.what,
            to_whom=known.to_whom if is_whole else "",
            when=known.when if is_whole else "",
            severity=known.severity,
            owner=district.committee,
            place_ids=(spot.place.pk,),
        ),
        actor=scene.people["kommunpolis"] if by_police else district.coordinator,
    )
    if is_whole:
        _link(spot, district.coordinator)


def _write_cause(district: District, spot: Spot, number: int) -> None:
    """Add a cause with its whys, a live question and, where there is one, a finding."""
    assert spot.problem is not None
    why, actor = words.KNOWN[spot.theme].causes[number], district.coordinator
    cause = services.cause_add(
        problem_id=spot.problem.pk, details=_details(why, why.whys), actor=actor
    )
    services.evidence_add(
        cause_id=cause.pk, query=question(spot, why.categories), note=why.shows, actor=actor
    )
    finding = _finding_for(spot, why, actor)
    if finding is not None:
        note = "Samma sak sågs på trygghetsvandringen."
        services.evidence_add(cause_id=cause.pk, finding_id=finding.pk, note=note, actor=actor)


def _details(why: Why, whys: tuple[str, ...]) -> CauseDetails:
    return CauseDetails(why.statement, why.side, why.controller, whys)


def question(spot: Spot, categories: tuple[str, ...] = ()) -> LiveQuery:
    """Return the question that counts what is seen at the spot, each time it is asked."""
    assert spot.place is not None
    return LiveQuery(
        kind=QueryKind.OBSERVATIONS,
        place_id=spot.place.pk,
        radius_m=RADIUS_M,
        categories=categories,
    )


def _finding_for(spot: Spot, why: Why, actor: User) -> Finding | None:
    assert spot.problem is not None
    found = selectors.findings_for(spot.problem, actor)
    return found.filter(category__slug__in=why.categories).order_by("pk").first()


def _analysed(district: District, spot: Spot) -> None:
    assert spot.problem is not None
    services.problem_step(
        problem_id=spot.problem.pk,
        target=ProblemStatus.ANALYSED,
        reason="",
        actor=district.coordinator,
    )


def _half_analysed(district: District, spot: Spot) -> None:
    """Write down a first cause and leave it there: no further whys, nothing that it rests on."""
    assert spot.problem is not None
    why = words.KNOWN[spot.theme].causes[0]
    services.cause_add(
        problem_id=spot.problem.pk,
        details=_details(why, why.whys[:1]),
        actor=district.coordinator,
    )


def _resolved(district: District, spot: Spot) -> None:
    actor = district.coordinator
    assert spot.problem is not None
    services.problem_step(
        problem_id=spot.problem.pk,
        target=ProblemStatus.RESOLVED,
        reason=words.RESOLVED_BECAUSE,
        actor=actor,
    )
    _assess(spot, actor, Standing.SAFE)


def problem_of(spot: Spot) -> Problem:
    """Return the spot's problem as it stands now."""
    assert spot.problem is not None
    return Problem.objects.get(pk=spot.problem.pk)


def known_of(spot: Spot) -> Known:
    return words.KNOWN[spot.theme]
