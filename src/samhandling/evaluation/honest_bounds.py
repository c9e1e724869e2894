"""What an event study says when trends may have parted: bounds that allow for it."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike

from samhandling.evaluation.event_study import EventStudy
from samhandling.evaluation.fixed_length import bend_after, extrapolated, fixed_length
from samhandling.evaluation.parted_trends import Estimates, estimates_of
from samhandling.evaluation.relative_magnitudes import accepted, limits, moment_test
from samhandling.space import checked
from samhandling.space.method import Method

BREAKDOWN_LIMIT = 100.0
SOURCE = "Rambachan & Roth 2023"
TRIED, FIRST_TRIED, HALVINGS = 25, 0.01, 30
DOUBLINGS = 60


class Restriction(StrEnum):
    """How trends are held to what they did before the start."""

    RELATIVE_MAGNITUDE = "relative_magnitude"
    """Each change after the start is at most a multiple of the largest before it."""
    SMOOTHNESS = "smoothness"
    """The slope changes by at most a given amount from one period to the next."""


@dataclass(frozen=True, slots=True)
class HonestBounds:
    """An effect after the start if trends may have parted, as much as the restriction says.

    Attributes
    ----------
    restriction : Restriction
    limit : float
        The multiple, or the amount in units of the outcome, that is allowed.
    low, high : float
        Interval for the effect, sampling error included.
    identified : tuple of float, or None
        Which effects would be possible were the estimates without error; None where the estimates
        before the start bend more than the restriction allows.
    breakdown : float
        The smallest limit at which the interval holds zero; 0 where it always does, and at most
        100 for relative magnitudes.
    confidence : float
    unit : str
    method : Method
    """

    restriction: Restriction
    limit: float
    low: float
    high: float
    identified: tuple[float, float] | None
    breakdown: float
    confidence: float
    unit: str
    method: Method

    def confidence_interval(self) -> tuple[float, float]:
        """Return the interval's two ends."""
        return self.low, self.high

    def summary(self) -> str:
        """Return one sentence a person can read."""
        if self.restriction is Restriction.RELATIVE_MAGNITUDE:
            allowed = f"depart by at most {self.limit:g} times the largest change before it"
            held = f"{self.breakdown:.2g} times"
        else:
            allowed = f"bend by at most {self.limit:g} {self.unit} from one period to the next"
            held = f"{self.breakdown:.2g} {self.unit}"
        return (
            f"If trends after the start {allowed}, the effect lies in {self.low:.3g} to "
            f"{self.high:.3g} {self.unit} ({self.confidence:.0%}); the conclusion holds up to "
            f"{held}."
        )


def honest_bounds(
    study: EventStudy,
    relative_magnitude: float = 1.0,
    *,
    weights: ArrayLike | None = None,
    confidence: float = 0.95,
) -> HonestBounds:
    """Bound an effect when trends may part as they did before, or some multiple of it.

    Parameters
    ----------
    study : EventStudy
        With at least one period before the reference.
    relative_magnitude : float, default 1
        The change in the difference of trends from one period to the next, after the start, is at
        most this many times the largest such change before it; 0 for parallel trends.
    weights : array_like of float, shape (n_times_after,), optional
        The effect asked for, as a combination of the times after the start: `[1, 0, 0]` for the
        first of three. The mean over them if not given.
    confidence : float, default 0.95
        Least coverage.

    Returns
    -------
    HonestBounds

    Raises
    ------
    ValueError
        If there is no period before the reference, a period is missing between others, or an
        option is out of range.

    Notes
    -----
    For each change before the start that could be the largest, and each sign, the effects that
    agree with the estimates are found by the test of Andrews, Roth and Pakes, conditional with a
    first stage of a tenth of the level that conditions on nothing; the interval holds every effect
    that some choice accepts. Only inequalities on periods after the start are used. The critical
    value of the first stage is an integral here, not a simulation. Estimates are taken to be
    normal with the study's covariance: too good with few areas. Wrong if the trends part by more
    than the stated multiple; that the past was calm does not prevent it. Time grows with the number
    of periods before the start.

    References
    ----------
    A. Rambachan and J. Roth (2023), "A more credible approach to parallel trends", Review of
    Economic Studies 90, 2555-2591. I. Andrews, J. Roth and A. Pakes (2023), "Inference for linear
    conditional moment inequalities", Review of Economic Studies 90, 2763-2791.
    """
    _check(relative_magnitude, "relative_magnitude")
    level = 1 - checked.probability(confidence)
    estimates = estimates_of(study, weights)
    low, high = limits(estimates, relative_magnitude, level)
    zero = np.zeros(1)

    def holds_zero(multiple: float) -> bool:
        return bool(accepted(moment_test(estimates, multiple, level), zero)[0])

    return HonestBounds(
        Restriction.RELATIVE_MAGNITUDE, relative_magnitude, low, high,
        _by_relative_magnitude(estimates, relative_magnitude),
        _first(holds_zero, np.geomspace(FIRST_TRIED, BREAKDOWN_LIMIT, TRIED).tolist()),
        confidence, study.unit,
        Method.of("honest_bounds", f"{SOURCE}, conditional and least favourable",
                  relative_magnitude=relative_magnitude),
    )  # fmt: skip


