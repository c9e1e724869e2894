"""Rates with intervals, smoothing, trends, hot spots, aoristic time."""

from samhandling.patterns.aoristic import HourPattern, aoristic_hours
from samhandling.patterns.estimate import Direction, Estimate
from samhandling.patterns.false_discovery import adjusted_p
from samhandling.patterns.getis_ord import Inference, LocalG, local_g
from samhandling.patterns.hot_spots import HotSpots, check_placed_exactly, hot_spots
from samhandling.patterns.rate_ratio import Tail, rate_ratio, rate_ratios
from samhandling.patterns.rates import RateEstimate, incident_rate, poisson_interval
from samhandling.patterns.seasonality import SeasonIndex, daily_counts, month_index, weekday_index
from samhandling.patterns.trend import Trend, trend

__all__ = [
    "Direction",
    "Estimate",
    "HotSpots",
    "HourPattern",
    "Inference",
    "LocalG",
    "RateEstimate",
    "SeasonIndex",
    "Tail",
    "Trend",
    "adjusted_p",
    "aoristic_hours",
    "check_placed_exactly",
    "daily_counts",
    "hot_spots",
    "incident_rate",
    "local_g",
    "month_index",
    "poisson_interval",
    "rate_ratio",
    "rate_ratios",
    "trend",
    "weekday_index",
]
