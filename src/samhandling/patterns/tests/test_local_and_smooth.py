"""Local Moran against all shuffles, densities against scipy, classes, harm and effort."""

from collections.abc import Callable
from itertools import permutations
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import gaussian_kde

from samhandling.patterns import (
    HotSpotClass,
    Quadrant,
    effort_corrected,
    harm_index,
    hot_spot_classes,
    kernel_density,
    local_moran,
    presence_exposure,
)
from samhandling.space.neighbours import Neighbours

LINE = Neighbours.of_pairs(np.arange(6), np.arange(1, 7), 7)


@given(st.lists(st.integers(0, 4), min_size=7, max_size=7).filter(lambda x: len(set(x)) > 1))
def test_p_is_the_share_of_all_shuffles(counts: list[int]) -> None:
    found = local_moran(counts, LINE)
    own, others = counts[3], counts[:3] + counts[4:]
    near = [order[0] + order[1] for order in permutations(others)]
    seen = counts[2] + counts[4]
    if found.value[3] == 0:
        return
    high = (seen / 2 - np.mean(counts)) > 0
    expected = np.mean([s >= seen if high else s <= seen for s in near])
    assert found.p_value[3] == pytest.approx(expected)
    assert own == counts[3]


def test_the_values_sum_to_the_number_of_cells_times_morans_i() -> None:
    counts = np.array([5, 4, 3, 0, 0, 1, 2])
    z = counts - counts.mean()
    weights = np.zeros((7, 7))
    for at in range(6):
        weights[at, at + 1] = weights[at + 1, at] = 1
    weights /= weights.sum(axis=1, keepdims=True)
    global_moran = (z @ weights @ z) / (z @ z)
    assert local_moran(counts, LINE).value.mean() == pytest.approx(global_moran)


def test_values_are_those_of_esda() -> None:
    esda = pytest.importorskip("esda")
    libpysal = pytest.importorskip("libpysal")
    weights = libpysal.weights.lat2W(8, 8)
    counts = np.random.default_rng(2).poisson(3, 64)
    first, second = (
        np.array(side)
        for side in zip(
            *((i, j) for i, near in weights.neighbors.items() for j in near if i < j), strict=True
        )
    )
    ours = local_moran(counts, Neighbours.of_pairs(first, second, 64))
    theirs = esda.Moran_Local(counts, weights, permutations=0)
    assert ours.value == pytest.approx(theirs.Is * 64 / 63, abs=1e-9)


def test_a_block_of_high_cells_is_found() -> None:
    side = 15
    at = np.arange(side * side).reshape(side, side)
    first = np.concatenate([at[:, :-1].ravel(), at[:-1].ravel()])
    second = np.concatenate([at[:, 1:].ravel(), at[1:].ravel()])
    counts = np.random.default_rng(1).poisson(1, side * side)
    block = at[4:8, 4:8].ravel()
    counts[block] += 8
    found = local_moran(counts, Neighbours.of_pairs(first, second, side * side)).clusters()
    high = {cell for cell, one in enumerate(found) if one is Quadrant.HIGH_AMONG_HIGH}
    assert len(high & set(block.tolist())) >= 10
    assert len(high) <= 20


@given(st.lists(st.lists(st.booleans(), min_size=5, max_size=5), min_size=1, max_size=9))
def test_every_cell_has_one_class_and_the_last_period_decides_between_them(
    hot: list[list[bool]],
) -> None:
    now = {HotSpotClass.NEW, HotSpotClass.EMERGING, HotSpotClass.PERSISTENT}
    for row, one in zip(hot, hot_spot_classes(hot), strict=True):
        assert (one is HotSpotClass.NEVER) == (not any(row))
        assert not (one in now and not row[-1])
        assert not (one is HotSpotClass.FADING and row[-1])


