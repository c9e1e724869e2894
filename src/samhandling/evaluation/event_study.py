"""Effects by time since the start, what the periods before say, and bounds that allow for it."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.stats import f as fisher
from scipy.stats import norm

from samhandling.evaluation.design import About, Design, Effect, effect_from_error
from samhandling.evaluation.multiplier_bootstrap import MULTIPLIED, uniform_critical_value
from samhandling.evaluation.staggered import GroupTimeEffects, error_of
from samhandling.execution import Replicates
from samhandling.space import checked
from samhandling.space.method import Method

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

UNDETERMINED = 1e-10
BREAKDOWN_LIMIT = 100.0


@dataclass(frozen=True, slots=True)
class PreTrend:
    """The joint test that nothing happened before the start.

    Attributes
    ----------
    statistic : float
        Wald's, scaled to an F.
    degrees_of_freedom : tuple of int
    p_value : float
    method : Method
    """

    statistic: float
    degrees_of_freedom: tuple[int, int]
    p_value: float
    method: Method

    def summary(self) -> str:
        """Return a sentence a person can read."""
        return (
            f"Joint test of {self.degrees_of_freedom[0]} periods before the start: p = "
            f"{self.p_value:.3g}. A large p does not show that trends are parallel: see "
            "honest_bounds for what would follow if they are not."
        )


@dataclass(frozen=True, slots=True)
class HonestBounds:
    """The average effect after the start if trends may differ as much as they did before.

    Attributes
    ----------
    low, high : float
        Interval for the effect.
    relative_magnitude : float
        How many times the largest change between two periods before the start the trends may
        depart by, in each period after it.
    breakdown : float
        The largest such number for which the interval leaves out zero; 0 where it never does, and
        at most 100.
    confidence : float
    unit : str
    method : Method
    """

    low: float
    high: float
    relative_magnitude: float
    breakdown: float
    confidence: float
    unit: str
    method: Method

    def confidence_interval(self) -> tuple[float, float]:
        """Return the interval's two ends."""
        return self.low, self.high

    def summary(self) -> str:
        """Return one sentence a person can read."""
        return (
            f"If trends after the start depart by at most {self.relative_magnitude:g} times the "
            f"largest change before it, the average effect lies in {self.low:.3g} to "
            f"{self.high:.3g} {self.unit} ({self.confidence:.0%}); the conclusion holds up to "
            f"{self.breakdown:.2g} times."
        )


@dataclass(frozen=True, slots=True, eq=False)
class EventStudy:
    """Effects by periods since the start.

    Attributes
    ----------
    event_time : ndarray of int64, shape (n_times,)
        Negative before the start; the period that the others are compared with is left out.
    values, standard_errors : ndarray of float64, shape (n_times,)
    covariance : ndarray of float64, shape (n_times, n_times)
    influence : ndarray of float64, shape (n_areas, n_times)
    reference : int
        The event time that is zero by construction.
    unit : str
    n_treated : int
    warnings : tuple of str
    method : Method
    """

    event_time: Whole
    values: Floats
    standard_errors: Floats
    covariance: Floats
    influence: Floats
    reference: int
    unit: str
    n_treated: int
    warnings: tuple[str, ...]
    method: Method

    @property
    def before(self) -> NDArray[np.bool_]:
        """Which times come before the start, or rather before the reference."""
        return np.asarray(self.event_time < self.reference)

    @property
    def after(self) -> NDArray[np.bool_]:
        """Which times are treated."""
        return np.asarray(self.event_time >= 0)

    def average_after(self, *, confidence: float = 0.95) -> Effect:
        """Return the mean over the times after the start, each counting the same."""
        value = float(self.values[self.after].mean())
        error = error_of(self.influence[:, self.after].mean(axis=1))
        about = About(
            Design.EVENT_STUDY, "mean effect over times since the start", self.unit,
            self.n_treated, self.method,
        )  # fmt: skip
        return effect_from_error(
            about, value, error, degrees_of_freedom=len(self.influence) - 1,
            confidence=confidence, warnings=self.warnings,
        )  # fmt: skip

    def summary(self) -> str:
        """Return a few sentences a person can read."""
        said = f"Mean effect after the start: {self.average_after().summary()}"
        return f"{said} {pre_trend_test(self).summary()}" if self.before.any() else said


