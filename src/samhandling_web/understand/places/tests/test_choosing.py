"""Choosing among many places: what is searched for is shown, and what is chosen stays."""

import re
from dataclasses import replace
from uuid import uuid4

import pytest
from django.urls import reverse

from samhandling_web.base.accounts.rules import Role
from samhandling_web.base.areas.models import Area, AreaLevel, AreaVersion
from samhandling_web.understand.places import services
from samhandling_web.understand.places.forms.choosing import MOST_FOUND
from samhandling_web.understand.places.models import Place, Problem
from samhandling_web.understand.places.rules import AreaIsProtected
from samhandling_web.understand.places.tests import town
from tests.page_rules import faults_of_page, faults_of_part

pytestmark = pytest.mark.django_db
ADDRESS = "places:problem-new"


@pytest.fixture
def strategist(client):
    actor = town.person(Role.CITY_STRATEGIST)
    client.force_login(actor)
    return actor


@pytest.fixture
def many(strategist):
    area = town.district(responsible=town.organisation())
    shape = {"type": "Point", "coordinates": [town.LON, town.LAT]}
    rows = [
        Place(
            name=f"Torg {number:04}", kind="square", geometry=shape, longitude=town.LON,
            latitude=town.LAT, district=area,
        )
        for number in range(2_000)
    ]  # fmt: skip
    Place.objects.bulk_create(rows)
    return list(Place.objects.order_by("name"))


def shown(text):
    """The numbers of the places on the page, and of those that are chosen."""
    boxes = re.findall(r'<input[^>]*name="places"[^>]*>', text)
    numbers = [int(re.search(r'value="(\d+)"', box)[1]) for box in boxes]
    chosen = [n for n, box in zip(numbers, boxes, strict=True) if " checked" in box]
    return numbers, chosen


def test_of_two_thousand_a_page_shows_few_and_says_so(client, many, django_assert_max_num_queries):
    with django_assert_max_num_queries(25):
        page = client.get(reverse(ADDRESS)).content.decode()
    assert faults_of_page(page) == []
    numbers, chosen = shown(page)
    assert (len(numbers), chosen) == (MOST_FOUND, [])
    assert f"De {MOST_FOUND} första av 2000 visas" in page.replace("\xa0", "")


def test_a_search_keeps_what_is_written_and_chosen_and_saves_nothing(client, many):
    first, wanted = many[5], many[1777]
    sent = {"title": "Klotter", "what": "", "places": [first.pk], "place_words": "torg 1777"}
    page = client.post(reverse(ADDRESS), sent | {"search": "1"}).content.decode()
    assert faults_of_page(page) == []
    assert shown(page) == ([first.pk, wanted.pk], [first.pk])
    assert 'value="Klotter"' in page
    assert 'role="alert"' not in page
    assert not Problem.objects.exists()
    part = client.post(
        reverse(ADDRESS), sent | {"search": "1"}, headers={"HX-Request": "true"}
    ).content.decode()
    assert faults_of_part(part) == []
    assert shown(part) == ([first.pk, wanted.pk], [first.pk])
    assert "<form" not in part


def test_what_is_chosen_need_not_be_among_those_shown(client, many):
    sent = {
        "title": "Klotter", "what": "Väggar målas.", "severity": "yellow",
        "owner": town.organisation().pk, "places": [many[5].pk, many[1777].pk],
        "place_words": "ingenting",
    }  # fmt: skip
    assert client.post(reverse(ADDRESS), sent).status_code == 302
    assert set(Problem.objects.get().places.all()) == {many[5], many[1777]}


def test_nothing_found_is_said(client, many):
    page = client.post(reverse(ADDRESS), {"place_words": "slottet", "search": "1"}).content.decode()
    assert "Ingen plats heter något med ”slottet”" in page


def test_a_district_is_searched_for_by_its_name(client, many):
    name = many[0].district.versions.first().name
    page = client.post(reverse(ADDRESS), {"place_words": name, "search": "1"}).content.decode()
    assert len(shown(page)[0]) == MOST_FOUND


def smaller_area(visibility="public"):
    """A part of the district in the east, of a level of its own."""
    level = AreaLevel.objects.create(
        slug="quarter", name="stadsdel", name_plural="Kvarter", rank=90
    )
    town.district()
    whole = town.district("E").versions.get()
    area = Area.objects.create(level=level, code="K1", visibility=visibility)
    AreaVersion.objects.create(
        area=area, name="Kvarteret", valid_from=whole.valid_from, geometry=whole.geometry,
        geometry_map=whole.geometry_map, content_hash="K1", area_m2=1.0, west=whole.west,
        south=whole.south, east=whole.east, north=whole.north,
    )  # fmt: skip
    # What is kept of areas in memory is kept by the level's revision.
    AreaLevel.objects.update(revision=uuid4().hex[:16])
    return area


def about(area):
    return {
        "title": "Klotter", "what": "Väggar målas.", "severity": "yellow",
        "owner": town.organisation().pk, "area": area.pk,
    }  # fmt: skip


def test_a_problem_is_in_any_area_and_in_the_district_around_it(client, strategist):
    area = smaller_area()
    page = client.get(reverse(ADDRESS)).content.decode()
    assert '<optgroup label="Kvarter">' in page
    assert client.post(reverse(ADDRESS), about(area)).status_code == 302
    problem = Problem.objects.get()
    assert (problem.area, problem.district) == (area, town.district("E"))
    detail = client.get(reverse("places:problem-detail", args=[problem.pk])).content.decode()
    assert "Kvarteret" in detail
    edit = reverse("places:problem-edit", args=[problem.pk])
    AreaVersion.objects.filter(area=area).update(valid_to="2020-01-01")
    assert f'<option value="{area.pk}" selected>Kvarteret' in client.get(edit).content.decode()


def test_a_protected_area_is_neither_offered_nor_taken(client, strategist):
    area = smaller_area("protected")
    assert "Kvarteret" not in client.get(reverse(ADDRESS)).content.decode()
    assert client.post(reverse(ADDRESS), about(area)).status_code == 422
    details = replace(town.problem_details(town.place()), area=area)
    with pytest.raises(AreaIsProtected):
        services.problem_create(details=details, actor=strategist)
    assert not Problem.objects.exists()
