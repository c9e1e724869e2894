"""Measures and meetings: what is due comes up, and each page leads to the other."""

from datetime import timedelta

import pytest
from django.urls import reverse

from samhandling_web.agree.measures import services
from samhandling_web.agree.measures.models import Measure
from samhandling_web.agree.measures.tests import factories
from samhandling_web.agree.partnership.tests import factories as partnership
from samhandling_web.base.accounts.rules import Role
from samhandling_web.understand.places.models import Problem

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]


def led(actor, district):
    return partnership.council(actor, district=district, leader=factories.organisation())


def told(meeting):
    """What measures have brought up at the meeting."""
    brought = meeting.items.filter(source__startswith="measures.").order_by("number")
    return list(brought.values_list("source", "title"))


def test_what_is_late_or_to_be_followed_up_comes_up_and_nothing_else(coordinator, strategist):
    school = factories.person(Role.SCHOOL, name="school")
    followed, ending = (factories.ended(school, coordinator) for _n in range(2))
    Measure.objects.filter(pk=followed.pk).update(follow_up_on=factories.today())
    going = factories.started(school, coordinator)
    Measure.objects.filter(pk=going.pk).update(end_on=factories.today() - timedelta(days=1))
    factories.proposed(school)
    elsewhere = factories.started(school, strategist, where=factories.district("S"))
    Measure.objects.filter(pk=elsewhere.pk).update(end_on=factories.today() - timedelta(days=1))
    group = led(coordinator, factories.district())
    meeting = partnership.meeting(coordinator, group)
    late, due = factories.today() - timedelta(days=1), factories.today()
    assert told(meeting) == [
        (f"measures.end:{going.pk}",
         f"Åtgärd som skulle ha varit klar {late}: Ny belysning i parken"),
        (f"measures.follow_up:{followed.pk}",
         f"Åtgärd att följa upp {due}: Ny belysning i parken"),
    ]  # fmt: skip
    assert meeting.items.get(source=f"measures.end:{going.pk}").problem == going.problem
    assert ending.follow_up_on > factories.today()
    later = partnership.meeting(coordinator, group, factories.today() + timedelta(days=10))
    assert told(later) == []


def test_what_belongs_to_no_district_comes_up_at_the_citys_council(coordinator, strategist):
    whole = {"area": None, "is_citywide": True, "start_on": factories.today() - timedelta(days=9)}
    measure = factories.proposed(coordinator, **whole)
    services.measure_approve(
        measure_id=measure.pk, actor=strategist, on=factories.today() - timedelta(days=15)
    )
    meeting = partnership.meeting(strategist, led(strategist, None))
    assert [source for source, _title in told(meeting)] == [f"measures.start:{measure.pk}"]
    own = partnership.meeting(coordinator, led(coordinator, factories.district()))
    assert told(own) == []


def decided(coordinator):
    """A measure that follows from a priority and from what a meeting decided."""
    agreement = partnership.signed(coordinator, owner=factories.organisation())
    priority = partnership.priority(coordinator, agreement)
    meeting = partnership.held(
        coordinator, ("Mörkt i parken",), group=led(coordinator, factories.district())
    )
    item = partnership.decided(coordinator, meeting.items.get(title="Mörkt i parken"))
    return factories.proposed(coordinator, priority=priority, decided_at_item=item)


def test_from_the_measure_to_its_priority_and_decision_and_back(client, coordinator):
    measure = decided(coordinator)
    item, priority = measure.decided_at_item, measure.priority
    client.force_login(coordinator)
    page = client.get(f"/atgarder/{measure.pk}/").content.decode()
    there = client.get(client_link(page, str(item))).content.decode()
    assert f'href="/atgarder/{measure.pk}/"' in there
    agreed = client.get(client_link(page, priority.title)).content.decode()
    assert f'href="/atgarder/{measure.pk}/"' in agreed
    meeting = client.get(f"/moten/{item.meeting_id}/").content.decode()
    assert f'href="/atgarder/{measure.pk}/"' in meeting


def client_link(page, text):
    """Return where the link with the text leads."""
    before = page.split(f">{text}</a>")[0]
    return before.rpartition('href="')[2].partition('"')[0]


def test_who_may_not_read_the_meeting_meets_its_day_and_nothing_more(client, coordinator):
    measure = decided(coordinator)
    owner = factories.person(Role.PROPERTY_OWNER, factories.organisation())
    client.force_login(owner)
    page = client.get(f"/atgarder/{measure.pk}/").content.decode()
    assert "/prioriteringar/" not in page
    assert measure.priority.title in page
    reader = factories.person(Role.BOARD_MEMBER, factories.organisation("board", "committee"))
    group = partnership.council(
        coordinator, "operative", factories.district(), factories.organisation()
    )
    item = partnership.held(coordinator, ("Hemlig punkt",), group=group).items.get(
        title="Hemlig punkt"
    )
    services.measure_edit(
        measure_id=measure.pk, changes={"decided_at_item": item}, actor=coordinator
    )
    client.force_login(reader)
    page = client.get(f"/atgarder/{measure.pk}/").content.decode()
    assert "Hemlig punkt" not in page
    assert "på ett möte" in page


def test_an_item_leads_to_the_measure_that_brought_it_up_for_those_who_read_it(client, coordinator):
    measure = factories.started(factories.person(Role.SCHOOL, name="school"), coordinator)
    Measure.objects.filter(pk=measure.pk).update(end_on=factories.today() - timedelta(days=1))
    meeting = partnership.meeting(coordinator, led(coordinator, factories.district()))
    item = meeting.items.get(source=f"measures.end:{measure.pk}")
    client.force_login(coordinator)
    assert (
        f'href="/atgarder/{measure.pk}/"'
        in client.get(reverse("partnership:item-detail", args=[item.pk])).content.decode()
    )
    assert Problem.objects.filter(agenda_items=item).exists()
