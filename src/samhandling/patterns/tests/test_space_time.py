"""Knox, Mantel and Jacquez against counting by hand and against all orders."""

from collections.abc import Callable
from itertools import permutations
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samhandling.execution import Processes, Replicates
from samhandling.patterns import (
    DatesTooCoarse,
    Distance,
    jacquez,
    knox,
    mantel,
    near_repeat,
)

places = st.lists(
    st.tuples(st.integers(0, 900), st.integers(0, 900), st.integers(0, 40)),
    min_size=3,
    max_size=40,
).filter(lambda drawn: len({day for _, _, day in drawn}) > 1)


def by_hand(events, space_edges, time_edges, distance):
    counts = np.zeros((len(space_edges) - 1, len(time_edges) - 1), dtype=int)
    for i, (x, y, day) in enumerate(events):
        for other_x, other_y, other_day in events[:i]:
            far = (
                abs(x - other_x) + abs(y - other_y)
                if distance is Distance.CITY_BLOCKS
                else np.hypot(x - other_x, y - other_y)
            )
            row = np.searchsorted(space_edges, far, side="right") - 1
            column = np.searchsorted(time_edges, abs(day - other_day), side="right") - 1
            if 0 <= row < counts.shape[0] and 0 <= column < counts.shape[1]:
                counts[row, column] += 1
    return counts


@given(places, st.sampled_from(Distance))
def test_every_pair_is_counted_once_in_its_band(drawn, distance):
    space, time = [0, 0.001, 100, 250], [0, 1, 7, 14]
    x, y, days = zip(*drawn, strict=True)
    table = knox(
        x, y, days, space_edges=space, time_edges=time, replicates=Replicates(1), distance=distance
    )
    assert table.observed.tolist() == by_hand(drawn, space, time, distance).tolist()


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 300), st.integers(0, 9)), min_size=4, max_size=6))
def test_mean_and_spread_are_those_of_all_orders(drawn):
    x, days = (np.array(column) for column in zip(*drawn, strict=True))
    if len(set(days.tolist())) == 1:
        return
    bands: dict[str, Any] = {"space_edges": [0, 100, 200], "time_edges": [0, 2, 5]}
    table = knox(x, x * 0, days, replicates=Replicates(1), **bands)
    every = [
        by_hand([(a, 0, d) for a, d in zip(x, order, strict=True)], [0, 100, 200], [0, 2, 5],
                Distance.STRAIGHT)
        for order in permutations(days.tolist())
    ]  # fmt: skip
    assert table.expected == pytest.approx(np.mean(every, axis=0))
    assert table.standard_deviation == pytest.approx(np.std(every, axis=0), abs=1e-7)


