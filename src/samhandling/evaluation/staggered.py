"""Measures that start at different times: every group compared with areas not yet treated."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from samhandling.evaluation.conditional_difference import (
    ConditionalOn,
    checked_covariates,
    checked_estimator,
    two_by_two,
)
from samhandling.evaluation.design import About, Design, Effect, effect_from_error
from samhandling.evaluation.panel import NEVER, Panel
from samhandling.evaluation.within_regression import check_comparable, columns_of, few_areas
from samhandling.space.method import Method

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
Mask = NDArray[np.bool_]
REFERENCE = "Callaway & Sant'Anna 2021"


class ComparedWith(StrEnum):
    """Whom the treated are compared with. Values are stored: never rename or reuse one."""

    NEVER_TREATED = "never_treated"
    NOT_YET_TREATED = "not_yet_treated"


class Aggregation(StrEnum):
    """What the average runs over. Values are stored: never rename or reuse one."""

    SIMPLE = "simple"
    """Every treated area and period counts the same; early starters weigh most."""
    GROUP = "group"
    """Every treated area counts the same: the effect for an area, over its own time."""
    CALENDAR = "calendar"
    """Every period counts the same: the effect on those treated by then."""
    DYNAMIC = "dynamic"
    """Every time since the start counts the same: the effect by how long it has lasted."""


@dataclass(frozen=True, slots=True, eq=False)
class GroupTimeEffects:
    """The effect on each group (areas with the same start) in each period.

    Attributes
    ----------
    start, period : ndarray of int64, shape (n_effects,)
        Indices of periods: the group's first, and the one the effect belongs to. Effects of periods
        before the start are placebo; in the last period before it they are zero by construction.
    values, standard_errors : ndarray of float64, shape (n_effects,)
    influence : ndarray of float64, shape (n_areas, n_effects)
        What each area contributes to each effect's error; their mean is zero, and the sum of
        products over the number of areas squared is the covariance.
    membership : ndarray of float64, shape (n_areas, n_effects)
        The area's weight (mean one) where it belongs to the effect's group.
    unit : str
    n_treated : int
    warnings : tuple of str
    method : Method
    """

    start: Whole
    period: Whole
    values: Floats
    standard_errors: Floats
    influence: Floats
    membership: Floats
    unit: str
    n_treated: int
    warnings: tuple[str, ...]
    method: Method

    @property
    def event_time(self) -> Whole:
        """Periods since the start; negative before it."""
        return self.period - self.start

    def average(self, over: Aggregation = Aggregation.GROUP, *, confidence: float = 0.95) -> Effect:
        """Return one number for the effect while treated.

        Raises
        ------
        ValueError
            If the confidence is out of range.
        """
        after = self.event_time >= 0
        if over in (Aggregation.CALENDAR, Aggregation.DYNAMIC):
            _, parts = self.parts(over)
            value = float(np.mean([part[0] for part in parts]))
            influence = np.mean([part[1] for part in parts], axis=0)
        else:
            times = {int(at): int((after & (self.start == at)).sum()) for at in set(self.start)}
            each = np.array([1 / max(times[int(at)], 1) for at in self.start])
            value, influence = self.combined(after, each if over is Aggregation.GROUP else None)
        about = About(
            Design.STAGGERED, f"average effect on the treated ({over.value})", self.unit,
            self.n_treated, self.method,
        )  # fmt: skip
        return effect_from_error(
            about, value, error_of(influence), degrees_of_freedom=len(influence) - 1,
            confidence=confidence, warnings=self.warnings,
        )  # fmt: skip

    def parts(self, over: Aggregation) -> tuple[Whole, list[tuple[float, Floats]]]:
        """Return the keys of an aggregation, and for each the effect while treated and influence.

        Keys are starts, periods or times since the start; the simple average has the single key 0.
        """
        after = self.event_time >= 0
        key = {
            Aggregation.SIMPLE: np.zeros_like(self.start),
            Aggregation.GROUP: self.start,
            Aggregation.CALENDAR: self.period,
            Aggregation.DYNAMIC: self.event_time,
        }[over]
        keys = np.unique(key[after])
        return keys, [self.combined(after & (key == at)) for at in keys]

    def combined(
        self, chosen: NDArray[np.bool_], each: Floats | None = None
    ) -> tuple[float, Floats]:
        """Return the average of the chosen effects by size of group, and its influence.

        The groups' sizes are themselves estimated, which the influence takes into account.
        """
        factor = np.ones(len(self.values)) if each is None else each
        member = self.membership[:, chosen] * factor[chosen]
        size = member.mean(axis=0)
        share = size / size.sum()
        value = float(share @ self.values[chosen])
        influence = self.influence[:, chosen] @ share
        influence += member @ (self.values[chosen] - value) / size.sum()
        return value, np.asarray(influence)

    def summary(self) -> str:
        """Return one sentence a person can read."""
        return f"{len(set(self.start))} groups by start. {self.average().summary()}"


def group_time_effects(
    panel: Panel,
    *,
    compared_with: ComparedWith = ComparedWith.NOT_YET_TREATED,
    anticipation: int = 0,
    covariates: ArrayLike | None = None,
    estimator: ConditionalOn = ConditionalOn.DOUBLY_ROBUST,
    unit: str = "units of the outcome",
) -> GroupTimeEffects:
    """Estimate the effect on each group of areas in each period.

    Parameters
    ----------
    panel : Panel
        The mean over time of an area's weights is used.
    compared_with : ComparedWith, default not yet treated
        Areas never treated, or those and the ones that start later.
    anticipation : int, default 0
        Periods before the start in which the measure may already have worked.
    covariates : array_like of float, shape (n_areas, k) or (k, n_areas, n_periods), optional
        What makes areas alike; of a table over periods, the values in each group's last period
        before the start are used.
    estimator : ConditionalOn, default doubly robust
        How covariates are held alike; see `conditional_difference`.
    unit : str
        Of the outcome.

    Returns
    -------
    GroupTimeEffects

    Raises
    ------
    ValueError
        If no area starts after the first period, there is nobody to compare with, covariates have
        another shape or a value missing, or a group is unlike all areas it is compared with in
        them.

    Notes
    -----
    Each effect is the group's change since its last period before the start, less the same change
    in the comparison areas; groups already treated never serve as comparison, which is what goes
    wrong in two-way fixed effects. Effects may differ between groups and over time. Wrong if the
    groups would have changed differently without the measure; with covariates, if areas alike in
    them would have, or the measure moved the covariates. A group of one or two areas has an
    error that is far too small. Areas treated from the first period have no before and are left
    out, which the result tells.

    Time and memory grow as areas x groups x periods.

    References
    ----------
    B. Callaway and P. H. C. Sant'Anna (2021), "Difference-in-differences with multiple time
    periods", Journal of Econometrics 225, 200-230. P. H. C. Sant'Anna and J. Zhao (2020), "Doubly
    robust difference-in-differences estimators", Journal of Econometrics 219, 101-122.

    Examples
    --------
    >>> panel = Panel([[9, 9, 5, 4], [9, 8, 8, 6], [7, 7, 7, 7], [7, 6, 6, 6]], [2, 3, -1, -1])
    >>> effects = group_time_effects(panel)
    >>> round(effects.average().value, 3)
    -3.25
    """
    check_comparable(panel)
    if anticipation < 0:
        message = f"anticipation is {anticipation}; give a number of periods, 0 or more."
        raise ValueError(message)
    starts = panel.starts
    kept = (starts == NEVER) | (starts > anticipation)
    y, starts = panel.y[kept], starts[kept]
    weights = panel.cell_weights[kept].mean(axis=1)
    weights = weights / weights.mean()
    if not (starts != NEVER).any():
        message = "No area has a period before its start; there is no change to measure."
        raise ValueError(message)
    cells = [
        (start, period)
        for start in sorted(set(starts.tolist()) - {NEVER})
        for period in range(panel.n_periods)
    ]
    never_only = compared_with is ComparedWith.NEVER_TREATED
    held = _Held.of(panel, covariates, estimator, kept)
    found = []
    for start, period in cells:
        base = start - 1 - anticipation
        group = starts == start
        later = starts > max(period, base) + anticipation
        control = (starts == NEVER) | (later & ~group & (not never_only))
        if control.any():
            change = y[:, period] - y[:, base]
            one = held.effect(change, weights, (group, control), (start, period, base))
            found.append((start, period, *one))
    options = (compared_with.value, anticipation, held.in_words)
    return _gathered(panel, kept, weights, found, unit, options)


def error_of(influence: Floats) -> float:
    """Return the standard error that belongs to an estimate's influence."""
    return float(np.sqrt((influence**2).sum()) / len(influence))


