from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.special import expit

from samhandling.execution import Replicates
from samhandling.survey import SurveyCells, multilevel_poststratification


def town(seed, *, areas=30, sd=0.6, silent=5):
    """Answers of four groups in each area, none in the first few, and the true shares."""
    drawn = np.random.default_rng(seed)
    area = np.repeat(np.arange(areas), 4)
    old, women = np.tile([0, 0, 1, 1], areas), np.tile([0, 1, 0, 1], areas)
    level = sd * drawn.normal(size=areas)
    chance = expit(-1.3 + 0.5 * old + 0.6 * women + level[area])
    asked = drawn.integers(2, 9, len(area)) * (area >= silent)
    people = drawn.integers(100, 900, len(area))
    columns = [("age", np.where(old, "old", "young")), ("sex", np.where(women, "w", "m"))]
    labels = [f"{at:03d}" for at in area]
    cells = SurveyCells(labels, drawn.binomial(asked, chance), asked, people, columns)
    return cells, np.bincount(area, people * chance) / np.bincount(area, people)


def test_intervals_hold_the_truth_about_as_often_as_they_say():
    own, borrowed, closer = [], [], []
    for seed in range(60):
        cells, truth = town(seed)
        found = multilevel_poststratification(cells)
        held = (found.low <= truth) & (truth <= found.high)
        own.append(held[~found.synthetic])
        borrowed.append(held[found.synthetic])
        seen = ~found.synthetic
        closer.append(
            np.square(found.values - truth)[seen].mean()
            / np.square(found.direct - truth)[seen].mean()
        )
    assert 0.93 <= np.mean(own) <= 0.98
    assert 0.92 <= np.mean(borrowed) <= 0.99
    assert np.mean(closer) < 0.75


def test_the_error_worked_out_is_about_that_of_the_bootstrap():
    cells, _ = town(2)
    worked = multilevel_poststratification(cells)
    drawn = multilevel_poststratification(cells, replicates=Replicates(count=60, seed=1))
    again = multilevel_poststratification(cells, replicates=Replicates(count=60, seed=1))
    ratio = drawn.standard_error / worked.standard_error
    assert 0.85 < np.median(ratio) < 1.15
    assert (drawn.standard_error == again.standard_error).all()
    assert dict(drawn.method.parameters)["replicates"] == 60


def test_a_prediction_is_what_brute_integration_gives():
    """Two groups in one area, weighed 3 to 1, with the model's own parameters."""
    yes, size, people = [3, 1, 6, 5, 2, 9], [8, 9, 12, 10, 11, 14], [300, 100, 50, 50, 10, 90]
    columns = [("age", ["young", "old"] * 3)]
    found = multilevel_poststratification(SurveyCells(list("AABBCC"), yes, size, people, columns))
    line = found.coefficients[0] + found.coefficients[1] * np.array([1, 0])

    def law(v, power):
        chance = expit(line + found.between_areas * v)
        share = (np.array([0.75, 0.25]) * chance).sum()
        answers = np.prod(chance ** yes[:2] * (1 - chance) ** np.subtract(size[:2], yes[:2]))
        return share**power * answers * np.exp(-(v**2) / 2)

    whole, first = (quad(law, -9, 9, args=(power,), epsabs=0)[0] for power in (0, 1))
    assert found.values[0] == pytest.approx(first / whole, abs=1e-6)


def test_an_area_without_answers_is_synthetic_and_said_to_be():
    cells, _ = town(3)
    found = multilevel_poststratification(cells)
    assert found.synthetic.tolist() == [True] * 5 + [False] * 25
    assert np.isnan(found.direct[:5]).all()
    assert found.weight_of_own[:5] == pytest.approx(0, abs=1e-6)
    assert found.standard_error[:5].min() > found.standard_error[5:].mean()
    assert "Nobody answered in 000, 001, 002, 003, 004" in found.summary()
    assert found.confidence_interval()[0] is found.low


def test_residents_decide_between_groups():
    def share(young):
        return multilevel_poststratification(
            SurveyCells(
                list("AABBCC"), [9, 2, 8, 1, 10, 3], [20] * 6, [young, 1_000 - young] * 3,
                [("age", ["young", "old"] * 3)],
            )
        ).values.mean()  # fmt: skip

    assert share(900) > share(500) > share(100)


def test_many_answers_make_an_area_its_own():
    found = multilevel_poststratification(
        SurveyCells(list("ABC"), [3_000, 1, 2], [10_000, 8, 9], [100, 100, 100])
    )
    assert found.values[0] == pytest.approx(0.3, abs=0.002)
    assert found.standard_error[0] == pytest.approx(np.sqrt(0.21 / 10_000), rel=0.03)
    assert found.weight_of_own[0] > 0.97
    assert found.weight_of_own[1] < 0.8


answers = st.lists(st.tuples(st.integers(0, 6), st.integers(7, 20)), min_size=4, max_size=10)


@settings(max_examples=15, deadline=None)
@given(answers, st.randoms(use_true_random=False))
def test_order_of_cells_does_not_matter_and_bounds_hold(drawn, shuffler):
    yes, size = (np.array(column) for column in zip(*drawn, strict=True))
    yes[0] += 1
    labels = np.array([f"{at:02d}" for at in range(len(yes))])
    people = np.arange(1, len(yes) + 1)
    order = list(range(len(yes)))
    shuffler.shuffle(order)
    one = multilevel_poststratification(SurveyCells(labels, yes, size, people))
    other = multilevel_poststratification(
        SurveyCells(labels[order], yes[order], size[order], people[order])
    )
    back = np.argsort(order)
    assert one.areas == tuple(other.areas[at] for at in back)
    assert one.values == pytest.approx(other.values[back], abs=1e-4)
    assert (one.low > 0).all()
    assert (one.low < one.values).all()
    assert (one.values < one.high).all()
    assert (one.high < 1).all()
    whole = yes.sum() / size.sum()
    own = np.abs(one.direct - whole) + 0.05
    assert (np.abs(one.values - whole) <= own).all()


FINE = {"area": list("AABB"), "yes": [1, 2, 3, 1], "answers": [9, 9, 9, 9]}


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: SurveyCells(**FINE, population=[1, 2, 3, -4]), r"population\[3\] is -4"),
        (lambda: SurveyCells(**FINE, population=[1, 2, np.nan, 4]), r"population\[2\] is nan"),
        (lambda: SurveyCells(**FINE, population=[1, 2, 0, 0]), "Area B has no residents"),
        (lambda: SurveyCells(**FINE, population=[1, 2]), r"area has shape \(4,\)"),
        (
            lambda: multilevel_poststratification(
                SurveyCells(list("AABB"), [1, 2, 3, 10], [9] * 4, [1] * 4)
            ),
            r"yes\[3\] is 10 of 9",
        ),
        (
            lambda: multilevel_poststratification(
                SurveyCells(list("AABB"), [0] * 4, [9] * 4, [1] * 4)
            ),
            "alike",
        ),
        (
            lambda: multilevel_poststratification(SurveyCells([], [], [], [])),
            "yes and answers are empty",
        ),
        (
            lambda: multilevel_poststratification(
                SurveyCells(**FINE, population=[1] * 4), confidence=0
            ),
            "confidence is 0",
        ),
    ],
)
def test_bad_input_is_named_with_a_way_out(call: Callable[[], Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        call()
