"""Scans against looking at every window one by one, and against other orders of the same events."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import xlogy

from samhandling.execution import Processes, Replicates
from samhandling.patterns import (
    ScanOptions,
    scan_bernoulli,
    scan_expectation,
    scan_permutation,
    scan_poisson,
    tabulate_events,
)

ONE = Replicates(1)


def poisson_by_hand(c, e, total):
    if c < 2 or c <= e:
        return 0.0
    return float(xlogy(c, c / e) + xlogy(total - c, (total - c) / (total - e)))


def bernoulli_by_hand(c, n, cases, trials):
    if c < 2 or c * trials <= n * cases:
        return 0.0
    free, all_free = n - c, trials - cases
    parts = (
        xlogy(c, c / n) + xlogy(free, free / n) + xlogy(cases - c, (cases - c) / (trials - n))
        + xlogy(all_free - free, (all_free - free) / (trials - n))
        - xlogy(cases, cases / trials) - xlogy(all_free, all_free / trials)
    )  # fmt: skip
    return float(parts)


def windows_by_hand(x, y, weight, periods, *, longest=None, prospective=False, radius=np.inf):
    """Every circle as a set of areas with every stretch of time."""
    longest = longest or max(periods // 2, 1)
    times = [
        (first, end)
        for first, end in product(range(periods), range(1, periods + 1))
        if 0 < end - first <= longest and (not prospective or end == periods)
    ]
    sets = set()
    for cx, cy in zip(x, y, strict=True):
        squared = (x - cx) ** 2 + (y - cy) ** 2
        for limit in np.unique(squared):
            inside = np.flatnonzero(squared <= limit)
            if limit <= radius**2 and weight[inside].sum() <= weight.sum() / 2 + 1e-9:
                sets.add(tuple(inside.tolist()))
    return [(list(areas), first, end) for areas in sorted(sets) for first, end in times]


def highest_by_hand(windows, counts, expected, trials=None):
    total = counts.sum()
    return max(
        (
            poisson_by_hand(counts[areas, first:end].sum(), expected[areas, first:end].sum(), total)
            if trials is None
            else bernoulli_by_hand(
                counts[areas, first:end].sum(), trials[areas, first:end].sum(), total, trials.sum()
            )
            for areas, first, end in windows
        ),
        default=0.0,
    )


@st.composite
def small_towns(draw):
    areas, periods = draw(st.integers(3, 9)), draw(st.integers(1, 5))
    spots = st.lists(st.integers(0, 6), min_size=areas, max_size=areas)
    x, y = np.array(draw(spots), float), np.array(draw(spots), float)
    numbers = st.lists(st.integers(0, 6), min_size=areas * periods, max_size=areas * periods)
    counts = np.array(draw(numbers)).reshape(areas, periods)
    others = np.array(draw(numbers)).reshape(areas, periods) + 1
    return x, y, counts, others


def usable(town):
    x, y, counts, _ = town
    return counts.sum() >= 2 and (np.ptp(x) > 0 or np.ptp(y) > 0)


@settings(max_examples=40, deadline=None)
@given(small_towns().filter(usable), st.booleans())
def test_poisson_scan_finds_what_looking_at_every_window_finds(town, prospective):
    x, y, counts, weight = town
    expected = weight * counts.sum() / weight.sum()
    windows = windows_by_hand(x, y, weight.sum(axis=1), counts.shape[1], prospective=prospective)
    if not windows:
        return
    options = ScanOptions(prospective=prospective)
    found = scan_poisson(x, y, counts, weight, options=options, replicates=ONE)
    assert found.value == pytest.approx(highest_by_hand(windows, counts, expected), abs=1e-9)


@settings(max_examples=40, deadline=None)
@given(small_towns().filter(usable))
def test_bernoulli_scan_finds_what_looking_at_every_window_finds(town):
    x, y, counts, others = town
    trials = counts + others
    windows = windows_by_hand(x, y, trials.sum(axis=1), counts.shape[1])
    if not windows:
        return
    found = scan_bernoulli(x, y, counts, trials, replicates=ONE)
    by_hand = highest_by_hand(windows, counts, counts * 1.0, trials)
    assert found.value == pytest.approx(by_hand, abs=1e-9)


@settings(max_examples=40, deadline=None)
@given(small_towns().filter(usable))
def test_clusters_keep_their_promises(town):
    x, y, counts, weight = town
    if not windows_by_hand(x, y, weight.sum(axis=1), 1):
        return
    found = scan_poisson(x, y, counts, weight, replicates=Replicates(19))
    taken = [area for cluster in found.clusters for area in cluster.areas]
    assert len(taken) == len(set(taken))
    ratios = [cluster.log_likelihood_ratio for cluster in found.clusters]
    assert ratios == sorted(ratios, reverse=True)
    for cluster in found.clusters:
        first, last = cluster.first_period or 0, cluster.last_period or 0
        assert cluster.observed == counts[list(cluster.areas), first : last + 1].sum()
        assert cluster.value > 1
        assert cluster.low <= cluster.value <= cluster.high
        assert 1 / 20 <= cluster.p_value <= 1


def invented(seed=3, areas=18, periods=6):
    drawn = np.random.default_rng(seed)
    x, y = drawn.uniform(0, 3_000, (2, areas))
    weight = drawn.integers(5, 40, (areas, periods))
    counts = drawn.poisson(weight * 0.15)
    near = np.hypot(x - x[4], y - y[4]).argsort()[:4]
    counts[near, 3:5] += drawn.poisson(weight[near, 3:5] * 0.1)
    return x, y, counts, weight


def share_by_hand(windows, ratios, tables, expected, trials=None):
    """The p-values from tables drawn without the library."""
    members = np.zeros((len(windows), expected.size))
    for at, (areas, first, end) in enumerate(windows):
        block = np.zeros(expected.shape, dtype=bool)
        block[areas, first:end] = True
        members[at] = block.ravel()
    total = tables[0].sum()
    chance = members @ expected.ravel()
    highest = []
    for some in np.array_split(tables.astype(float), 40):
        c = some @ members.T
        score = xlogy(c, c / chance) + xlogy(total - c, (total - c) / (total - chance))
        if trials is not None:
            n, others = members @ trials.ravel(), trials.sum() - total
            free = n - c
            score += xlogy(free, free / (n - chance))
            score += xlogy(others - free, (others - free) / (others - n + chance))
        highest.append(np.where((c > chance) & (c >= 2), score, 0).max(axis=1))
    return [float((np.concatenate(highest) >= ratio - 1e-9).mean()) for ratio in ratios]


def noise(p):
    """Five times the Monte Carlo error of both sides, and the step of ours."""
    return 5 * np.sqrt(p * (1 - p) * (1 / TEN_THOUSAND + 1 / MANY.count)) + 1 / MANY.count


MANY = Replicates(2_499, 8)
TEN_THOUSAND = 10_000


def test_poisson_p_is_that_of_ten_thousand_tables_drawn_apart():
    x, y, counts, weight = invented()
    expected = weight * counts.sum() / weight.sum()
    windows = windows_by_hand(x, y, weight.sum(axis=1), 6)
    found = scan_poisson(x, y, counts, weight, replicates=MANY)
    assert found.value == pytest.approx(highest_by_hand(windows, counts, expected))
    drawn = np.random.default_rng(77).choice(
        counts.size, (TEN_THOUSAND, counts.sum()), p=(expected / expected.sum()).ravel()
    )
    tables = np.stack([np.bincount(row, minlength=counts.size) for row in drawn])
    clusters = found.clusters[:2]
    ratios = [cluster.log_likelihood_ratio for cluster in clusters]
    by_hand = share_by_hand(windows, ratios, tables, expected)
    for cluster, p in zip(clusters, by_hand, strict=True):
        assert cluster.p_value == pytest.approx(p, abs=noise(p))


def test_permutation_p_is_that_of_ten_thousand_orders_drawn_apart():
    x, y, counts, _ = invented(seed=6)
    expected = np.outer(counts.sum(axis=1), counts.sum(axis=0)) / counts.sum()
    windows = windows_by_hand(x, y, counts.sum(axis=1), 6)
    found = scan_permutation(x, y, counts, replicates=MANY)
    assert found.value == pytest.approx(highest_by_hand(windows, counts, expected))
    areas, periods = (np.repeat(at, counts[counts > 0]) for at in np.nonzero(counts))
    drawn = np.random.default_rng(5)
    tables = np.zeros((TEN_THOUSAND, counts.size))
    for table in tables:
        np.add.at(table, areas * 6 + drawn.permutation(periods), 1)
    (p,) = share_by_hand(windows, [found.value], tables, expected)
    assert found.p_value == pytest.approx(p, abs=noise(p))


def test_bernoulli_p_is_that_of_ten_thousand_labellings_drawn_apart():
    x, y, counts, weight = invented(seed=9, areas=25, periods=1)
    trials = counts + weight // 4 + 1
    windows = windows_by_hand(x, y, trials.sum(axis=1), 1)
    found = scan_bernoulli(x, y, counts, trials, replicates=MANY)
    assert found.value == pytest.approx(highest_by_hand(windows, counts, counts * 1.0, trials))
    belongs = np.repeat(np.arange(25), trials[:, 0])
    drawn = np.random.default_rng(6)
    tables = np.stack(
        [
            np.bincount(drawn.permutation(belongs)[: counts.sum()], minlength=25)
            for _ in range(TEN_THOUSAND)
        ]
    )
    expected = trials * (counts.sum() / trials.sum())
    (p,) = share_by_hand(windows, [found.value], tables, expected, trials)
    assert found.p_value == pytest.approx(p, abs=noise(p))


def test_who_draws_the_replicas_changes_nothing():
    x, y, counts, weight = invented()
    here = scan_poisson(x, y, counts, weight, replicates=Replicates(300, 3))
    there = scan_poisson(x, y, counts, weight, replicates=Replicates(300, 3, Processes(2)))
    assert (here.maxima == there.maxima).all()
    assert here.clusters == there.clusters


def test_p_is_even_where_nothing_is_the_matter():
    drawn = np.random.default_rng(12)
    x, y = drawn.uniform(0, 1_000, (2, 20))
    found = [
        scan_poisson(
            x, y, drawn.multinomial(80, np.full(20, 0.05)), np.ones(20),
            replicates=Replicates(99, seed),
        ).p_value
        for seed in range(300)
    ]  # fmt: skip
    assert 14 <= sum(p <= 0.1 for p in found) <= 48
    assert 120 <= sum(p <= 0.5 for p in found) <= 180


def town_with_an_outbreak(size=200, last=10):
    drawn = np.random.default_rng(21)
    x, y = drawn.uniform(0, 10_000, (2, size))
    residents = drawn.integers(300, 3_000, size)
    growing = scan_expectation(residents, last, yearly_growth=0.1, periods_per_year=last)
    near = np.hypot(x - x[7], y - y[7]).argsort()[:8]
    truth = growing / 500
    truth[near, -2:] *= 5
    return x, y, drawn.poisson(truth), growing, near


def test_an_outbreak_that_is_going_on_is_found_where_it_is():
    x, y, counts, growing, near = town_with_an_outbreak()
    options = ScanOptions(prospective=True, longest=4)
    found = scan_poisson(x, y, counts, growing, options=options)
    first = found.clusters[0]
    assert found.p_value == 0.001
    assert len(set(first.areas) & set(near.tolist())) >= 6
    assert (first.first_period, first.last_period) == (8, 9)
    assert first.recurrence_interval == 1_000
    assert first.gumbel_p_value < 0.001
    assert first.low > 2
    assert "periods 9 to 10" in found.summary()


def test_growth_that_is_known_is_no_cluster():
    """A flat expectation makes the last periods of a growing town look like an outbreak."""
    drawn = np.random.default_rng(4)
    x, y = drawn.uniform(0, 10_000, (2, 60))
    growing = scan_expectation(np.full(60, 500.0), 12, yearly_growth=1.5)
    counts = drawn.poisson(growing / 100)
    options = ScanOptions(prospective=True)
    ignored = scan_poisson(x, y, counts, np.ones_like(growing), options=options)
    allowed = scan_poisson(x, y, counts, growing, options=options)
    assert ignored.p_value == 0.001
    assert allowed.p_value > 0.05


def test_equally_far_areas_come_into_a_circle_together():
    """Two areas at one place are never told apart, whichever has the events."""
    found = scan_poisson(
        [0, 0, 50, 90, 90], [0] * 5, [9, 0, 1, 1, 1], [1, 1, 1, 1, 1], replicates=ONE
    )
    assert set(found.clusters[0].areas) == {0, 1}


def test_many_events_do_not_overflow_the_short_numbers():
    x, y, counts, weight = invented()
    many = scan_poisson(x, y, counts * 900, weight, replicates=Replicates(40))
    assert counts.sum() * 900 > 32_767
    expected = weight * counts.sum() * 900 / weight.sum()
    windows = windows_by_hand(x, y, weight.sum(axis=1), 6)
    assert many.value == pytest.approx(highest_by_hand(windows, counts * 900, expected))
    assert many.maxima.max() < 30


def test_events_are_tabled_so_that_the_last_period_is_whole():
    table = tabulate_events([0, 0, 5, 5], [0, 0, 5, 5], [1, 9, 10, 14], period_days=7)
    assert table.counts.tolist() == [[1, 1], [0, 2]]
    assert (table.x.tolist(), table.first_day) == ([0, 5], 1)
    short = tabulate_events([0, 0, 5], [0, 0, 5], [1, 2, 17], period_days=7)
    assert short.counts.tolist() == [[2, 0], [0, 1]]
