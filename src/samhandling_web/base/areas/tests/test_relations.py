"""Descent, neighbours, crosswalks, groups and series, on a made-up town."""

from datetime import date

import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samhandling_web.base.accounts.rules import Role
from samhandling_web.base.areas import rules, selectors, services
from samhandling_web.base.areas.lineage import LineageKind
from samhandling_web.base.areas.models import Crosswalk, Neighbour
from samhandling_web.base.areas.rules import Weight
from samhandling_web.base.areas.services import AreaGroup
from samhandling_web.base.areas.tests.town import EARLY, LATE, block, blocks, division, person
from samhandling_web.base.audit.models import AuditRecord
from samhandling_web.base.common.errors import NotAllowed

pytestmark = pytest.mark.django_db
FIRST = [("W", "Väst", block(0, 3)), ("M", "Mitt", block(3, 4)), ("E", "Öst", block(4, 6))]


@pytest.fixture(autouse=True)
def _levels():
    services.level_set(slug="district", name="Stadsdelsområde", rank=1, actor=None)
    services.level_set(slug="block", name="Kvarter", rank=2, is_base_unit=True, actor=None)


def told(second, day=LATE):
    division("district", FIRST)
    division("district", second, day, "second")
    return [h.text for h in selectors.happenings_of_level("district", None)]


def test_a_merger_is_told_in_one_sentence():
    assert told([("W", "Väst", block(0, 3)), ("ME", "Nya Öst", block(3, 6))]) == [
        "Mitt och Öst blev Nya Öst 2020-07-01"
    ]


def test_a_merger_is_one_even_when_the_new_area_is_drawn_without_its_water():
    land = block(3, 6, 0, 0.7)
    assert told([("W", "Väst", block(0, 3)), ("ME", "Nya Öst", land)]) == [
        "Mitt och Öst blev Nya Öst 2020-07-01"
    ]


def test_a_split_is_told_in_one_sentence():
    second = [("W1", "Yttre Väst", block(0, 2)), ("W2", "Inre Väst", block(2, 3)), *FIRST[1:]]
    assert told(second) == ["Väst delades i Inre Väst och Yttre Väst 2020-07-01"]


def test_moved_borders_new_areas_and_lost_ones_are_told():
    second = [("W", "Väst", block(0, 2)), ("M", "Mitt", block(2, 4)), ("N", "Norr", block(0, 6, 2))]
    assert set(told(second)) == {
        "Mitt och Väst fick nya gränser 2020-07-01",
        "Norr tillkom 2020-07-01",
        "Öst upphörde 2020-07-01",
    }


def test_a_new_name_for_the_same_surface_is_told():
    assert told([("W", "Väster", block(0, 3)), *FIRST[1:]]) == [
        "Väst bytte namn till Väster 2020-07-01"
    ]


def test_the_first_division_comes_of_nothing():
    division("district", FIRST)
    assert selectors.happenings_of_level("district", None) == []


def test_undoing_takes_the_story_back():
    told([("ALL", "Alla", block(0, 6))])
    services.area_versions_withdraw("second", actor=None)
    assert selectors.happenings_of_level("district", None) == []


def test_an_area_tells_its_own_story():
    told([("W", "Väst", block(0, 3)), ("ME", "Nya Öst", block(3, 6))])
    area = selectors.area_visible_to(None, "district", "M").get()
    story = selectors.happenings_of_area(area, None)
    assert [(h.kind, h.text) for h in story] == [
        (LineageKind.MERGE, "Mitt och Öst blev Nya Öst 2020-07-01")
    ]
    west = selectors.area_visible_to(None, "district", "W").get()
    assert selectors.happenings_of_area(west, None) == []


def test_areas_that_touch_are_neighbours_both_ways():
    division("district", FIRST)
    middle = selectors.areas_on("district", EARLY).get(area__code="M")
    beside = selectors.neighbours_of(middle, None)
    assert [v.area.code for v in beside] == ["W", "E"]
    assert Neighbour.objects.filter(shares_border=True).count() == 4
    assert services.neighbours_compute(level="district", day=EARLY) == 2


def test_areas_that_meet_in_a_corner_share_no_border():
    division("district", [("A", "A", block(0, 1, 0, 1)), ("B", "B", block(1, 2, 1, 2))])
    assert list(Neighbour.objects.values_list("shares_border", flat=True)) == [False, False]


def test_shares_by_surface_are_stored_at_import_and_sum_to_one():
    division("block", blocks())
    division("district", [("W", "Väst", block(0, 2.25)), ("E", "Öst", block(2.25, 6))])
    shares = {
        (i, j): s
        for i, j, s in selectors.crosswalk_shares("block", EARLY, "district", EARLY).rows()
    }
    assert shares["B2", "W"] == pytest.approx(0.25, abs=1e-4)
    assert shares["B0", "W"] == 1
    assert Crosswalk.objects.filter(weight=Weight.AREA).count() == 7


def test_shares_by_population_follow_where_people_live():
    """A district with a park: half its surface, none of its people."""
    division("block", blocks())
    division("district", FIRST)
    division("district", [("A", "A", block(0, 1)), ("B", "B", block(1, 6))], LATE, "second")
    arguments = ("district", EARLY, "district", LATE)
    people = {"B0": 900, "B1": 100, "B2": 0, "B3": 50}
    services.crosswalks_compute(*arguments, actor=None, residents=people)
    shares = selectors.crosswalk_shares(*arguments, Weight.POPULATION).rows()
    assert [(code, other) for code, other, _share in shares] == [
        ("E", "B"),  # nobody is known to live there: by surface
        ("M", "B"),
        ("W", "A"),
        ("W", "B"),
    ]
    assert [share for *_codes, share in shares] == pytest.approx([1, 1, 0.9, 0.1], abs=1e-4)
    record = AuditRecord.objects.order_by("-sequence").first()
    assert record.kind == "areas.crosswalk.computed"
    assert record.after["weight"] == "population"


