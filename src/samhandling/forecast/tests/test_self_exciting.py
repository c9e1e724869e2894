"""A process with known numbers is recovered; a process without offspring has none."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from samhandling.forecast import self_exciting

LENGTH = 1_000.0


def process(offspring: float, seed: int, background: int = 1_200) -> tuple[Any, Any, Any]:
    """Draw a process on 8 by 8 km in which each event sets off others within days and metres."""
    drawn = np.random.default_rng(seed)
    waiting = np.column_stack([
        drawn.uniform(0, 8_000, (background, 2)), drawn.uniform(0, LENGTH, background)
    ])  # fmt: skip
    every = [waiting]
    while len(waiting):
        children = np.repeat(waiting, drawn.poisson(offspring, len(waiting)), axis=0)
        children[:, :2] += drawn.normal(0, 50, (len(children), 2))
        children[:, 2] += drawn.exponential(5, len(children))
        waiting = children[children[:, 2] < LENGTH]
        every.append(waiting)
    x, y, days = np.concatenate(every).T
    return x, y, days


def test_a_known_process_is_recovered() -> None:
    found = self_exciting(*process(0.4, 1), bandwidth_m=800, length_days=LENGTH)
    assert found.offspring == pytest.approx(0.4, abs=0.05)
    assert found.decay_days == pytest.approx(5, rel=0.15)
    assert found.spread_m == pytest.approx(50, rel=0.1)
    assert found.background_share == pytest.approx(0.6, abs=0.05)


def test_without_offspring_hardly_any_is_found() -> None:
    found = self_exciting(*process(0.0, 2, 2_000), bandwidth_m=800, length_days=LENGTH)
    assert found.offspring < 0.06


def test_the_forecast_is_high_where_something_just_happened() -> None:
    x, y, days = process(0.4, 3)
    x, y, days = np.append(x, 4_000), np.append(y, 4_000), np.append(days, LENGTH - 0.1)
    found = self_exciting(x, y, days, bandwidth_m=800, length_days=LENGTH)
    column, row = np.meshgrid(np.arange(25, 8_000, 50.0), np.arange(25, 8_000, 50.0))
    expected = found.expected(column.ravel(), row.ravel(), np.full(column.size, 0.0025), 7)
    at = int(expected.argmax())
    every = len(x) / LENGTH * 7
    assert 0.9 * found.background_share * every < expected.sum() < every
    near = np.hypot(x - column.ravel()[at], y - row.ravel()[at]) < 150
    assert days[near].max() > LENGTH - 20


ONES = np.ones(60)
LINE = np.arange(60.0)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: self_exciting([], [], [], bandwidth_m=9, length_days=9), "at least 50"),
        (lambda: self_exciting(ONES, ONES, LINE, bandwidth_m=9, length_days=99), "one point"),
        (lambda: self_exciting(LINE, ONES, LINE, bandwidth_m=0, length_days=99), "above zero"),
        (lambda: self_exciting(LINE, ONES, LINE, bandwidth_m=9, length_days=9), "whole period"),
        (lambda: self_exciting(LINE, ONES, LINE[:50], bandwidth_m=9, length_days=99), "60, 60, 50"),
        (lambda: self_exciting(np.append(LINE[1:], np.nan), ONES, LINE, bandwidth_m=9,
                               length_days=99), r"x\[59\] is nan"),
    ],
)  # fmt: skip
def test_bad_input_is_named_with_a_way_out(call: Callable[[], Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        call()
