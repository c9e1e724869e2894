"""What became of hot spots over time: new, emerging, persistent, fading or occasional."""

from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike

FEWEST_PERIODS = 3
MOSTLY = 0.75


class HotSpotClass(StrEnum):
    """Where a cell stands at the last period. Values are stored: never rename or reuse one."""

    NEVER = "never"
    NEW = "new"
    EMERGING = "emerging"
    PERSISTENT = "persistent"
    FADING = "fading"
    OCCASIONAL = "occasional"


def hot_spot_classes(hot: ArrayLike) -> tuple[HotSpotClass, ...]:
    """Class cells by when they have been hot.

    Parameters
    ----------
    hot : array_like of bool, shape (n_cells, n_periods)
        Oldest period first; at least three periods of equal length.

    Returns
    -------
    tuple of HotSpotClass, length n_cells
        *Persistent*: hot at the last period and in at least three quarters of all. *New*: hot at
        the last period and never before. *Emerging*: hot at the last period, and more often in the
        later half than in the earlier. *Fading*: not hot at the last period but hot in at least two
        before, more often in the earlier half than in the later. *Occasional*: hot sometimes.

    Raises
    ------
    ValueError
        If `hot` is not a table of two dimensions with at least three periods.

    Notes
    -----
    Hot is decided period by period with false discoveries controlled; a cell near the limit can be
    hot one year and not the next by chance alone. Shorter periods make that worse.

    References
    ----------
    The classes are a plain version of those in ESRI's Emerging Hot Spot Analysis.

    Examples
    --------
    >>> [one.value for one in hot_spot_classes([[0, 0, 1], [1, 1, 1], [1, 1, 0], [0, 0, 0]])]
    ['new', 'persistent', 'fading', 'never']
    """
    table = np.asarray(hot)
    if table.ndim != 2 or table.shape[1] < FEWEST_PERIODS:
        message = (
            f"hot has the shape {table.shape}; give a row for each cell and at least "
            f"{FEWEST_PERIODS} periods."
        )
        raise ValueError(message)
    if not np.isin(table, (0, 1)).all():
        row, period = (int(at[0]) for at in np.nonzero(~np.isin(table, (0, 1))))
        message = f"hot[{row}, {period}] is {table[row, period]}; give true or false."
        raise ValueError(message)
    return tuple(_class_of(row.tolist()) for row in table.astype(bool))


def _class_of(hot: list[bool]) -> HotSpotClass:
    half = len(hot) // 2
    earlier, later = sum(hot[:half]) / half, sum(hot[half:]) / (len(hot) - half)
    if not any(hot):
        return HotSpotClass.NEVER
    if hot[-1]:
        if not any(hot[:-1]):
            return HotSpotClass.NEW
        if sum(hot) >= MOSTLY * len(hot):
            return HotSpotClass.PERSISTENT
        return HotSpotClass.EMERGING if later > earlier else HotSpotClass.OCCASIONAL
    if sum(hot) >= 2 and earlier > later:
        return HotSpotClass.FADING
    return HotSpotClass.OCCASIONAL
