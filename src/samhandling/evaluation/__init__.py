"""Effects of measures with their error, and what several studies say together."""

from samhandling.evaluation.demeaning import two_way_demeaned
from samhandling.evaluation.dependent_effects import ThreeLevelEffect, three_level_effect
from samhandling.evaluation.design import LOG_POINTS, About, Design, Effect, effect_from_error
from samhandling.evaluation.detectable_change import (
    DetectableChange,
    detectable_change_in_counts,
    detectable_from_error,
)
from samhandling.evaluation.difference_in_differences import difference_in_differences
from samhandling.evaluation.effect_sizes import StudyEffects, log_odds_ratios, log_risk_ratios
from samhandling.evaluation.event_study import (
    EventStudy,
    HonestBounds,
    PreTrend,
    event_study,
    honest_bounds,
    pre_trend_test,
    simultaneous_band,
)
from samhandling.evaluation.meta_analysis import (
    MetaRegression,
    PooledEffect,
    meta_regression,
    pooled_effect,
    tau2_interval,
)
from samhandling.evaluation.panel import NEVER, Panel, panel_from_rows
from samhandling.evaluation.poisson import poisson_difference_in_differences
from samhandling.evaluation.power import DetectableEffect, minimum_detectable_effect
from samhandling.evaluation.randomisation import cross_over_test, stepped_wedge_test
from samhandling.evaluation.sign_flip import SignFlipTest, sign_flip_test
from samhandling.evaluation.staggered import (
    Aggregation,
    ComparedWith,
    GroupTimeEffects,
    group_time_effects,
)
from samhandling.evaluation.wild_bootstrap import WildWeights, wild_cluster_bootstrap
from samhandling.evaluation.within_regression import FixedEffects
from samhandling.patterns.variance_components import Tau2

__all__ = [
    "LOG_POINTS",
    "NEVER",
    "About",
    "Aggregation",
    "ComparedWith",
    "Design",
    "DetectableChange",
    "DetectableEffect",
    "Effect",
    "EventStudy",
    "FixedEffects",
    "GroupTimeEffects",
    "HonestBounds",
    "MetaRegression",
    "Panel",
    "PooledEffect",
    "PreTrend",
    "SignFlipTest",
    "StudyEffects",
    "Tau2",
    "ThreeLevelEffect",
    "WildWeights",
    "cross_over_test",
    "detectable_change_in_counts",
    "detectable_from_error",
    "difference_in_differences",
    "effect_from_error",
    "event_study",
    "group_time_effects",
    "honest_bounds",
    "log_odds_ratios",
    "log_risk_ratios",
    "meta_regression",
    "minimum_detectable_effect",
    "panel_from_rows",
    "poisson_difference_in_differences",
    "pooled_effect",
    "pre_trend_test",
    "sign_flip_test",
    "simultaneous_band",
    "stepped_wedge_test",
    "tau2_interval",
    "three_level_effect",
    "two_way_demeaned",
    "wild_cluster_bootstrap",
]
