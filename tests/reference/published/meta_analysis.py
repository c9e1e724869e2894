"""The BCG trials, the review of cognitive therapy and a review with studies in districts."""

from collections.abc import Callable
from functools import cache

import numpy as np
import pandas as pd

from samhandling.evaluation import (
    PooledEffect,
    StudyEffects,
    Tau2,
    ThreeLevelEffect,
    log_odds_ratios,
    log_risk_ratios,
    meta_regression,
    pooled_effect,
    sign_flip_test,
    three_level_effect,
)
from tests.reference.published.number import Published
from tests.shared_data import shared_file

POOLED = "samhandling.evaluation.pooled_effect"
METAFOR = "R metafor, BCG trials (Colditz et al. 1994)"
REVIEW = "Landenberger and Lipsey (2005), Campbell review 2007:6; R metafor"


# Effects of another school calendar and their variances, by district: Konstantopoulos (2011).
CALENDARS = {
    11: ([-0.18, -0.22, 0.23, -0.3], [0.118, 0.118, 0.144, 0.144]),
    12: ([0.13, -0.26, 0.19, 0.32], [0.014, 0.014, 0.015, 0.024]),
    18: ([0.45, 0.38, 0.29], [0.023, 0.043, 0.012]),
    27: ([0.16, 0.65, 0.36, 0.6], [0.02, 0.004, 0.004, 0.007]),
    56: ([0.08, 0.04, 0.19, -0.06], [0.019, 0.007, 0.005, 0.004]),
    58: (
        [-0.18, 0, 0, -0.28, -0.04, -0.3, 0.07, 0, 0.05, -0.08, -0.09],
        [0.02, 0.018, 0.019, 0.022, 0.02, 0.021, 0.006, 0.007, 0.007, 0.007, 0.007],
    ),
    71: ([0.3, 0.98, 1.19], [0.015, 0.011, 0.01]),
    86: ([-0.07, -0.05, -0.01, 0.02, -0.03, 0, 0.01, -0.1], [0.001] * 8),
    91: ([0.5, 0.66, 0.2, 0, 0.05, 0.07], [0.01, 0.011, 0.01, 0.009, 0.013, 0.013]),
    108: ([-0.52, 0.7, -0.03, 0.27, -0.34], [0.031, 0.031, 0.03, 0.03, 0.03]),
    644: ([0.12, 0.61, 0.04, -0.05], [0.087, 0.082, 0.067, 0.067]),
}  # fmt: skip
THREE_LEVEL = "samhandling.evaluation.three_level_effect"
CALENDAR_SOURCE = "Konstantopoulos (2011), table 5; R metafor 3.8-1 with clubSandwich"


@cache
def calendars() -> ThreeLevelEffect:
    effects = [effect for drawn, _ in CALENDARS.values() for effect in drawn]
    variances = [variance for _, drawn in CALENDARS.values() for variance in drawn]
    districts = [district for district, (drawn, _) in CALENDARS.items() for _ in drawn]
    return three_level_effect(effects, variances, districts)


@cache
def bcg() -> tuple[StudyEffects, pd.DataFrame]:
    trials = pd.read_csv(shared_file("meta_bcg_kontroll/dat_bcg_13_studier.csv"))
    return log_risk_ratios(trials.tpos, trials.tneg, trials.cpos, trials.cneg), trials


def bcg_pooled(tau2: Tau2 = Tau2.REML, *, knapp_hartung: bool = False) -> PooledEffect:
    effects, _ = bcg()
    return pooled_effect(
        effects.estimates, effects.variances, tau2=tau2, knapp_hartung=knapp_hartung
    )


def therapy(tau2: Tau2) -> PooledEffect:
    table = pd.read_csv(shared_file("meta_aterfall_kbt/landenberger2005_58_studier.csv"))
    columns = ("n.cbt.non", "n.cbt.rec", "n.ctrl.non", "n.ctrl.rec")
    effects = log_odds_ratios(*(table[column] for column in columns))
    return pooled_effect(effects.estimates, effects.variances, tau2=tau2)


def regression(place: int) -> float:
    effects, trials = bcg()
    moderators = [("latitude", trials.ablat), ("year", trials.year)]
    found = meta_regression(effects.estimates, effects.variances, moderators)
    return float(found.values[place]) if place < 3 else found.tau2


def flipped() -> float:
    effects, _ = bcg()
    return sign_flip_test(effects.estimates, effects.variances).p_value


def ratio(part: str, tau2: Tau2 = Tau2.REML) -> Callable[[], float]:
    return lambda: float(np.exp(getattr(therapy(tau2), part)))


def log_ratio(part: str, tau2: Tau2 = Tau2.REML, **options: bool) -> Callable[[], float]:
    return lambda: float(getattr(bcg_pooled(tau2, **options), part))


