"""Effects of single studies from their two-by-two tables, ready to be pooled."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from samhandling.space import checked

Floats = NDArray[np.float64]

ADDED_TO_TABLES_WITH_A_ZERO = 0.5


@dataclass(frozen=True, slots=True)
class StudyEffects:
    """One effect and its sampling variance per study.

    Attributes
    ----------
    estimates : ndarray of float64, shape (n_studies,)
        Logarithms of ratios; negative means fewer events among the treated.
    variances : ndarray of float64, shape (n_studies,)
    corrected : ndarray of bool, shape (n_studies,)
        Tables to whose four cells 0.5 was added because one was empty.
    """

    estimates: Floats
    variances: Floats
    corrected: NDArray[np.bool_]


def log_risk_ratios(
    treated_events: ArrayLike,
    treated_without: ArrayLike,
    control_events: ArrayLike,
    control_without: ArrayLike,
) -> StudyEffects:
    """Return the logarithm of each study's risk ratio.

    Parameters
    ----------
    treated_events, treated_without, control_events, control_without : array_like of int
        People with and without the event in either group; shape (n_studies,).

    Raises
    ------
    ValueError
        If a count is missing, negative or not whole, or a group is empty.

    Notes
    -----
    Both groups must have been followed equally long.

    Examples
    --------
    >>> effects = log_risk_ratios([4], [119], [11], [128])
    >>> round(float(effects.estimates[0]), 4), round(float(effects.variances[0]), 4)
    (-0.8893, 0.3256)
    """
    a, b, c, d, corrected = _tables(
        treated_events, treated_without, control_events, control_without
    )
    variances = 1 / a - 1 / (a + b) + 1 / c - 1 / (c + d)
    return StudyEffects(np.log(a / (a + b)) - np.log(c / (c + d)), variances, corrected)


def log_odds_ratios(
    treated_events: ArrayLike,
    treated_without: ArrayLike,
    control_events: ArrayLike,
    control_without: ArrayLike,
) -> StudyEffects:
    """Return the logarithm of each study's odds ratio.

    Parameters
    ----------
    treated_events, treated_without, control_events, control_without : array_like of int
        People with and without the event in either group; shape (n_studies,).

    Raises
    ------
    ValueError
        If a count is missing, negative or not whole, or a group is empty.

    Examples
    --------
    >>> round(float(log_odds_ratios([10], [19], [23], [29]).estimates[0]), 4)
    -0.4101
    """
    a, b, c, d, corrected = _tables(
        treated_events, treated_without, control_events, control_without
    )
    return StudyEffects(np.log(a * d / (b * c)), 1 / a + 1 / b + 1 / c + 1 / d, corrected)


def _tables(*cells: ArrayLike) -> tuple[Floats, Floats, Floats, Floats, NDArray[np.bool_]]:
    names = ("treated_events", "treated_without", "control_events", "control_without")
    counts = [checked.counts(cell, name) for cell, name in zip(cells, names, strict=True)]
    if len({len(count) for count in counts}) != 1 or not len(counts[0]):
        lengths = ", ".join(f"{n}: {len(c)}" for n, c in zip(names, counts, strict=True))
        message = f"The four columns need as many studies, at least one; they have {lengths}."
        raise ValueError(message)
    table = np.stack(counts).astype(np.float64)
    for group, rows in (("treated", table[:2]), ("control", table[2:])):
        empty = np.flatnonzero(rows.sum(axis=0) == 0)
        if empty.size:
            message = f"Study {empty[0]} has nobody in its {group} group; leave the study out."
            raise ValueError(message)
    corrected = (table == 0).any(axis=0)
    a, b, c, d = table + ADDED_TO_TABLES_WITH_A_ZERO * corrected
    return a, b, c, d, corrected