def repeats(events: int = 400, seed: int = 4) -> tuple[Any, Any, Any]:
    """Half of the events are followed by another within 60 m and five days."""
    drawn = np.random.default_rng(seed)
    x, y = drawn.uniform(0, 5000, (2, events))
    days = drawn.integers(0, 365, events)
    near = drawn.uniform(-40, 40, (2, events // 2))
    later = days[: events // 2] + drawn.integers(0, 6, events // 2)
    return (
        np.append(x, x[: events // 2] + near[0]),
        np.append(y, y[: events // 2] + near[1]),
        np.append(days, later),
    )


BANDS: dict[str, Any] = {"space_edges": [0, 100, 200], "time_edges": [0, 7, 14]}


def test_who_does_the_permutations_changes_nothing():
    here = knox(*repeats(), **BANDS, replicates=Replicates(150, 3))
    there = knox(*repeats(), **BANDS, replicates=Replicates(150, 3, Processes(2)))
    assert (here.p_value == there.p_value).all()
    assert (here.adjusted_p_value == there.adjusted_p_value).all()


def test_the_window_of_raised_risk_is_the_one_put_there():
    found = near_repeat(knox(*repeats(), **BANDS))
    assert (found.is_raised, found.reach_m, found.days) == (True, 100, 7)
    assert found.low > 3
    assert "within 100 m and less than 7 days" in found.summary()


def test_p_values_are_even_without_interaction():
    """With places and times drawn apart, p below one in ten comes about one time in ten."""
    drawn = np.random.default_rng(7)
    found = []
    for seed in range(200):
        x, y = drawn.uniform(0, 1500, (2, 60))
        days = drawn.integers(0, 60, 60)
        table = knox(
            x, y, days, space_edges=[0, 200], time_edges=[0, 7], replicates=Replicates(199, seed)
        )
        found.append(table.p_value[0, 0])
    assert 8 <= sum(p <= 0.1 for p in found) <= 33
    assert 75 <= sum(p <= 0.5 for p in found) <= 125


def test_mantel_is_the_sum_over_pairs():
    x, y, days = (np.array(column[:30], dtype=float) for column in repeats())
    expected = sum(
        1 / (np.hypot(x[i] - x[j], y[i] - y[j]) + 50) / (abs(days[i] - days[j]) + 2)
        for i in range(30)
        for j in range(i)
    )
    found = mantel(x, y, days, space_constant_m=50, time_constant=2, replicates=Replicates(500))
    assert found.value == pytest.approx(expected)
    assert abs(found.expected - found.value) < 5 * found.standard_error
    elsewhere = Replicates(500, 0, Processes(2))
    again = mantel(x, y, days, space_constant_m=50, time_constant=2, replicates=elsewhere)
    assert again == found


def test_mantel_and_jacquez_see_repeats_that_are_there():
    x, y, days = repeats()
    assert mantel(x, y, days).p_value < 0.01
    assert jacquez(x, y, days + np.linspace(0, 0.5, len(days)), neighbours=2).p_value < 0.01


def test_jacquez_counts_neighbours_shared():
    drawn = np.random.default_rng(2)
    x, y, times = drawn.uniform(0, 10, (3, 25))
    far = np.hypot(x[:, None] - x, y[:, None] - y) + np.diag([np.inf] * 25)
    apart = np.abs(times[:, None] - times) + np.diag([np.inf] * 25)
    near = [set(np.argsort(row)[:3]) for row in far]
    soon = [set(np.argsort(row)[:3]) for row in apart]
    found = jacquez(x, y, times, neighbours=3, replicates=Replicates(2_000))
    assert found.value == sum(len(a & b) for a, b in zip(near, soon, strict=True))
    assert found.expected == pytest.approx(25 * 9 / 24)


MONTHS = np.arange("2020-01", "2023-01", dtype="datetime64[M]").astype("datetime64[D]").astype(int)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: knox([], [], [], **BANDS), "0 events"),
        (lambda: knox([1], [1], [1], **BANDS), "1 events"),
        (lambda: knox([0, np.nan], [0, 0], [1, 2], **BANDS), r"x\[1\] is nan"),
        (lambda: knox([0, 1], [0], [1, 2], **BANDS), "x has 2 entries and y 1"),
        (lambda: knox([0, 1], [0, 1], [1], **BANDS), "1 days for 2 events"),
        (lambda: knox([0, 1], [0, 1], [1, 1.5], **BANDS), r"days\[1\] is 1.5"),
        (lambda: knox([0, 1], [0, 1], [3, 3], **BANDS), "the same day"),
        (lambda: knox([0, 9e7], [0, 9e7], [3, 4], **BANDS), "Are these metres"),
        (lambda: knox([0, 1], [0, 1], [3, 4], space_edges=[0], time_edges=[0, 7]), "two edges"),
        (lambda: knox([0, 1], [0, 1], [3, 4], space_edges=[9, 1], time_edges=[0, 7]), "rise"),
        (lambda: knox(MONTHS, MONTHS, MONTHS, **BANDS), "less than 28 days apart"),
        (lambda: mantel([0, 1], [0, 1], [0, 1]), "three events"),
        (lambda: mantel([0] * 3, [1] * 3, [1, 2, 3], time_constant=0), "divide by 0"),
        (lambda: mantel(*np.zeros((3, 20_001))), "Use knox"),
        (lambda: jacquez([0, 1, 2], [0] * 3, [1, 2, 3], neighbours=3), "give 1 to 2"),
        (lambda: jacquez([0, 1, np.inf], [0] * 3, [1, 2, 3], neighbours=1), r"x\[2\] is inf"),
        (lambda: near_repeat(knox([0, 1], [0, 1], [3, 4], **BANDS)), "longer period"),
        (lambda: near_repeat(knox(*repeats(), space_edges=[5, 9], time_edges=[0, 7])), "at zero"),
    ],
)  # fmt: skip
def test_bad_input_is_named_with_a_way_out(call: Callable[[], Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        call()


def test_dates_that_are_too_coarse_have_an_error_of_their_own():
    with pytest.raises(DatesTooCoarse):
        knox(MONTHS, MONTHS, MONTHS, **BANDS)


def test_events_on_one_point_are_all_the_same_place():
    table = knox([5] * 60, [5] * 60, range(60), space_edges=[0, 0.001, 9], time_edges=[0, 60],
                 replicates=Replicates(9))  # fmt: skip
    assert table.observed.tolist() == [[1770], [0]]
    assert table.p_value[0, 0] == 1