@dataclass(frozen=True, slots=True, eq=False)
class _Held:
    """The covariates held alike, one table over periods each, and how; none if `values` is None."""

    values: Floats | None
    estimator: ConditionalOn
    panel: Panel

    @classmethod
    def of(
        cls,
        panel: Panel,
        covariates: ArrayLike | None,
        estimator: ConditionalOn,
        kept: NDArray[np.bool_],
    ) -> "_Held":
        chosen = checked_estimator(estimator)
        if covariates is None:
            return cls(None, chosen, panel)
        given = np.array(covariates, dtype=np.float64)
        if given.ndim == 3:
            return cls(columns_of(panel, given)[1:][:, kept], chosen, panel)
        table = checked_covariates(given, panel.n_areas)
        return cls(np.repeat(table.T[:, :, None], panel.n_periods, axis=2)[:, kept], chosen, panel)

    @property
    def in_words(self) -> dict[str, str | int]:
        if self.values is None:
            return {}
        return {"estimator": self.estimator.value, "covariates": len(self.values)}

    def effect(
        self, change: Floats, weights: Floats, sides: tuple[Mask, Mask], cell: tuple[int, int, int]
    ) -> tuple[float, Floats]:
        group, control = sides
        if self.values is None or cell[1] == cell[2]:
            return _effect(change, weights, group, control)
        used = group | control
        try:
            found = two_by_two(
                change[used], group[used], self.values[:, used, cell[2]].T, weights[used],
                self.estimator,
            )  # fmt: skip
        except ValueError as refused:
            start, period = (self.panel.periods[at] for at in cell[:2])
            message = f"Group that starts in {start}, effect in {period}: {refused}"
            raise ValueError(message) from None
        influence = np.zeros(len(change))
        influence[used] = found.influence * len(change) / used.sum()
        return found.value, influence


