"""A measure for the whole municipality: chosen on purpose, and shown as that everywhere."""

import csv
import io

import pytest
from django.db import IntegrityError, transaction

from samhandling_web.agree.measures import overview, plan_content, refusals, services
from samhandling_web.agree.measures.choosing import measures_chosen
from samhandling_web.agree.measures.models import Measure
from samhandling_web.agree.measures.selectors import measures as selectors
from samhandling_web.agree.measures.tests import factories
from samhandling_web.base.audit.models import AuditRecord
from samhandling_web.base.common.errors import NotAllowed

pytestmark = pytest.mark.django_db
WHOLE = {"area": None, "place": None, "is_citywide": True}


@pytest.fixture
def measure(coordinator):
    return factories.proposed(coordinator, **WHOLE)


def test_it_lacks_nothing_and_is_of_no_district(measure, coordinator, strategist):
    assert selectors.missing_for_approval(measure) == []
    assert measure in selectors.ready_for_approval(selectors.measures_visible_to(strategist))
    assert measure.district is None
    with pytest.raises(NotAllowed):
        services.measure_approve(measure_id=measure.pk, actor=coordinator)
    services.measure_approve(measure_id=measure.pk, actor=strategist)
    with pytest.raises(IntegrityError), transaction.atomic():
        Measure.objects.filter(pk=measure.pk).update(is_citywide=False)


def test_it_is_not_at_a_place_too(measure, coordinator):
    before = AuditRecord.objects.count()
    changes = {"place": factories.place(), "area": factories.district()}
    with pytest.raises(refusals.BothSomewhereAndCitywide, match="platsen och området"):
        services.measure_edit(measure_id=measure.pk, changes=changes, actor=coordinator)
    measure.refresh_from_db()
    assert (measure.place, measure.area) == (None, None)
    assert AuditRecord.objects.count() == before
    with pytest.raises(IntegrityError), transaction.atomic():
        Measure.objects.filter(pk=measure.pk).update(place=factories.place())


def test_without_any_of_the_three_the_refusal_names_them_all(measure, coordinator, strategist):
    services.measure_edit(measure_id=measure.pk, changes={"is_citywide": False}, actor=coordinator)
    with pytest.raises(
        refusals.NotReadyForApproval, match="en plats, ett område eller hela kommunen"
    ):
        services.measure_approve(measure_id=measure.pk, actor=strategist)


def test_it_is_shown_as_such_on_its_page_in_the_list_and_in_the_file(client, measure, strategist):
    client.force_login(strategist)
    assert "<span>Hela kommunen</span>" in client.get(f"/atgarder/{measure.pk}/").content.decode()
    in_district = factories.proposed(strategist)
    listed = client.get("/atgarder/", {"district": "hela"}).content.decode()
    assert "Hela kommunen</td>" in listed
    assert f"/atgarder/{measure.pk}/" in listed
    assert f"/atgarder/{in_district.pk}/" not in listed
    told = client.get("/atgarder/", {"district": "hela", "export": "csv"}).content.decode(
        "utf-8-sig"
    )
    [head, row] = csv.reader(io.StringIO(told), delimiter=";" if ";" in told else ",")
    assert row[head.index("Område")] == "Hela kommunen"


def test_both_horizons_tell_it_apart_from_what_is_nowhere_yet(measure, coordinator):
    services.measure_propose(
        title="Utan plats än", proposer=factories.organisation(), actor=coordinator,
        changes={"horizon": "here_and_now"},
    )  # fmt: skip
    today = factories.today()
    rows = overview.overview_of(Measure.objects.all(), {}, today, None).districts
    assert [(row.label, row.measures) for row in rows] == [("Hela kommunen", 1), ("Utan område", 1)]
    opened = measures_chosen(Measure.objects.all(), {"district": "hela"}, today)
    assert list(opened) == [measure]


def test_a_plan_says_it(measure, strategist):
    services.measure_approve(measure_id=measure.pk, actor=strategist)
    plan = factories.plan(strategist, [], None)
    content = plan_content.content_of(plan, [measure], {})
    assert content["measures"][0]["where"] == "Hela kommunen"


def test_the_form_offers_it_and_a_follower_inherits_it(client, measure, coordinator):
    client.force_login(coordinator)
    page = client.get(f"/atgarder/{measure.pk}/skriv/").content.decode()
    assert 'name="is_citywide"' in page
    follower = services.proposals.follower_of(measure, coordinator)
    assert follower.is_citywide
    assert follower.district is None