def test_crosswalks_are_refused_where_they_would_be_wrong():
    division("block", blocks())
    services.level_set(slug="listed", name="Listat område", is_overlay=True, actor=None)
    division("listed", [("L", "L", block(0, 1))], EARLY, "listed")
    with pytest.raises(rules.OverlayHasNoCrosswalk):
        services.crosswalks_compute("block", EARLY, "listed", EARLY, actor=None)
    with pytest.raises(rules.OverlayHasNoCrosswalk):
        selectors.series_on("listed", EARLY, {"B0": {2014: 1}})
    with pytest.raises(rules.NoAreasThen):
        services.crosswalks_compute("block", EARLY, "district", EARLY, actor=None)
    division("district", FIRST)
    with pytest.raises(rules.UnknownUnits, match="B77"):
        services.crosswalks_compute(
            "block", EARLY, "district", EARLY, actor=None, residents={"B77": 1}
        )
    with pytest.raises(NotAllowed):
        services.crosswalks_compute("block", EARLY, "district", EARLY, actor=person(Role.GUARD))


def test_an_overlay_tells_how_much_of_each_unit_lies_inside():
    division("block", blocks())
    services.level_set(slug="listed", name="Listat område", is_overlay=True, actor=None)
    division("listed", [("L", "L", block(0.5, 2))], EARLY, "listed")
    inside = selectors.shares_inside("listed", EARLY)
    assert inside["L"] == {
        "B0": pytest.approx(0.5, abs=1e-4),
        "B1": pytest.approx(1, abs=1e-4),
    }


def test_an_island_that_a_division_leaves_out_goes_to_the_nearest_area():
    division("block", [*blocks(), ("ISLAND", "Ön", block(8, 9))])
    division("district", FIRST)
    carried = selectors.series_on("district", EARLY, {"ISLAND": {2014: 7}, "B0": {2014: 5}})
    assert carried == {"E": {2014: 7}, "M": {2014: 0}, "W": {2014: 5}}


numbers = st.integers(0, 10_000)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(numbers, min_size=6, max_size=6))
def test_whole_numbers_keep_their_total_over_any_borders(series_division, values):
    people = {f"B{n}": {2014: value, 2015: value // 2} for n, value in enumerate(values)}
    for day in (EARLY, LATE):
        carried = selectors.series_on("district", day, people)
        for year in (2014, 2015):
            of_year = [of_area[year] for of_area in carried.values()]
            assert all(isinstance(number, int) for number in of_year)
            assert sum(of_year) == sum(of_unit[year] for of_unit in people.values())


@pytest.fixture
def series_division():
    division("block", blocks())
    division("district", [("W", "Väst", block(0, 1.37)), ("E", "Öst", block(1.37, 6))])
    thirds = [(f"T{n}", f"T{n}", block(n * 1.7, (n + 1) * 1.7)) for n in range(4)]
    division("district", thirds, LATE, "second")


def test_series_for_units_that_do_not_exist_are_refused():
    division("block", blocks())
    division("district", FIRST)
    with pytest.raises(rules.UnknownUnits, match="B99"):
        selectors.series_on("district", EARLY, {"B99": {2014: 1}})


def test_base_units_of_a_later_division_are_used_for_earlier_borders():
    """Boundaries of 2010 with units first drawn in 2020."""
    division("district", FIRST)
    division("block", blocks(), LATE, "units")
    carried = selectors.series_on("district", EARLY, {f"B{n}": {2021: n} for n in range(6)})
    assert carried == {"E": {2021: 9}, "M": {2021: 3}, "W": {2021: 3}}


GROUPS = [AreaGroup("W", "Väst", ("B0", "b1", "KVARTER 2")), AreaGroup("E", "Öst", ("B3", "B4"))]


def grouped(groups, level="district"):
    return services.areas_from_groups(
        level=level,
        groups=groups,
        members=("block", EARLY),
        valid_from=EARLY,
        batch_key="grouped",
        source="kommunens tabell",
        actor=None,
    )


def test_a_division_is_made_by_grouping_smaller_areas():
    division("block", blocks(5))
    assert grouped(GROUPS).created == 2
    west = selectors.areas_on("district", EARLY).get(area__code="W")
    assert west.attributes == {"members": ["B0", "B1", "B2"]}
    joined = selectors.area_as_set("district", EARLY).geometries[1]
    assert shapely.equals(joined, block(0, 3))
    services.area_versions_withdraw("grouped", actor=None)
    assert not selectors.areas_on("district", EARLY).exists()


@pytest.mark.parametrize(
    ("groups", "error", "text"),
    [
        (GROUPS[:1], rules.MembersLeftOver, "Kvarter 3, Kvarter 4"),
        ([*GROUPS, AreaGroup("X", "X", ("B0",))], rules.MemberTwice, "Väst och X"),
        ([*GROUPS, AreaGroup("X", "X", ("B9",))], rules.UnknownMember, "B9"),
    ],
)
def test_a_table_that_does_not_fit_the_areas_is_refused(groups, error, text):
    division("block", blocks(5))
    with pytest.raises(error, match=text):
        grouped(groups)


def test_a_day_before_the_first_division_has_no_areas():
    division("district", FIRST)
    with pytest.raises(rules.NoAreasThen, match="1999"):
        selectors.area_as_set("district", date(1999, 1, 1))
