"""Taking area and period effects out of tables, many tables at a time, without iterating."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

NEGLIGIBLE = 1e-11
"""Directions of the period effects with less than this share of the largest are undetermined."""


@dataclass(frozen=True, slots=True, eq=False)
class TwoWay:
    """What is needed to take area and period effects out of any table with the same weights.

    Attributes
    ----------
    weights : ndarray of float64, shape (n_areas, n_periods)
        Zero where a cell is missing.
    area_weight : ndarray of float64, shape (n_areas,)
        Sum of weights over periods.
    period_inverse : ndarray of float64, shape (n_periods, n_periods)
        Gives period effects from what the areas' means leave; empty where the weights of an area do
        not vary over time and the means alone suffice.
    """

    weights: Floats
    area_weight: Floats
    period_inverse: Floats

    def residual(self, values: Floats) -> Floats:
        """Return `values` without area and period effects.

        Parameters
        ----------
        values : ndarray of float64, shape (..., n_areas, n_periods)
            Cells of weight zero may hold anything finite; they get what the effects leave.

        Returns
        -------
        ndarray of float64, same shape
        """
        period = self.period_effects(values)
        left = np.asarray(values - period[..., None, :], dtype=np.float64)
        left -= self._area_means(left)[..., None]
        return left

    def period_effects(self, values: Floats) -> Floats:
        """Return the period effects, shape (..., n_periods); their level is arbitrary."""
        if self.period_inverse.size == 0:
            share = self.weights[:, 0] / self.weights[:, 0].sum()
            return np.asarray(np.einsum("a,...at->...t", share, values))
        left = values - self._area_means(values)[..., None]
        return np.asarray(self.column_sums(left) @ self.period_inverse)

    def column_sums(self, values: Floats) -> Floats:
        """Return the weighted sums over areas, shape (..., n_periods)."""
        return np.asarray(np.einsum("at,...at->...t", self.weights, values))

    def _area_means(self, values: Floats) -> Floats:
        safe = np.where(self.area_weight > 0, self.area_weight, 1.0)
        if self.period_inverse.size == 0:
            return np.asarray(values.mean(axis=-1))
        return np.asarray(np.einsum("at,...at->...a", self.weights, values) / safe)


def two_way(weights: ArrayLike) -> TwoWay:
    """Prepare to take area and period effects out of tables.

    Parameters
    ----------
    weights : array_like of float, shape (n_areas, n_periods)
        Not negative; zero leaves a cell out, which is how an unbalanced panel is given.

    Returns
    -------
    TwoWay

    Raises
    ------
    ValueError
        If a weight is missing or negative, all are zero, or the shape is not a table.

    Notes
    -----
    Area effects are eliminated by hand, which leaves one equation for each period. These are solved
    once for the given weights and serve any number of tables, so that nothing iterates and nothing
    has to converge. Time: areas x periods squared once (nothing where an area's weight is the same
    in all periods), then areas x periods for each table. Memory: periods squared and the tables.

    References
    ----------
    P. Guimaraes and P. Portugal (2010), "A simple feasible procedure to fit models with
    high-dimensional fixed effects", Stata Journal 10, 628-649, for the problem.
    F. Frisch and F. V. Waugh (1933), "Partial time regressions as compared with individual trends",
    Econometrica 1, 387-401, for why it suffices.
    """
    table = np.asarray(weights, dtype=np.float64)
    if table.ndim != 2 or table.size == 0:
        message = f"weights has shape {table.shape}; give one row per area, one column per period."
        raise ValueError(message)
    bad = np.argwhere(~np.isfinite(table) | (table < 0))
    if bad.size:
        row, column = bad[0]
        message = (
            f"weights[{row}, {column}] is {table[row, column]}; give zero to leave a cell out, "
            "otherwise a positive number."
        )
        raise ValueError(message)
    if not table.any():
        message = "All weights are zero; give at least one cell a weight."
        raise ValueError(message)
    by_area = np.asarray(table.sum(axis=1))
    if (table == table[:, :1]).all() and (by_area > 0).all():
        return TwoWay(table, by_area, np.empty((0, 0)))
    safe = np.where(by_area > 0, by_area, 1.0)
    equations = np.diag(table.sum(axis=0)) - table.T @ (table / safe[:, None])
    inverse = np.linalg.pinv(equations, rcond=NEGLIGIBLE, hermitian=True)
    return TwoWay(table, by_area, np.asarray(inverse, dtype=np.float64))


def two_way_demeaned(values: ArrayLike, weights: ArrayLike | None = None) -> Floats:
    """Return tables without their area and period effects.

    Parameters
    ----------
    values : array_like of float, shape (..., n_areas, n_periods)
        One table or many.
    weights : array_like of float, shape (n_areas, n_periods), optional
        As in `two_way`; ones if not given.

    Returns
    -------
    ndarray of float64, same shape as `values`
        What is left after weighted least squares on a dummy for each area and each period.

    Raises
    ------
    ValueError
        If a value is not finite, or shapes do not match.

    Notes
    -----
    See `two_way`, also for the order of time and memory.

    Examples
    --------
    >>> two_way_demeaned([[1.0, 2.0], [3.0, 8.0]]).tolist()
    [[1.0, -1.0], [-1.0, 1.0]]
    """
    tables = np.asarray(values, dtype=np.float64)
    if tables.ndim < 2 or tables.size == 0:
        message = f"values has shape {tables.shape}; give at least one row and one column."
        raise ValueError(message)
    bad = np.argwhere(~np.isfinite(tables))
    if bad.size:
        place = ", ".join(str(at) for at in bad[0])
        message = f"values[{place}] is {tables[tuple(bad[0])]}; give the cell weight 0 and value 0."
        raise ValueError(message)
    ready = two_way(np.ones(tables.shape[-2:]) if weights is None else weights)
    if ready.weights.shape != tables.shape[-2:]:
        message = f"weights has shape {ready.weights.shape}, the tables {tables.shape[-2:]}."
        raise ValueError(message)
    return ready.residual(tables)
