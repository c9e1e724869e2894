from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samhandling.patterns.variance_components import Tau2
from samhandling.survey import fay_herriot

areas = st.lists(st.tuples(st.floats(0, 1), st.floats(0.001, 0.1)), min_size=4, max_size=30)


@given(areas)
def test_an_estimate_lies_between_the_areas_own_answers_and_the_line(
    drawn: list[tuple[float, float]],
) -> None:
    values, variances = (np.array(column) for column in zip(*drawn, strict=True))
    found = fay_herriot(values, variances)
    line = found.coefficients[0]
    low, high = np.minimum(values, line), np.maximum(values, line)
    assert ((low - 1e-9 <= found.values) & (found.values <= high + 1e-9)).all()
    assert (found.mean_squared_error > 0).all()


def test_intervals_hold_the_truth_about_as_often_as_they_say() -> None:
    drawn = np.random.default_rng(3)
    held = []
    for _ in range(200):
        known = drawn.uniform(0.5, 2, 40)
        column = drawn.normal(size=40)
        truth = 2 + column + drawn.normal(0, 1, 40)
        answers = truth + drawn.normal(0, np.sqrt(known))
        found = fay_herriot(answers, known, [("column", column)])
        held.append((found.low <= truth) & (truth <= found.high))
    assert 0.93 <= np.mean(held) <= 0.97


def test_no_matrix_of_areas_by_areas_is_made() -> None:
    """Twenty thousand areas would need 3.2 GB for one."""
    drawn = np.random.default_rng(5)
    variances = drawn.uniform(0.5, 1, 20_000)
    values = drawn.normal(0, np.sqrt(variances + 0.25))
    assert fay_herriot(values, variances).between_areas == pytest.approx(0.25, abs=0.05)


FINE = [0.1, 0.2, 0.3, 0.4]


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: fay_herriot([], []), "0 areas"),
        (lambda: fay_herriot([0.1], [0.1]), "1 areas cannot carry"),
        (lambda: fay_herriot([0.1, np.nan], [0.1, 0.1]), r"values\[1\] is nan"),
        (lambda: fay_herriot(FINE, [0.1, 0.1, 0.1]), "4 values and 3 variances"),
        (lambda: fay_herriot(FINE, [0.1, 0, 0.1, 0.1]), r"variances\[1\] is 0.*smoothed"),
        (lambda: fay_herriot(FINE, FINE, [("a", [1, 1, 1, 1])]), "leave one out"),
        (lambda: fay_herriot(FINE, FINE, [("a", [1, 2])]), "a has 2 values for 4"),
        (lambda: fay_herriot(FINE, FINE, how=Tau2.NONE), "no measure of error"),
    ],
)
def test_bad_input_is_named_with_a_way_out(call: Callable[[], Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        call()
