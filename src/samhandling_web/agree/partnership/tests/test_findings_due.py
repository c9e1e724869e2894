"""Findings of walks that nobody answered or did in time come up at the district's meetings."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from samhandling_web.agree.partnership.tests import factories
from samhandling_web.base.accounts.rules import Role
from samhandling_web.base.areas.models import Area, AreaLevel
from samhandling_web.observe.walks.models import Finding, Walk
from samhandling_web.observe.walks.tests import factories as walks

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]
TODAY = timezone.localdate()


@pytest.fixture
def coordinator():
    return walks.coordinator()


@pytest.fixture
def north():
    level, _made = AreaLevel.objects.get_or_create(
        slug="district", defaults={"name": "Område", "name_plural": "Områden"}
    )
    return Area.objects.create(level=level, code="N")


def found(district, *, days_ago, **changes):
    finding = walks.with_finding()
    Walk.objects.filter(pk=finding.walk_id).update(
        walked_at=timezone.now() - timedelta(days=days_ago), district=district
    )
    Finding.objects.filter(pk=finding.pk).update(**changes)
    return finding


def told(meeting):
    rows = meeting.items.filter(source__startswith="walks.").order_by("number")
    return list(rows.values_list("source", "title"))


def test_what_lacks_an_answer_or_is_late_comes_up_once(coordinator, north):
    unanswered = found(north, days_ago=60)
    found(north, days_ago=60, is_safe=True)
    found(north, days_ago=5)
    found(None, days_ago=60)
    late = TODAY - timedelta(days=4)
    promised = found(
        north, days_ago=10, status="will_do", deadline=late, answered_on=late,
        owner=walks.organisation(),
    )  # fmt: skip
    group = factories.council(coordinator, district=north)
    meeting = factories.meeting(coordinator, group)
    (first, title), (second, told_late) = told(meeting)
    assert (first, second) == (f"walks.finding:{unanswered.pk}", f"walks.finding:{promised.pk}")
    assert title.startswith("Fynd utan svar sedan ")
    assert title.endswith("Runt torget, 1. Mörkt eller trasig lampa")
    assert told_late.startswith(f"Fynd som skulle ha varit gjort {late}: ")
    assert told(factories.meeting(coordinator, group, TODAY + timedelta(days=9))) == []


def test_the_item_leads_to_the_finding_for_those_who_may_read_it(client, coordinator, north):
    finding = found(north, days_ago=60)
    meeting = factories.meeting(coordinator, factories.council(coordinator, district=north))
    item = meeting.items.get(source=f"walks.finding:{finding.pk}")
    client.force_login(coordinator)
    address = reverse("partnership:item-detail", args=[item.pk])
    assert f"/trygghetsvandringar/fynd/{finding.pk}/" in client.get(address).content.decode()
    client.force_login(factories.person(Role.REPORTER))
    assert client.get(address).status_code == 404
