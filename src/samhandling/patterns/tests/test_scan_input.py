"""What scans are given and cannot answer: said with the way out."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from samhandling.execution import Replicates
from samhandling.patterns import (
    DatesTooCoarse,
    ScanOptions,
    scan_bernoulli,
    scan_expectation,
    scan_permutation,
    scan_poisson,
    tabulate_events,
)

LINE: tuple[Any, Any] = ([0, 1, 8, 9], [0, 0, 0, 0])
FLAT = [5, 5, 5, 5]
TIMES = [[1, 2], [2, 1], [3, 0], [0, 3]]
MONTHS = np.arange("2020-01", "2023-01", dtype="datetime64[M]").astype("datetime64[D]").astype(int)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: scan_poisson([], [], [], []), r"shape \(0,\)"),
        (lambda: scan_poisson(*LINE, [1, 0, 0, 0], FLAT), "1 events"),
        (lambda: scan_poisson([3] * 4, [3] * 4, [1, 2, 3, 4], FLAT), "at one point"),
        (lambda: scan_poisson([0, 1, np.nan, 9], [0] * 4, FLAT, FLAT), r"x\[2\] is nan"),
        (lambda: scan_poisson([0, 1], [0, 1], FLAT, FLAT), "x has 2 entries"),
        (lambda: scan_poisson(*LINE, [1, np.nan, 3, 4], FLAT), r"counts\[1, 0\] is nan"),
        (lambda: scan_poisson(*LINE, [1, 2.5, 3, 4], FLAT), r"counts\[1, 0\] is 2.5"),
        (lambda: scan_poisson(*LINE, FLAT, [1, 0, 1, 1]), r"expected\[1, 0\] is 0 with 5"),
        (lambda: scan_poisson(*LINE, FLAT, [1, -1, 1, 1]), r"expected\[1, 0\] is -1"),
        (lambda: scan_poisson(*LINE, FLAT, [1, 1]), r"shape \(4, 1\) and expected \(2, 1\)"),
        (lambda: scan_poisson([0, 1], [0, 0], [2, 3], [1, 9],
                              options=ScanOptions(largest_share=0.05)), "No circle holds"),
        (lambda: scan_poisson(*LINE, TIMES, np.ones((4, 2)), options=ScanOptions(longest=2)),
         "leave at least one period"),
        (lambda: scan_permutation(*LINE, FLAT), "in one period"),
        (lambda: scan_permutation(*LINE, [[1, 2], [0, 0], [0, 0], [0, 0]]), "in one area"),
        (lambda: scan_permutation(*LINE, [[1, -2]] * 4), r"counts\[0, 1\] is -2"),
        (lambda: scan_permutation([1] * 4, [1] * 4, TIMES), "at one point"),
        (lambda: scan_permutation([], [], np.zeros((0, 3))), r"shape \(0, 3\)"),
        (lambda: scan_bernoulli(*LINE, FLAT, [5, 4, 9, 9]), r"cases\[1, 0\] is 5 of 4"),
        (lambda: scan_bernoulli(*LINE, FLAT, FLAT), "All 20 trials are cases"),
        (lambda: scan_bernoulli(*LINE, [0, 0, 0, 1], FLAT), "1 events"),
        (lambda: scan_bernoulli(*LINE, [0, 0, 0, np.inf], FLAT), r"cases\[3, 0\] is inf"),
        (lambda: scan_bernoulli([2] * 4, [2] * 4, [1, 2, 1, 2], FLAT), "at one point"),
        (lambda: ScanOptions(largest_share=0.6), "largest_share is 0.6"),
        (lambda: ScanOptions(largest_radius_m=-1), "largest_radius_m is -1"),
        (lambda: ScanOptions(longest=0), "longest is 0"),
        (lambda: scan_expectation([100, 0], 3), r"residents\[1\] is 0"),
        (lambda: scan_expectation([100], 0), "periods is 0"),
        (lambda: scan_expectation([100], 3, yearly_growth=-1), "yearly_growth is -1"),
        (lambda: scan_expectation([100], 3, season=[1, 2]), "season has 2 entries"),
        (lambda: tabulate_events([1, 2], [1, np.nan], [1, 2]), r"y\[1\] is nan"),
        (lambda: tabulate_events([1], [1], [1]), "1 events"),
        (lambda: tabulate_events([1, 2], [1, 2], [1, 1.5]), r"days\[1\] is 1.5"),
        (lambda: tabulate_events([1, 2], [1, 2], [4, 4]), "the same day"),
        (lambda: tabulate_events([1, 2], [1, 2], [4, 5], precision=["point", "county"]),
         "placed only by county"),
        (lambda: tabulate_events(MONTHS, MONTHS, MONTHS), "first of a month"),
    ],
)  # fmt: skip
def test_bad_input_is_named_with_a_way_out(call: Callable[[], Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        call()


def test_dates_that_are_too_coarse_have_an_error_of_their_own():
    with pytest.raises(DatesTooCoarse):
        tabulate_events(MONTHS, MONTHS, MONTHS)


def test_no_excess_anywhere_is_said_and_not_made_up():
    found = scan_poisson(*LINE, [1, 0, 0, 1], [1, 1, 1, 1], replicates=Replicates(9))
    assert found.clusters == ()
    assert (found.value, found.p_value) == (0.0, 1.0)
    assert "no window holds more" in found.summary()
