"""Effects of measures with their error, and what several studies say together."""

from samhandling.evaluation.aggregated_effects import AggregatedEffects, aggregated_effects
from samhandling.evaluation.buffers import events_in_rings
from samhandling.evaluation.calibration import calibrate, check_calibrated
from samhandling.evaluation.calibration_reading import (
    Calibrated,
    CalibrationReading,
    CalibrationRow,
    NotCalibrated,
    Uncalibrated,
    nearest_shape,
    stored_calibration,
)
from samhandling.evaluation.checks import (
    CHECKS,
    Case,
    Check,
    CheckDoesNotFit,
    Finding,
    Verdict,
    checks_for,
    run_checks,
)
from samhandling.evaluation.conditional_difference import (
    ConditionalDifference,
    ConditionalOn,
    conditional_difference,
)
from samhandling.evaluation.demeaning import two_way_demeaned
from samhandling.evaluation.dependent_effects import ThreeLevelEffect, three_level_effect
from samhandling.evaluation.design import LOG_POINTS, About, Design, Effect, effect_from_error
from samhandling.evaluation.detectable_change import (
    DetectableChange,
    detectable_change_in_counts,
    detectable_from_error,
)
from samhandling.evaluation.difference_in_differences import difference_in_differences
from samhandling.evaluation.displacement import (
    BeforeAfter,
    Displacement,
    ring_changes,
    total_net_effect,
    weighted_displacement_difference,
    weighted_displacement_quotient,
)
from samhandling.evaluation.effect_sizes import StudyEffects, log_odds_ratios, log_risk_ratios
from samhandling.evaluation.event_study import (
    EventStudy,
    PreTrend,
    event_study,
    pre_trend_test,
    simultaneous_band,
)
from samhandling.evaluation.honest_bounds import (
    HonestBounds,
    Restriction,
    honest_bounds,
    smoothness_bounds,
)
from samhandling.evaluation.interrupted_time_series import (
    InterruptedTimeSeries,
    controlled_interrupted_time_series,
    interrupted_time_series,
)
from samhandling.evaluation.meta_analysis import (
    MetaRegression,
    PooledEffect,
    meta_regression,
    pooled_effect,
    tau2_interval,
)
from samhandling.evaluation.panel import NEVER, Panel, panel_from_rows
from samhandling.evaluation.panel_shapes import SHAPES, PanelShape, drawn_panel
from samhandling.evaluation.placebo import PlacebosInSpace, placebos_in_space
from samhandling.evaluation.poisson import poisson_difference_in_differences
from samhandling.evaluation.power import DetectableEffect, minimum_detectable_effect
from samhandling.evaluation.randomisation import cross_over_test, stepped_wedge_test
from samhandling.evaluation.segmented_model import Errors, Scale, SegmentedModel
from samhandling.evaluation.sign_flip import SignFlipTest, sign_flip_test
from samhandling.evaluation.simplex_weights import SimplexWeights, simplex_weights
from samhandling.evaluation.staggered import (
    Aggregation,
    ComparedWith,
    GroupTimeEffects,
    group_time_effects,
)
from samhandling.evaluation.synthetic_control import (
    SyntheticControl,
    augmented_synthetic_control,
    synthetic_control,
)
from samhandling.evaluation.synthetic_did import (
    SpreadBy,
    SyntheticDifference,
    synthetic_difference_in_differences,
)
from samhandling.evaluation.wild_bootstrap import WildWeights, wild_cluster_bootstrap
from samhandling.evaluation.within_regression import FixedEffects
from samhandling.patterns.variance_components import Tau2

__all__ = [
    "CHECKS",
    "LOG_POINTS",
    "NEVER",
    "SHAPES",
    "About",
    "AggregatedEffects",
    "Aggregation",
    "BeforeAfter",
    "Calibrated",
    "CalibrationReading",
    "CalibrationRow",
    "Case",
    "Check",
    "CheckDoesNotFit",
    "ComparedWith",
    "ConditionalDifference",
    "ConditionalOn",
    "Design",
    "DetectableChange",
    "DetectableEffect",
    "Displacement",
    "Effect",
    "Errors",
    "EventStudy",
    "Finding",
    "FixedEffects",
    "GroupTimeEffects",
    "HonestBounds",
    "InterruptedTimeSeries",
    "MetaRegression",
    "NotCalibrated",
    "Panel",
    "PanelShape",
    "PlacebosInSpace",
    "PooledEffect",
    "PreTrend",
    "Restriction",
    "Scale",
    "SegmentedModel",
    "SignFlipTest",
    "SimplexWeights",
    "SpreadBy",
    "StudyEffects",
    "SyntheticControl",
    "SyntheticDifference",
    "Tau2",
    "ThreeLevelEffect",
    "Uncalibrated",
    "Verdict",
    "WildWeights",
    "aggregated_effects",
    "augmented_synthetic_control",
    "calibrate",
    "check_calibrated",
    "checks_for",
    "conditional_difference",
    "controlled_interrupted_time_series",
    "cross_over_test",
    "detectable_change_in_counts",
    "detectable_from_error",
    "difference_in_differences",
    "drawn_panel",
    "effect_from_error",
    "event_study",
    "events_in_rings",
    "group_time_effects",
    "honest_bounds",
    "interrupted_time_series",
    "log_odds_ratios",
    "log_risk_ratios",
    "meta_regression",
    "minimum_detectable_effect",
    "nearest_shape",
    "panel_from_rows",
    "placebos_in_space",
    "poisson_difference_in_differences",
    "pooled_effect",
    "pre_trend_test",
    "ring_changes",
    "run_checks",
    "sign_flip_test",
    "simplex_weights",
    "simultaneous_band",
    "smoothness_bounds",
    "stepped_wedge_test",
    "stored_calibration",
    "synthetic_control",
    "synthetic_difference_in_differences",
    "tau2_interval",
    "three_level_effect",
    "total_net_effect",
    "two_way_demeaned",
    "weighted_displacement_difference",
    "weighted_displacement_quotient",
    "wild_cluster_bootstrap",
]