def test_density_is_scipys() -> None:
    drawn = np.random.default_rng(4)
    x, y = drawn.normal(0, 300, (2, 200))
    found = kernel_density(x, y, bandwidth_m=120, cell_m=12)
    theirs = gaussian_kde(np.stack([x, y]))
    # Scipy takes the kernel's shape from the data; whitened data have the shape we use.
    places = np.linalg.solve(np.linalg.cholesky(theirs.covariance), np.stack([x, y])) * 120
    same = kernel_density(*places, bandwidth_m=120, cell_m=12)
    row, column = np.unravel_index(same.per_km2.argmax(), same.per_km2.shape)
    at = np.array([same.west_m + (column + 0.5) * 12, same.south_m + (row + 0.5) * 12])
    back = np.linalg.cholesky(theirs.covariance) @ at / 120
    scale = np.linalg.det(np.linalg.cholesky(theirs.covariance)) / 120**2
    assert same.per_km2[row, column] == pytest.approx(
        theirs(back)[0] * scale * 200 * 1e6, rel=0.005
    )
    assert found.per_km2.sum() * 0.012**2 == pytest.approx(200, rel=1e-6)


def test_harm_has_the_exact_interval_of_a_count_when_all_weigh_alike() -> None:
    """Garwood (1936): ten events have the interval 4.795 to 18.390."""
    found = harm_index({"a": 4, "b": 6}, {"a": 3.0, "b": 3.0})
    assert found.confidence_interval() == pytest.approx((3 * 4.795, 3 * 18.390), abs=0.01)
    assert "b gives 60%" in found.summary()


def test_one_grave_crime_can_be_nearly_all_and_is_said() -> None:
    found = harm_index({"murder": 1, "theft": 30}, {"murder": 5_475, "theft": 2})
    assert found.largest_kind == "murder"
    assert found.largest_share > 0.98
    assert found.low < 0.2 * found.value < 3 * found.value < found.high


def test_a_ranking_that_is_presence_alone_says_so_and_one_that_is_not() -> None:
    drawn = np.random.default_rng(5)
    hours = drawn.uniform(5, 300, 200)
    follows = presence_exposure(drawn.poisson(hours * 0.2), hours)
    assert follows.explained > 0.9
    assert follows.kept_at_top < 0.5
    risk = drawn.gamma(0.5, 2, 200)
    apart = presence_exposure(
        drawn.poisson(risk * 20), np.full(200, 40.0) + drawn.uniform(0, 1, 200)
    )
    assert apart.explained < 0.1
    assert apart.kept_at_top > 0.8


def test_a_keen_team_is_not_a_hot_spot() -> None:
    rates = effort_corrected([80, 8, 9, 7], [40, 4, 4, 4]).rate
    assert rates.max() / rates.min() < 1.2


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: local_moran([1] * 7, LINE), "no cell differs"),
        (lambda: local_moran([1, 2], LINE), "2 counts"),
        (lambda: local_moran([np.nan] * 7, LINE), "nan"),
        (lambda: hot_spot_classes([]), "shape"),
        (lambda: hot_spot_classes([[1, 0]]), "at least 3 periods"),
        (lambda: hot_spot_classes([[1, 0, 2]]), r"hot\[0, 2\] is 2"),
        (lambda: kernel_density([], [], bandwidth_m=9, cell_m=1), "at least one event"),
        (lambda: kernel_density([0], [np.inf], bandwidth_m=9, cell_m=1), r"y\[0\] is inf"),
        (lambda: kernel_density([0], [0], bandwidth_m=9, cell_m=9), "half as wide"),
        (lambda: kernel_density([0, 1e9], [0, 1e9], bandwidth_m=9, cell_m=1), "wider cells"),
        (lambda: harm_index({}, {}), "at least one"),
        (lambda: harm_index({"a": 1}, {}), "No weight for a"),
        (lambda: harm_index({"a": -1}, {"a": 1}), "-1"),
        (lambda: harm_index({"a": 1}, {"a": 0}), "weight of a is 0"),
        (lambda: effort_corrected([1, 2], [1, 0]), "0"),
        (lambda: presence_exposure([1, 2], [1, 2, 3]), "2 counts and 3 hours"),
        (lambda: presence_exposure([1, 2, 3], [1, -2, 3]), r"hours\[1\] is -2"),
        (lambda: presence_exposure([1, 2, 3], [1, 0, 3]), "2 areas were visited"),
        (lambda: presence_exposure([0, 0, 0], [1, 2, 3]), "0 events"),
    ],
)  # fmt: skip
def test_bad_input_is_named_with_a_way_out(call: Callable[[], Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        call()
