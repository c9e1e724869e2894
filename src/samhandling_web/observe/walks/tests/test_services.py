"""Planning and leading a walk: success, each refusal leaves everything as it was, the log."""

from datetime import timedelta

import pytest
from django.utils import timezone

from samhandling_web.base.accounts.rules import Role
from samhandling_web.base.areas.models import Area, AreaLevel
from samhandling_web.base.audit.models import AuditRecord
from samhandling_web.base.common.errors import NotAllowed
from samhandling_web.base.common.free_text import PersonInText
from samhandling_web.observe.walks import notices, rules, services
from samhandling_web.observe.walks.models import Finding, Participants, Walk
from samhandling_web.observe.walks.rules import AgeBand, FindingStatus, Light, Sex, Status
from samhandling_web.observe.walks.services import Asked, Plan
from samhandling_web.observe.walks.tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator():
    return factories.coordinator()


def snapshot():
    """What the refusals must leave as it was."""
    return (
        list(Walk.objects.order_by("pk").values()),
        list(Finding.objects.order_by("pk").values()),
        Participants.objects.count(),
        AuditRecord.objects.count(),
    )


def refused(error, act, **values):
    before = snapshot()
    with pytest.raises(error):
        act(**values)
    assert snapshot() == before


def test_a_walk_is_planned_with_roles_not_names(coordinator):
    plan = Plan("Runt torget", timezone.now(), factories.organisation())
    asked = [Asked("Boende", None, 6), Asked("Kommunpolis", factories.organisation("police"), 1)]
    walk = services.walk_plan(plan=plan, invitations=asked, actor=coordinator)
    assert [one.invited for one in walk.invitations.all()] == [6, 1]
    assert AuditRecord.objects.get(kind="walks.walk.planned").after["title"] == "Runt torget"
    named = [Asked("Anna Andersson")]
    refused(PersonInText, services.walk_plan, plan=plan, invitations=named, actor=coordinator)


def test_a_coordinator_plans_in_no_other_district(coordinator):
    level = AreaLevel.objects.create(slug="district", name="Stadsdel", name_plural="Stadsdelar")
    south = Area.objects.create(
        level=level, code="S", responsible=factories.organisation("district-south")
    )
    plan = Plan("Söder", timezone.now(), factories.organisation(), district=south)
    refused(NotAllowed, services.walk_plan, plan=plan, actor=coordinator)
    other = Plan("Söder", timezone.now(), factories.organisation("district-south"))
    refused(NotAllowed, services.walk_plan, plan=other, actor=coordinator)
    strategist = factories.person(Role.CITY_STRATEGIST, factories.organisation("city"))
    walk = services.walk_plan(plan=plan, actor=strategist)
    southern = factories.person(
        Role.DISTRICT_COORDINATOR, factories.organisation("district-south"), "south"
    )
    services.walk_cancel(walk_id=walk.pk, reason="Storm.", actor=southern)


def test_a_plan_changes_until_it_is_walked(coordinator):
    walk = factories.planned()
    plan = Plan("Runt skolan", walk.planned_at, walk.organiser)
    values = {"walk_id": walk.pk, "plan": plan, "invitations": [Asked("Elever", None, 4)]}
    services.walk_edit(**values, actor=coordinator)
    record = AuditRecord.objects.get(kind="walks.walk.edited")
    assert record.before["title"] == "Runt torget"
    assert record.after["invitations"] == [["Elever", None, 4]]
    factories.walked(walk)
    refused(rules.PlanIsFixed, services.walk_edit, **values, actor=coordinator)


def test_calling_off_needs_a_reason_and_no_findings(coordinator):
    walk = factories.planned()
    values = {"walk_id": walk.pk, "actor": coordinator}
    refused(rules.ReasonMissing, services.walk_cancel, reason=" ", **values)
    factories.add(walk)
    refused(rules.HasFindings, services.walk_cancel, reason="Storm.", **values)
    services.walk_cancel(walk_id=factories.planned().pk, reason="Storm.", actor=coordinator)
    assert AuditRecord.objects.get(kind="walks.walk.cancelled").reason == "Storm."


