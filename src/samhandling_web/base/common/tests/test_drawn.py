"""Places as people set them: read, checked against the municipality, tidied."""

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import shape

from samhandling_web.base.common import drawn
from samhandling_web.base.common.drawn import (
    Kind,
    geometry_checked,
    geometry_of,
    position,
    rings_of,
    rings_written,
)

TOWN = (13.0, 58.0, 13.5, 58.3)
SQUARE = [(13.1, 58.1), (13.2, 58.1), (13.2, 58.2), (13.1, 58.2)]


@pytest.mark.parametrize(
    "text",
    [
        "58.1234, 13.25",
        "58,1234, 13,25",
        "58,1234 13,25",
        "58.1234,13.25",
        "58,1234,13,25",
        "58.1234;13.25",
        "58.1234\t13.25",
        " (58.1234, 13.25) ",
        "58.1234° 13.25°",
    ],
)
def test_coordinates_are_read_as_people_write_them(text):
    assert position(text) == (13.25, 58.1234)


def test_south_and_west_have_a_minus_of_either_kind():
    assert position("-33.4, −70.6") == (-70.6, -33.4)


@pytest.mark.parametrize(
    "text", ["", "58.1", "torget", "58.1 13.2 4", "58.1 öst", "13 A, 58", "58,1"]
)
def test_what_is_not_two_numbers_is_refused_with_an_example(text):
    with pytest.raises(drawn.NotCoordinates, match=r"till exempel 58,15, 13,25\."):
        position(text, "58,15, 13,25")


def test_coordinates_in_metres_are_known_for_what_they_are():
    with pytest.raises(drawn.NotDegrees, match="SWEREF 99"):
        position("6580822 674032")


def test_an_empty_row_begins_a_hole():
    assert rings_written("58 13\n58 14\n\n59 13\n59,5 14\n") == [
        [(13, 58), (14, 58)],
        [(13, 59), (14, 59.5)],
    ]


def test_a_square_is_closed_and_runs_against_the_clock():
    """RFC 7946, 3.1.6: exterior rings are counterclockwise."""
    found = geometry_checked(geometry_of(Kind.POLYGON, [SQUARE[::-1]]))
    assert found["coordinates"][0][0] == found["coordinates"][0][-1]
    assert shape(found).exterior.is_ccw
    assert json.loads(json.dumps(found)) == found


def test_a_double_tap_is_one_corner():
    line = geometry_of(Kind.LINE, [[SQUARE[0], SQUARE[0], SQUARE[1]]])
    assert geometry_checked(line)["coordinates"] == [[13.1, 58.1], [13.2, 58.1]]


@pytest.mark.parametrize(
    ("kind", "ring", "refusal"),
    [
        (Kind.LINE, SQUARE[:1], drawn.TooFewCorners),
        (Kind.LINE, [SQUARE[0]] * 3, drawn.TooFewCorners),
        (Kind.POLYGON, SQUARE[:2], drawn.TooFewCorners),
        (Kind.POLYGON, [SQUARE[0], SQUARE[2], SQUARE[1], SQUARE[3]], drawn.CrossesItself),
        (Kind.POLYGON, [(13.1, 58.1), (13.2, 58.2), (13.3, 58.3)], drawn.CrossesItself),
        (Kind.LINE, SQUARE * 60, drawn.TooManyCorners),
    ],
)
def test_what_is_no_line_or_area_is_refused(kind, ring, refusal):
    with pytest.raises(refusal):
        geometry_checked(geometry_of(kind, [ring]), bounds=TOWN)


def test_a_place_outside_the_municipality_is_told_how_far_it_reaches():
    with pytest.raises(drawn.Outside, match="latituden 58–58,3 och longituden 13–13,5"):
        geometry_checked({"type": "Point", "coordinates": [15.0, 58.1]}, bounds=TOWN)


def test_swapped_coordinates_are_seen():
    with pytest.raises(drawn.Swapped, match="Skriv 58,1 som latitud och 13,1 som longitud"):
        geometry_checked({"type": "Point", "coordinates": [58.1, 13.1]}, bounds=TOWN)


@pytest.mark.parametrize(
    ("corner", "inside"),
    [
        ((12.96, 58.1), True),
        ((12.94, 58.1), False),
        ((13.2, 58.326), True),
        ((13.2, 58.328), False),
    ],
)
def test_three_kilometres_outside_is_near_enough(corner, inside):
    """At 58° N a degree is 111.3 km northwards and 59 km eastwards (cos 58.15° = 0.528)."""
    assert drawn._inside(corner, TOWN) is inside


@pytest.mark.parametrize(
    "geometry",
    [
        {},
        {"type": "Point"},
        {"type": "Point", "coordinates": []},
        {"type": "Point", "coordinates": ["a", "b"]},
        {"type": "Point", "coordinates": [float("nan"), 58.0]},
        {"type": "Point", "coordinates": [10**400, 58]},
        {"type": "LineString", "coordinates": [[1]]},
        {"type": "Polygon", "coordinates": []},
        {"type": "Polygon", "coordinates": [[]]},
        {"type": "MultiPoint", "coordinates": [[13, 58]]},
        {"type": "Point", "coordinates": {"x": 1}},
        {"type": "Polygon", "coordinates": None},
    ],
)
def test_what_a_program_sends_is_checked_in_the_same_way(geometry):
    with pytest.raises(drawn.GeometryRefused):
        geometry_checked(geometry)


def test_another_kind_than_asked_for_is_named():
    with pytest.raises(drawn.WrongKind, match="Här behövs en linje / en yta, inte en punkt"):
        geometry_checked(
            {"type": "Point", "coordinates": [13.1, 58.1]}, kinds=[Kind.LINE, Kind.POLYGON]
        )


corners = st.tuples(st.floats(13, 13.5), st.floats(58, 58.3))


@given(st.sampled_from(list(Kind)), st.lists(corners, min_size=1, max_size=8))
def test_whatever_is_accepted_is_a_valid_place_here_and_stays_as_it_is(kind, ring):
    with suppress(drawn.GeometryRefused):
        found = geometry_checked(geometry_of(kind, [ring]), bounds=TOWN)
        assert shape(found).is_valid
        assert geometry_checked(found, bounds=TOWN) == found
        assert shape(geometry_of(kind, rings_of(found))) == shape(found)
