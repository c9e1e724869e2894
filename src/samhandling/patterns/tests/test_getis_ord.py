from fractions import Fraction
from itertools import combinations
from math import comb
from time import process_time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samhandling.patterns import Inference, local_g
from samhandling.patterns.subset_sums import hypergeometric
from samhandling.space import Neighbours, SquareGrid


def small_map(rows=6, columns=6):
    grid = SquareGrid(100, 0, 0, columns, rows)
    return grid.neighbours(np.arange(len(grid)))


def counted_out(x, neighbours):
    """Every way to draw the neighbours' counts from the other cells, one by one."""
    p = []
    for i in range(len(x)):
        others = np.delete(x, i)
        around = neighbours[i]
        sums = np.array([sum(draw) for draw in combinations(others, len(around))])
        p.append((sums >= x[around].sum()).mean())
    return np.array(p)


def test_exact_p_is_the_share_of_all_draws():
    neighbours = small_map(3, 4)
    x = np.array([0, 0, 1, 5, 0, 2, 7, 5, 1, 0, 3, 2])
    result = local_g(x, neighbours)
    np.testing.assert_allclose(result.p_high, counted_out(x, neighbours), rtol=1e-12)
    np.testing.assert_allclose(result.p_low, counted_out(-x, neighbours), rtol=1e-12)


def test_exact_p_agrees_with_a_million_shuffles():
    rng = np.random.default_rng(11)
    neighbours, x = small_map(), np.random.default_rng(2).poisson(1.2, 36)
    result = local_g(x, neighbours)
    for cell in (0, 14):
        around = neighbours[cell]
        others = np.tile(np.delete(x, cell).astype(np.int8), (100_000, 1))
        hits = 0
        for _ in range(10):
            drawn = rng.permuted(others, axis=1)[:, : len(around)].sum(axis=1)
            hits += (drawn >= x[around].sum()).sum()
        p = result.p_high[cell]
        assert hits / 1e6 == pytest.approx(p, abs=4 * np.sqrt(p * (1 - p) / 1e6))


def test_the_law_keeps_its_digits_on_a_map_of_a_million_cells():
    m, seen = 700_000, 299_999
    for t in (1, 8, 20):
        for u in range(t + 1):
            exact = Fraction(comb(m, u) * comb(seen, t - u), comb(m + seen, t))
            assert hypergeometric(u, t, m, seen) == pytest.approx(float(exact), rel=1e-13)
    by_logarithms = hypergeometric(400, 600, 5_000, 3_000)
    exact = Fraction(comb(5_000, 400) * comb(3_000, 200), comb(8_000, 600))
    assert by_logarithms == pytest.approx(float(exact), rel=1e-9)


def test_large_maps_and_small_maps_use_the_same_law(monkeypatch):
    """Undoing one step of the convolution gives what a convolution without the cell gives."""
    rng = np.random.default_rng(5)
    x = np.append(rng.poisson(rng.gamma(0.4, 5, 899)), 400)
    neighbours = small_map(30, 30)
    plain = local_g(x, neighbours)
    monkeypatch.setattr("samhandling.patterns.subset_sums.RECOMPUTE_LIMIT", 0)
    undone = local_g(x, neighbours)
    np.testing.assert_allclose(undone.p_high, plain.p_high, rtol=1e-9, atol=1e-13)
    np.testing.assert_allclose(undone.p_low, plain.p_low, rtol=1e-9, atol=1e-13)


def test_z_is_the_formula_worked_by_hand():
    """Four cells in a row, counts 1 2 6 3: mean 3, variance 14/4.

    The first has a window of two that holds 3, so z = (3 - 2 * 3) / sqrt(14/4 * (4 * 2 - 4) / 3).
    """
    neighbours = small_map(1, 4)
    x = np.array([1, 2, 6, 3])
    mean, variance = 3.0, 14 / 4
    window = np.array([3, 9, 11, 9])
    size = np.array([2, 3, 3, 2])
    expected = (window - mean * size) / np.sqrt(variance * (4 * size - size**2) / 3)
    np.testing.assert_allclose(local_g(x, neighbours).z, expected)


