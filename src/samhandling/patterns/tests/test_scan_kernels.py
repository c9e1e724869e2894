"""The loops of the scan: nothing that could be a new maximum is passed over, in any block."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samhandling.patterns import ScanOptions
from samhandling.patterns.scan_kernels import (
    Law,
    largest_excess,
    likelihood_ratio,
    rises_as_expected,
    square_root_scale,
)
from samhandling.patterns.scan_time_kernels import BLOCK, best_around, scan_replicas
from samhandling.patterns.scan_windows import circles, spans
from samhandling.patterns.tests.test_scan import highest_by_hand, windows_by_hand

AREAS, PERIODS, REPLICAS = 3 * BLOCK, 4, 5


def sums_over_time(values):
    return np.pad(np.cumsum(values, axis=1, dtype=values.dtype), ((0, 0), (1, 0)))


@pytest.fixture(scope="module")
def town():
    """A town whose largest circles are of more than one block; some areas lie equally far away."""
    drawn = np.random.default_rng(11)
    x, y = drawn.integers(0, 40, (2, AREAS)).astype(float)
    expected = drawn.gamma(2, 1, (AREAS, PERIODS))
    expected *= 600 / expected.sum()
    tables = [
        drawn.multinomial(600, (expected / 600).ravel()).reshape(expected.shape)
        for _ in range(REPLICAS)
    ]
    around = circles(x, y, expected.sum(axis=1), ScanOptions())
    assert np.diff(around.start).max() > BLOCK
    assert (around.order < 0).any()
    windows = windows_by_hand(x, y, expected.sum(axis=1), PERIODS)
    highest = [highest_by_hand(windows, table, expected) for table in tables]
    return around, spans(PERIODS, ScanOptions()), expected, tables, highest


def test_every_replica_has_its_largest_ratio_over_several_blocks(town):
    around, stretches, expected, tables, highest = town
    counts = np.zeros((AREAS, PERIODS + 1, 16), dtype=np.int16)
    for lane, table in enumerate(tables):
        counts[:, :, lane] = sums_over_time(table)
    maxima = np.full(16, np.inf)
    maxima[:REPLICAS] = 0
    scan_replicas(around, stretches, sums_over_time(expected), counts, Law(600, 0, 2), maxima)
    assert maxima[:REPLICAS] == pytest.approx(highest, abs=1e-9)
    assert np.isinf(maxima[REPLICAS:]).all()


def test_the_best_window_around_each_place_is_found_over_several_blocks(town):
    around, stretches, expected, tables, highest = town
    best, where = np.zeros(AREAS), np.zeros((AREAS, 3), dtype=np.int64)
    sums, law = sums_over_time(tables[0].astype(np.int64)), Law(600, 0, 2)
    best_around(around, stretches, sums_over_time(expected), sums, law, best, where)
    assert best.max() == pytest.approx(highest[0], abs=1e-9)
    for centre in range(AREAS):
        at, first, end = where[centre]
        inside = around.order[around.start[centre] : at + 1]
        areas = np.where(inside < 0, ~inside, inside)
        count = int(tables[0][areas, first:end].sum())
        mean = float(expected[areas, first:end].sum())
        assert best[centre] == pytest.approx(likelihood_ratio(count, mean, law), abs=1e-9)


@settings(max_examples=200, deadline=None)
@given(
    st.integers(20, 20_000),
    st.tuples(st.floats(0.0005, 0.5), st.floats(0.0005, 0.5)),
    st.tuples(st.floats(0, 1), st.floats(0, 1)),
    st.booleans(),
)
def test_no_circle_of_a_block_is_above_its_last_count_at_its_first_expectation(
    events, shares, parts, labelled
):
    law = Law(events, 3 * events if labelled else 0, 1)
    low, high = sorted(share * events for share in shares)
    few, many = sorted(int(part * events / 2) for part in parts)
    bound = likelihood_ratio(many, low, law)
    assert likelihood_ratio(few, high, law) <= bound + 1e-9
    assert likelihood_ratio(many, high, law) <= bound + 1e-9
    assert likelihood_ratio(few, low, law) <= bound + 1e-9


@settings(max_examples=200, deadline=None)
@given(st.integers(20, 20_000), st.floats(0.0005, 0.5), st.floats(0.0, 0.4), st.floats(0.05, 25))
def test_no_window_that_could_be_a_new_maximum_is_skipped(events, share, more, level):
    """The bounds on what a window lacks, now and once it has grown, against the ratio itself."""
    law = Law(events, 0, 1)
    small, excess = share * events, largest_excess(law, np.array([level]))

    def threshold(mean):
        counts = np.arange(int(mean) + 1, events + 1)
        ratios = [likelihood_ratio(int(count), mean, law) for count in counts[: 40 + int(excess)]]
        above = np.flatnonzero(np.array(ratios) > level)
        return int(counts[above[0]]) if above.size else None

    first = threshold(small)
    if first is not None:
        scale = square_root_scale(small, small + excess, law)
        assert first > small + np.sqrt(level) * scale * (1 - 1e-9)
        assert first <= small + excess + 1
    large = small + more * (events / 2 - small)
    later = threshold(large)
    if None not in {first, later} and rises_as_expected(large, excess, law):
        assert later >= first - 1 + large - small
