"""Sums over pairs of events in which the earlier may have set off the later."""

import numpy as np
from numpy.typing import NDArray

from samhandling.execution.compiled import compiled

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]


@compiled
def pairs_in_reach(
    x: Floats, y: Floats, days: Floats, reach: Floats, earlier: Whole, later: Whole
) -> int:
    """Write pairs with the earlier event at most `reach` (metres, days) away; return how many.

    Events are sorted by day. With empty arrays, only count.
    """
    found, oldest = 0, 0
    for i in range(len(x)):
        while days[i] - days[oldest] > reach[1]:
            oldest += 1
        for j in range(oldest, i):
            across, along = x[i] - x[j], y[i] - y[j]
            if days[j] < days[i] and across * across + along * along <= reach[0] * reach[0]:
                if len(earlier):
                    earlier[found], later[found] = j, i
                found += 1
    return found
