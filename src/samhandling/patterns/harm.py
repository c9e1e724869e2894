"""Counts weighed by the harm of each kind of crime; the weights are data, not opinion in code."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.stats import gamma

from samhandling.space import checked
from samhandling.space.method import Method


@dataclass(frozen=True, slots=True)
class HarmIndex:
    """The harm of a place or a period.

    Attributes
    ----------
    value, low, high : float
        In the unit of the weights, such as days in prison.
    events : int
    largest_share : float
        How much of the index comes from the kind that gives most: one murder can be nearly all.
    largest_kind : str
    confidence : float
    method : Method
    """

    value: float
    low: float
    high: float
    events: int
    largest_share: float
    largest_kind: str
    confidence: float
    method: Method

    def confidence_interval(self) -> tuple[float, float]:
        """Return the interval's two ends."""
        return self.low, self.high

    def summary(self) -> str:
        """Return one sentence a person can read."""
        return (
            f"{self.value:,.0f} ({self.confidence:.0%} interval {self.low:,.0f} to "
            f"{self.high:,.0f}) from {self.events} events; {self.largest_kind} gives "
            f"{self.largest_share:.0%} of it."
        )


def harm_index(
    counts: Mapping[str, int], weights: Mapping[str, float], *, confidence: float = 0.95
) -> HarmIndex:
    """Add up events by the harm of their kind.

    Parameters
    ----------
    counts : mapping of str to int
        Events of each kind.
    weights : mapping of str to float
        Harm of one event of each kind: every kind counted must have one.
    confidence : float, default 0.95

    Returns
    -------
    HarmIndex

    Raises
    ------
    ValueError
        If there is no kind, a count or weight is not valid, or a kind has no weight.

    Notes
    -----
    The interval is for chance in how many events come (a sum of Poisson counts with weights); it
    says nothing of whether the weights are right. Crimes found by looking for them, such as drug
    offences, follow where the police look.

    References
    ----------
    L. Sherman, P. W. Neyroud and E. Neyroud (2016), "The Cambridge Crime Harm Index", Policing 10,
    171-183. M. P. Fay and E. J. Feuer (1997), "Confidence intervals for directly standardized
    rates", Statistics in Medicine 16, 791-801.

    Examples
    --------
    >>> found = harm_index({"theft": 40, "assault": 5}, {"theft": 2, "assault": 10})
    >>> found.value, found.largest_kind
    (130.0, 'theft')
    """
    missing = sorted(set(counts) - set(weights))
    if missing or not counts:
        message = (
            f"No weight for {', '.join(missing)}; add it to the table of weights."
            if missing
            else "No kinds of events; give at least one."
        )
        raise ValueError(message)
    kinds = sorted(counts)
    n = checked.counts([counts[kind] for kind in kinds])
    w = _positive([weights[kind] for kind in kinds], kinds)
    value, variance = float((n * w).sum()), float((n * w**2).sum())
    tail = (1 - checked.probability(confidence)) / 2
    low = float(gamma.ppf(tail, value**2 / variance, scale=variance / value)) if value else 0.0
    more, spread = value + float(w.max()), variance + float(w.max()) ** 2
    high = float(gamma.ppf(1 - tail, more**2 / spread, scale=spread / more))
    largest = int(np.argmax(n * w))
    return HarmIndex(
        value, low, high, int(n.sum()), float(n[largest] * w[largest] / value) if value else 0.0,
        kinds[largest], confidence,
        Method.of("harm_index", "Sherman, Neyroud and Neyroud (2016); Fay and Feuer (1997)",
                  confidence=confidence),
    )  # fmt: skip


def _positive(weights: ArrayLike, kinds: list[str]) -> np.ndarray:
    found = checked.finite(weights, "weights")
    wrong = np.flatnonzero(found <= 0)
    if wrong.size:
        message = f"The weight of {kinds[wrong[0]]} is {found[wrong[0]]:g}; give more than zero."
        raise ValueError(message)
    return found
