"""Promises that anybody can check: never shown as drafts, never rewritten, judged by evidence."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from samhandling_web.agree.partnership import refusals, rules
from samhandling_web.agree.partnership.rules import PromiseStatus
from samhandling_web.agree.partnership.selectors import promises as selectors
from samhandling_web.agree.partnership.services import promises as services
from samhandling_web.agree.partnership.tests import factories
from samhandling_web.base.accounts.rules import Role
from samhandling_web.base.audit.models import AuditRecord
from samhandling_web.base.common.errors import NotAllowed
from samhandling_web.base.common.free_text import PersonInText
from tests.page_rules import faults_of_page

pytestmark = pytest.mark.django_db
OPEN = "/offentligt/medborgarloften/"


@pytest.fixture
def coordinator():
    return factories.person(Role.DISTRICT_COORDINATOR)


def test_from_draft_to_verdict_on_the_open_page(client, coordinator):
    promise = factories.promise(coordinator)
    assert "tre kvällar" not in client.get(OPEN).content.decode()
    services.promise_give(promise_id=promise.pk, actor=coordinator)
    page = client.get(OPEN).content.decode()
    assert faults_of_page(page) == []
    assert "tre kvällar" in page
    assert "patrulljournalen" in page
    services.promise_judge(
        promise_id=promise.pk,
        verdict=PromiseStatus.PARTLY,
        evidence="Två kvällar i veckan enligt journalen.",
        actor=coordinator,
    )
    page = client.get(OPEN).content.decode()
    assert "Delvis hållet" in page
    assert "Två kvällar" in page
    kinds = AuditRecord.objects.filter(target_id=promise.pk).values_list("kind", flat=True)
    assert [kind.rsplit(".", 1)[1] for kind in kinds] == ["drafted", "given", "judged"]
    assert client.post(OPEN).status_code == 405


def test_what_is_promised_is_not_rewritten(coordinator):
    promise = factories.promise(coordinator)
    services.promise_give(promise_id=promise.pk, actor=coordinator)
    with pytest.raises(refusals.PromiseIsFixed, match="lovat"):
        services.promise_edit(
            promise_id=promise.pk, changes={"statement": "Mindre."}, actor=coordinator
        )


def test_one_that_nobody_can_check_is_not_given(coordinator):
    promise = factories.promise(coordinator, measured_by=" ", statement="")
    with pytest.raises(refusals.PromiseIncomplete) as caught:
        services.promise_give(promise_id=promise.pk, actor=coordinator)
    assert "vad som lovas" in str(caught.value)
    assert "om det är hållet" in str(caught.value)
    promise.refresh_from_db()
    assert promise.status == PromiseStatus.DRAFT


def test_how_it_went_is_shown_not_said(coordinator):
    promise = factories.promise(coordinator)
    with pytest.raises(rules.PromiseTransitionNotAllowed):
        services.promise_judge(
            promise_id=promise.pk, verdict=PromiseStatus.KEPT, evidence="Ja.", actor=coordinator
        )
    services.promise_give(promise_id=promise.pk, actor=coordinator)
    with pytest.raises(rules.EvidenceMissing):
        services.promise_judge(
            promise_id=promise.pk, verdict=PromiseStatus.KEPT, evidence=" ", actor=coordinator
        )
    with pytest.raises(PersonInText):
        services.promise_judge(
            promise_id=promise.pk,
            verdict=PromiseStatus.KEPT,
            evidence="Anna Andersson gick varje kväll.",
            actor=coordinator,
        )
    promise.refresh_from_db()
    assert (promise.status, promise.evidence) == (PromiseStatus.PROMISED, "")


@pytest.mark.parametrize("role", list(Role))
def test_who_writes_and_who_reads_drafts(coordinator, role):
    promise = factories.promise(coordinator)
    other = factories.person(role, factories.organisation("elsewhere"), "other")
    listed = selectors.promises_visible_to(other).filter(pk=promise.pk).exists()
    assert listed == (role not in {Role.PROPERTY_OWNER, Role.GUARD, Role.REPORTER})
    steps = (
        lambda: services.promise_edit(
            promise_id=promise.pk, changes={"measured_by": "Nytt."}, actor=other
        ),
        lambda: services.promise_give(promise_id=promise.pk, actor=other),
        lambda: services.promise_judge(
            promise_id=promise.pk, verdict=PromiseStatus.KEPT, evidence="Se.", actor=other
        ),
    )
    for step in steps:
        if role == Role.CITY_STRATEGIST:
            step()
            continue
        with pytest.raises(NotAllowed):
            step()


def test_promises_past_their_day_wait_for_a_verdict(coordinator):
    today = timezone.localdate()
    promise = factories.promise(
        coordinator, promised_from=date(2025, 1, 1), promised_to=today - timedelta(days=1)
    )
    assert not selectors.promises_without_verdict(today)
    services.promise_give(promise_id=promise.pk, actor=coordinator)
    assert list(selectors.promises_without_verdict(today)) == [promise]
    assert not selectors.promises_without_verdict(promise.promised_to)
