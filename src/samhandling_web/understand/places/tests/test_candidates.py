"""Proposed places: found where things gather, scored in parts, and left alone when dismissed."""

from datetime import timedelta

import numpy as np
import pytest
from django.utils import timezone

from samhandling_web.base.accounts.rules import Role
from samhandling_web.base.audit.models import AuditRecord
from samhandling_web.base.common.errors import NotAllowed
from samhandling_web.base.jobs.models import Job
from samhandling_web.understand.picture.tests.invented_town import event, made
from samhandling_web.understand.places import services, tasks
from samhandling_web.understand.places.clusters import (
    CELL_M,
    CLUSTER_RADIUS_M,
    Points,
    cell_of,
    clusters,
)
from samhandling_web.understand.places.models import Candidate
from samhandling_web.understand.places.scoring import WEIGHTS
from samhandling_web.understand.places.tests import town

GENERATOR = np.random.default_rng(20_240)


def scattered(count, spread=20_000.0):
    return GENERATOR.uniform(0, spread, count), GENERATOR.uniform(0, spread, count)


def test_planted_places_are_found_among_scattered_reports():
    """Five places with eight reports each among 300 anywhere in 400 square kilometres."""
    centres = np.array([[x, y] for x, y in ((1, 1), (5, 16), (9, 9), (15, 3), (18, 18))]) * 1_000.0
    near = np.repeat(centres, 8, axis=0) + GENERATOR.normal(0, 30, (40, 2))
    x, y = scattered(300)
    seen = Points(np.concatenate([x, near[:, 0]]), np.concatenate([y, near[:, 1]]))
    found = clusters(seen, Points(np.zeros(0), np.zeros(0)), 0.0)
    assert len(found) == 5
    for centre in centres:
        distances = [np.hypot(*(np.array(one.centre) - centre)) for one in found]
        assert min(distances) < CLUSTER_RADIUS_M


def test_evenly_spread_events_are_no_place():
    """2,000 events at random over 1,600 squares: three in one square is chance, not a place."""
    x, y = scattered(2_000, 6_000.0)
    events = Points(x, y)
    usual = 2_000 / len(np.unique(events.cells, axis=0))
    assert clusters(Points(np.zeros(0), np.zeros(0)), events, usual) == []


def test_nothing_gathers_where_there_is_nothing():
    nothing = Points(np.zeros(0), np.zeros(0))
    assert clusters(nothing, nothing, 0.0) == []


def test_a_row_belongs_to_one_cluster():
    """A street where every square stands out becomes several places, none wider than 450 m."""
    x = np.repeat(np.arange(12) * CELL_M + 10.0, 4)
    found = clusters(Points(x, np.zeros(48)), Points(np.zeros(0), np.zeros(0)), 0.0)
    rows = np.concatenate([one.observations for one in found])
    assert sorted(rows.tolist()) == list(range(48))
    for one in found:
        assert np.ptp(x[one.observations]) < 3 * CELL_M
        assert cell_of(one.key) == one.peak


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def reporter(db):
    return town.person(Role.REPORTER)


@pytest.fixture
def strategist(db):
    return town.person(Role.CITY_STRATEGIST)


def search(today, actor=None):
    return services.candidates_find(actor=actor, today=today)


def report(reporter, today, count, **values):
    return town.observations(
        reporter, [today - timedelta(days=30 * at) for at in range(count)], **values
    )


def test_a_score_decomposes(reporter, today, data_folder):
    west = town.district()
    report(reporter, today, 5, district=west, severity="red")
    town.finding()
    assert search(today).proposed == 1
    candidate = Candidate.objects.get()
    parts = {part["part"]: part for part in candidate.parts}
    assert candidate.district == west
    assert parts["reports"]["value"] == pytest.approx(100 * 5 / 25)
    assert parts["severity"]["value"] == 1
    assert parts["findings"]["value"] == 1
    assert parts["events"]["points"] == 0
    assert candidate.score == pytest.approx(sum(p["points"] for p in candidate.parts), abs=0.1)
    assert {slug: part["weight"] for slug, part in parts.items()} == WEIGHTS
    assert len(candidate.evidence["observations"]) == 5


