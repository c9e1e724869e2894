import json
from datetime import date

import pytest
import shapely
from shapely.geometry import LineString, Point, Polygon, box

from samhandling.sources import UnreadableFile
from samhandling.sources.boundaries import read
from samhandling.sources.tests.geometry_samples import (
    AREAS,
    collection,
    feature,
    frame,
    geopackage,
    shapefile_zip,
)
from samhandling.sources.tests.readings import read_bytes, read_path
from tests.shared_data import shared_file

DAY = date(2023, 7, 1)
GIVEN = {"level": "district", "valid_from": DAY}
SHAPES = list(AREAS.values())
STOCKHOLM = (17.7, 59.2, 18.3, 59.5)


def read_areas(content, **values):
    return read_bytes(read, content, "areas", **{**GIVEN, **values})


def geometries(found):
    return shapely.from_wkb(found.table["geometry"].to_pylist())


@pytest.mark.parametrize("crs", ["EPSG:4326", "EPSG:3006", "EPSG:3011", "EPSG:3021"])
@pytest.mark.parametrize("form", [shapefile_zip, geopackage])
def test_every_format_in_any_system_gives_the_same_areas(form, crs, tmp_path):
    found = read_areas(form(frame(crs), tmp_path))
    assert found.table["code"].to_pylist() == ["A1", "A2"]
    assert found.table["name"].to_pylist() == ["Ängby", "Åsby"]
    for made, true in zip(geometries(found), SHAPES, strict=True):
        assert made.symmetric_difference(true).area < 1e-7
    assert ("reprojected" in found.noticed) == (crs != "EPSG:4326")


def test_geojson_states_its_system_before_its_features():
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3006"}}
    moved = frame("EPSG:3006").geometry
    text = collection(*(feature(one, kod=n) for n, one in enumerate(moved)), crs=crs)
    found = read_areas(text)
    assert geometries(found)[0].symmetric_difference(SHAPES[0]).area < 1e-7


def test_a_system_stated_after_the_features_is_asked_for():
    text = json.dumps(
        {
            "type": "FeatureCollection",
            "features": [feature(SHAPES[0], kod="A1")],
            "crs": {"type": "name", "properties": {"name": "EPSG:3006"}},
        }
    )
    with pytest.raises(UnreadableFile, match="option crs"):
        read_areas(text)


def test_a_shapefile_without_prj_asks_for_its_system_and_takes_the_answer(tmp_path):
    content = shapefile_zip(frame("EPSG:3006"), tmp_path, without=(".prj",))
    with pytest.raises(UnreadableFile, match=r"prj is missing.*EPSG:3006"):
        read_areas(content)
    found = read_areas(content, crs="EPSG:3006")
    assert geometries(found)[0].symmetric_difference(SHAPES[0]).area < 1e-7


def test_heights_are_dropped_and_told():
    ring = [(18.0, 59.0, 5.0), (18.1, 59.0, 5.0), (18.1, 59.1, 5.0), (18.0, 59.0, 5.0)]
    found = read_areas(collection(feature(Polygon(ring), kod="A1")))
    assert not geometries(found)[0].has_z
    assert "third_dimension_dropped" in found.noticed


def test_a_crossing_polygon_is_repaired_and_told():
    bow_tie = Polygon([(18.0, 59.0), (18.1, 59.1), (18.1, 59.0), (18.0, 59.1)])
    found = read_areas(collection(feature(bow_tie, kod="A1")))
    assert geometries(found)[0].is_valid
    assert geometries(found)[0].geom_type in {"Polygon", "MultiPolygon"}
    assert "geometry_repaired" in found.noticed


@pytest.mark.parametrize(
    ("geometry", "reason"),
    [
        (None, "no_geometry"),
        ({"type": "Polygon", "coordinates": []}, "no_geometry"),
        ({"type": "Polygon", "coordinates": [[[18, 59], [19, 59]]]}, "bad_geometry"),
        ({"type": "Polygon", "coordinates": "here"}, "bad_geometry"),
        (Point(18, 59), "not_a_polygon"),
        (LineString([(18, 59), (18, 60)]), "not_a_polygon"),
        (box(674_000, 6_580_000, 675_000, 6_581_000), "geometry_outside_world"),
    ],
)
def test_an_area_that_cannot_be_one_is_refused_and_the_next_kept(geometry, reason):
    found = read_areas(collection(feature(geometry, kod="A1"), feature(SHAPES[1], kod="A2")))
    assert found.reasons == [reason]
    assert found.table["code"].to_pylist() == ["A2"]


