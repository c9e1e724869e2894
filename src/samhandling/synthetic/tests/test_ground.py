"""The map: valid, gapless where there is land, and unlike any real municipality."""

import csv
import json
from datetime import date

import numpy as np
import pytest
import shapely

from samhandling.synthetic import PLANS, Town
from samhandling.synthetic.ground import make_ground
from tests.shared_data import shared_file

SWEDEN = shapely.box(10.9, 55.3, 24.2, 69.1)


def geometries(town: Town, level: str, day: date) -> list:
    return [area.geometry for area in town.ground.of_level(level, day)]


@pytest.mark.parametrize("day", [date(2018, 1, 1), date(2024, 1, 1)])
def test_every_level_is_a_coverage_of_the_same_land(town, day):
    land = shapely.union_all(geometries(town, town.plan.levels[-1].slug, day))
    for level in [*town.plan.levels, town.plan.police_areas]:
        parts = geometries(town, level.slug, day)
        assert all(part.is_valid for part in parts)
        assert shapely.coverage_is_valid(parts)
        assert sum(p.area for p in parts) == pytest.approx(land.area, rel=1e-9)
        assert shapely.union_all(parts).symmetric_difference(land).area < 1e-12


def test_land_and_water_together_are_the_municipality(town):
    metres = town.ground
    land = sum(area.area for area in metres.coverage.areas)
    water = metres.land.water.area
    assert land + water == pytest.approx(metres.land.outline.area, rel=1e-5)
    assert water > 0.01 * metres.land.outline.area


def test_levels_have_the_planned_number_of_areas(town):
    first = date(town.plan.first_year, 1, 1)
    for level in town.plan.levels:
        areas = town.ground.of_level(level.slug, first)
        assert len(areas) == level.count
        assert len({area.code for area in areas}) == level.count
        assert len({area.name for area in areas}) == level.count


def test_small_areas_nest_in_every_level(town):
    everything = list(range(town.plan.levels[-1].count))
    for day in (date(town.plan.first_year, 1, 1), date(town.plan.last_year, 12, 31)):
        for level in town.plan.levels:
            areas = town.ground.of_level(level.slug, day)
            assert sorted(m for area in areas for m in area.members) == everything


def test_the_reform_merges_two_areas_and_moves_one_border(town):
    top, day = town.plan.levels[0].slug, town.plan.reform.day
    before = {
        a.code: set(a.members)
        for a in town.ground.of_level(top, date.fromordinal(day.toordinal() - 1))
    }
    after = {a.code: set(a.members) for a in town.ground.of_level(top, day)}
    gone = before.keys() - after.keys()
    (new,) = after.keys() - before.keys()
    assert len(gone) == 2
    assert after[new] == set.union(*(before[code] for code in gone))
    moved = [code for code in before.keys() & after.keys() if before[code] != after[code]]
    assert len(moved) == 2
    lost, won = sorted(moved, key=lambda code: len(after[code]) - len(before[code]))
    assert before[lost] - after[lost] == after[won] - before[won] != set()


def test_police_areas_cross_the_top_level(town):
    day = date(town.plan.last_year, 1, 1)
    police = town.ground.of_level(town.plan.police_areas.slug, day)
    top = town.ground.of_level(town.plan.levels[0].slug, day)
    crossed = [
        area.name
        for area in top
        if sum(bool(set(area.members) & set(p.members)) for p in police) > 1
    ]
    assert crossed


def test_the_list_is_redrawn_and_one_area_is_only_split(town):
    level, day = town.plan.listed_areas.slug, town.plan.listed_redrawn
    before = town.ground.of_level(level, date.fromordinal(day.toordinal() - 1))
    after = town.ground.of_level(level, day)
    assert len(after) == len(before) + 1
    halves = [a.geometry for a in after if a.code.startswith(before[0].code + "-")]
    assert len(halves) == 2
    assert shapely.intersection(*halves).area < 1e-12
    whole = before[0].geometry
    assert shapely.union_all(halves).symmetric_difference(whole).area < 1e-3 * whole.area


def test_the_towns_lie_in_sweden_but_belong_to_nobody(town):
    codes = shared_file("kommuner_sverige/lan_kommuner_koder.csv")
    with codes.open(encoding="utf-8") as stream:
        real = list(csv.DictReader(stream))
    assert town.plan.municipality_code not in {row["municipality_code"] for row in real}
    assert town.plan.municipality_code[:2] not in {row["county_code"] for row in real}
    assert town.plan.name not in {row["municipality_name"] for row in real}
    (whole,) = town.ground.of_level("municipality")
    assert SWEDEN.contains(whole.geometry)


def test_the_two_towns_share_no_level_code_or_category(city, small_town):
    def slugs(town):
        levels = [*town.plan.levels, town.plan.police_areas, town.plan.listed_areas]
        return {level.slug for level in levels} | {c.slug for c in town.plan.categories}

    assert not slugs(city) & slugs(small_town)
    codes = [{a.code for a in t.ground.areas} for t in (city, small_town)]
    assert not codes[0] & codes[1]


def test_every_place_has_a_name_of_its_own_and_lies_on_land(town):
    planned = dict(town.plan.places)
    found = {layer: [p for p in town.ground.places if p.layer == layer] for layer in planned}
    for layer, places in found.items():
        assert len(places) == planned[layer]
        assert len({place.name for place in places}) == len(places)
        points = np.array([place.point for place in places])
        assert shapely.contains_xy(town.ground.land.outline, points).all()
        assert not shapely.contains_xy(town.ground.land.water, points).any()


def test_streets_cross_the_water_only_on_bridges(town):
    bridges = shapely.union_all(town.ground.streets.bridges).buffer(1)
    wet = shapely.intersection(shapely.union_all(town.ground.streets.main), town.ground.land.water)
    assert wet.length > 0
    assert shapely.difference(wet, bridges).length < 25


def test_areas_say_that_they_are_invented(town):
    attributes = [json.loads(text) for text in town.areas().column("attributes").to_pylist()]
    assert all(found["invented"] is True for found in attributes)


@pytest.mark.parametrize("seed", range(2, 4))
@pytest.mark.parametrize("name", sorted(PLANS))
def test_other_seeds_give_other_valid_towns(name, seed, request):
    plan = PLANS[name]
    ground = make_ground(plan, seed)
    first = request.getfixturevalue("city" if name == "Granköping" else "small_town")
    assert ground.areas[0].geometry != first.ground.areas[0].geometry
    for level in plan.levels:
        for day in (date(2017, 1, 1), date(2024, 1, 1)):
            parts = [area.geometry for area in ground.of_level(level.slug, day)]
            assert shapely.coverage_is_valid(parts)
            assert all(part.is_valid for part in parts)
