"""How wide a band must be to hold several effects at once."""

import numpy as np
from numpy.typing import NDArray

from samhandling.execution import Chunk, Replicates
from samhandling.space import checked

Floats = NDArray[np.float64]

TOGETHER = 1_000
MULTIPLIED = Replicates(4_999)


def uniform_critical_value(
    influence: Floats, standard_errors: Floats, confidence: float, replicates: Replicates
) -> float:
    """Return the multiple of standard errors within which all effects lie at once.

    Parameters
    ----------
    influence : ndarray of float64, shape (n_areas, n_effects)
    standard_errors : ndarray of float64, shape (n_effects,)
        An effect without error takes no part.
    confidence : float
    replicates : Replicates

    Returns
    -------
    float

    Raises
    ------
    ValueError
        If an option is out of range.

    Notes
    -----
    Each draw multiplies the areas' influence by independent signs; the largest ``|t|`` over effects
    gives the width. Wrong with few areas, as the standard errors are. Time is draws x areas x
    effects.

    References
    ----------
    B. Callaway and P. H. C. Sant'Anna (2021), "Difference-in-differences with multiple time
    periods", Journal of Econometrics 225, 200-230, section 4.
    """
    checked.probability(confidence)
    safe = np.where(standard_errors > 0, standard_errors, np.inf)
    scaled = influence / len(influence) / safe
    largest = np.concatenate(replicates.run(_largest, scaled, size=TOGETHER))
    return float(np.quantile(largest, confidence, method="higher"))


def _largest(scaled: Floats, chunk: Chunk) -> Floats:
    signs = 1.0 - 2.0 * chunk.generator().integers(0, 2, (chunk.count, len(scaled)))
    return np.asarray(np.abs(signs @ scaled).max(axis=1))
