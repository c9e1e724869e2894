"""Group-time effects gathered by group, calendar period or time since the start, with a band."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from samhandling.evaluation.design import Effect, RestsOnEffect
from samhandling.evaluation.multiplier_bootstrap import MULTIPLIED, uniform_critical_value
from samhandling.evaluation.staggered import Aggregation, GroupTimeEffects, error_of
from samhandling.execution import Replicates

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

WORDS = {
    Aggregation.GROUP: "start",
    Aggregation.CALENDAR: "period",
    Aggregation.DYNAMIC: "periods since the start",
}


@dataclass(frozen=True, slots=True, eq=False)
class AggregatedEffects(RestsOnEffect):
    """Effects by one key, a band that holds them all at once, and their average.

    Attributes
    ----------
    effect : Effect
        The average over the keys, as `GroupTimeEffects.average`.
    over : Aggregation
    key : ndarray of int64, shape (n_keys,)
        Index of the group's first period, index of the period, or periods since the start.
    values, standard_errors : ndarray of float64, shape (n_keys,)
    band_low, band_high : ndarray of float64, shape (n_keys,)
        Hold all effects at once in a share `effect.confidence` of cases.
    influence : ndarray of float64, shape (n_areas, n_keys)
    """

    over: Aggregation
    key: Whole
    values: Floats
    standard_errors: Floats
    band_low: Floats
    band_high: Floats
    influence: Floats

    def summary(self) -> str:
        """Return a few sentences a person can read."""
        clear = int(((self.band_low > 0) | (self.band_high < 0)).sum())
        return (
            f"{self.effect.summary()} By {WORDS[self.over]}: {clear} of {len(self.key)} effects "
            f"leave zero outside a band that holds all at once ({self.effect.confidence:.0%})."
        )


def aggregated_effects(
    effects: GroupTimeEffects,
    over: Aggregation = Aggregation.GROUP,
    *,
    confidence: float = 0.95,
    replicates: Replicates = MULTIPLIED,
) -> AggregatedEffects:
    """Gather group-time effects while treated by one key.

    Parameters
    ----------
    effects : GroupTimeEffects
    over : Aggregation, default group
        Group, calendar or dynamic.
    confidence : float, default 0.95
        Of the average's interval, and of all effects lying in the band at once.
    replicates : Replicates
        Draws of the multiplier bootstrap behind the band.

    Returns
    -------
    AggregatedEffects

    Raises
    ------
    ValueError
        If `over` is the simple average, which has no parts, or an option is out of range.

    Notes
    -----
    Effects before the start are left out; `event_study` has them. Different groups make up
    different periods and times since the start, so that a slope may be a change of groups. The band
    is wrong with few areas, as the standard errors are.

    References
    ----------
    B. Callaway and P. H. C. Sant'Anna (2021), "Difference-in-differences with multiple time
    periods", Journal of Econometrics 225, 200-230, sections 3 and 4.

    Examples
    --------
    >>> from samhandling.evaluation import Panel, group_time_effects
    >>> panel = Panel([[9, 9, 5, 4], [9, 8, 8, 6], [7, 7, 7, 7], [7, 6, 6, 6]], [2, 3, -1, -1])
    >>> found = aggregated_effects(group_time_effects(panel), Aggregation.CALENDAR)
    >>> found.key.tolist(), found.values.round(3).tolist()
    ([2, 3], [-4.0, -3.5])
    """
    average: Effect = effects.average(over, confidence=confidence)
    if over is Aggregation.SIMPLE:
        message = "The simple average has no parts; give GROUP, CALENDAR or DYNAMIC."
        raise ValueError(message)
    keys, parts = effects.parts(over)
    influence = np.stack([part[1] for part in parts], axis=1)
    values = np.array([part[0] for part in parts])
    errors = np.array([error_of(part[1]) for part in parts])
    width = uniform_critical_value(influence, errors, confidence, replicates) * errors
    return AggregatedEffects(
        average, over, keys, values, errors, values - width, values + width, influence
    )
