"""Steps: who may, what is refused, and that a refusal leaves everything as it was."""

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F

from samhandling_web.base.accounts.rules import Role
from samhandling_web.base.audit.models import AuditRecord
from samhandling_web.base.common.errors import NotAllowed
from samhandling_web.observe.observations import permissions, rules, selectors, services
from samhandling_web.observe.observations.models import Observation, ObservationStep
from samhandling_web.observe.observations.tests.town import at, make_town, one, person

pytestmark = pytest.mark.django_db
ANSWER = "Lampan är lagad."


@pytest.fixture(autouse=True)
def districts():
    return make_town()


@pytest.fixture
def reporter():
    return person(Role.REPORTER, at="skolan")


@pytest.fixture
def coordinator():
    return person(Role.DISTRICT_COORDINATOR, at="norr")


def as_it_was(observation) -> tuple:
    observation.refresh_from_db()
    kinds = AuditRecord.objects.filter(kind__startswith="observations.observation.").count()
    return observation.status, observation.joined_to_id, ObservationStep.objects.count(), kinds


def test_from_received_to_done_and_up_again(reporter, coordinator):
    observation = one(reporter)
    services.observation_take_up(observation_id=observation.pk, actor=coordinator)
    services.observation_done(observation_id=observation.pk, answer=ANSWER, actor=coordinator)
    services.observation_take_up(observation_id=observation.pk, actor=coordinator)
    steps = [(step.status, step.answer) for step in observation.steps.all()]
    assert steps == [("received", ""), ("taken_up", ""), ("done", ANSWER), ("taken_up", "")]
    kinds = AuditRecord.objects.filter(kind__startswith="observations.observation.")
    assert [entry.kind.split(".")[-1] for entry in kinds.order_by("sequence")] == [
        "taken_up",
        "done",
        "taken_up",
    ]


@pytest.mark.parametrize("step", [services.observation_done, services.observation_no_action])
def test_an_end_without_an_answer_is_refused(reporter, coordinator, step):
    observation = one(reporter)
    before = as_it_was(observation)
    with pytest.raises(rules.AnswerMissing):
        step(observation_id=observation.pk, answer=" ", actor=coordinator)
    assert as_it_was(observation) == before


def test_a_person_in_the_answer_is_stopped(reporter, coordinator):
    observation = one(reporter)
    before = as_it_was(observation)
    with pytest.raises(Exception, match="nämna en person"), transaction.atomic():
        services.observation_done(
            observation_id=observation.pk, answer="Anna Andersson slog", actor=coordinator
        )
    assert as_it_was(observation) == before


def test_what_is_done_is_not_done_again(reporter, coordinator):
    observation = one(reporter)
    services.observation_done(observation_id=observation.pk, answer=ANSWER, actor=coordinator)
    before = as_it_was(observation)
    with pytest.raises(rules.TransitionNotAllowed):
        services.observation_no_action(
            observation_id=observation.pk, answer=ANSWER, actor=coordinator
        )
    assert as_it_was(observation) == before


@pytest.mark.parametrize("role", Role)
def test_the_districts_coordinator_and_the_strategist_handle_it(reporter, role):
    observation = one(reporter)
    actor = person(role, at="norr")
    may = role in {Role.DISTRICT_COORDINATOR, Role.CITY_STRATEGIST}
    assert permissions.may_handle(actor, observation) is may
    steps = {
        services.observation_take_up: {},
        services.observation_done: {"answer": ANSWER},
        services.observation_no_action: {"answer": ANSWER},
        services.observation_join: {"to_id": one(reporter, geometry=at(0, 0.1)).pk},
        services.observation_split: {},
    }
    if may:
        return
    before = as_it_was(observation)
    for step, told in steps.items():
        with pytest.raises(NotAllowed):
            step(observation_id=observation.pk, actor=actor, **told)
    assert as_it_was(observation) == before


def test_another_districts_coordinator_does_not(reporter):
    observation = one(reporter)
    other = person(Role.DISTRICT_COORDINATOR, at="söder")
    with pytest.raises(NotAllowed):
        services.observation_take_up(observation_id=observation.pk, actor=other)
    nowhere = one(reporter, geometry=None, place_name="Baksidan")
    services.observation_take_up(observation_id=nowhere.pk, actor=other)


def test_join_and_split(reporter, coordinator):
    first, second = one(reporter), one(reporter, geometry=at(0, 0.1))
    services.observation_join(observation_id=second.pk, to_id=first.pk, actor=coordinator)
    second.refresh_from_db()
    assert (second.status, second.joined_to) == ("joined", first)
    services.observation_split(observation_id=second.pk, actor=coordinator)
    second.refresh_from_db()
    assert (second.status, second.joined_to) == ("received", None)
    assert [step.status for step in second.steps.all()] == ["received", "joined", "received"]


def test_joins_that_make_no_sense_are_refused(reporter, coordinator):
    first, second, third = (one(reporter, geometry=at(0, row)) for row in (0.1, 0.4, 0.7))
    services.observation_join(observation_id=second.pk, to_id=first.pk, actor=coordinator)
    for observation, to, error in (
        (third, third, rules.JoinsItself),
        (third, second, rules.JoinsItself),
        (first, third, rules.HasJoined),
        (second, third, rules.TransitionNotAllowed),
    ):
        before = as_it_was(observation)
        with pytest.raises(error):
            services.observation_join(observation_id=observation.pk, to_id=to.pk, actor=coordinator)
        assert as_it_was(observation) == before


def test_what_was_sent_is_never_edited(reporter):
    observation = one(reporter)
    for change in ({"text": "annat"}, {"severity": "red"}, {"latitude": F("latitude") + 1}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Observation.objects.filter(pk=observation.pk).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        observation.steps.update(answer="annat")


@pytest.mark.parametrize("role", [None, *Role])
def test_the_list_holds_what_may_read_says(role, reporter):
    """Page, list, search and export all read through the same selector."""
    rows = [
        one(reporter),
        one(reporter, column=2),
        one(reporter, "honour"),
        one(reporter, "honour", column=2),
        one(reporter, geometry=None, place_name="Baksidan"),
    ]
    actor = person(*([role] if role else []), at="norr")
    found = set(selectors.observations_visible_to(actor))
    assert found == {row for row in rows if permissions.may_read(actor, row)}
    expected = {
        Role.CITY_STRATEGIST: 5,
        Role.ANALYST: 3,
        Role.POLICE_LIAISON: 3,
        Role.SOCIAL_SERVICES: 2,
        Role.DISTRICT_COORDINATOR: 3,
    }
    assert len(found) == expected.get(role, 0)


def test_reporters_read_their_own_also_what_is_restricted(reporter):
    mine = {one(reporter), one(reporter, "honour")}
    one(person(Role.REPORTER, at="skolan"))
    assert set(selectors.observations_visible_to(reporter)) == mine
    closed = person(Role.CITY_STRATEGIST)
    closed.is_active = False
    assert not selectors.observations_visible_to(closed).exists()