def _effect(
    change: Floats, weights: Floats, group: NDArray[np.bool_], control: NDArray[np.bool_]
) -> tuple[float, Floats]:
    value, influence = 0.0, np.zeros(len(change))
    for sign, members in ((1, group), (-1, control)):
        share = weights * members / (weights * members).sum()
        mean = share @ change
        value += sign * float(mean)
        influence += sign * len(change) * share * (change - mean)
    return value, influence


def _gathered(
    panel: Panel,
    kept: NDArray[np.bool_],
    weights: Floats,
    found: list[tuple[int, int, float, Floats]],
    unit: str,
    options: tuple[str, int, dict[str, str | int]],
) -> GroupTimeEffects:
    if not any(period >= start for start, period, _, _ in found):
        message = "Nobody is left to compare the treated with; some area must start later or never."
        raise ValueError(message)
    start = np.array([one[0] for one in found], dtype=np.int64)
    influence = np.stack([one[3] for one in found], axis=1)
    membership = (panel.starts[kept][:, None] == start) * weights[:, None]
    smallest = min(int((panel.starts == at).sum()) for at in set(start.tolist()))
    warnings = list(few_areas(panel))
    if smallest < 3:
        warnings.append(f"The smallest group has {smallest} areas: its error is too small.")
    if not kept.all():
        warnings.append(f"Left out, treated from the beginning: {int((~kept).sum())} areas.")
    method = Method.of(
        "group_time_effects", REFERENCE, compared_with=options[0], anticipation=options[1],
        clusters=int(kept.sum()), **options[2],
    )  # fmt: skip
    return GroupTimeEffects(
        start,
        np.array([one[1] for one in found], dtype=np.int64),
        np.array([one[2] for one in found]),
        np.sqrt((influence**2).sum(axis=0)) / len(influence),
        influence,
        membership,
        unit,
        int((panel.starts[kept] != NEVER).sum()),
        tuple(warnings),
        method,
    )
