"""Services: success, each refusal leaves the database as it was, and what stands in the log."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from samhandling_web.base.accounts.rules import Role
from samhandling_web.base.audit.models import AuditRecord
from samhandling_web.base.common.drawn import GeometryRefused
from samhandling_web.base.common.errors import NotAllowed
from samhandling_web.base.common.free_text import PersonInText
from samhandling_web.understand.places import rules, services
from samhandling_web.understand.places.models import (
    CauseEvidence,
    Place,
    PlaceAssessment,
    PlaceFact,
    Problem,
    ProblemStep,
)
from samhandling_web.understand.places.queries import LiveQuery, QueryKind
from samhandling_web.understand.places.rules import FactKind, ProblemStatus, Standing
from samhandling_web.understand.places.tests import town

pytestmark = pytest.mark.django_db


@pytest.fixture
def strategist():
    return town.person(Role.CITY_STRATEGIST)


@pytest.fixture
def coordinator():
    """Coordinates the western district."""
    town.district("W", responsible=town.organisation())
    town.district("E", responsible=town.organisation("east-board"))
    return town.person(Role.DISTRICT_COORDINATOR)


@pytest.fixture
def square(strategist):
    town.district()
    return services.place_create(details=town.details(), actor=strategist)


def acts():
    return list(AuditRecord.objects.order_by("sequence").values_list("kind", flat=True))


def test_a_place_gets_its_district_from_where_it_lies(square, strategist):
    assert square.district.code == "W"
    assert (square.longitude, square.latitude) == pytest.approx((17.04, 60.02), abs=1e-6)
    assert acts()[-1] == "understand.place.created"


def test_coordinators_write_in_their_own_district_alone(coordinator):
    mine = services.place_create(details=town.details(), actor=coordinator)
    with pytest.raises(NotAllowed):
        services.place_create(details=town.details(geometry=town.point(17.12)), actor=coordinator)
    moved = town.details(geometry=town.point(17.12))
    with pytest.raises(NotAllowed):
        services.place_edit(place_id=mine.pk, details=moved, actor=coordinator)
    assert Place.objects.get().longitude == pytest.approx(17.04)


def test_an_area_is_counted_from_a_point_inside_it(strategist):
    corner = [[17.0, 60.0], [17.02, 60.0], [17.02, 60.002], [17.002, 60.002], [17.002, 60.02]]
    shape = {"type": "Polygon", "coordinates": [[*corner, [17.0, 60.02], [17.0, 60.0]]]}
    place = services.place_create(details=town.details(geometry=shape), actor=strategist)
    assert place.longitude < 17.0021 or place.latitude < 60.0021


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"geometry": {"type": "Circle"}}, GeometryRefused),
        ({"radius_m": 5}, rules.RadiusOutside),
        ({"name": "Anna Andersson slog"}, PersonInText),
    ],
)
def test_what_cannot_be_a_place_leaves_nothing(strategist, change, refusal):
    with pytest.raises(refusal):
        services.place_create(details=town.details(**change), actor=strategist)
    assert not Place.objects.exists()
    assert acts() == []


def test_nobody_hides_a_place_from_themselves(coordinator):
    with pytest.raises(NotAllowed):
        services.place_create(details=town.details(visibility="protected"), actor=coordinator)


def test_where_a_protected_place_lies_is_not_in_the_log(strategist):
    services.place_create(details=town.details(visibility="protected"), actor=strategist)
    assert AuditRecord.objects.get().after["geometry"] is None


def test_a_change_tells_what_was_before(square, strategist):
    details = town.details(name="Stora torget", responsible=town.organisation("owner"))
    services.place_edit(place_id=square.pk, details=details, actor=strategist)
    record = AuditRecord.objects.get(kind="understand.place.edited")
    assert record.before == {"name": "Torget", "responsible": None}
    assert record.after["name"] == "Stora torget"


def test_a_place_is_judged_again_and_again(square, strategist):
    for standing, reason in ((Standing.UNSAFE, "Mörkt."), (Standing.SAFE, "Nya lampor.")):
        services.place_assess(
            place_id=square.pk, standing=standing, reason=reason, actor=strategist
        )
    square.refresh_from_db()
    assert square.standing == "safe"
    assert [one.reason for one in square.assessments.all()] == ["Nya lampor.", "Mörkt."]
    with pytest.raises(rules.ReasonMissing):
        services.place_assess(
            place_id=square.pk, standing=Standing.SAFE, reason=" ", actor=strategist
        )
    assert PlaceAssessment.objects.count() == 2


def test_what_was_said_of_a_place_is_only_added_to(square, strategist):
    fact = services.place_fact_add(
        place_id=square.pk,
        kind=FactKind.LIGHT,
        text="Tre lampor är släckta.",
        source="Besök",
        known_on=date(2026, 1, 10),
        actor=strategist,
    )
    rows = PlaceFact.objects.filter(pk=fact.pk)
    for change in (lambda: rows.update(text="Alla lyser."), lambda: rows._raw_delete("default")):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert PlaceFact.objects.get().text == "Tre lampor är släckta."


def test_photos_need_something_to_keep(square, strategist, data_folder):
    with pytest.raises(rules.NothingChosen):
        services.place_photos_add(
            place_id=square.pk,
            files=[],
            nobody_recognisable=True,
            moment="before",
            caption="",
            actor=strategist,
        )


def test_linking_twice_links_once(square, strategist):
    seen = town.observation(town.person(Role.REPORTER), timezone.localdate())
    hidden = town.observation(
        town.person(Role.REPORTER, name="other"),
        timezone.localdate(),
        category=town.category("honour"),
    )
    link = {"place_id": square.pk, "actor": strategist}
    assert services.observations_link(observation_ids=[seen.pk, seen.pk], **link) == 1
    assert services.observations_link(observation_ids=[seen.pk], **link) == 0
    for numbers, refusal in (([], rules.NothingChosen), ([hidden.pk], rules.NotHere)):
        with pytest.raises(refusal):
            services.observations_link(observation_ids=numbers, **link)
    found = town.finding()
    assert services.findings_link(finding_ids=[found.pk], **link) == 1
    assert services.findings_unlink(finding_ids=[found.pk], **link) == 1
    assert services.observations_unlink(observation_ids=[seen.pk], **link) == 1
    assert acts()[-1] == "understand.place.observations_unlinked"


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.CITY_STRATEGIST])
def test_who_may_write_a_place(square, role):
    """The square's district has no organisation yet: only those who write anywhere may."""
    actor = town.person(role, town.organisation("somewhere-else"))
    act = {"place_id": square.pk, "standing": Standing.SAFE, "reason": "Ljust.", "actor": actor}
    if role is Role.ANALYST:
        services.place_assess(**act)
        return
    with pytest.raises((NotAllowed, rules.NotHere)):
        services.place_assess(**act)
    assert not PlaceAssessment.objects.exists()


