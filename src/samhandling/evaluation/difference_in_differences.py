"""The change where the measure came, less the change where it did not."""

from numpy import sqrt
from numpy.typing import ArrayLike

from samhandling.evaluation.calibration_reading import Uncalibrated, panel_reading
from samhandling.evaluation.design import About, Design, Effect, effect_from_error
from samhandling.evaluation.panel import Panel
from samhandling.evaluation.within_regression import (
    FixedEffects,
    check_comparable,
    columns_of,
    few_areas,
    within_regression,
)
from samhandling.space.method import Method

OUTCOME_UNITS = "units of the outcome"


def difference_in_differences(
    panel: Panel,
    *,
    covariates: ArrayLike | None = None,
    effects: FixedEffects = FixedEffects.AREA_AND_PERIOD,
    unit: str = OUTCOME_UNITS,
    confidence: float = 0.95,
    uncalibrated: Uncalibrated = Uncalibrated.REFUSE,
) -> Effect:
    """Estimate the effect of a measure by two-way fixed effects, errors clustered by area.

    Parameters
    ----------
    panel : Panel
        Its weights are used; give none for every area to count the same.
    covariates : array_like of float, shape (k, n_areas, n_periods), optional
        What else varies over areas and time and is not itself changed by the measure.
    effects : FixedEffects, default area and period
        What is held constant; less than the default is for showing what goes wrong.
    unit : str
        Of the outcome; `LOG_POINTS` when the outcome is a logarithm.
    confidence : float, default 0.95
        Two-sided coverage, by Student's t with one degree of freedom less than there are areas.
    uncalibrated : Uncalibrated, default refuse
        What to do with an interval that does not hold on simulated panels like this: the estimate
        comes without it, or with it and a warning.

    Returns
    -------
    Effect

    Raises
    ------
    ValueError
        If no area is treated, none is left to compare with, or a covariate does not vary beside the
        fixed effects.

    Notes
    -----
    Wrong if the treated areas would have changed differently from the others without the measure;
    `event_study` shows what can be seen of that. Wrong too where areas start at different times and
    the effect grows or differs between them: then late starters are compared with areas that are
    already changing; use `group_time_effects`. With fewer than some ten treated or untreated areas
    the interval is too narrow, and the effect says so. Effects on neighbouring areas bias it.

    Time and memory grow as areas x periods (x columns squared); times the number of periods as well
    where the weights of an area vary over time.

    References
    ----------
    M. Bertrand, E. Duflo and S. Mullainathan (2004), "How much should we trust differences-in-
    differences estimates?", Quarterly Journal of Economics 119, 249-275.
    A. Goodman-Bacon (2021), "Difference-in-differences with variation in treatment timing", Journal
    of Econometrics 225, 254-277.

    Examples
    --------
    >>> panel = Panel([[9, 9, 5, 5], [7, 7, 6, 6], [8, 8, 7, 7]], [2, -1, -1])
    >>> round(difference_in_differences(panel, unit="fires per year").value, 6)
    -3.0
    """
    check_comparable(panel)
    usual = covariates is None and effects is FixedEffects.AREA_AND_PERIOD
    reading = panel_reading(
        Design.DIFFERENCE_IN_DIFFERENCES, panel, uncalibrated=uncalibrated, usual=usual
    )
    columns = columns_of(panel, covariates)
    fit = within_regression(panel.y, columns, panel.cell_weights, effects)
    weighted = bool((panel.cell_weights != panel.cell_weights[0, 0]).any())
    method = Method.of(
        "difference_in_differences",
        "Bertrand, Duflo & Mullainathan 2004",
        effects=effects.value,
        covariates=len(columns) - 1,
        weighted=weighted,
        clusters=fit.clusters,
    )
    about = About(
        Design.DIFFERENCE_IN_DIFFERENCES, "average effect on the treated areas while treated",
        unit, panel.n_treated, method,
    )  # fmt: skip
    effect = effect_from_error(
        about,
        float(fit.coefficient[0]),
        float(sqrt(fit.covariance[0, 0])),
        degrees_of_freedom=fit.clusters - 1,
        confidence=confidence,
        warnings=(*few_areas(panel), *_different_starts(panel)),
    )
    return effect.calibrated_by(reading)


def _different_starts(panel: Panel) -> tuple[str, ...]:
    starts = set(panel.starts[panel.ever_treated].tolist())
    if len(starts) == 1:
        return ()
    said = (
        f"Areas start in {len(starts)} different periods: if the effect grows with time or differs "
        "between them this average is distorted; compare with group_time_effects."
    )
    return (said,)