def test_recording_says_all_that_is_missing(coordinator):
    walk = factories.planned()
    empty = {"walked_at": None, "light": None, "counts": {(Sex.MEN, AgeBand.OLD): 0}}
    before = snapshot()
    with pytest.raises(rules.WalkIncomplete) as refusal:
        services.walk_record(walk_id=walk.pk, **empty, actor=coordinator)
    assert snapshot() == before
    for text in ("när ni gick", "ljuset", "hur många som kom"):
        assert text in str(refusal.value)
    ahead = {"walked_at": timezone.now() + timedelta(hours=1), "light": Light.DARK}
    values = {"walk_id": walk.pk, "counts": factories.CAME, "actor": coordinator}
    refused(rules.DayNotPossible, services.walk_record, **values, **ahead)
    factories.walked(walk)
    assert {row.count for row in walk.participants.all()} == {4, 3}
    assert AuditRecord.objects.get(kind="walks.walk.walked").after["participants"] == 7


def test_feeding_back_has_a_day_after_the_walk(coordinator):
    walk = factories.walked()
    values = {"walk_id": walk.pk, "actor": coordinator}
    today = timezone.localdate()
    refused(rules.WalkIncomplete, services.walk_feed_back, feedback_on=None, **values)
    for days in (1, -30):
        day = today + timedelta(days=days)
        refused(rules.DayNotPossible, services.walk_feed_back, feedback_on=day, **values)
    walk = services.walk_feed_back(feedback_on=today, **values)
    assert walk.status == Status.FED_BACK


def test_a_walk_is_closed_when_everything_is_answered(coordinator):
    finding = factories.with_finding()
    values = {"walk_id": finding.walk_id, "actor": coordinator}
    services.walk_feed_back(feedback_on=timezone.localdate(), **values)
    refused(rules.FindingsUnanswered, services.walk_close, **values)
    factories.answer(finding, FindingStatus.WILL_NOT)
    assert services.walk_close(**values).status == Status.CLOSED


def test_a_safe_place_does_not_keep_a_walk_open(coordinator):
    walk = factories.planned()
    factories.add(walk, is_safe=True)
    factories.walked(walk)
    values = {"walk_id": walk.pk, "actor": coordinator}
    services.walk_feed_back(feedback_on=timezone.localdate(), **values)
    services.walk_close(**values)


def test_participants_are_told_after_the_meeting(coordinator):
    finding = factories.with_finding()
    values = {"walk_id": finding.walk_id, "actor": coordinator}
    refused(rules.NoticeTooEarly, services.walk_notify, notice="Tack.", **values)
    services.walk_feed_back(feedback_on=timezone.localdate(), **values)
    refused(rules.NoticeMissing, services.walk_notify, notice=" ", **values)
    refused(PersonInText, services.walk_notify, notice="Anna Andersson lagar.", **values)
    walk = services.walk_notify(notice="Tack. Lamporna byts.", **values)
    assert walk.notified_on == timezone.localdate()
    assert AuditRecord.objects.get(kind="walks.walk.notified").after["notice"] == walk.notice


def test_the_proposed_notice_tells_every_answer(coordinator):
    walk = factories.planned()
    findings = [factories.add(walk) for _ in range(4)]
    factories.walked(walk)
    targets = (FindingStatus.WILL_DO, FindingStatus.WILL_NOT, FindingStatus.DONE)
    for finding, target in zip(findings, targets, strict=False):
        factories.answer(finding, target)
    walk.refresh_from_db()
    text = notices.notice_proposed(walk, Finding.objects.filter(walk=walk).order_by("number"))
    for words in ("ska göras senast", "av homes", "görs inte: Gatan", "gjort ", "inte fått svar"):
        assert words in text
    services.walk_feed_back(walk_id=walk.pk, feedback_on=timezone.localdate(), actor=coordinator)
    services.walk_notify(walk_id=walk.pk, notice=text, actor=coordinator)


@pytest.mark.parametrize(
    "role", sorted(set(Role) - {Role.CITY_STRATEGIST, Role.DISTRICT_COORDINATOR})
)
def test_nobody_else_leads(role):
    walk = factories.planned()
    actor = factories.person(role)
    values = {"walk_id": walk.pk, "actor": actor}
    today = timezone.localdate()
    refused(NotAllowed, services.walk_cancel, reason="Storm.", **values)
    refused(
        NotAllowed,
        services.walk_record,
        walked_at=timezone.now(),
        light=Light.DARK,
        counts=factories.CAME,
        **values,
    )
    refused(NotAllowed, services.walk_feed_back, feedback_on=today, **values)
    refused(NotAllowed, services.walk_notify, notice="Tack.", **values)
    refused(NotAllowed, services.walk_close, **values)
    refused(
        NotAllowed,
        services.walk_edit,
        plan=Plan("Annat", timezone.now(), factories.organisation()),
        invitations=(),
        **values,
    )