def test_a_problem_belongs_somewhere(strategist, square):
    with pytest.raises(rules.NowhereAtAll):
        services.problem_create(details=town.problem_details(), actor=strategist)
    with pytest.raises(rules.NotHere):
        services.problem_create(details=town.problem_details(Place(pk=987)), actor=strategist)
    area = town.district("E")
    problem = services.problem_create(details=town.problem_details(area=area), actor=strategist)
    assert problem.district == area
    there = services.problem_create(details=town.problem_details(square), actor=strategist)
    assert there.district.code == "W"
    assert [step.status for step in there.steps.all()] == ["identified"]


def test_the_police_propose_problems_and_let_others_decide(square):
    police = town.person(Role.POLICE_LIAISON, town.organisation("police", "police"))
    problem = services.problem_create(details=town.problem_details(square), actor=police)
    services.cause_add(problem_id=problem.pk, details=town.cause_details(), actor=police)
    with pytest.raises(NotAllowed):
        services.problem_step(
            problem_id=problem.pk, target=ProblemStatus.CLOSED, reason="Löst.", actor=police
        )
    assert ProblemStep.objects.count() == 1


def test_coordinators_propose_in_their_own_district(coordinator, strategist):
    there = services.place_create(
        details=town.details(geometry=town.point(17.12)), actor=strategist
    )
    with pytest.raises(NotAllowed):
        services.problem_create(details=town.problem_details(there), actor=coordinator)
    assert not Problem.objects.exists()


