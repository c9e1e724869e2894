"""What each may read, what is near, what waits, and what a walk is beside the last."""

from datetime import timedelta

import pytest
from django.utils import timezone

from samhandling_web.base.accounts.rules import Role
from samhandling_web.base.common.inbox import inbox_of
from samhandling_web.observe.walks import permissions, selectors, services
from samhandling_web.observe.walks.models import Finding, Walk
from samhandling_web.observe.walks.rules import FEEDBACK_WITHIN, FindingStatus
from samhandling_web.observe.walks.tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", Role)
def test_lists_and_permissions_give_the_same_answer(role):
    homes = factories.organisation("homes", "company")
    asked, found_on, other = factories.planned(), factories.planned(), factories.planned()
    asked.invitations.create(role="Förvaltare", organisation=homes)
    factories.add(found_on, owner=homes)
    factories.add(other)
    actor = factories.person(role, homes, "reader")
    visible = set(selectors.walks_visible_to(actor))
    for walk in Walk.objects.all():
        assert (walk in visible) == permissions.may_read_walk(actor, walk)
    own_only = role is Role.PROPERTY_OWNER
    assert visible == ({asked, found_on} if own_only else {asked, found_on, other})
    assert selectors.findings_visible_to(actor).count() == (1 if own_only else 2)


def test_nobody_without_a_role_reads():
    factories.with_finding()
    assert not selectors.walks_visible_to(None).exists()
    assert not selectors.findings_visible_to(None).exists()


def test_near_is_measured_in_metres():
    """A thousandth of a degree of longitude at 59.86 degrees north is 56 metres."""
    walk = factories.planned()
    here, near, far = (
        factories.add(walk, position=(17.65 + step, 59.86)) for step in (0.0, 0.001, 0.002)
    )
    factories.add(walk, position=None)
    assert set(selectors.findings_near(17.65, 59.86, 100)) == {here, near}
    assert set(selectors.findings_near(17.65, 59.86, 115)) == {here, near, far}
    assert not selectors.findings_near(18.65, 59.86, 100).exists()


def test_a_walk_is_set_beside_the_last():
    first = factories.planned()
    done, promised, left = (factories.add(first) for _ in range(3))
    factories.walked(first)
    factories.answer(done, FindingStatus.DONE)
    factories.answer(promised, FindingStatus.WILL_DO)
    walk = factories.planned(previous=first)
    again = factories.add(walk, repeats=promised)
    new = factories.add(walk)
    compared = selectors.compared_with_previous(factories.coordinator(), walk)
    assert compared.found_again == [again]
    assert compared.fixed == [done]
    assert compared.not_seen == [left]
    assert compared.new == [new]
    assert selectors.compared_with_previous(factories.coordinator(), first) is None


def test_counts_and_measures_are_of_what_needs_an_answer():
    walk = factories.planned()
    findings = [factories.add(walk) for _ in range(3)]
    factories.add(walk, is_safe=True)
    factories.walked(walk)
    factories.answer(findings[0], FindingStatus.DONE)
    reader = factories.coordinator()
    counted = selectors.walks_with_counts(reader).get(pk=walk.pk)
    assert (counted.asked, counted.answered, counted.done) == (3, 1, 1)
    figures = selectors.figures_by_walk(reader, [walk.pk])[walk.pk]
    assert (figures.answered.part, figures.answered.whole) == (1, 3)


def waiting(user, day=None):
    return [(item.code, item.due_on) for item in inbox_of(user, day or timezone.localdate())]


def test_what_waits_follows_the_walk_to_its_end():
    coordinator, today = factories.coordinator(), timezone.localdate()
    homes = factories.organisation("homes", "company")
    owner = factories.person(Role.PROPERTY_OWNER, homes)
    walk = factories.planned()
    finding = factories.add(walk, owner=homes)
    assert waiting(coordinator) == [("walks.record", timezone.localdate(walk.planned_at))]
    assert waiting(owner) == []

    factories.walked(walk)
    codes = dict(waiting(coordinator))
    walked_on = timezone.localdate(Walk.objects.get().walked_at)
    assert codes["walks.feedback"] == walked_on + FEEDBACK_WITHIN
    assert [code for code, _due in waiting(owner)] == ["walks.answer"]

    factories.answer(finding, FindingStatus.WILL_DO)
    assert waiting(owner) == []
    late = today + timedelta(days=31)
    assert waiting(owner, late) == [("walks.overdue", today + timedelta(days=30))]

    services.walk_feed_back(walk_id=walk.pk, feedback_on=today, actor=coordinator)
    assert waiting(coordinator) == [("walks.notice", None)]
    services.walk_notify(walk_id=walk.pk, notice="Tack.", actor=coordinator)
    assert waiting(coordinator) == []
    finding = Finding.objects.get()
    factories.answer(finding, FindingStatus.DONE)
    assert waiting(owner, late) == []


def test_another_districts_coordinator_is_not_disturbed():
    factories.with_finding()
    elsewhere = factories.person(
        Role.DISTRICT_COORDINATOR, factories.organisation("district-south"), "south"
    )
    assert waiting(elsewhere) == []
