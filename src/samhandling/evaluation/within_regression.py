"""Weighted least squares of a panel on a few columns, with errors clustered by area."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from samhandling.evaluation.demeaning import two_way
from samhandling.evaluation.panel import Panel

Floats = NDArray[np.float64]

COLLINEAR = 1e-10
FEW = 10


class FixedEffects(StrEnum):
    """What is held constant. Values are stored: never rename or reuse one."""

    NONE = "none"
    """Only a constant: areas are compared as they are, which is seldom right."""
    AREA = "area"
    """Each area with itself; what changes for all areas is taken for the measure's doing."""
    AREA_AND_PERIOD = "area_and_period"
    """Each area with itself, and with what changed elsewhere."""


@dataclass(frozen=True, slots=True, eq=False)
class Within:
    """Coefficients and what their errors are made of.

    Attributes
    ----------
    coefficient : ndarray of float64, shape (k,)
    covariance : ndarray of float64, shape (k, k)
        Robust to any dependence within an area.
    clusters : int
        Areas with any weight.
    """

    coefficient: Floats
    covariance: Floats
    clusters: int


def within_regression(
    outcome: Floats, columns: Floats, weights: Floats, effects: FixedEffects
) -> Within:
    """Fit `outcome` on `columns` after the fixed effects are taken out.

    Parameters
    ----------
    outcome : ndarray of float64, shape (n_areas, n_periods)
    columns : ndarray of float64, shape (k, n_areas, n_periods)
    weights : ndarray of float64, shape (n_areas, n_periods)
    effects : FixedEffects

    Returns
    -------
    Within

    Raises
    ------
    ValueError
        If a column does not vary beside the fixed effects and the other columns.

    Notes
    -----
    The errors carry the small-sample factor G/(G-1) x (N-1)/(N-K), in which K counts the columns
    and every area and period effect, as a regression on dummies does. Programs that leave out the
    area effects, as nested in the clusters, give errors that are a few per cent smaller.
    """
    tables = _without_effects(np.concatenate([outcome[None], columns]), weights, effects)
    y, x = tables[0], tables[1:]
    bread = sandwich_bread(x, weights, columns)
    coefficient = bread @ np.einsum("at,kat,at->k", weights, x, y)
    left = y - np.tensordot(coefficient, x, axes=1)
    scores = np.einsum("at,kat,at->ak", weights, x, left)
    clusters, n = len(y), y.size
    counted = (
        len(x)
        + {
            FixedEffects.NONE: 1,
            FixedEffects.AREA: clusters,
            FixedEffects.AREA_AND_PERIOD: clusters + y.shape[1] - 1,
        }[effects]
    )
    covariance = bread @ (scores.T @ scores) @ bread
    factor = clusters / (clusters - 1) * (n - 1) / max(n - counted, 1)
    return Within(np.asarray(coefficient), np.asarray(covariance * factor), clusters)


def sandwich_bread(x: Floats, weights: Floats, before: Floats) -> Floats:
    """Return the inverse of the columns' cross-products, or say which column is redundant."""
    cross = np.einsum("at,kat,lat->kl", weights, x, x)
    original = np.einsum("at,kat,kat->k", weights, before, before)
    scale = np.sqrt(np.maximum(original, np.finfo(float).tiny))
    gram = cross / np.outer(scale, scale)
    for at in range(len(x)):
        others = list(range(at))
        free = gram[at, at]
        if others:
            free -= gram[at, others] @ np.linalg.solve(
                gram[np.ix_(others, others)], gram[others, at]
            )
        if free < COLLINEAR:
            name = "The treatment" if at == 0 else f"Covariate {at - 1}"
            message = (
                f"{name} does not vary beside the fixed effects and the columns before it: leave "
                "it out, or give areas that differ in it within a period."
            )
            raise ValueError(message)
    return np.asarray(np.linalg.inv(gram) / np.outer(scale, scale))


def columns_of(panel: Panel, covariates: ArrayLike | None) -> Floats:
    """Return the treatment and the covariates as tables, shape (1 + k, n_areas, n_periods)."""
    treated = panel.treated.astype(np.float64)[None]
    if covariates is None:
        return treated
    given = np.asarray(covariates, dtype=np.float64)
    given = given[None] if given.ndim == 2 else given
    if given.ndim != 3 or given.shape[1:] != panel.y.shape:
        message = (
            f"covariates has shape {given.shape}; give one table of {panel.n_areas} areas by "
            f"{panel.n_periods} periods for each covariate."
        )
        raise ValueError(message)
    bad = np.argwhere(~np.isfinite(given))
    if bad.size:
        at = tuple(int(place) for place in bad[0])
        message = f"covariates[{at[0]}, {at[1]}, {at[2]}] is {given[at]}; give a number."
        raise ValueError(message)
    return np.concatenate([treated, given])


def check_comparable(panel: Panel) -> None:
    """Raise ValueError unless some area is treated and something is left to compare it with."""
    treated = panel.treated
    if not treated.any():
        message = "No area is treated; give treated_from for those that had the measure."
        raise ValueError(message)
    if treated.all():
        message = "Every area is treated in every period; there is nothing to compare with."
        raise ValueError(message)


def few_areas(panel: Panel) -> tuple[str, ...]:
    """Return the warning that belongs to errors clustered on few areas, or none."""
    treated, untreated = panel.n_treated, panel.n_areas - panel.n_treated
    if min(treated, untreated or treated) >= FEW:
        return ()
    said = (
        f"Only {treated} treated and {untreated} untreated areas: the standard error is likely "
        "too small; use wild_cluster_bootstrap, or a test that needs no error."
    )
    return (said,)


def _without_effects(tables: Floats, weights: Floats, effects: FixedEffects) -> Floats:
    if effects is FixedEffects.AREA_AND_PERIOD:
        return two_way(weights).residual(tables)
    axes: tuple[int, ...] = (-1,) if effects is FixedEffects.AREA else (-2, -1)
    means = (tables * weights).sum(axis=axes, keepdims=True) / weights.sum(axis=axes, keepdims=True)
    return np.asarray(tables - means)
