"""Bounds that allow for trends that part, beside linear programmes and drawn estimates."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from samhandling.evaluation.event_study import EventStudy, event_study
from samhandling.evaluation.fixed_length import (
    FixedLength,
    fixed_length,
    folded_normal_quantile,
)
from samhandling.evaluation.honest_bounds import Restriction, honest_bounds, smoothness_bounds
from samhandling.evaluation.panel import NEVER, Panel
from samhandling.evaluation.parted_trends import Estimates
from samhandling.evaluation.relative_magnitudes import (
    _truncation,
    accepted,
    limits,
    moment_test,
)
from samhandling.evaluation.staggered import group_time_effects
from samhandling.evaluation.tests.panels import panel
from samhandling.space.method import Method
from tests.reference.published.honest_bounds import restaurants

FIRST = (1.0, 0.0, 0.0)
MIXED = (0.5, -1.0, 0.8)
Floats = np.ndarray


def drawn(seed: int, weights: tuple[float, ...] = MIXED, before: int = 3) -> Estimates:
    rng = np.random.default_rng(seed)
    n = before + len(weights)
    root = rng.normal(0, 0.3, (n, n)) + np.eye(n)
    return Estimates(rng.normal(0, 1, n), root @ root.T, before, np.array(weights))


def study_of(values: Floats, covariance: Floats, before: int) -> EventStudy:
    n = len(values)
    times = np.delete(np.arange(-before - 1, n - before), before)
    return EventStudy(
        times, values, np.sqrt(np.diag(covariance)), covariance, np.eye(n), -1, "fires", n, (),
        Method.of("drawn", "drawn"),
    )  # fmt: skip


def programme(estimates: Estimates, multiple: float, case: int) -> Floats:
    """Return rows that are at most zero if steps after the start are at most what is allowed."""
    before = estimates.before
    signs = np.repeat([1.0, -1.0], before)
    change = signs[case] * estimates.changes[case % before]
    steps = estimates.changes[before:]
    return np.concatenate([steps - multiple * change, -steps - multiple * change])


def least_violation(
    estimates: Estimates, rows: Floats, moments: Floats, theta: float
) -> tuple[float, Floats]:
    """Minimise the largest standardised violation over effects with the combination `theta`."""
    after = rows[:, estimates.before :]
    errors = np.sqrt(np.einsum("ri,ij,rj->r", rows, estimates.covariance, rows))
    n = after.shape[1]
    found = linprog(
        np.r_[np.zeros(n), 1.0], A_ub=np.column_stack([-after, -errors]), b_ub=-moments,
        A_eq=[np.r_[estimates.weights, 0.0]], b_eq=[theta], bounds=[(None, None)] * (n + 1),
    )  # fmt: skip
    return found.fun, -found.ineqlin.marginals


@pytest.mark.parametrize("weights", [FIRST, MIXED, (1 / 3, 1 / 3, 1 / 3)])
@pytest.mark.parametrize("multiple", [0.4, 1.0, 2.0])
def test_statistics_are_what_the_linear_programme_gives(
    weights: tuple[float, ...], multiple: float
) -> None:
    estimates = drawn(1, weights)
    test = moment_test(estimates, multiple, 0.05)
    for case in range(2 * estimates.before):
        rows = programme(estimates, multiple, case)
        for theta in (-3.0, 0.2, 1.5):
            point = np.array([test.points[case, 0] - theta, test.points[case, 1]])
            moments = rows @ estimates.values
            expected, _ = least_violation(estimates, rows, moments, theta)
            assert (test.lines[case] @ point).max() == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("seed", range(4))
def test_truncation_is_where_the_dual_solution_stops_being_the_best(seed: int) -> None:
    """Move along the line that leaves the rest of the moments alone, and solve again."""
    estimates, multiple, theta = drawn(seed), 0.8, -4.0
    test = moment_test(estimates, multiple, 0.05)
    covariance = test.lines @ test.spread @ np.swapaxes(test.lines, 1, 2)
    apart = test.points - np.array([theta, 0.0])
    low, high, error = _truncation((test.lines @ apart[:, :, None]), covariance)
    for case in range(2 * estimates.before):
        rows = programme(estimates, multiple, case)
        moments, spread = rows @ estimates.values, rows @ estimates.covariance @ rows.T
        value, dual = least_violation(estimates, rows, moments, theta)
        variance = dual @ spread @ dual
        assert error[case, 0] == pytest.approx(np.sqrt(variance), rel=1e-6)
        direction = spread @ dual / variance
        for edge, side in ((low[case, 0], 1.0), (high[case, 0], -1.0)):
            if not np.isfinite(edge):
                continue
            for step, same in ((1e-4 * side, True), (-1e-2 * side, False)):
                moved = moments + direction * (edge + step - value)
                again, _ = least_violation(estimates, rows, moved, theta)
                assert bool(abs(again - (edge + step)) < 1e-8) == same


@pytest.mark.parametrize("weights", [FIRST, MIXED])
def test_identified_sets_are_what_linear_programmes_give(weights: tuple[float, ...]) -> None:
    estimates = drawn(2, weights)
    before, n = estimates.before, len(estimates.values)
    study = study_of(estimates.values, 1e-2 * estimates.covariance, before)
    largest = np.abs(estimates.changes[:before] @ estimates.values).max()
    steepest = np.abs(estimates.bends[: before - 1] @ estimates.values).max() * 1.1
    fixed = np.eye(n)[:before]
    for bounds, rows, most in (
        (honest_bounds(study, 0.7, weights=weights), estimates.changes[before:], 0.7 * largest),
        (smoothness_bounds(study, steepest, weights=weights), estimates.bends, steepest),
    ):
        ends = [
            sign * linprog(
                -sign * estimates.contrast, A_ub=np.vstack([rows, -rows]),
                b_ub=np.full(2 * len(rows), most), A_eq=fixed, b_eq=estimates.values[:before],
                bounds=[(None, None)] * n,
            ).fun for sign in (1.0, -1.0)
        ]  # fmt: skip
        value = estimates.contrast @ estimates.values
        assert bounds.identified == pytest.approx((value + ends[0], value + ends[1]))


def largest_bias(estimates: Estimates, weights: Floats, smoothness: float) -> float:
    """Find the trend that fools the estimator most, among those that bend no more than allowed."""
    bends = estimates.bends
    found = linprog(
        -weights, A_ub=np.vstack([bends, -bends]), b_ub=np.full(2 * len(bends), smoothness),
        bounds=[(None, None)] * len(weights),
    )  # fmt: skip
    return float(-found.fun) if found.success else np.inf


@pytest.mark.parametrize("smoothness", [0.0, 0.05, 0.4])
@pytest.mark.parametrize("seed", range(3))
def test_no_other_estimator_has_a_shorter_interval(seed: int, smoothness: float) -> None:
    estimates, rng = drawn(seed, before=4), np.random.default_rng(seed)
    best = fixed_length(estimates, smoothness, 0.95)
    assert best.bias == pytest.approx(largest_bias(estimates, best.weights, smoothness), abs=1e-8)
    bends = estimates.bends[:3]
    for size in (1e-4, 1e-2, 0.3):
        for _ in range(30):
            weights = best.weights + rng.normal(0, size, 3) @ bends
            error = estimates.error_of(weights)
            bias = largest_bias(estimates, weights, smoothness)
            half = error * folded_normal_quantile(bias / error, 0.95)
            assert half >= best.half_length * (1 - 1e-9)


def test_a_slope_left_in_the_estimator_has_no_bound() -> None:
    estimates = drawn(0)
    assert largest_bias(estimates, estimates.contrast, 0.1) == np.inf


def test_folded_quantile_is_the_drawn_one() -> None:
    draws = np.abs(np.random.default_rng(0).normal(0.7, 1, 1_000_000))
    assert folded_normal_quantile(0.7, 0.9) == pytest.approx(np.quantile(draws, 0.9), abs=4e-3)


def test_conditional_test_alone_accepts_what_the_published_program_does() -> None:
    """R HonestDiD, hybrid "ARP", 200 effects tried: 0.07055244362 to 0.3184394077."""
    study = restaurants()
    estimates = Estimates(study.values, study.covariance, 4, np.array([1.0, 0, 0, 0]))
    theta = np.linspace(-20, 20, 200) * estimates.error_of(estimates.contrast)
    inside = theta[accepted(moment_test(estimates, 1.0, 0.05, first=0.0), theta)]
    assert inside[[0, -1]] == pytest.approx([0.07055244362, 0.3184394077], abs=1e-9)


def test_least_favourable_value_is_exceeded_as_often_as_stated() -> None:
    test = moment_test(drawn(3), 1.2, 0.5, first=0.2)
    rng = np.random.default_rng(0)
    for case in range(3):
        draws = rng.multivariate_normal([0, 0], test.spread[case], 200_000)
        exceeded = (draws @ test.lines[case].T).max(axis=1) > test.cut[case]
        assert exceeded.mean() == pytest.approx(0.1, abs=3e-3)


TRENDS = {
    "line": [-3, -2, -1, 1, 2, 3],
    "none": [0, 0, 0, 0, 0, 0],
    "edge": [-5, 0, 0, 5, 0, 5],
}
"""Differences of trends that one of the changes before the start allows; the last with no slack."""


@pytest.mark.parametrize(
    ("shape", "least", "most"), [("line", 0.94, 1.0), ("none", 0.94, 1.0), ("edge", 0.92, 0.975)]
)
def test_relative_magnitudes_cover_and_no_more_at_the_edge(
    shape: str, least: float, most: float
) -> None:
    estimates, rng = drawn(5), np.random.default_rng(1)
    truth = np.array([0.0])
    covered = [
        accepted(moment_test(Estimates(values, 0.1 * estimates.covariance, 3, estimates.weights),
                            1.0, 0.05), truth)[0]
        for values in rng.multivariate_normal(TRENDS[shape], 0.1 * estimates.covariance, 400)
    ]  # fmt: skip
    assert least <= np.mean(covered) <= most


def test_fixed_length_covers_as_stated_where_the_bias_is_worst() -> None:
    estimates, rng = drawn(5), np.random.default_rng(1)
    best: FixedLength = fixed_length(estimates, 0.5, 0.95)
    worst = linprog(
        -best.weights, A_ub=np.vstack([estimates.bends, -estimates.bends]),
        b_ub=np.full(2 * len(estimates.bends), 0.5), bounds=[(-99, 99)] * 6,
    ).x  # fmt: skip
    drawings = rng.multivariate_normal(worst, estimates.covariance, 40_000) @ best.weights
    assert np.mean(np.abs(drawings) <= best.half_length) == pytest.approx(0.95, abs=4e-3)


def test_bounds_with_parallel_trends_are_the_ordinary_interval() -> None:
    study = event_study(group_time_effects(panel(4)))
    bounds, plain = honest_bounds(study, 0.0), study.average_after()
    reach = 1.959964 * plain.standard_error
    assert bounds.confidence_interval() == pytest.approx(
        (plain.value - reach, plain.value + reach), abs=1e-6
    )


def test_bounds_by_hand_when_nothing_is_uncertain() -> None:
    """Largest change before is 2; after one and two periods trends part by 2 and 4, mean 3."""
    outcome = np.tile([[0.0, 2, 1, 6, 8], [0, 0, 0, 0, 0]], (6, 1))
    study = event_study(group_time_effects(Panel(outcome, np.tile([3, NEVER], 6))))
    bounds = honest_bounds(study, 1.0)
    assert bounds.confidence_interval() == pytest.approx((6 - 3, 6 + 3))
    assert bounds.identified == pytest.approx((3, 9))
    assert bounds.breakdown == pytest.approx(2.0)
    # Drawn out, the last slope of -1 makes -1.5 of the mean; slopes that bend by 3 move it by 7.5.
    smooth = smoothness_bounds(study, 3.0)
    assert smooth.confidence_interval() == pytest.approx((7.5 - 6, 7.5 + 6), abs=1e-5)


def test_breakdown_is_where_the_interval_reaches_zero() -> None:
    study = restaurants()
    for bounds_at, limit in ((honest_bounds, 1.0), (smoothness_bounds, 0.1)):
        breakdown = bounds_at(study, limit, weights=[1, 0, 0, 0]).breakdown
        at = bounds_at(study, breakdown, weights=[1, 0, 0, 0])
        assert at.low == pytest.approx(0, abs=1e-6)
        assert at.high > 0


def test_bounds_grow_with_what_is_allowed_and_say_it() -> None:
    study = event_study(group_time_effects(panel(4)))
    widths = [np.ptp(honest_bounds(study, m).confidence_interval()) for m in (0, 0.5, 1, 2)]
    assert widths == sorted(widths)
    bounds = [smoothness_bounds(study, m) for m in (0, 0.5, 1, 2)]
    widths = [np.ptp(one.confidence_interval()) for one in bounds]
    assert widths == sorted(widths)
    assert bounds[0].identified is None
    assert bounds[0].restriction is Restriction.SMOOTHNESS
    assert "bend by at most 0.5 units of the outcome" in bounds[1].summary()
    assert "at most 2 times the largest" in honest_bounds(study, 2).summary()


def test_bounds_are_narrower_than_two_sided_limits_of_each_line() -> None:
    study = restaurants()
    estimates = Estimates(study.values, study.covariance, 4, np.full(4, 0.25))
    low, high = limits(estimates, 1.0, 0.05)
    changes = estimates.changes[:4]
    lines = estimates.contrast + 2.5 * np.concatenate([changes, -changes])
    ends = lines @ study.values, [1.959964 * estimates.error_of(line) for line in lines]
    assert low > (ends[0] - ends[1]).min() + 0.01
    assert high < (ends[0] + ends[1]).max() - 0.01


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 99), st.floats(-5, 5), st.floats(0, 2))
def test_a_line_changes_nothing_that_smoothness_says(seed: int, by: float, limit: float) -> None:
    estimates = drawn(seed)
    times = np.array([-3.0, -2, -1, 1, 2, 3])
    here, there = (
        smoothness_bounds(study_of(values, estimates.covariance, 3), limit, weights=MIXED)
        for values in (estimates.values, estimates.values + by * times)
    )
    assert there.confidence_interval() == pytest.approx(here.confidence_interval(), abs=1e-5)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 99), st.floats(0, 2), st.floats(0.1, 10))
def test_turned_and_scaled_estimates_turn_and_scale_the_bounds(
    seed: int, limit: float, scale: float
) -> None:
    estimates = drawn(seed)
    here = limits(estimates, limit, 0.05)
    turned = Estimates(
        -scale * estimates.values, scale**2 * estimates.covariance, 3, estimates.weights
    )
    low, high = limits(turned, limit, 0.05)
    assert (-high / scale, -low / scale) == pytest.approx(here, abs=1e-6)


@pytest.mark.parametrize("bounds", [honest_bounds, smoothness_bounds])
def test_what_cannot_be_bounded_is_refused(bounds) -> None:  # type: ignore[no-untyped-def]
    whole = restaurants()
    for limit in (float("nan"), -1.0, float("inf")):
        with pytest.raises(ValueError, match=f"is {limit}; give a number of at least 0"):
            bounds(whole, limit)
    with pytest.raises(ValueError, match="confidence is 1"):
        bounds(whole, 1.0, confidence=1)
    with pytest.raises(ValueError, match="3 entries for 4 times"):
        bounds(whole, 1.0, weights=[1, 0, 0])
    with pytest.raises(ValueError, match=r"weights\[1\] is nan"):
        bounds(whole, 1.0, weights=[1, np.nan, 0, 0])
    with pytest.raises(ValueError, match="All weights are zero"):
        bounds(whole, 1.0, weights=[0, 0, 0, 0])
    with pytest.raises(ValueError, match="no period before"):
        bounds(event_study(group_time_effects(panel()), longest=1), 1.0)
    gap = EventStudy(
        np.array([-7, -4, -3, -2, 0, 1, 2, 3]), whole.values, whole.standard_errors,
        whole.covariance, whole.influence, -1, whole.unit, 8, (), whole.method,
    )  # fmt: skip
    with pytest.raises(ValueError, match="Event times after -7"):
        bounds(gap, 1.0)
