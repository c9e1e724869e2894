"""Placebos of synthetic control and synthetic DiD, and a time series, beside what others use."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.comparison import Comparison
from benchmarks.measuring import measured

PERIODS, BEFORE = 31, 19
DRAWS = 200
LAGS = 12


def counterfactuals(sizes: dict[str, int]) -> Iterator[Comparison]:
    """Evaluate an invented programme shaped like California's, and a monthly series."""
    donors, months = sizes["donors"], sizes["months"]
    panel = measured(lambda _: _panel(donors)).value
    data = f"{donors} donors, {PERIODS} periods"
    ours = measured(_placebos, lambda: _ready(_placebos, panel), times=3)
    theirs = measured(_pysyncon, lambda: panel)
    yield Comparison(
        "Synthetic control with every donor as a placebo", data, ours, "pysyncon, V given",
        theirs, bool(np.abs(ours.value - theirs.value).max() < 0.05 * np.abs(ours.value).max()),
    )  # fmt: skip
    ours = measured(_synthetic_did, lambda: _ready(_synthetic_did, panel), times=3)
    theirs = measured(_by_scipy, lambda: panel)
    yield Comparison(
        "Synthetic DiD with its placebo standard error", f"{data}; every placebo, theirs {DRAWS}",
        ours, "plain Python with scipy's SLSQP (R synthdid is not at hand)", theirs,
        _same_placebos(ours.value, theirs.value),
    )  # fmt: skip
    series = np.random.default_rng(3).normal(5, 0.1, months)
    ours = measured(_series, lambda: _ready(_series, series), times=3)
    theirs = measured(_statsmodels, lambda: _ready(_statsmodels, series), times=3)
    yield Comparison(
        "Interrupted time series, month levels, Newey-West", f"{months:,} months", ours,
        "statsmodels OLS, HAC", theirs, bool(np.allclose(ours.value, theirs.value, rtol=1e-6)),
    )  # fmt: skip


def _same_placebos(ours: Any, theirs: Any) -> bool:
    """Tell whether effects agree, and each placebo drawn is one of ours."""
    apart = np.abs(ours[1][:, None] - theirs[1]).min(axis=0)
    return bool(abs(ours[0] - theirs[0]) < 0.01 and apart.max() < 0.05)


def _ready(work: Any, data: Any) -> Any:
    """Do the work once, so that imports and the compiler's work are not measured."""
    work(data)
    return data


def _panel(donors: int) -> NDArray[np.float64]:
    rng = np.random.default_rng(17)
    common = rng.normal(0, 3, (3, PERIODS)).cumsum(axis=1)
    loadings = rng.uniform(0, 1, (donors + 1, 3))
    outcome = 100 + rng.normal(0, 10, (donors + 1, 1)) + loadings @ common
    outcome += rng.normal(0, 2, outcome.shape)
    outcome[0, BEFORE:] -= 15
    return np.asarray(outcome)


def _as_panel(outcome: NDArray[np.float64]) -> Any:
    from samhandling.evaluation import NEVER, Panel

    return Panel(outcome, [BEFORE] + [NEVER] * (len(outcome) - 1))


def _placebos(outcome: NDArray[np.float64]) -> NDArray[np.float64]:
    from samhandling.evaluation import placebos_in_space

    found = placebos_in_space(_as_panel(outcome))
    return np.append(found.effects, found.own_gap[BEFORE:].mean())


def _pysyncon(outcome: NDArray[np.float64]) -> NDArray[np.float64]:
    import pandas as pd
    from pysyncon import Synth

    donors = np.arange(1, len(outcome))
    found = []
    for unit in (*donors, 0):
        others = donors[donors != unit]
        earlier = pd.DataFrame(outcome[np.append(unit, others), :BEFORE].T)
        # pysyncon divides each value by its spread: the weights given undo that.
        model = Synth()
        model.fit(
            X0=earlier.iloc[:, 1:], X1=earlier.iloc[:, 0], Z0=earlier.iloc[:, 1:],
            Z1=earlier.iloc[:, 0], custom_V=earlier.var(axis=1).to_numpy(),
        )  # fmt: skip
        gap = outcome[unit] - np.asarray(model.W) @ outcome[others]
        found.append(gap[BEFORE:].mean())
    return np.array(found)


def _synthetic_did(outcome: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
    from samhandling.evaluation import synthetic_difference_in_differences

    found = synthetic_difference_in_differences(_as_panel(outcome))
    return found.value, found.replicates


def _by_scipy(outcome: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
    rng, donors = np.random.default_rng(5), outcome[1:]
    noise = np.diff(donors[:, :BEFORE], axis=1).std(ddof=1)
    penalty = (PERIODS - BEFORE) ** 0.5 * noise**2
    drawn = [_one_by_scipy(donors[rng.permutation(len(donors))], penalty) for _ in range(DRAWS)]
    return _one_by_scipy(outcome, penalty), np.array(drawn)


def _one_by_scipy(outcome: NDArray[np.float64], penalty: float) -> float:
    own, donors = outcome[0], outcome[1:]
    units = _nearest(donors[:, :BEFORE], own[:BEFORE], penalty * BEFORE)
    times = _nearest(donors[:, :BEFORE].T, donors[:, BEFORE:].mean(axis=1), 0.0)
    gap = own - units @ donors
    return float(gap[BEFORE:].mean() - times @ gap[:BEFORE])


def _nearest(points: Any, aim: Any, ridge: float) -> Any:
    from scipy.optimize import minimize

    away = points - points.mean(axis=1, keepdims=True) - (aim - aim.mean())
    square = away @ away.T + ridge * np.eye(len(points))
    return minimize(
        lambda w: w @ square @ w, np.full(len(points), 1 / len(points)),
        jac=lambda w: 2 * square @ w, bounds=[(0, 1)] * len(points), method="SLSQP",
        constraints={"type": "eq", "fun": lambda w: w.sum() - 1, "jac": np.ones_like},
        options={"ftol": 1e-10, "maxiter": 500},
    ).x  # fmt: skip


def _series(logs: NDArray[np.float64]) -> tuple[float, float]:
    from samhandling.evaluation import Errors, SegmentedModel, interrupted_time_series

    model = SegmentedModel(season=12, lags=LAGS, errors=Errors.NEWEY_WEST, corrected=False)
    found = interrupted_time_series(np.exp(logs), len(logs) // 2, model=model)
    return found.value, found.standard_error


def _statsmodels(logs: NDArray[np.float64]) -> tuple[float, float]:
    import statsmodels.api as sm

    time, start = np.arange(len(logs)), len(logs) // 2
    months = [time % 12 == month for month in range(1, 12)]
    design = np.column_stack([time >= start, np.ones(len(logs)), time - start, *months])
    found = sm.OLS(logs, design.astype(float)).fit(
        cov_type="HAC", cov_kwds={"maxlags": LAGS, "use_correction": False}
    )
    return float(found.params[0]), float(found.bse[0])