def test_a_code_that_comes_again_is_refused_and_names_the_first():
    found = read_areas(collection(*(feature(one, kod="A1") for one in SHAPES)))
    assert found.reasons == ["duplicate"]
    assert found.rejected[0].parameters == {"value": "A1", "first_row": 1}


@pytest.mark.parametrize(
    ("properties", "code", "name"),
    [
        ({"nyckelkod": "101", "NAMN": "Ängby"}, "101", "Ängby"),
        ({"omr_kod": 80104, "omr_namn": "Ängby"}, "80104", "Ängby"),
        ({"name": "Ängby"}, "Ängby", "Ängby"),
        ({"id": "0180", "kom_namn": "Ängby"}, "0180", "Ängby"),
        ({"annat": 1}, "1", "1"),
    ],
)
def test_code_and_name_are_found_among_common_columns(properties, code, name):
    row = read_areas(collection(feature(SHAPES[0], **properties))).rows[0]
    assert (row["code"], row["name"]) == (code, name)


def test_a_column_can_be_asked_for_and_must_then_exist():
    text = collection(feature(SHAPES[0], kod="A1", beteckning="B7"))
    assert read_areas(text, code_column="beteckning").rows[0]["code"] == "B7"
    with pytest.raises(UnreadableFile, match=r"no column 'saknas'.*kod, beteckning"):
        read_areas(text, code_column="saknas")


def test_level_and_day_must_be_given():
    with pytest.raises(UnreadableFile, match=r"level .* day they apply from"):
        read_bytes(read, collection(), "areas", level="district")


def test_a_file_of_another_kind_is_refused():
    with pytest.raises(UnreadableFile, match="not GeoJSON"):
        read_areas("<OGRVRTDataSource/>")


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ({"type": "Topology"}, "a GeoJSON Topology; a FeatureCollection is needed"),
        ({"error": {"code": 498, "message": "Invalid token"}}, "a GeoJSON without a type"),
        ({"features": [feature(SHAPES[0], kod="A1")]}, "a GeoJSON without a type"),
        ({"type": "FeatureCollection", "features": None}, "without a list of features"),
    ],
)
def test_json_that_is_no_collection_of_features_is_not_an_empty_one(answer, said):
    with pytest.raises(UnreadableFile, match=said):
        read_areas(json.dumps(answer))


def test_a_collection_without_areas_is_empty():
    assert read_areas(collection()).rows_read == 0


@pytest.mark.parametrize(
    ("name", "count", "bounds"),
    [
        ("stockholm_indelning/stadsdelar.geojson", 117, STOCKHOLM),
        ("stockholm_indelning/stadsdelar_utan_vatten.geojson", 117, STOCKHOLM),
        (
            "stockholm_indelning/sdn_2020_13_stadsdelsnamndsomraden_shp.zip",
            13,
            STOCKHOLM,
        ),
        ("stockholm_indelning/stadsdelsomraden_2023_11.geojson", 11, STOCKHOLM),
        (
            "stockholm_indelning/mindre_omraden_regionstockholm_76.geojson",
            76,
            STOCKHOLM,
        ),
        ("stockholm_basomraden/basomraden.geojson", 419, STOCKHOLM),
        ("kommuner_sverige/kommuner_290.geojson", 290, (10, 55, 25, 70)),
        (
            "scb_deso_regso_stockholm/deso_2018_stockholms_lan.geojson",
            1287,
            (17, 58, 20, 61),
        ),
    ],
)
def test_the_published_boundaries_are_all_read_and_valid(name, count, bounds):
    found = read_path(read, shared_file(name), **GIVEN)
    assert (found.table.num_rows, found.rejected) == (count, [])
    assert len(set(found.table["code"].to_pylist())) == count
    made = geometries(found)
    assert shapely.is_valid(made).all()
    west, south, east, north = shapely.total_bounds(made)
    assert (west, south) >= bounds[:2]
    assert east <= bounds[2]
    assert north <= bounds[3]
