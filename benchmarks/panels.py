"""Fixed effects for means and counts, and power by simulation, beside pyfixest and statsmodels."""

import warnings
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.comparison import Comparison
from benchmarks.measuring import measured
from samhandling.evaluation.panel import NEVER, Panel

PERIODS = 60
CLOSE = 1e-6
SIMULATED_S = 1.0


def panels(sizes: dict[str, int]) -> Iterator[Comparison]:
    """Fit one panel in each way, and ask what it could have shown."""
    areas = sizes["panel_areas"]
    given = _panel(areas)
    data = f"{areas} areas x {PERIODS} periods"
    yield from _fixed_effects(given, data)
    yield _counts(given, data)
    yield _power(given, f"{data}, 1,000 replicates")


def _fixed_effects(given: Panel, data: str) -> Iterator[Comparison]:
    ours = measured(_ours, lambda: given, times=5)
    for peer, work in (("pyfixest feols", _feols), ("statsmodels with dummies", _dummies)):
        theirs = measured(work, lambda: _ready(given), times=3)
        agree = bool(np.allclose(ours.value, theirs.value, rtol=CLOSE))
        yield Comparison("Difference-in-differences, clustered", data, ours, peer, theirs, agree)


def _counts(given: Panel, data: str) -> Comparison:
    ours = measured(_ours_counts, lambda: given, times=5)
    theirs = measured(_fepois, lambda: _ready(given), times=3)
    agree = bool(np.allclose(ours.value, theirs.value, rtol=CLOSE))
    return Comparison(
        "Poisson difference-in-differences, clustered", data, ours, "pyfixest fepois", theirs, agree
    )


def _power(given: Panel, data: str) -> Comparison:
    ours = measured(_simulated, lambda: given, times=3)
    work = f"Power by simulation, under {SIMULATED_S:g} s"
    return Comparison(work, data, ours, "", None, ours.seconds < SIMULATED_S)


def _panel(areas: int) -> Panel:
    rng = np.random.default_rng(3)
    starts = np.where(np.arange(areas) < areas // 4, PERIODS // 2, NEVER)
    mean = rng.gamma(2, 2, (areas, 1)) * np.exp(rng.normal(0, 0.2, (1, PERIODS)))
    treated = Panel(np.zeros((areas, PERIODS)), starts).treated
    return Panel(rng.poisson(mean * 0.8**treated) + 0.0, starts)


def _rows(given: Panel) -> pd.DataFrame:
    areas, periods = given.y.shape
    return pd.DataFrame(
        {
            "y": given.y.ravel(),
            "d": given.treated.ravel().astype(float),
            "a": np.repeat(np.arange(areas), periods),
            "t": np.tile(np.arange(periods), areas),
        }
    )


def _ready(given: Panel) -> pd.DataFrame:
    """Import and compile what the peers need before the clock is started."""
    few = _rows(_panel(20))
    _feols(few)
    _fepois(few)
    import_module("statsmodels.api")
    return _rows(given)


def _ours(given: Panel) -> tuple[float, float]:
    from samhandling.evaluation import difference_in_differences

    effect = difference_in_differences(given)
    return effect.value, effect.standard_error


def _ours_counts(given: Panel) -> tuple[float, float]:
    from samhandling.evaluation import poisson_difference_in_differences

    effect = poisson_difference_in_differences(given)
    return effect.value, effect.standard_error


def _feols(rows: pd.DataFrame) -> tuple[float, float]:
    return _pyfixest("feols", rows, k_fixef="full")


def _fepois(rows: pd.DataFrame) -> tuple[float, float]:
    return _pyfixest("fepois", rows, k_adj=False)


def _pyfixest(name: str, rows: pd.DataFrame, **corrections: Any) -> tuple[float, float]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pyfixest

        fit = getattr(pyfixest, name)(
            "y ~ d | a + t", rows, vcov={"CRV1": "a"}, ssc=pyfixest.ssc(**corrections)
        )
    return float(fit.coef()["d"]), float(fit.se()["d"])


def _dummies(rows: pd.DataFrame) -> tuple[float, float]:
    import statsmodels.api as sm

    dummies = pd.get_dummies(rows[["a", "t"]], columns=["a", "t"], drop_first=True, dtype=float)
    design = pd.concat([rows["d"], dummies], axis=1).assign(constant=1.0)
    fit = sm.OLS(rows["y"], design).fit(
        method="qr", cov_type="cluster", cov_kwds={"groups": rows["a"]}
    )
    return float(fit.params["d"]), float(fit.bse["d"])


def _simulated(given: Panel) -> float:
    from samhandling.evaluation import minimum_detectable_effect

    past = Panel(given.y, np.full(given.n_areas, NEVER))
    return minimum_detectable_effect(past, given.starts, PERIODS).value
