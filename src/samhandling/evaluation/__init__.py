"""Effects of measures with their error, and what several studies say together."""

from samhandling.evaluation.dependent_effects import ThreeLevelEffect, three_level_effect
from samhandling.evaluation.design import LOG_POINTS, About, Design, Effect, effect_from_error
from samhandling.evaluation.effect_sizes import StudyEffects, log_odds_ratios, log_risk_ratios
from samhandling.evaluation.meta_analysis import (
    MetaRegression,
    PooledEffect,
    meta_regression,
    pooled_effect,
    tau2_interval,
)
from samhandling.evaluation.panel import NEVER, Panel, panel_from_rows
from samhandling.evaluation.sign_flip import SignFlipTest, sign_flip_test
from samhandling.patterns.variance_components import Tau2

__all__ = [
    "LOG_POINTS",
    "NEVER",
    "About",
    "Design",
    "Effect",
    "MetaRegression",
    "Panel",
    "PooledEffect",
    "SignFlipTest",
    "StudyEffects",
    "Tau2",
    "ThreeLevelEffect",
    "effect_from_error",
    "log_odds_ratios",
    "log_risk_ratios",
    "meta_regression",
    "panel_from_rows",
    "pooled_effect",
    "sign_flip_test",
    "tau2_interval",
    "three_level_effect",
]
