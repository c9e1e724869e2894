"""Whatever is tried in whatever order: only allowed states, refusals change nothing, steps grow."""

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from samhandling_web.base.common.errors import DomainError
from samhandling_web.observe.walks import rules, services
from samhandling_web.observe.walks.models import Finding, FindingStep, Participants, Walk
from samhandling_web.observe.walks.rules import FindingStatus, Light, Status
from samhandling_web.observe.walks.services import Answer
from samhandling_web.observe.walks.tests import factories

pytestmark = pytest.mark.django_db
TRIES = settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])


def everything():
    models = (Walk, Finding, FindingStep, Participants)
    return [list(model.objects.order_by("pk").values()) for model in models]


def tried(act) -> bool:
    """Take the step; say whether it was taken, and hold that a refusal changed nothing."""
    before = everything()
    try:
        act()
    except DomainError:
        assert everything() == before
        return False
    return True


def walk_step(walk_id: int, target: Status) -> None:
    actor, today = factories.coordinator(), timezone.localdate()
    if target is Status.WALKED:
        services.walk_record(
            walk_id=walk_id,
            walked_at=timezone.now(),
            light=Light.DUSK,
            counts=factories.CAME,
            actor=actor,
        )
    elif target is Status.FED_BACK:
        services.walk_feed_back(walk_id=walk_id, feedback_on=today, actor=actor)
    elif target is Status.CLOSED:
        services.walk_close(walk_id=walk_id, actor=actor)
    elif target is Status.CANCELLED:
        services.walk_cancel(walk_id=walk_id, reason="Storm.", actor=actor)
    else:
        factories.add(Walk.objects.get(pk=walk_id))


def answer_step(finding_id: int, target: FindingStatus, *, is_whole: bool) -> None:
    finding = Finding.objects.get(pk=finding_id)
    if is_whole:
        factories.answer(finding, target)
        return
    services.finding_answer(
        finding_id=finding_id, answer=Answer(target), actor=factories.coordinator()
    )


class Sequences(TestCase):
    @TRIES
    @given(st.lists(st.sampled_from(Status), max_size=9))
    def test_a_walk_moves_only_as_its_table_says(self, targets):
        walk = factories.planned()
        for target in targets:
            before = Status(Walk.objects.get().status)
            taken = tried(lambda target=target: walk_step(walk.pk, target))
            after = Status(Walk.objects.get().status)
            if not taken or target is Status.PLANNED:
                assert after == before
            else:
                assert after == target
                assert after in rules.TRANSITIONS[before]

    @TRIES
    @given(st.lists(st.tuples(st.sampled_from(FindingStatus), st.booleans()), max_size=9))
    def test_a_finding_moves_only_as_its_table_says(self, answers):
        finding = factories.with_finding()
        for target, is_whole in answers:
            before, steps = Finding.objects.get(), list(FindingStep.objects.values())
            taken = tried(
                lambda target=target, whole=is_whole: answer_step(
                    finding.pk, target, is_whole=whole
                )
            )
            after, grown = Finding.objects.get(), list(FindingStep.objects.values())
            assert grown[: len(steps)] == steps
            assert len(grown) == len(steps) + taken
            if taken:
                assert is_whole
                assert after.status == target
                allowed = rules.FINDING_TRANSITIONS[FindingStatus(before.status)]
                assert target in allowed
                assert before.answered_on in {None, after.answered_on}
