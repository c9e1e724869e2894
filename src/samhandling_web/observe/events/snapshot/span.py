"""From when to when a source tells of a place: outside it there are no zeros, only silence."""

from datetime import date

import numpy as np
from numpy.typing import NDArray

# A source does not begin or end with a month that holds less than this share of the median month's:
# such months are stray dates, or crimes that were reported long afterwards.
STRAY_SHARE = 0.1


def known_span(
    months: NDArray[np.datetime64], counts: NDArray[np.float64]
) -> tuple[date, date] | None:
    """Return the first and last day of what a source covers; None where it tells of nothing.

    Parameters
    ----------
    months : ndarray of datetime64[M]
        In order.
    counts : ndarray of float
        Events of the source in each month.
    """
    if not counts.any():
        return None
    known = months[counts >= STRAY_SHARE * np.median(counts[counts > 0])]
    first = known.min().astype("datetime64[D]").item()
    last = (known.max() + 1).astype("datetime64[D]").item()
    return first, date.fromordinal(last.toordinal() - 1)
