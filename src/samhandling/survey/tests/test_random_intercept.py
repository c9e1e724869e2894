from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.special import gammaln

from samhandling.survey import random_intercept_logit

YES, SIZE = [6, 1, 9, 2, 4, 3], [40, 20, 30, 30, 9, 25]
AREA = ["A", "B", "C", "D", "A", "B"]
AGE = ("age", ["young", "young", "young", "old", "old", "old"])


def likelihood(beta, sd):
    """The likelihood by brute integration over each area's level."""
    yes, size = np.array(YES), np.array(SIZE)
    line = beta[0] + beta[1] * (np.array(AGE[1]) == "young")
    total = (gammaln(size + 1) - gammaln(yes + 1) - gammaln(size - yes + 1)).sum()
    for area in "ABCD":
        here = np.array(AREA) == area

        def height(v, here=here):
            odds = line[here] + sd * v
            cells = yes[here] * odds - size[here] * np.logaddexp(0, odds)
            return np.exp(cells.sum() - v**2 / 2) / np.sqrt(2 * np.pi)

        total += np.log(quad(height, -10, 10, epsabs=0, epsrel=1e-11, points=[-1, 0, 1])[0])
    return total


def test_the_likelihood_is_what_brute_integration_gives_and_is_highest_there():
    found = random_intercept_logit(YES, SIZE, AREA, [AGE], nodes=25)
    there = likelihood(found.values, found.between_areas)
    assert found.log_likelihood == pytest.approx(there, abs=1e-7)
    for at, step in ((0, 0.02), (0, -0.02), (1, 0.02), (1, -0.02)):
        assert likelihood(found.values + step * np.eye(2)[at], found.between_areas) < there
    assert likelihood(found.values, found.between_areas * 1.02) < there
    assert likelihood(found.values, found.between_areas / 1.02) < there


def test_standard_errors_and_levels_are_those_of_lme4():
    """The herds of cbpp: vcov at 25 nodes; conditional modes lie within 0.04 of the means."""
    from tests.reference.published.cbpp import herds

    found = herds(25)
    assert found.standard_error == pytest.approx([0.23351, 0.30677, 0.32677, 0.42759], abs=5e-5)
    assert found.area_effects[:3] == pytest.approx([0.593, -0.300, 0.408], abs=0.04)
    assert found.area_errors[:3] == pytest.approx([0.349, 0.367, 0.298], abs=0.01)


def test_areas_that_do_not_differ_give_the_plain_logit():
    found = random_intercept_logit([5, 5, 5], [20, 20, 20], ["A", "B", "C"])
    assert found.between_areas < 0.01
    assert found.values[0] == pytest.approx(np.log(1 / 3), abs=1e-3)
    assert found.standard_error[0] == pytest.approx(np.sqrt(1 / (60 * 0.25 * 0.75)), rel=1e-3)


def test_off_zero_keeps_areas_apart():
    found = random_intercept_logit([5, 5, 5], [20, 20, 20], ["A", "B", "C"], off_zero=True)
    assert found.between_areas > 0.1


def test_a_known_difference_between_areas_is_found():
    drawn = np.random.default_rng(4)
    level = -1 + drawn.normal(0, 0.7, 400)
    yes = drawn.binomial(25, 1 / (1 + np.exp(-level)))
    found = random_intercept_logit(yes, np.full(400, 25), np.arange(400))
    assert found.between_areas == pytest.approx(0.7, abs=0.1)
    assert found.values[0] == pytest.approx(-1, abs=0.15)
    assert "400 areas" in found.summary()


cells = st.lists(st.tuples(st.integers(1, 14), st.integers(15, 40)), min_size=4, max_size=12)


@settings(max_examples=25, deadline=None)
@given(cells)
def test_counting_the_other_answer_turns_every_sign(drawn):
    yes, size = (np.array(column) for column in zip(*drawn, strict=True))
    area = np.arange(len(yes))
    one = random_intercept_logit(yes, size, area, off_zero=True)
    other = random_intercept_logit(size - yes, size, area, off_zero=True)
    assert one.values == pytest.approx(-other.values, abs=1e-4)
    assert one.between_areas == pytest.approx(other.between_areas, abs=1e-4)
    assert one.confidence_interval()[0] == pytest.approx(-other.confidence_interval()[1], abs=1e-3)
    assert one.area_effects == pytest.approx(-other.area_effects, abs=1e-3)


FIT = random_intercept_logit


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: FIT([], [], []), "yes and answers are empty"),
        (lambda: FIT([1], [2], ["A"]), "1 areas have answers"),
        (lambda: FIT([1, 2], [3, 0], ["A", "B"]), r"yes\[1\] is 2 of 0"),
        (lambda: FIT([1, np.nan], [3, 3], ["A", "B"]), r"yes\[1\] is nan"),
        (lambda: FIT([1, -1], [3, 3], ["A", "B"]), r"yes\[1\] is -1"),
        (lambda: FIT([1, 2], [3, 3], ["A", ""]), r"area\[1\] is missing"),
        (lambda: FIT([1, 2], [3, 3], ["A"]), r"area has shape \(1,\)"),
        (lambda: FIT([1, 2], [3], ["A", "B"]), "yes has 2, answers has 1"),
        (lambda: FIT(YES, SIZE, AREA, [("age", ["young"])]), r"age has shape \(1,\)"),
        (lambda: FIT(YES, SIZE, AREA, [("age", [1, 2, 3, 4, 5, np.inf])]), r"age\[5\] is inf"),
        (lambda: FIT(YES, SIZE, AREA, [AGE, ("again", AGE[1])]), "leave one out"),
        (lambda: FIT([1, 2], [3, 3], ["A", "B"], [("n", [1, 2])]), "cannot carry 2 coefficients"),
        (lambda: FIT([0, 0, 4, 5], [9, 9, 9, 9], list("ABAB"), [("n", list("ooyy"))]), "alike"),
        (
            lambda: FIT([1, 2, 3, 0], [9, 9, 9, 0], list("ABAB"), [("n", list("oooy"))]),
            "A label has no answers",
        ),
        (lambda: FIT([0, 9, 0, 9], [9, 9, 9, 9], list("ABCD")), "no clear maximum"),
        (lambda: FIT(YES, SIZE, AREA, nodes=0), "nodes is 0"),
        (lambda: FIT(YES, SIZE, AREA, confidence=95), "confidence is 95"),
    ],
)  # fmt: skip
def test_bad_input_is_named_with_a_way_out(call: Callable[[], Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        call()
