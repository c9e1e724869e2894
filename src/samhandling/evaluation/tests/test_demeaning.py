"""Area and period effects are taken out exactly, whatever the weights."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from samhandling.evaluation.demeaning import two_way, two_way_demeaned


def by_dummies(values: np.ndarray, weights: np.ndarray) -> np.ndarray:
    areas, periods = values.shape
    row, column = np.indices(values.shape).reshape(2, -1)
    dummies = np.concatenate(
        [row[:, None] == np.arange(areas), column[:, None] == np.arange(periods)], 1
    )
    root = np.sqrt(weights.ravel())
    fit = np.linalg.lstsq(dummies * root[:, None], values.ravel() * root, rcond=None)[0]
    return values - (dummies @ fit).reshape(values.shape)


@pytest.mark.parametrize("kind", ["equal", "by area", "by cell", "with holes"])
def test_matches_least_squares_on_dummies(kind: str) -> None:
    rng = np.random.default_rng(3)
    values = rng.normal(size=(7, 5))
    weights = {
        "equal": np.ones((7, 5)),
        "by area": np.repeat(rng.uniform(1, 9, (7, 1)), 5, axis=1),
        "by cell": rng.uniform(1, 9, (7, 5)),
        "with holes": rng.uniform(1, 9, (7, 5)) * (rng.random((7, 5)) > 0.3),
    }[kind]
    ours = two_way_demeaned(values, weights)
    used = weights > 0
    assert ours[used] == pytest.approx(by_dummies(values, weights)[used], abs=1e-9)


def test_two_groups_without_a_period_in_common_are_handled() -> None:
    weights = np.kron(np.eye(2), np.ones((3, 2)))
    values = np.random.default_rng(1).normal(size=(6, 4))
    ours = two_way_demeaned(values, weights)
    assert ours[weights > 0] == pytest.approx(by_dummies(values, weights)[weights > 0], abs=1e-9)


def test_many_tables_at_once_are_each_as_alone() -> None:
    tables = np.random.default_rng(2).normal(size=(3, 2, 6, 4))
    weights = np.random.default_rng(3).uniform(1, 2, (6, 4))
    together = two_way_demeaned(tables, weights)
    assert together[2, 1] == pytest.approx(two_way_demeaned(tables[2, 1], weights))


@given(
    arrays(np.float64, (5, 4), elements=st.floats(-1e3, 1e3)),
    arrays(np.float64, (5, 4), elements=st.floats(0.1, 10)),
    arrays(np.float64, 5, elements=st.floats(-1e3, 1e3)),
)
def test_added_area_effects_change_nothing(values, weights, level) -> None:  # type: ignore[no-untyped-def]
    plain = two_way_demeaned(values, weights)
    assert two_way_demeaned(values + level[:, None], weights) == pytest.approx(plain, abs=1e-6)
    assert (weights * plain).sum(axis=0) == pytest.approx(np.zeros(4), abs=1e-6)
    assert (weights * plain).sum(axis=1) == pytest.approx(np.zeros(5), abs=1e-6)


@pytest.mark.parametrize(
    ("values", "weights", "said"),
    [
        ([], None, "shape"),
        ([1.0, 2.0], None, "shape"),
        ([[1.0, np.nan], [1, 2]], None, r"values\[0, 1\]"),
        ([[1.0, 3.0], [1, 2]], [[1.0, -1.0], [1, 1]], r"weights\[0, 1\] is -1"),
        ([[1.0, 3.0], [1, 2]], [[0.0, 0.0], [0, 0]], "All weights are zero"),
        ([[1.0, 3.0], [1, 2]], [[1.0, 1.0, 1.0]], "weights has shape"),
    ],
)
def test_impossible_tables_are_refused(values, weights, said) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ValueError, match=said):
        two_way_demeaned(values, weights)


def test_weights_must_be_a_table() -> None:
    with pytest.raises(ValueError, match="one row per area"):
        two_way([1.0, 2.0])
