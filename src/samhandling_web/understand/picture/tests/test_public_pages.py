"""The open pages show public areas alone, whole years alone, and each area's own pictures."""

from datetime import UTC, date, datetime

import pytest
import shapely
from django.urls import reverse

from samhandling.space.areas import AreaSet
from samhandling_web.base.accounts.rules import Role
from samhandling_web.base.areas.models import Area, AreaLevel, AreaVersion
from samhandling_web.base.areas.rules import Visibility
from samhandling_web.observe.events.snapshot import build
from samhandling_web.observe.events.snapshot.layout import Division
from samhandling_web.observe.events.snapshot.queries import snapshot_in_use
from samhandling_web.observe.events.tests.event_tables import event_tables
from samhandling_web.understand.picture import public_pages, selectors
from samhandling_web.understand.picture.figures import listed_areas, people, public_tables
from samhandling_web.understand.picture.figures.residents import Residents
from samhandling_web.understand.picture.figures.scope import Scope
from samhandling_web.understand.picture.tests import factories
from samhandling_web.understand.picture.tests.test_explore import town  # noqa: F401

pytestmark = pytest.mark.django_db
WHOLE = Scope("district", "", "Provstad", "Provstad", date(2024, 1, 1), date(2024, 12, 31))


def listed(slug, visibility, own=""):
    """Put one area on a list of its own, over the whole of the westernmost district."""
    level = AreaLevel.objects.create(
        slug=slug, name=slug, name_plural=slug, is_overlay=True, visibility=visibility
    )
    shape = shapely.box(17, 60, 17.1, 60.1)
    AreaVersion.objects.create(
        area=Area.objects.create(level=level, code="L", visibility=own),
        name=slug,
        valid_from="2021-01-01",
        geometry=shapely.geometry.mapping(shape),
        geometry_map=shapely.geometry.mapping(shape),
        attributes={"class": "risk"},
        area_m2=1.0,
        **dict(zip(("west", "south", "east", "north"), shape.bounds, strict=True)),
    )


def test_lists_and_areas_that_are_not_public_are_left_out(town, monkeypatch):  # noqa: F811
    listed("open", Visibility.PUBLIC)
    listed("inner", Visibility.INTERNAL)
    listed("guarded", Visibility.PUBLIC, own=Visibility.PROTECTED)
    unit = AreaSet.of("unit", ["U"], ["U"], [shapely.box(17, 60, 17.3, 60.1)])
    units = listed_areas.Units(unit, Residents({"U": 3000}, 2024, "unit"))
    monkeypatch.setattr(listed_areas, "_units", lambda _scope: units)
    figure = listed_areas.listed_areas_figure(WHOLE)
    assert figure.rows == (("2021-01-01", "open", "riskområde", 1000),)


def test_residents_are_named_for_public_areas_alone(town, monkeypatch):  # noqa: F811
    Area.objects.filter(code="D1").update(visibility=Visibility.PROTECTED)
    known = Residents({"D0": 50.0, "D1": 30.0, "D2": 20.0}, 2024, "district")
    monkeypatch.setattr(people, "residents_on", lambda *_asked: known)
    figure = people.people_figure(WHOLE)
    assert figure.rows == (("Väster", 50, 50.0), ("Öster", 20, 20.0))


def test_an_areas_page_does_not_show_the_picture_of_a_namesake(town, client):  # noqa: F811
    writer, registrar = factories.person(Role.ANALYST), factories.person(Role.CITY_STRATEGIST)
    factories.adopted(writer, registrar)
    AreaVersion.objects.filter(area__code="D0").update(name="Norr")
    assert selectors.pictures_published_about("district", "").count() == 1
    assert not selectors.pictures_published_about("district", "D0").exists()
    page = client.get(reverse("picture:public-area", args=["district", "D0"]))
    assert "Lägesbild för Norr" not in page.content.decode()


def test_two_levels_may_use_the_same_codes(town):  # noqa: F811
    level = AreaLevel.objects.create(slug="small", name="Liten", name_plural="Små")
    shape = shapely.box(17, 60, 17.1, 60.1)
    AreaVersion.objects.create(
        area=Area.objects.create(level=level, code="D0"),
        name="Torget",
        valid_from="2020-01-01",
        geometry=shapely.geometry.mapping(shape),
        geometry_map=shapely.geometry.mapping(shape),
        area_m2=1.0,
        **dict(zip(("west", "south", "east", "north"), shape.bounds, strict=True)),
    )
    line = public_tables.PublicLine("small", "D0", ("D0",), (9, 0))
    table = public_tables.PublicTable(
        "s", 2024, "district", ("D0",), ("a",), ((9, 9),) * 3, (line,)
    )
    names = public_pages._names(table, None)
    assert names["district", "D0"] == "Väster"
    assert names["small", "D0"] == "Torget"
    assert names["small", "-D0"] == "Inget känt område inom Väster"


def test_names_are_in_the_order_that_swedes_look_for_them(town):  # noqa: F811
    AreaVersion.objects.filter(name="Mitten").update(name="Ängen")
    AreaVersion.objects.filter(name="Väster").update(name="Åsen")
    (level,) = public_pages.open_levels(date(2024, 12, 31))
    assert [name for _code, name in level.areas] == ["Åsen", "Ängen", "Öster"]


def test_a_stray_date_opens_no_years_of_zeros(data_folder):
    when = [datetime(2015, 3, 1, 12, tzinfo=UTC)]
    when += [datetime(2024, month, 1, 12, tzinfo=UTC) for month in range(1, 13)] * 20
    rows = [
        (at, "reports", "fire", day, day, None, None, "area", "district", "W", 1, "9999")
        for at, day in enumerate(when, 1)
    ]
    areas = AreaSet.of("district", ["W"], ["Väster"], [shapely.box(17, 60, 18, 61)])
    division = Division("v0", areas, date(2015, 1, 1), None)
    writer = build.SnapshotWriter(
        [division], {"v0": {("district", "W"): 0}}, "Europe/Stockholm", "9999"
    )
    made_at = datetime(2025, 1, 1, tzinfo=UTC)
    build.build(event_tables(rows), writer, data_version="d" * 64, made_at=made_at)
    years = public_tables._whole_years(snapshot_in_use(), "reports")
    assert list(years) == [2024]
    assert not list(public_tables._whole_years(snapshot_in_use(), "another"))
