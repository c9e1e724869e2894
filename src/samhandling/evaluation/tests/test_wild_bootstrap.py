"""The wild cluster bootstrap, beside one that refits every replicate."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samhandling.evaluation.calibration_reading import Uncalibrated
from samhandling.evaluation.demeaning import two_way_demeaned
from samhandling.evaluation.difference_in_differences import difference_in_differences
from samhandling.evaluation.panel import NEVER, Panel
from samhandling.evaluation.tests.panels import panel
from samhandling.evaluation.wild_bootstrap import (
    WildWeights,
    wild_cluster_bootstrap,
    wild_multipliers,
)


def small(seed: int = 0, *, weighted: str = "no") -> Panel:
    given = panel(seed, effect=1.2, areas=7, periods=4)
    rng = np.random.default_rng(seed)
    weights = {"no": None, "area": rng.uniform(1, 4, 7), "cell": rng.uniform(1, 4, (7, 4))}[
        weighted
    ]
    return Panel(given.y, given.starts, weights=weights)


def refitted_p(given: Panel, effect: float) -> float:
    """Impose the effect, multiply the areas' residuals, fit each panel anew."""
    imposed = given.with_outcome(given.y - effect * given.treated)
    left = two_way_demeaned(imposed.y, given.cell_weights)
    observed = difference_in_differences(imposed)
    seen = abs(observed.value / observed.standard_error)
    drawn = []
    for signs in product((1, -1), repeat=given.n_areas):
        fit = difference_in_differences(given.with_outcome(left * np.array(signs)[:, None]))
        drawn.append(abs(fit.value / fit.standard_error))
    return float(np.mean(np.array(drawn) >= seen * (1 - 1e-9)))


@pytest.mark.parametrize("weighted", ["no", "area", "cell"])
def test_equals_refitting_every_replicate(weighted: str) -> None:
    given = small(weighted=weighted)
    ours = wild_cluster_bootstrap(given)
    assert ours.p_value == pytest.approx(refitted_p(given, 0.0))
    assert ours.value == pytest.approx(difference_in_differences(given).value)
    assert dict(ours.method.parameters)["exact"] is True


def test_interval_ends_where_the_refitted_test_begins_to_reject() -> None:
    given = small(4)
    low, high = wild_cluster_bootstrap(given, confidence=0.8).confidence_interval()
    for end, out in ((low, -1e-3), (high, 1e-3)):
        assert refitted_p(given, end + out) <= 0.2 < refitted_p(given, end - out)


def test_agrees_with_the_clustered_error_when_areas_are_many() -> None:
    given = panel(2, areas=120)
    ours = wild_cluster_bootstrap(given, seed=1)
    clustered = difference_in_differences(given, uncalibrated=Uncalibrated.WARN)
    assert ours.low == pytest.approx(clustered.low, abs=0.05)
    assert ours.high == pytest.approx(clustered.high, abs=0.05)


def test_keeps_its_level_with_few_areas() -> None:
    p = [wild_cluster_bootstrap(panel(seed, effect=0, areas=10)).p_value for seed in range(200)]
    assert 0.01 <= np.mean(np.array(p) <= 0.05) <= 0.09


def test_webb_weights_have_mean_zero_and_variance_one() -> None:
    drawn, exact = wild_multipliers(6, WildWeights.WEBB, 40_000, seed=3)
    assert not exact
    assert len(np.unique(drawn[1:])) == 6
    assert drawn[1:].mean() == pytest.approx(0, abs=0.01)
    assert drawn[1:].var() == pytest.approx(1, abs=0.01)


def test_signs_are_enumerated_up_to_their_opposites() -> None:
    drawn, exact = wild_multipliers(5, WildWeights.RADEMACHER, 10, seed=0)
    assert exact
    assert len(np.unique(drawn, axis=0)) == 16
    assert (drawn[:, -1] == 1).all()


def test_same_seed_same_answer() -> None:
    given = panel(1, areas=20)
    first, again = (wild_cluster_bootstrap(given, weights=WildWeights.WEBB, seed=5) for _ in "ab")
    assert first == again


def test_one_treated_area_warns() -> None:
    given = Panel(panel(1, areas=8).y, [5, *[NEVER] * 7])
    assert "fewer than three" in wild_cluster_bootstrap(given).warnings[0]


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 100), st.floats(-5, 5))
def test_interval_moves_with_the_effect(seed: int, added: float) -> None:
    given = panel(seed, areas=8, periods=4)
    before = wild_cluster_bootstrap(given)
    after = wild_cluster_bootstrap(given.with_outcome(given.y + added * given.treated))
    assert after.low == pytest.approx(before.low + added, abs=1e-3)
    assert after.high == pytest.approx(before.high + added, abs=1e-3)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"replicates": 0}, "replicates is 0"),
        ({"seed": -1}, "seed is -1"),
        ({"confidence": 2}, "2"),
    ],
)
def test_impossible_options_are_refused(options: dict[str, int], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        wild_cluster_bootstrap(panel(), **options)


@pytest.mark.parametrize("starts", [[NEVER] * 3, [0, 0, 0]])
def test_panels_without_a_comparison_are_refused(starts: list[int]) -> None:
    with pytest.raises(ValueError, match=r"treated"):
        wild_cluster_bootstrap(Panel(np.ones((3, 3)), starts))
