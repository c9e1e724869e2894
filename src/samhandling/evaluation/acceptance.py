"""Intervals by inverting a test: all effects that it does not reject."""

from collections.abc import Callable

import numpy as np

HALVINGS = 60
WIDENINGS = 40
PRECISION = 1e-6
ROUNDING = 1e-9


def acceptance_end(
    p_of: Callable[[float], float], value: float, step: float, level: float
) -> float:
    """Return where, going from `value` towards `step`, a test begins to reject.

    Parameters
    ----------
    p_of : callable
        The p-value of an effect; falls, on the whole, with the distance from `value`.
    value : float
        Never rejected, usually the estimate.
    step : float
        First distance to try; its sign is the direction.
    level : float
        The test rejects where p is at most this.

    Returns
    -------
    float
        Infinite where nothing is rejected however far away.
    """
    level *= 1 + ROUNDING
    inside, outside = value, value + 2 * step
    for _ in range(WIDENINGS):
        if p_of(outside) <= level:
            break
        inside, outside = outside, value + 2 * (outside - value)
    else:
        return float(np.copysign(np.inf, step))
    for _ in range(HALVINGS):
        middle = (inside + outside) / 2
        if p_of(middle) > level:
            inside = middle
        else:
            outside = middle
        if abs(outside - inside) <= PRECISION * abs(step):
            break
    return float(outside)