_BCG = [
    ("REML mean log risk ratio", -0.7145, log_ratio("value")),
    ("REML standard error", 0.1798, log_ratio("standard_error")),
    ("REML interval, low", -1.0669, log_ratio("low")),
    ("REML interval, high", -0.3622, log_ratio("high")),
    ("REML tau squared", 0.3132, log_ratio("tau2")),
    ("prediction interval, low", -1.8667, log_ratio("prediction_low")),
    ("prediction interval, high", 0.4376, log_ratio("prediction_high")),
    ("DerSimonian-Laird mean", -0.7141, log_ratio("value", Tau2.DERSIMONIAN_LAIRD)),
    ("DerSimonian-Laird error", 0.1787, log_ratio("standard_error", Tau2.DERSIMONIAN_LAIRD)),
    ("DerSimonian-Laird tau squared", 0.3088, log_ratio("tau2", Tau2.DERSIMONIAN_LAIRD)),
    ("Paule-Mandel tau squared", 0.3181, log_ratio("tau2", Tau2.PAULE_MANDEL)),
    ("maximum likelihood tau squared", 0.2800, log_ratio("tau2", Tau2.MAXIMUM_LIKELIHOOD)),
    ("Knapp-Hartung interval, low", -1.1084, log_ratio("low", knapp_hartung=True)),
    ("Knapp-Hartung interval, high", -0.3206, log_ratio("high", knapp_hartung=True)),
    ("Cochran's Q", 152.2330, log_ratio("q")),
]  # fmt: skip

NUMBERS = (
    *(
        Published(POOLED, f"BCG, {what}", METAFOR, value, 0.5e-4, ours)
        for what, value, ours in _BCG
    ),
    Published(POOLED, "BCG, Knapp-Hartung standard error", METAFOR, 0.18079, 0.5e-5,
              log_ratio("standard_error", knapp_hartung=True)),
    Published(POOLED, "BCG, I squared, percent", METAFOR, 92.22, 0.5e-2, log_ratio("i2_percent")),
    Published("samhandling.evaluation.meta_regression", "BCG, intercept", METAFOR, -3.5455,
              2e-4, lambda: regression(0)),
    Published("samhandling.evaluation.meta_regression", "BCG, per degree of latitude", METAFOR,
              -0.02801, 0.5e-5, lambda: regression(1)),
    Published("samhandling.evaluation.meta_regression", "BCG, per year", METAFOR, 0.001908,
              1e-6, lambda: regression(2)),
    Published("samhandling.evaluation.meta_regression", "BCG, residual tau squared", METAFOR,
              0.1108, 0.5e-4, lambda: regression(3)),
    Published("samhandling.evaluation.sign_flip_test", "BCG, p of all 8,192 sign flips", METAFOR,
              0.00146484375, 1e-11, flipped),
    Published(POOLED, "Therapy and recidivism, DerSimonian-Laird odds ratio", REVIEW, 1.533,
              0.5e-3, ratio("value", Tau2.DERSIMONIAN_LAIRD)),
    Published(POOLED, "Therapy and recidivism, REML odds ratio", REVIEW, 1.526, 0.5e-3,
              ratio("value")),
    Published(POOLED, "Therapy and recidivism, interval, low", REVIEW, 1.355, 0.5e-3,
              ratio("low")),
    Published(POOLED, "Therapy and recidivism, interval, high", REVIEW, 1.718, 0.5e-3,
              ratio("high")),
    Published(POOLED, "Therapy and recidivism, prediction, low", REVIEW, 0.80, 0.5e-2,
              ratio("prediction_low")),
    Published(POOLED, "Therapy and recidivism, prediction, high", REVIEW, 2.91, 0.5e-2,
              ratio("prediction_high")),
    *(
        Published(THREE_LEVEL, f"School calendars, {what}", CALENDAR_SOURCE, value, tolerance,
                  lambda part=part: float(getattr(calendars(), part)))
        for what, part, value, tolerance in (
            ("mean", "value", 0.184713, 0.5e-5),
            ("standard error", "standard_error", 0.084556, 0.5e-5),
            ("variance between districts", "between_studies", 0.065062, 1e-5),
            ("variance within districts", "within_studies", 0.032737, 1e-5),
            ("robust standard error (CR2)", "robust_standard_error", 0.084458, 0.5e-5),
            ("Satterthwaite degrees of freedom", "degrees_of_freedom", 9.86, 0.5e-2),
            ("robust interval, low", "robust_low", -0.003825, 2e-5),
            ("robust interval, high", "robust_high", 0.373252, 2e-5),
        )
    ),
)  # fmt: skip
