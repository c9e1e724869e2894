"""Near repeats in words, and when they are refused."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import poisson

from samhandling.execution import Replicates
from samhandling.patterns import (
    DatesTooCoarse,
    Distance,
    PlacesTooCoarse,
    check_near_repeat_can_be_read,
    knox,
    near_repeat,
)
from tests.shared_data import shared_file

WEEKS = [0, 7, 14]
FEW = Replicates(99)


def chicago(**options: Any) -> Any:
    table = pd.read_csv(shared_file("nrc_chicago_inbrott/chicago_be_month1.csv"), header=None)
    days = pd.to_datetime(table[2]).to_numpy().astype("datetime64[D]").astype(int)
    return knox(table[0], table[1], days, distance=Distance.CITY_BLOCKS, **options)


def test_knoxs_own_p_value_is_that_of_r_surveillance():
    """R 4.2.2, surveillance 1.20.3, knox(simulate.p.value = FALSE): 169 pairs, 115.295139 expected.

    Its p-value, 1.128056289e-06, is that of more than 169 pairs; ours is that of 169 or more.
    """
    table = chicago(space_edges=[0, 200], time_edges=[0, 7], replicates=FEW)
    assert table.observed.tolist() == [[169]]
    assert table.expected[0, 0] == pytest.approx(115.295139, abs=1e-6)
    exactly = poisson.pmf(169, table.expected[0, 0])
    assert table.poisson_p_value[0, 0] - exactly == pytest.approx(1.128056289e-06, rel=1e-6)


def test_bands_are_named_for_what_they_hold():
    table = knox([0, 0, 9], [0, 0, 0], [1, 2, 3], space_edges=[0, 0.001, 200, 400],
                 time_edges=[0, 1, 7], replicates=FEW)  # fmt: skip
    assert table.bands() == (
        ("the same place", "above 0 to under 200 m", "200 to under 400 m"),
        ("0 to under 1 days", "1 to under 7 days"),
    )


def scattered(events: int, seed: int = 3) -> tuple[Any, Any, Any]:
    drawn = np.random.default_rng(seed)
    x, y = drawn.uniform(0, 2_000, (2, events))
    return x, y, drawn.integers(0, 200, events)


def test_repeats_at_the_same_place_are_said_to_be_there():
    x, y, days = scattered(200)
    table = knox(np.append(x, x), np.append(y, y), np.append(days, days + 2),
                 space_edges=[0, 0.001, 50], time_edges=WEEKS)  # fmt: skip
    found = near_repeat(table)
    assert found.reach_m == 0.001
    assert "at the same place and less than 7 days from it" in found.summary()
    assert found.value == found.ratio
    assert found.method.as_dict()["parameters"]["permutations"] == 999  # type: ignore[index]


def test_no_window_has_no_ratio_and_says_so():
    found = near_repeat(knox(*scattered(300), space_edges=[0, 100], time_edges=WEEKS))
    assert not found.is_raised
    assert np.isnan(found.value)
    assert "No near repeats beyond chance" in found.summary()


@pytest.mark.parametrize("day", [0, 14, 17_000])
def test_months_are_recognised_whatever_day_stands_for_them(day):
    months = np.arange("2020-01", "2023-01", dtype="datetime64[M]").astype("datetime64[D]")
    dates = np.repeat(months.astype(int), 3) + day
    places = np.arange(len(dates)) * 10.0
    with pytest.raises(DatesTooCoarse, match="Use bands of 31 days or more"):
        knox(places, places, dates, space_edges=[0, 100], time_edges=[0, 30])
    wide = knox(places, places, dates, space_edges=[0, 100], time_edges=[0, 31], replicates=FEW)
    assert wide.observed.sum() > 0


def test_one_point_with_many_events_is_refused():
    x, y, days = scattered(200)
    x[:11], y[:11] = 500, 500
    table = knox(x, y, days, space_edges=[0, 100], time_edges=WEEKS, replicates=FEW)
    assert table.most_at_one_place == 11
    with pytest.raises(PlacesTooCoarse, match="11 of 200 events lie on one single point"):
        near_repeat(table)


def test_times_counted_too_finely_are_refused_and_wide_bands_are_not_cut():
    with pytest.raises(ValueError, match="whole days or hours"):
        knox([0, 1], [0, 1], [0, 2**31], space_edges=[0, 9], time_edges=[0, 7])
    table = knox([0, 1, 2], [0, 1, 2], [0, 5, 9], space_edges=[0, 9], time_edges=[0, 1e12],
                 replicates=FEW)  # fmt: skip
    assert table.observed.tolist() == [[3]]


@pytest.mark.parametrize(
    ("call", "kind", "said"),
    [
        (lambda: check_near_repeat_can_be_read([], [], time_edges=WEEKS), ValueError, "empty"),
        (
            lambda: check_near_repeat_can_be_read(["point"], ["day"] * 2, time_edges=WEEKS),
            ValueError,
            "do not match",
        ),
        (
            lambda: check_near_repeat_can_be_read(["point", "area"], ["day"] * 2, time_edges=WEEKS),
            ValueError,
            "first at position 1, are not points",
        ),
        (
            lambda: check_near_repeat_can_be_read(
                ["point", "snapped"], ["day"] * 2, time_edges=WEEKS
            ),
            PlacesTooCoarse,
            "1 of 2 events, the first at position 1, are moved",
        ),
        (
            lambda: check_near_repeat_can_be_read(
                ["point"] * 2, ["day", "month"], time_edges=WEEKS
            ),
            DatesTooCoarse,
            "first at position 1, are dated by month only",
        ),
        (
            lambda: check_near_repeat_can_be_read(["point"], ["unknown"], time_edges=[0, 365]),
            DatesTooCoarse,
            "dated by unknown only",
        ),
    ],
)
def test_vague_places_and_dates_are_refused(
    call: Callable[[], Any], kind: type[Exception], said: str
) -> None:
    with pytest.raises(kind, match=said):
        call()


@given(st.sampled_from(["minute", "hour", "day", "month"]), st.integers(1, 40))
def test_bands_are_refused_exactly_where_a_date_is_wider(precision, width):
    wide_enough = precision != "month" or width >= 31
    try:
        check_near_repeat_can_be_read(["point"], [precision], time_edges=[0, width])
    except DatesTooCoarse:
        assert not wide_enough
    else:
        assert wide_enough
