"""Forecasts that are used only when they beat the naive ones, and scores that say so."""

from samhandling.forecast.exploration import PatrolChoice, choose_areas
from samhandling.forecast.forecasters import (
    NAIVE,
    CountRegression,
    EmpiricalBayes,
    Forecaster,
    KernelSmoothed,
    LongTermMean,
    SameAsLastYear,
    TwelveMonthCount,
)
from samhandling.forecast.history import CountHistory
from samhandling.forecast.scoring import ForecastScore, score
from samhandling.forecast.self_exciting import SelfExciting, self_exciting
from samhandling.forecast.verdict import (
    NotBetterThanNaive,
    Verdict,
    compare_with_naive,
    forecast_if_better,
)

__all__ = [
    "NAIVE",
    "CountHistory",
    "CountRegression",
    "EmpiricalBayes",
    "ForecastScore",
    "Forecaster",
    "KernelSmoothed",
    "LongTermMean",
    "NotBetterThanNaive",
    "PatrolChoice",
    "SameAsLastYear",
    "SelfExciting",
    "TwelveMonthCount",
    "Verdict",
    "choose_areas",
    "compare_with_naive",
    "forecast_if_better",
    "score",
    "self_exciting",
]
