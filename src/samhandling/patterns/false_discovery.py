"""Many tests at once: how many of those called clear may be chance."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from samhandling.space import checked


def adjusted_p(p_values: ArrayLike) -> NDArray[np.float64]:
    """Return Benjamini-Hochberg adjusted p-values.

    Parameters
    ----------
    p_values : array_like of float, shape (n_tests,)
        One per test, between 0 and 1.

    Returns
    -------
    ndarray of float64, shape (n_tests,)
        Calling everything at or below 0.05 clear lets at most 5 % of what is called clear be
        chance, on average.

    Raises
    ------
    ValueError
        If a p-value lies outside 0 to 1.

    Notes
    -----
    Holds for independent tests and for tests that lean the same way, as those of neighbouring
    cells do.

    References
    ----------
    Y. Benjamini and Y. Hochberg (1995), "Controlling the false discovery rate", Journal of the
    Royal Statistical Society B 57, 289-300.

    Examples
    --------
    >>> adjusted_p([0.01, 0.04, 0.03, 0.5]).round(4).tolist()
    [0.04, 0.0533, 0.0533, 0.5]
    """
    p = checked.finite(p_values, "p_values")
    wrong = (p < 0) | (p > 1)
    if wrong.any():
        at = int(np.flatnonzero(wrong)[0])
        msg = f"p_values[{at}] is {p[at]}; a probability lies between 0 and 1."
        raise ValueError(msg)
    n = len(p)
    order = np.argsort(p)[::-1]
    scaled = p[order] * n / np.arange(n, 0, -1)
    adjusted = np.empty(n)
    adjusted[order] = np.minimum(np.minimum.accumulate(scaled), 1.0) if n else scaled
    return adjusted