def event_study(effects: GroupTimeEffects, *, longest: int | None = None) -> EventStudy:
    """Gather group-time effects by the number of periods since the start.

    Parameters
    ----------
    effects : GroupTimeEffects
        From `group_time_effects`. With one common start this is the classical event study.
    longest : int, optional
        Leave out times further from the start than this, either way; far times rest on few groups.

    Returns
    -------
    EventStudy

    Raises
    ------
    ValueError
        If nothing is left after the start.

    Notes
    -----
    All times are compared with the last period before the start. Different groups make up different
    times, so that a slope may be a change of groups: compare `longest` within reach of all groups.

    References
    ----------
    L. Sun and S. Abraham (2021), "Estimating dynamic treatment effects in event studies with
    heterogeneous treatment effects", Journal of Econometrics 225, 175-199.
    """
    reference = -1 - int(dict(effects.method.parameters)["anticipation"])  # type: ignore[arg-type]
    limit = np.inf if longest is None else longest
    times = [
        at
        for at in sorted(set(effects.event_time.tolist()))
        if at != reference and abs(at) <= limit
    ]
    if not any(at >= 0 for at in times):
        message = f"longest is {longest}; nothing after the start is left. Give 0 or more."
        raise ValueError(message)
    found = [effects.combined(effects.event_time == at) for at in times]
    influence = np.stack([one[1] for one in found], axis=1)
    covariance = influence.T @ influence / len(influence) ** 2
    method = Method.of(
        "event_study", "Callaway & Sant'Anna 2021; Sun & Abraham 2021",
        **dict(effects.method.parameters), longest=longest,
    )  # fmt: skip
    return EventStudy(
        np.array(times, dtype=np.int64), np.array([one[0] for one in found]),
        np.sqrt(np.diag(covariance)), covariance, influence, reference, effects.unit,
        effects.n_treated, effects.warnings, method,
    )  # fmt: skip


def pre_trend_test(study: EventStudy) -> PreTrend:
    """Test jointly that all effects before the start are zero.

    Parameters
    ----------
    study : EventStudy

    Returns
    -------
    PreTrend

    Raises
    ------
    ValueError
        If there is no period before the reference, or there are more of them than the areas carry.

    Notes
    -----
    Wald's statistic with the covariance of the event study, referred to Hotelling's law, which is
    exact for normal changes in one group. The test has little power when areas are few: not
    rejecting is no proof, and choosing a model by this test distorts what follows.

    References
    ----------
    J. Roth (2022), "Pretest with caution: event-study estimates after testing for parallel trends",
    American Economic Review: Insights 4, 305-322.
    """
    q, areas = int(study.before.sum()), len(study.influence)
    if q == 0:
        message = "There is no period before the reference, so nothing to test."
        raise ValueError(message)
    covariance = study.covariance[np.ix_(study.before, study.before)]
    scale = np.sqrt(np.maximum(np.diag(covariance), np.finfo(float).tiny))
    smallest = float(np.linalg.eigvalsh(covariance / np.outer(scale, scale))[0])
    if areas <= q or smallest < UNDETERMINED:
        message = (
            f"{areas} areas cannot test {q} periods before the start jointly; use fewer "
            "(event_study(..., longest=...))."
        )
        raise ValueError(message)
    values = study.values[study.before]
    wald = float(values @ np.linalg.solve(covariance, values))
    statistic = wald * (areas - q) / (q * (areas - 1))
    return PreTrend(
        statistic, (q, areas - q), float(fisher.sf(statistic, q, areas - q)),
        Method.of("pre_trend_test", "Roth 2022", periods=q, clusters=areas),
    )  # fmt: skip


