"""The forecasting challenge of the US National Institute of Justice: vehicle thefts in Portland.

An entry had 17 of 543 thefts in its chosen areas two months ahead (PAI 7.28), a plain count of the
last twelve months 30 (PAI 10.90). Their grid is not published; on squares of 600 feet, the largest
allowed, the same count must do about as well, and nothing fancier may be given unless it is better.
"""

from functools import cache

import numpy as np
import pandas as pd
import pytest

from samhandling.forecast import (
    CountHistory,
    EmpiricalBayes,
    KernelSmoothed,
    TwelveMonthCount,
    compare_with_naive,
    score,
)
from tests.shared_data import shared_file

SIDE_FEET, FEET_IN_MILE, METRES_IN_FOOT = 600, 5_280, 0.3048
SQUARE_MILES, ALLOWED = 147.7, 0.75
ENTRY_PAI = 7.28


@cache
def thefts() -> CountHistory:
    """Count thefts by square and month over the squares that have had any, and as many empty."""
    table = pd.read_csv(shared_file("nij_portland/fordonsstold_2012-03_2017-02.csv.gz"))
    when = pd.to_datetime(table["occ_date"]).to_numpy().astype("datetime64[M]").astype(int)
    column, row = (table[name].to_numpy() // SIDE_FEET for name in ("x_coordina", "y_coordina"))
    squares, at = np.unique(np.column_stack([column, row]), axis=0, return_inverse=True)
    counts = np.zeros((len(squares), when.max() - when.min() + 1), dtype=int)
    np.add.at(counts, (at, when - when.min()), 1)
    # The rest of the city has had nothing in five years: one large area that is never chosen.
    square_km2 = (SIDE_FEET * METRES_IN_FOOT / 1_000) ** 2
    city_km2 = SQUARE_MILES * (FEET_IN_MILE * METRES_IN_FOOT / 1_000) ** 2
    rest = city_km2 - len(squares) * square_km2
    surface = np.append(np.full(len(squares), square_km2), rest)
    places = np.vstack([squares * SIDE_FEET * METRES_IN_FOOT, squares.mean(axis=0)])
    empty = np.zeros((1, counts.shape[1]), dtype=int)
    return CountHistory.of(np.vstack([counts, empty]), surface, places)


def test_a_plain_count_beats_the_competitions_entry() -> None:
    found = score(TwelveMonthCount(), thefts(), [58], horizon=2, area_share=ALLOWED / SQUARE_MILES)
    assert found.area_share[0] * SQUARE_MILES == pytest.approx(0.75, abs=0.01)
    assert 25 <= found.hits[0] <= 35
    assert found.pai > ENTRY_PAI
    low, high = found.hit_rate_interval()
    assert low < 30 / 543 < high


@pytest.mark.parametrize(
    "forecaster", [EmpiricalBayes(), KernelSmoothed(400.0)], ids=lambda one: one.name
)
def test_a_verdict_rests_on_equal_surface_and_counts_the_hits(forecaster) -> None:
    verdict = compare_with_naive(
        forecaster, thefts(), range(48, 60), area_share=ALLOWED / SQUARE_MILES
    )
    assert verdict.candidate.area_share == pytest.approx(verdict.naive.area_share, rel=0.02)
    assert verdict.is_better == (
        verdict.gain > 0 and verdict.p_value < 0.05 and verdict.extra_hits > 0
    )
    assert str(int(verdict.naive.hits.sum())) in verdict.summary()
