"""A panel in which all treated areas start at once: the form that synthetic methods need."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from samhandling.evaluation.panel import Panel

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class ComparisonBlock:
    """Donors never treated, and treated areas that start in the same period.

    Attributes
    ----------
    donors : ndarray of float64, shape (n_donors, n_periods)
    treated : ndarray of float64, shape (n_treated, n_periods)
    before : int
        Periods before the start.
    names : tuple
        Of the donors.
    periods : tuple
    rows : ndarray of int64
        The donors' places in the panel.
    """

    donors: Floats
    treated: Floats
    before: int
    names: tuple[Any, ...]
    periods: tuple[Any, ...]
    rows: NDArray[np.int64]

    @property
    def target(self) -> Floats:
        """Mean of the treated areas."""
        return np.asarray(self.treated.mean(axis=0))

    @property
    def after(self) -> int:
        """Periods from the start."""
        return len(self.periods) - self.before


def comparison_block(panel: Panel, *, donors: int = 2) -> ComparisonBlock:
    """Split a panel into donors and treated areas.

    Parameters
    ----------
    panel : Panel
    donors : int, default 2
        How many the method needs at least.

    Returns
    -------
    ComparisonBlock

    Raises
    ------
    ValueError
        If nobody is treated, starts differ, areas are weighted, or there are too few donors or
        periods before.
    """
    ever = panel.ever_treated
    if not ever.any():
        message = "No area is treated; set treated_from for those that got the measure."
        raise ValueError(message)
    starts = np.unique(panel.starts[ever])
    if len(starts) > 1:
        message = (
            f"Treatment starts in {len(starts)} different periods ({panel.periods[starts[0]]} and "
            f"{panel.periods[starts[1]]} first); evaluate one start at a time."
        )
        raise ValueError(message)
    if (panel.cell_weights != panel.cell_weights[0, 0]).any():
        message = "The panel weights areas or periods; synthetic methods find their own weights."
        raise ValueError(message)
    rows = np.flatnonzero(~ever)
    if len(rows) < donors:
        message = f"There are {len(rows)} areas never treated; at least {donors} are needed."
        raise ValueError(message)
    if panel.n_before < 2:
        message = f"There are {panel.n_before} periods before the start; at least two are needed."
        raise ValueError(message)
    return ComparisonBlock(
        panel.y[rows], panel.y[ever], panel.n_before,
        tuple(panel.areas[row] for row in rows), panel.periods, rows,
    )  # fmt: skip