def smoothness_bounds(
    study: EventStudy,
    smoothness: float,
    *,
    weights: ArrayLike | None = None,
    confidence: float = 0.95,
) -> HonestBounds:
    """Bound an effect when the difference of trends goes on about as straight as before.

    Parameters
    ----------
    study : EventStudy
        With at least one period before the reference.
    smoothness : float
        The most that the slope of the difference of trends changes from one period to the next,
        in units of the outcome; 0 if it is a line.
    weights : array_like of float, shape (n_times_after,), optional
        The effect asked for, as in `honest_bounds`.
    confidence : float, default 0.95
        Least coverage.

    Returns
    -------
    HonestBounds

    Raises
    ------
    ValueError
        If there is no period before the reference, a period is missing between others, or an
        option is out of range.

    Notes
    -----
    The shortest interval of fixed length around an estimator that is linear in the estimates: its
    half-length is the quantile of a folded normal number with the largest bias there can be.
    Estimates are taken to be normal with the study's covariance: too good with few areas. Wrong if
    a trend turned sharply when the measure came, as after a peak that caused it.

    References
    ----------
    A. Rambachan and J. Roth (2023), "A more credible approach to parallel trends", Review of
    Economic Studies 90, 2555-2591. D. L. Donoho (1994), "Statistical estimation and optimal
    recovery", Annals of Statistics 22, 238-270.
    """
    _check(smoothness, "smoothness")
    checked.probability(confidence)
    estimates = estimates_of(study, weights)
    found = fixed_length(estimates, smoothness, confidence)

    def holds_zero(amount: float) -> bool:
        tried = fixed_length(estimates, amount, confidence)
        return abs(tried.value) <= tried.half_length

    scale = estimates.error_of(estimates.contrast) / len(estimates.values)
    return HonestBounds(
        Restriction.SMOOTHNESS, smoothness, found.value - found.half_length,
        found.value + found.half_length, _by_smoothness(estimates, smoothness),
        _first(holds_zero, [scale * 2.0**power for power in range(-10, DOUBLINGS)]),
        confidence, study.unit,
        Method.of("smoothness_bounds", f"{SOURCE}, interval of fixed length",
                  smoothness=smoothness),
    )  # fmt: skip


def _check(limit: float, name: str) -> None:
    if not (limit >= 0 and np.isfinite(limit)):
        message = f"{name} is {limit}; give a number of at least 0."
        raise ValueError(message)


def _by_relative_magnitude(estimates: Estimates, multiple: float) -> tuple[float, float]:
    changes = estimates.changes[: estimates.before] @ estimates.values
    steps = np.abs(np.cumsum(estimates.weights[::-1])).sum()
    value = float(estimates.contrast @ estimates.values)
    away = float(multiple * steps * np.abs(changes).max())
    return value - away, value + away


def _by_smoothness(estimates: Estimates, smoothness: float) -> tuple[float, float] | None:
    bends = estimates.bends[: estimates.before - 1] @ estimates.values
    if np.abs(bends).max(initial=0.0) > smoothness:
        return None
    value = float(extrapolated(estimates) @ estimates.values)
    away = smoothness * bend_after(estimates)
    return value - away, value + away


def _first(holds_zero: Callable[[float], bool], tried: list[float]) -> float:
    """Return the smallest limit at which zero is held, or the last tried."""
    if holds_zero(0.0):
        return 0.0
    inside = 0.0
    for limit in tried:
        if holds_zero(limit):
            break
        inside = limit
    else:
        return tried[-1]
    outside = limit
    for _ in range(HALVINGS):
        middle = (inside + outside) / 2
        inside, outside = (inside, middle) if holds_zero(middle) else (middle, outside)
    return outside