def test_dense_events_are_proposed_and_coarse_ones_are_not(today, data_folder, db):
    days = [today - timedelta(days=at) for at in range(300)]
    generator = np.random.default_rng(7)
    around = [
        event(day, float(lon), float(lat))
        for day, lon, lat in zip(
            days * 2, generator.uniform(17.01, 17.07, 600), generator.uniform(60.005, 60.035, 600),
            strict=True,
        )
    ]  # fmt: skip
    corner = [event(day, town.LON, town.LAT) for day in days[:60]]
    made([*around, *corner, *(event(day, 0, 0, precision="area") for day in days)])
    assert search(today).proposed == 1
    candidate = Candidate.objects.get()
    assert candidate.evidence["events"] >= 60
    parts = {part["part"]: part for part in candidate.parts}
    assert parts["events"]["value"] > 3
    assert abs(candidate.longitude - town.LON) * town.DEGREE_EAST_M < CLUSTER_RADIUS_M


def test_what_lies_at_a_known_place_is_not_proposed(reporter, today, data_folder):
    town.place()
    report(reporter, today, 6)
    assert search(today).proposed == 0


@pytest.mark.parametrize(
    "values",
    [{"precision": "around"}, {"category": "safe"}, {"category": "honour"}, {"count": 2}],
)
def test_coarse_safe_hidden_and_few_reports_propose_nothing(reporter, today, values, data_folder):
    kinds = {"safe": town.category("safe_place", "safe"), "honour": town.category("honour")}
    told = {key: kinds.get(value, value) for key, value in values.items()}
    report(reporter, today, told.pop("count", 6), **told)
    assert search(today).proposed == 0


def test_dismissed_stays_dismissed_until_something_new(reporter, strategist, today, data_folder):
    report(reporter, today, 6)
    search(today)
    candidate = Candidate.objects.get()
    services.candidate_dismiss(candidate_id=candidate.pk, reason="Bygge.", actor=strategist)
    assert search(today) == services.candidates.Search(0, 0, 0)
    report(reporter, today, 2)
    assert search(today).again == 0
    report(reporter, today, 1)
    assert search(today).again == 1
    candidate.refresh_from_db()
    assert (candidate.status, candidate.reason) == ("proposed", "Bygge.")
    assert len(candidate.evidence["observations"]) == 9


def test_accepting_makes_a_place_of_what_was_seen(reporter, strategist, today, data_folder):
    town.district()
    seen = report(reporter, today, 4)
    found = town.finding()
    search(today)
    candidate = Candidate.objects.get()
    place = services.candidate_accept(
        candidate_id=candidate.pk, details=town.details(name="Kiosken"), actor=strategist
    )
    linked = place.observation_links.values_list("observation", flat=True)
    assert sorted(linked) == sorted(one.pk for one in seen)
    assert place.finding_links.get().finding == found
    candidate.refresh_from_db()
    assert (candidate.status, candidate.place) == ("accepted", place)
    assert search(today).proposed == 0
    acts = AuditRecord.objects.values_list("kind", flat=True)
    assert "understand.candidate.accepted" in acts


def test_what_is_seen_beside_an_accepted_place_is_no_new_proposal(
    reporter, strategist, today, data_folder
):
    """The place may be drawn small, at the edge of the square that it was proposed by."""
    town.district()
    report(reporter, today, 4)
    search(today)
    beside = town.details(geometry=town.point(town.LON + 0.003), radius_m=25)
    services.candidate_accept(
        candidate_id=Candidate.objects.get().pk, details=beside, actor=strategist
    )
    assert search(today).proposed == 0
    assert Candidate.objects.get().status == "accepted"


def test_a_proposal_that_no_longer_stands_out_is_taken_back(reporter, today, data_folder):
    report(reporter, today, 4)
    search(today)
    town.place()
    assert search(today).withdrawn == 1
    assert not Candidate.objects.exists()


def test_the_same_data_give_the_same_proposals(reporter, today, data_folder):
    report(reporter, today, 5)
    search(today)
    first = Candidate.objects.values("key", "score", "parts", "evidence").get()
    assert search(today).proposed == 0
    assert Candidate.objects.values("key", "score", "parts", "evidence").get() == first


def test_a_worker_searches_for_whoever_asked(reporter, strategist, today, data_folder):
    report(reporter, today, 4)
    job = services.candidates_find_enqueue(actor=strategist)

    class Nothing:
        job_id = job.pk

        def report(self, done, total=None, message=""):
            """Nobody watches."""

        def check(self):
            """Nobody stops it."""

    assert tasks.candidates_find(Nothing(), {})["proposed"] == 1
    assert Job.objects.get().created_by == strategist
    with pytest.raises(NotAllowed):
        services.candidates_find_enqueue(actor=town.person(Role.BOARD_MEMBER))
    candidate = Candidate.objects.get()
    board = town.person(Role.BOARD_MEMBER, name="other-board")
    with pytest.raises(NotAllowed):
        services.candidate_dismiss(candidate_id=candidate.pk, reason="x", actor=board)
