"""Difference-in-differences for counts: the ratio of ratios, with zeros as they are."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from samhandling.evaluation.calibration_reading import Uncalibrated, panel_reading
from samhandling.evaluation.demeaning import two_way
from samhandling.evaluation.design import LOG_POINTS, About, Design, Effect, effect_from_error
from samhandling.evaluation.panel import Panel
from samhandling.evaluation.within_regression import (
    Within,
    check_comparable,
    columns_of,
    few_areas,
    sandwich_bread,
)
from samhandling.space.method import Method

Floats = NDArray[np.float64]

ROUNDS = 200
SETTLED = 1e-9
LEAST_EXPECTED = 1e-12


def poisson_difference_in_differences(
    panel: Panel,
    *,
    covariates: ArrayLike | None = None,
    confidence: float = 0.95,
    uncalibrated: Uncalibrated = Uncalibrated.REFUSE,
) -> Effect:
    """Estimate the relative effect of a measure on counts, with area and period effects.

    Parameters
    ----------
    panel : Panel
        Counts, or any outcome not below zero; its exposure and weights are used.
    covariates : array_like of float, shape (k, n_areas, n_periods), optional
        As in `difference_in_differences`.
    confidence : float, default 0.95
        Two-sided coverage, by Student's t with one degree of freedom less than there are areas.
    uncalibrated : Uncalibrated, default refuse
        What to do with an interval that does not hold on simulated panels like this: the estimate
        comes without it, or with it and a warning.

    Returns
    -------
    Effect
        In log points; `percent_change` gives per cent.

    Raises
    ------
    ValueError
        If an outcome is negative, nothing was counted in the treated cells or beside them, nothing
        is left to compare with, or the fit does not settle.

    Notes
    -----
    Only the mean has to be right: expected counts are exposure x area x period x effect. Counts may
    be over-dispersed and depend on each other within an area; the error, clustered by area, allows
    for it. Wrong if the areas' *relative* changes would have differed without the measure. Areas
    and periods without a single event say nothing about change and are left out, which the effect
    tells. With few areas the interval is too narrow.

    Each round costs areas x periods x periods; memory is a few tables of areas x periods.

    References
    ----------
    J. M. C. Santos Silva and S. Tenreyro (2006), "The log of gravity", Review of Economics and
    Statistics 88, 641-658.
    J. M. Wooldridge (2023), "Simple approaches to nonlinear difference-in-differences with panel
    data", Econometrics Journal 26, C31-C66.

    Examples
    --------
    >>> panel = Panel([[8, 8, 4, 4], [6, 6, 6, 6], [5, 5, 5, 5]], [2, -1, -1])
    >>> round(poisson_difference_in_differences(panel).percent_change()[0], 3)
    -50.0
    """
    check_comparable(panel)
    reading = panel_reading(
        Design.POISSON, panel, uncalibrated=uncalibrated, usual=covariates is None
    )
    columns = columns_of(panel, covariates)
    areas, periods = _counted(panel)
    kept = np.ix_(areas, periods)
    fit = poisson_within(
        panel.y[kept],
        columns[:, areas][:, :, periods],
        panel.cell_exposure[kept],
        panel.cell_weights[kept],
    )
    n_treated = int(panel.treated[kept].any(axis=1).sum())
    method = Method.of(
        "poisson_difference_in_differences",
        "Santos Silva & Tenreyro 2006",
        covariates=len(columns) - 1,
        exposure=bool((panel.cell_exposure != 1).any()),
        clusters=fit.clusters,
    )
    about = About(
        Design.POISSON, "relative effect on the treated areas while treated", LOG_POINTS,
        n_treated, method,
    )  # fmt: skip
    effect = effect_from_error(
        about,
        float(fit.coefficient[0]),
        float(np.sqrt(fit.covariance[0, 0])),
        degrees_of_freedom=fit.clusters - 1,
        confidence=confidence,
        warnings=(*few_areas(panel), *_left_out(panel, areas, periods)),
    )
    return effect.calibrated_by(reading)


def poisson_within(counts: Floats, columns: Floats, exposure: Floats, weights: Floats) -> Within:
    """Fit counts on `columns` with area and period effects by iterated least squares.

    Parameters
    ----------
    counts, exposure, weights : ndarray of float64, shape (n_areas, n_periods)
    columns : ndarray of float64, shape (k, n_areas, n_periods)

    Returns
    -------
    Within
        The errors carry the factor G/(G-1).

    Raises
    ------
    ValueError
        If a column does not vary beside the effects, or the fit does not settle.
    """
    expected = (counts + counts.mean(axis=1, keepdims=True)) / 2
    linear = np.log(expected / exposure)
    deviance = np.inf
    for _ in range(ROUNDS):
        importance = weights * expected
        working = linear + (counts - expected) / expected
        tables = two_way(importance).residual(np.concatenate([working[None], columns]))
        y, x = tables[0], tables[1:]
        bread = sandwich_bread(x, importance, columns)
        coefficient = bread @ np.einsum("at,kat,at->k", importance, x, y)
        # What least squares leaves of the working outcome is the same with and without the effects.
        linear = working - (y - np.tensordot(coefficient, x, axes=1))
        expected = np.maximum(exposure * np.exp(np.clip(linear, -60, 60)), LEAST_EXPECTED)
        previous, deviance = deviance, _deviance(counts, expected, weights)
        if abs(previous - deviance) <= SETTLED * (abs(deviance) + 0.1):
            break
    else:
        message = (
            f"The fit does not settle in {ROUNDS} rounds: some group of cells holds no events. "
            "Use longer periods or merge areas."
        )
        raise ValueError(message)
    importance = weights * expected
    x = two_way(importance).residual(columns)
    bread = sandwich_bread(x, importance, columns)
    scores = np.einsum("at,kat,at->ak", weights, x, counts - expected)
    clusters = len(counts)
    covariance = bread @ (scores.T @ scores) @ bread * clusters / (clusters - 1)
    return Within(np.asarray(coefficient), np.asarray(covariance), clusters)


def _deviance(counts: Floats, expected: Floats, weights: Floats) -> float:
    ratio = np.where(counts > 0, counts, 1.0) / expected
    logged = np.where(counts > 0, counts * np.log(ratio), 0.0)
    return float(2 * (weights * (logged - (counts - expected))).sum())


def _counted(panel: Panel) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the areas and periods in which anything was counted."""
    negative = np.argwhere(panel.y < 0)
    if negative.size:
        row, column = negative[0]
        message = (
            f"outcome[{row}, {column}] ({panel.areas[row]}, {panel.periods[column]}) is "
            f"{panel.y[row, column]:g}; counts are zero or more."
        )
        raise ValueError(message)
    areas = np.flatnonzero(panel.y.sum(axis=1) > 0)
    periods = np.flatnonzero(panel.y.sum(axis=0) > 0)
    treated = panel.treated
    for said, cells in (("treated", treated), ("untreated", ~treated)):
        if panel.y[cells].sum() == 0:
            message = (
                f"Nothing was counted in the {said} cells, so no ratio can be formed; use longer "
                "periods, or difference_in_differences."
            )
            raise ValueError(message)
    if min(len(areas), len(periods)) < 2:
        message = "Events lie in a single area or period; there is nothing to compare with."
        raise ValueError(message)
    return areas, periods


def _left_out(
    panel: Panel, areas: NDArray[np.int64], periods: NDArray[np.int64]
) -> tuple[str, ...]:
    missing = [
        f"{size - len(kept)} {what}"
        for what, size, kept in (
            ("areas", panel.n_areas, areas), ("periods", panel.n_periods, periods),
        )
        if len(kept) < size
    ]  # fmt: skip
    if not missing:
        return ()
    return (f"Left out, having no events at all: {' and '.join(missing)}.",)
