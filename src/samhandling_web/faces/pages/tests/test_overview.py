"""The overview: shares that count what their lists hold, district by district."""

from datetime import timedelta

import pytest
from django.utils import timezone

from samhandling_web.base.areas.models import Area
from samhandling_web.base.areas.services import level_set
from samhandling_web.base.areas.tests.town import blocks, division
from samhandling_web.faces.pages.overview.indicators import INDICATORS
from samhandling_web.faces.pages.overview.opened import Part, part_opened
from samhandling_web.faces.pages.overview.table import FEWEST, districts_on, overview
from samhandling_web.faces.pages.tests.story import make_story, person
from samhandling_web.observe.observations.models import Observation, ObservationStep, Sending
from samhandling_web.observe.walks.models import Finding, Walk
from tests.page_rules import faults_of_page

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def districts():
    level_set(slug="district", name="område", name_plural="områden", rank=10, actor=None)
    division("district", blocks())
    return list(Area.objects.order_by("pk"))


def observed(district: Area, *, days_ago: int, answered_after: int | None) -> Observation:
    """Something that came so many days ago and was answered so many days after, or never."""
    seen = make_story(district).observation
    came = timezone.now() - timedelta(days=days_ago)
    Sending.objects.filter(pk=seen.sending_id).update(received_at=came)
    if answered_after is not None:
        _answer(seen, came + timedelta(days=answered_after))
    return seen


def _answer(seen: Observation, at) -> None:
    """A step as if made then: the table is only added to, so the time is set on its way in."""
    field = ObservationStep._meta.get_field("at")
    field.auto_now_add = False
    try:
        ObservationStep.objects.create(observation=seen, status="done", answer="Klart.", at=at)
    finally:
        field.auto_now_add = True


def cells(slug: str) -> dict:
    [row] = [one for one in overview(TODAY, districts_on(TODAY)) if one.indicator.slug == slug]
    return {cell.district: (cell.above, cell.below) for cell in (row.city, *row.districts)}


def test_what_is_answered_within_a_week_is_counted_where_it_was_seen(districts):
    first, second = districts[:2]
    for _number in range(3):
        observed(first, days_ago=30, answered_after=2)
    observed(first, days_ago=30, answered_after=20)
    observed(second, days_ago=30, answered_after=None)
    observed(second, days_ago=3, answered_after=None)  # may still be answered in time
    observed(second, days_ago=300, answered_after=None)  # too long ago
    found = cells("iakttagelser-besvarade")
    assert found[first.pk] == (3, 4)
    assert found[second.pk] == (0, 1)
    assert found[None] == (3, 5)


def test_findings_are_due_after_fifteen_working_days(districts):
    story = make_story(districts[0])
    Walk.objects.update(walked_at=timezone.now() - timedelta(days=40))
    assert cells("fynd-besvarade")[districts[0].pk] == (0, 1)
    Finding.objects.filter(pk=story.finding.pk).update(
        status="will_not", why="Ägs av någon annan.", answered_on=TODAY
    )
    assert cells("fynd-besvarade")[districts[0].pk] == (1, 1)
    Walk.objects.update(walked_at=timezone.now() - timedelta(days=5))
    assert cells("fynd-besvarade")[districts[0].pk] == (0, 0)


def test_a_safe_finding_without_a_suggestion_is_not_waited_for(districts):
    story = make_story(districts[0])
    Walk.objects.update(walked_at=timezone.now() - timedelta(days=40))
    finding = Finding.objects.filter(pk=story.finding.pk)
    finding.update(is_safe=True)
    assert cells("fynd-besvarade")[districts[0].pk] == (0, 0)
    finding.update(status="will_not", why="Sagt ändå.", answered_on=TODAY)
    assert cells("fynd-besvarade")[districts[0].pk] == (0, 0)
    finding.update(suggestion="Mer av samma belysning.")
    assert cells("fynd-besvarade")[districts[0].pk] == (1, 1)
    assert "behöver inget svar" in str(INDICATORS["fynd-besvarade"].definition)


@pytest.mark.parametrize("slug", INDICATORS)
def test_both_parts_of_a_share_can_be_opened_and_hold_what_it_counts(client, districts, slug):
    make_story(districts[0])
    reader = person("city_strategist")
    client.force_login(reader)
    indicator = INDICATORS[slug]
    above, below = (rows.count() for rows in indicator.parts(TODAY))
    assert part_opened(indicator, Part.ABOVE, reader, TODAY).count() == above
    assert part_opened(indicator, Part.BELOW, reader, TODAY).count() == below
    assert part_opened(indicator, Part.LACKING, reader, TODAY).count() == below - above
    for part in Part:
        answer = client.get(f"/oversikt/{slug}/{part}/", {"stadsdel": districts[0].pk})
        assert answer.status_code == 200
        assert faults_of_page(answer.content.decode()) == []


def test_of_few_no_share_is_written(districts):
    [row, *_others] = overview(TODAY, districts_on(TODAY))
    assert row.city.percent is None
    for _number in range(FEWEST):
        observed(districts[0], days_ago=30, answered_after=1)
    [row, *_others] = overview(TODAY, districts_on(TODAY))
    assert row.city.percent == 100
    assert row.city.low < 100 == row.city.high


def test_the_page_is_for_those_who_lead_and_answer(
    client, districts, django_assert_max_num_queries
):
    make_story(districts[0])
    assert client.get("/oversikt/").status_code == 302
    client.force_login(person("reporter"))
    assert client.get("/oversikt/").status_code == 403
    assert client.get("/oversikt/fynd-besvarade/taljare/").status_code == 403
    client.force_login(person("board_member"))
    with django_assert_max_num_queries(25):
        page = client.get("/oversikt/").content.decode()
    assert faults_of_page(page) == []
    assert "Fynd på vandringar med svar" in page
    assert client.post("/oversikt/").status_code == 405
    assert client.get("/oversikt/finns-inte/taljare/").status_code == 404
