"""Rates with intervals, smoothing, trends, hot spots, aoristic time."""

from samhandling.patterns.aoristic import HourPattern, aoristic_hours
from samhandling.patterns.estimate import Direction, Estimate
from samhandling.patterns.rates import RateEstimate, incident_rate, poisson_interval

__all__ = [
    "Direction",
    "Estimate",
    "HourPattern",
    "RateEstimate",
    "aoristic_hours",
    "incident_rate",
    "poisson_interval",
]
