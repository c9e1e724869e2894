import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from samhandling.space import transform, transform_geometries


def test_the_central_meridian_is_half_a_million_metres():
    """SWEREF 99 TM: central meridian 15 degrees east, false easting 500,000 m, scale 0.9996."""
    east, north = transform([15.0, 15.0], [0.0, 60.0])
    assert east == pytest.approx([500_000, 500_000], abs=1e-6)
    # Meridian arc to 60 degrees north on GRS 80 is 6,654,072.819 m.
    assert north == pytest.approx([0, 0.9996 * 6_654_072.819], abs=0.01)


@given(
    st.lists(st.tuples(st.floats(11, 24), st.floats(55, 69)), min_size=1, max_size=20),
    st.sampled_from(["EPSG:3006", "EPSG:3011", "EPSG:3021"]),
)
def test_there_and_back_again(points, crs):
    lon, lat = (np.array(column) for column in zip(*points, strict=True))
    back = transform(*transform(lon, lat, target=crs), source=crs, target="EPSG:4326")
    np.testing.assert_allclose(back, [lon, lat], atol=1e-8)


def test_geometries_move_with_their_points_and_lose_height():
    tall = shapely.Polygon([(18, 59, 5), (18.1, 59, 5), (18.1, 59.1, 5)])
    (moved,) = transform_geometries([tall])
    assert not shapely.has_z(moved)
    east, north = transform([18], [59])
    assert moved.exterior.coords[0] == pytest.approx((east[0], north[0]))


def test_an_unknown_system_is_named():
    with pytest.raises(ValueError, match="'EPSG:1' is not a known"):
        transform([1], [2], "EPSG:1")