def test_z_is_that_of_the_documented_example():
    """Six points tied within 15, values 2 3 3.2 5 8 7: the worked example in esda's reference.

    Standardised values do not depend on the unit, so the values are given in tenths.
    """
    links = Neighbours.of_pairs(np.array([0, 0, 1, 1, 2, 3, 4]), np.array([1, 3, 3, 4, 4, 4, 5]), 6)
    values = [20, 30, 32, 50, 80, 70]
    plain = [-1.0136729, -0.04361589, 1.31558703, -0.31412676, 1.15373986, 1.77833941]
    star = [-1.39727626, -0.28917762, 0.65064964, -0.28917762, 1.23452088, 2.02424331]
    np.testing.assert_allclose(local_g(values, links, star=False).z, plain, atol=5e-9)
    np.testing.assert_allclose(local_g(values, links).z, star, atol=5e-9)


def test_z_agrees_with_esda():
    esda, libpysal = pytest.importorskip("esda"), pytest.importorskip("libpysal")
    x = np.random.default_rng(4).poisson(3, 100)
    weights = libpysal.weights.lat2W(10, 10, rook=False)
    for star in (True, False):
        peer = esda.G_Local(x.astype(float), weights, transform="B", star=star, permutations=0)
        ours = local_g(x, small_map(10, 10), star=star)
        np.testing.assert_allclose(ours.z, peer.Zs, rtol=1e-9)


def test_normal_inference_comes_near_the_exact_one_when_counts_are_large():
    x = np.random.default_rng(8).poisson(200, 400)
    exact = local_g(x, small_map(20, 20))
    normal = local_g(x, small_map(20, 20), inference=Inference.NORMAL)
    assert np.abs(exact.p_high - normal.p_high).max() < 0.03


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 6), min_size=12, max_size=12), st.integers(1, 5))
def test_p_does_not_change_when_counts_are_multiplied(x, factor):
    if len(set(x)) == 1:
        return
    one = local_g(x, small_map(3, 4))
    many = local_g(np.array(x) * factor, small_map(3, 4))
    np.testing.assert_allclose(one.p_high, many.p_high, rtol=1e-9)
    assert (one.p_high + one.p_low >= 1 - 1e-12).all()


def test_chance_alone_names_hardly_any_cell_and_a_cluster_is_found():
    rng = np.random.default_rng(6)
    neighbours = small_map(40, 40)
    chance = [local_g(rng.poisson(1.0, 1_600), neighbours).hot().any() for _ in range(20)]
    assert np.mean(chance) <= 0.15
    x = rng.poisson(1.0, (40, 40))
    x[10:14, 20:24] += 6
    hot = local_g(x.ravel(), neighbours).hot().reshape(40, 40)
    assert hot[11:13, 21:23].all()
    assert hot[20:].sum() <= 2


def test_an_island_is_never_hot():
    neighbours = Neighbours.of_pairs(np.array([0, 1]), np.array([1, 2]), 4)
    result = local_g([1, 2, 3, 99], neighbours)
    assert result.islands.tolist() == [3]
    assert result.p_high[3] == 1
    assert "of 4 cells are hot" in result.summary()


def test_ninety_thousand_cells_take_less_than_a_second():
    rng = np.random.default_rng(0)
    neighbours = small_map(300, 300)
    x = rng.poisson(rng.gamma(0.5, 2, 90_000))
    begun = process_time()
    local_g(x, neighbours)
    assert process_time() - begun < 1.0


@pytest.mark.parametrize(
    ("x", "said"),
    [
        ([1, 1, 1, 1], "All 4 counts are 1"),
        ([1, 2, 3], "3 counts and 4 cells"),
        ([1, 2, -3, 4], r"counts\[2\] is -3"),
        ([1, 2, 0.5, 4], r"counts\[2\] is 0.5"),
    ],
)
def test_bad_counts_are_named(x, said):
    with pytest.raises(ValueError, match=said):
        local_g(x, small_map(1, 4))


def test_maps_that_cannot_be_shuffled_are_refused():
    with pytest.raises(ValueError, match="2 cells are no map"):
        local_g([1, 2], small_map(1, 2))
    with pytest.raises(ValueError, match="Cell 0 neighbours every other"):
        local_g([1, 2, 3, 4], small_map(2, 2))
    x = np.random.default_rng(1).integers(0, 10**6, 10_000)
    with pytest.raises(ValueError, match="use inference=normal"):
        local_g(x, small_map(100, 100))