def test_an_edited_problem_keeps_the_places_that_its_editor_may_not_see(strategist, square):
    hidden = services.place_create(
        details=town.details(name="Skyddet", visibility="protected"), actor=strategist
    )
    problem = services.problem_create(
        details=town.problem_details(square, hidden), actor=strategist
    )
    analyst = town.person(Role.ANALYST)
    details = town.problem_details(square, title="Langning")
    services.problem_edit(problem_id=problem.pk, details=details, actor=analyst)
    assert set(problem.places.all()) == {square, hidden}
    assert AuditRecord.objects.get(kind="understand.problem.edited").before == {
        "title": "Langning på torget"
    }


def test_an_analysis_lacks_things_until_it_is_whole(strategist, square):
    details = town.problem_details(square, to_whom="", when="")
    problem = services.problem_create(details=details, actor=strategist)
    step = {"problem_id": problem.pk, "target": ProblemStatus.ANALYSED, "reason": ""}
    with pytest.raises(rules.AnalysisIncomplete, match=r"drabbas; när .*; minst en orsak"):
        services.problem_step(**step, actor=strategist)
    assert problem.steps.count() == 1
    whole = town.analysed_ready(strategist, square)
    services.problem_step(**(step | {"problem_id": whole.pk}), actor=strategist)
    whole.refresh_from_db()
    assert whole.status == "analysed"
    cause = whole.causes.get()
    for refused in (
        lambda: services.cause_add(
            problem_id=whole.pk, details=town.cause_details(), actor=strategist
        ),
        lambda: services.cause_remove(cause_id=cause.pk, actor=strategist),
        lambda: services.evidence_remove(evidence_id=cause.evidence.get().pk, actor=strategist),
    ):
        with pytest.raises(rules.AnalysisClosed, match="analyserat"):
            refused()
    assert whole.causes.get().whys.count() == 3


def test_causes_and_what_they_rest_on_are_changed(strategist, square):
    problem = town.analysed_ready(strategist, square)
    cause = problem.causes.get()
    details = town.cause_details(statement="Kiosken lockar.", whys=("a", "", " ", "b"))
    services.cause_edit(cause_id=cause.pk, details=details, actor=strategist)
    assert [why.answer for why in cause.whys.all()] == ["a", "b"]
    found = town.finding()
    with pytest.raises(rules.NotHere):
        services.evidence_add(cause_id=cause.pk, finding_id=found.pk, actor=strategist)
    services.findings_link(place_id=square.pk, finding_ids=[found.pk], actor=strategist)
    services.evidence_add(cause_id=cause.pk, finding_id=found.pk, actor=strategist)
    assert {one.kind for one in cause.evidence.all()} == {"observations", "finding"}
    with pytest.raises(rules.EvidenceUnclear):
        services.evidence_add(cause_id=cause.pk, actor=strategist)
    wrong = LiveQuery(QueryKind.SURVEY, place_id=square.pk)
    with pytest.raises(rules.QueryInvalid):
        services.evidence_add(cause_id=cause.pk, query=wrong, actor=strategist)
    services.evidence_remove(evidence_id=cause.evidence.first().pk, actor=strategist)
    assert CauseEvidence.objects.count() == 1
    services.cause_remove(cause_id=cause.pk, actor=strategist)
    assert acts()[-1] == "understand.problem.cause_removed"
    assert not problem.causes.exists()


def test_a_cause_that_something_rests_on_stays(strategist, square, monkeypatch):
    from django.db.models import ProtectedError

    from samhandling_web.understand.places.models import Cause

    problem = town.analysed_ready(strategist, square)

    def protected(_cause):
        raise ProtectedError("a measure", set())

    monkeypatch.setattr(Cause, "delete", protected)
    with pytest.raises(rules.CauseInUse):
        services.cause_remove(cause_id=problem.causes.get().pk, actor=strategist)
    assert "understand.problem.cause_removed" not in acts()
