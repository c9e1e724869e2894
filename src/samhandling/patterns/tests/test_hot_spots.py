import numpy as np
import pytest
import shapely

from samhandling.patterns import check_placed_exactly, hot_spots
from samhandling.space import SWEREF99_TM, AreaSet, transform

TOWN = AreaSet.of("town", ["T"], ["Town"], [shapely.box(5e5, 6.5e6, 5.04e5, 6.504e6)], SWEREF99_TM)


def events(n=600, cluster=120):
    """Evenly spread events, and a cluster around (501,000, 6,501,000)."""
    rng = np.random.default_rng(7)
    x = np.append(rng.uniform(5e5, 5.04e5, n), rng.normal(501_000, 120, cluster))
    y = np.append(rng.uniform(6.5e6, 6.504e6, n), rng.normal(6_501_000, 120, cluster))
    return transform(x, y, SWEREF99_TM, "EPSG:4326")


def test_the_planted_cluster_is_found_and_little_else():
    lon, lat = events()
    found = hot_spots(lon, lat, ["point"] * len(lon), study_area=TOWN)
    x, y = found.grid.centres(found.cells[found.hot])
    assert found.hot.sum() >= 4
    assert (np.hypot(x - 501_000, y - 6_501_000) < 700).mean() > 0.9
    assert found.counts.sum() + found.outside == len(lon)
    assert shapely.is_valid(found.outline())
    assert "cells of 200 m are hot" in found.summary()


def test_events_placed_by_municipality_are_refused():
    with pytest.raises(ValueError, match=r"2 of 3 events, the first at position 1.*municipality"):
        hot_spots([18] * 3, [59] * 3, ["point", "municipality", "municipality"], study_area=TOWN)
    with pytest.raises(ValueError, match="not placed at all"):
        check_placed_exactly(["none"])


def test_too_few_events_and_missing_coordinates_are_refused():
    lon, lat = events(10, 10)
    with pytest.raises(ValueError, match="20 of 20 events lie in the study area"):
        hot_spots(lon, lat, ["point"] * 20, study_area=TOWN)
    lon[3] = np.nan
    with pytest.raises(ValueError, match="Event 3 is said to be a point"):
        hot_spots(lon, lat, ["point"] * 20, study_area=TOWN)


def test_snapped_and_piled_points_are_said():
    lon, lat = events(100, 0)
    lon[:40], lat[:40] = lon[0], lat[0]
    found = hot_spots(lon, lat, ["snapped"] * 100, study_area=TOWN)
    assert len(found.notices) == 2
    assert found.notices[1].startswith("40 of 100 events lie on one single point")
