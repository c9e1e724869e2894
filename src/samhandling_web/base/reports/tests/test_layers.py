"""GeoJSON and GeoPackage give back places and attributes."""

import json
import sqlite3
from dataclasses import replace

import geopandas
import pyogrio
import pytest
import shapely

from samhandling_web.base.reports.geojson import geojson
from samhandling_web.base.reports.geopackage import CLOCK, geopackage
from samhandling_web.base.reports.tests.samples import layer


@pytest.fixture
def package(tmp_path):
    path = tmp_path / "layer.gpkg"
    path.write_bytes(geopackage(layer()))
    return path


def test_geojson_turns_outer_rings_against_the_clock():
    made = json.loads(geojson(layer()))
    first, second = made["features"]
    ring = shapely.LinearRing(first["geometry"]["coordinates"][0])
    assert ring.is_ccw
    assert first["properties"]["osakerhet_high"] == 2.5
    assert first["properties"]["started_at"] == "2025-01-02T12:30:00+00:00"
    assert second["geometry"] is None
    assert made["provenance"]["data_version"] == "2026-11-20/3f9a1c"
    assert made["marks"] == ["Påhittade uppgifter"]


def test_geojson_drops_heights_and_false_precision():
    point = shapely.Point(18.123456789, 59.3, 12.0).wkb
    made = json.loads(geojson(replace(layer(), geometries=(point, None))))
    assert made["features"][0]["geometry"]["coordinates"] == [18.1234568, 59.3]


def test_geopackage_gives_back_places_and_attributes(package):
    frame = geopandas.read_file(package)
    assert frame.crs.to_epsg() == 4326
    assert frame.geometry.iloc[0].equals(shapely.from_wkb(layer().geometries[0]))
    assert frame.geometry.iloc[1] is None
    assert frame["rubrik"].tolist() == ["=cmd|' /C calc'!A0", "Åska"]
    assert frame["antal"].iloc[0] == 3
    assert frame["antal"].isna().iloc[1]
    assert frame["andel"].isna().tolist() == [False, True]
    assert str(frame["dag"].iloc[0])[:10] == "2025-01-02"
    assert str(frame["started_at"].iloc[0])[:19] == "2025-01-02 12:30:00"


def test_geopackage_carries_how_it_was_made(package):
    metadata = pyogrio.read_info(package)["dataset_metadata"]
    assert metadata["Dataversion"] == "2026-11-20/3f9a1c"
    assert metadata["Märkning"] == "Påhittade uppgifter"
    with sqlite3.connect(package) as database:
        rows = database.execute("select identifier, description, last_change from gpkg_contents")
        title, words, changed = rows.fetchone()
    assert title == "Händelser"
    assert "Programversion: 0.1.0+87cde93" in words
    assert changed == "2026-11-24T06:03:00.000Z"


def test_geopackage_leaves_gdals_clock_as_it_was():
    geopackage(layer())
    assert pyogrio.get_gdal_config_option(CLOCK) is None


def test_a_layer_with_several_kinds_of_place():
    places = (shapely.Point(18, 59).wkb, shapely.LineString([(18, 59), (18, 60)]).wkb)
    made = geopackage(replace(layer(), geometries=places))
    kinds = pyogrio.read_dataframe(made).geometry.geom_type.tolist()
    assert kinds == ["Point", "LineString"]


def test_rows_and_places_belong_together():
    with pytest.raises(ValueError, match="2 rows for 1 geometries"):
        replace(layer(), geometries=(None,))