def honest_bounds(
    study: EventStudy, relative_magnitude: float = 1.0, *, confidence: float = 0.95
) -> HonestBounds:
    """Bound the average effect after the start when trends need not be parallel.

    Parameters
    ----------
    study : EventStudy
        With at least one period before the reference.
    relative_magnitude : float, default 1
        The change in the difference of trends from one period to the next, after the start, is at
        most this many times the largest such change before it; 0 for parallel trends.
    confidence : float, default 0.95
        Least coverage.

    Returns
    -------
    HonestBounds

    Raises
    ------
    ValueError
        If there is no period before the reference or an option is out of range.

    Notes
    -----
    For each change before the start that could be the largest, and each sign, the bounds on the
    effect are linear in the estimates and get ordinary limits; the result is the union of them,
    which covers at least as often as stated whichever was the largest. Rambachan and Roth's
    conditional intervals, which use also that the others were smaller, can be narrower. Wrong if
    the trends part by more than the stated multiple; that the past was calm does not prevent it.

    References
    ----------
    A. Rambachan and J. Roth (2023), "A more credible approach to parallel trends", Review of
    Economic Studies 90, 2555-2591.
    """
    if not (relative_magnitude >= 0 and np.isfinite(relative_magnitude)):
        message = f"relative_magnitude is {relative_magnitude}; give a number of at least 0."
        raise ValueError(message)
    reach = float(norm.ppf((1 + checked.probability(confidence)) / 2))
    if not study.before.any():
        message = "There is no period before the reference, so no change to measure by."
        raise ValueError(message)
    average = study.after / study.after.sum()
    steps = _steps_before(study)
    # After so many periods the trends can have parted by as many steps.
    parted = float(average @ np.maximum(study.event_time - study.reference, 0))

    def ends(multiple: float) -> tuple[float, float]:
        lines = average + multiple * parted * np.concatenate([steps, -steps])
        values = lines @ study.values
        errors = np.sqrt(np.einsum("it,tu,iu->i", lines, study.covariance, lines))
        return float((values - reach * errors).min()), float((values + reach * errors).max())

    low, high = ends(relative_magnitude)
    return HonestBounds(
        low, high, relative_magnitude, _breakdown(ends), confidence, study.unit,
        Method.of("honest_bounds", "Rambachan & Roth 2023, relative magnitudes; union of limits",
                  relative_magnitude=relative_magnitude),
    )  # fmt: skip


def simultaneous_band(
    study: EventStudy, *, replicates: Replicates = MULTIPLIED, confidence: float = 0.95
) -> tuple[Floats, Floats]:
    """Return limits that hold all event times at once.

    Parameters
    ----------
    study : EventStudy
    replicates : Replicates, default 4,999
        Draws of the multiplier bootstrap.
    confidence : float, default 0.95
        Of all times being inside together.

    Returns
    -------
    low, high : ndarray of float64, shape (n_times,)

    Raises
    ------
    ValueError
        If an option is out of range.

    Notes
    -----
    See `uniform_critical_value`. Wrong with few areas, as the standard errors are.

    References
    ----------
    B. Callaway and P. H. C. Sant'Anna (2021), "Difference-in-differences with multiple time
    periods", Journal of Econometrics 225, 200-230, section 4.
    """
    width = study.standard_errors * uniform_critical_value(
        study.influence, study.standard_errors, confidence, replicates
    )
    return study.values - width, study.values + width


def _steps_before(study: EventStudy) -> Floats:
    """Return, as rows over event times, the changes from one period before to the next."""
    times = [*study.event_time[study.before].tolist(), study.reference]
    rows = np.zeros((len(times) - 1, len(study.values)))
    place = {int(time): at for at, time in enumerate(study.event_time)}
    for at, (first, second) in enumerate(pairwise(times)):
        rows[at, place[first]] -= 1
        if second in place:
            rows[at, place[second]] += 1
    return rows


def _breakdown(ends: Callable[[float], tuple[float, float]]) -> float:
    inside, outside = 0.0, BREAKDOWN_LIMIT

    def excludes(multiple: float) -> bool:
        low, high = ends(multiple)
        return bool(low > 0 or high < 0)

    if not excludes(inside):
        return 0.0
    if excludes(outside):
        return BREAKDOWN_LIMIT
    for _ in range(50):
        middle = (inside + outside) / 2
        inside, outside = (middle, outside) if excludes(middle) else (inside, middle)
    return inside
