"""Rates, trends, hot spots, near repeats, scans, weekly alarms, concentration and harm."""

from samhandling.patterns.aoristic import HourPattern, aoristic_hours
from samhandling.patterns.close_pairs import Distance
from samhandling.patterns.comparison import LikeComparison, compare_with_like
from samhandling.patterns.concentration import Concentration, concentration, gini
from samhandling.patterns.ears import EarsRule, RunningAlarms, count_cusum, ears
from samhandling.patterns.effort import PresenceExposure, effort_corrected, presence_exposure
from samhandling.patterns.estimate import Direction, Estimate
from samhandling.patterns.false_discovery import adjusted_p
from samhandling.patterns.farrington import FarringtonOptions, WeeklyAlarms, farrington
from samhandling.patterns.funnel import Funnel, Standing, funnel, funnel_curve
from samhandling.patterns.getis_ord import Inference, LocalG, local_g
from samhandling.patterns.harm import HarmIndex, harm_index
from samhandling.patterns.hot_spot_classes import HotSpotClass, hot_spot_classes
from samhandling.patterns.hot_spots import HotSpots, check_placed_exactly, hot_spots
from samhandling.patterns.kernel_density import Density, kernel_density
from samhandling.patterns.knox import DatesTooCoarse, KnoxTable, knox
from samhandling.patterns.local_moran import LocalMoran, Quadrant, local_moran
from samhandling.patterns.mantel import InteractionTest, jacquez, mantel
from samhandling.patterns.near_repeat import (
    NearRepeat,
    PlacesTooCoarse,
    check_near_repeat_can_be_read,
    near_repeat,
)
from samhandling.patterns.rate_ratio import Tail, rate_ratio, rate_ratios
from samhandling.patterns.rates import RateEstimate, incident_rate, poisson_interval
from samhandling.patterns.scan_clusters import ScanCluster, ScanResult
from samhandling.patterns.scan_expectation import EventTable, scan_expectation, tabulate_events
from samhandling.patterns.scan_statistic import scan_bernoulli, scan_permutation, scan_poisson
from samhandling.patterns.scan_windows import ScanOptions
from samhandling.patterns.seasonality import SeasonIndex, daily_counts, month_index, weekday_index
from samhandling.patterns.smoothing import (
    SmoothedRate,
    smoothed_rate_likelihood,
    smoothed_rate_moments,
)
from samhandling.patterns.trend import Trend, trend

__all__ = [
    "Concentration",
    "DatesTooCoarse",
    "Density",
    "Direction",
    "Distance",
    "EarsRule",
    "Estimate",
    "EventTable",
    "FarringtonOptions",
    "Funnel",
    "HarmIndex",
    "HotSpotClass",
    "HotSpots",
    "HourPattern",
    "Inference",
    "InteractionTest",
    "KnoxTable",
    "LikeComparison",
    "LocalG",
    "LocalMoran",
    "NearRepeat",
    "PlacesTooCoarse",
    "PresenceExposure",
    "Quadrant",
    "RateEstimate",
    "RunningAlarms",
    "ScanCluster",
    "ScanOptions",
    "ScanResult",
    "SeasonIndex",
    "SmoothedRate",
    "Standing",
    "Tail",
    "Trend",
    "WeeklyAlarms",
    "adjusted_p",
    "aoristic_hours",
    "check_near_repeat_can_be_read",
    "check_placed_exactly",
    "compare_with_like",
    "concentration",
    "count_cusum",
    "daily_counts",
    "ears",
    "effort_corrected",
    "farrington",
    "funnel",
    "funnel_curve",
    "gini",
    "harm_index",
    "hot_spot_classes",
    "hot_spots",
    "incident_rate",
    "jacquez",
    "kernel_density",
    "knox",
    "local_g",
    "local_moran",
    "mantel",
    "month_index",
    "near_repeat",
    "poisson_interval",
    "presence_exposure",
    "rate_ratio",
    "rate_ratios",
    "scan_bernoulli",
    "scan_expectation",
    "scan_permutation",
    "scan_poisson",
    "smoothed_rate_likelihood",
    "smoothed_rate_moments",
    "tabulate_events",
    "trend",
    "weekday_index",
]
