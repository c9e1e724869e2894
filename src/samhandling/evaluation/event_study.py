"""Effects by time since the start, and what the periods before say."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import f as fisher

from samhandling.evaluation.design import About, Design, Effect, effect_from_error
from samhandling.evaluation.multiplier_bootstrap import MULTIPLIED, uniform_critical_value
from samhandling.evaluation.staggered import GroupTimeEffects, error_of
from samhandling.execution import Replicates
from samhandling.space.method import Method

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

UNDETERMINED = 1e-10


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
