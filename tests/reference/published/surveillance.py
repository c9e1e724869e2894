"""Weekly alarms against R's package surveillance, on one invented series of eight years."""

from functools import cache

import numpy as np

from samhandling.patterns import (
    EarsRule,
    FarringtonOptions,
    WeeklyAlarms,
    ears,
    farrington,
)
from tests.reference.published.number import Published

SOURCE = "R surveillance 1.20.3, on 420 invented weeks"
LAST = 104


@cache
def series() -> np.ndarray:
    week = np.arange(1, 421)
    counts = week * 7919 % 11 + np.round(6 + 4 * np.sin(2 * np.pi * week / 52)).astype(int)
    counts += (week % 17 == 0) * 6
    counts[[149, 399]] = 60, 45
    return counts


@cache
def judged(*, reweighted: bool, plugged_in: bool) -> WeeklyAlarms:
    options = FarringtonOptions(is_reweighted=reweighted, use_negative_binomial=plugged_in)
    return farrington(series(), weeks=LAST, options=options)


FARRINGTON = "samhandling.patterns.farrington"
EARS = "samhandling.patterns.ears"

NUMBERS = (
    Published(FARRINGTON, "delta bound, alarms", SOURCE, 2, 0.5,
              lambda: float(judged(reweighted=False, plugged_in=False).alarm.sum())),
    Published(FARRINGTON, "delta bound, sum of bounds", SOURCE, 2127.588, 0.5e-3,
              lambda: float(judged(reweighted=False, plugged_in=False).upper.sum())),
    Published(FARRINGTON, "sum of expectations", SOURCE, 1202.5429, 0.5e-3,
              lambda: float(judged(reweighted=False, plugged_in=False).expected.sum())),
    Published(FARRINGTON, "negative binomial bound, sum of bounds", SOURCE, 2104, 0.5,
              lambda: float(judged(reweighted=False, plugged_in=True).upper.sum())),
    Published(FARRINGTON, "outliers weigh less, sum of expectations", SOURCE, 1182.5732, 0.5e-3,
              lambda: float(judged(reweighted=True, plugged_in=True).expected.sum())),
    Published(FARRINGTON, "outliers weigh less, negative binomial, sum of bounds", SOURCE, 1843,
              0.5, lambda: float(judged(reweighted=True, plugged_in=True).upper.sum())),
    Published(FARRINGTON, "outliers weigh less, negative binomial, alarms", SOURCE, 4, 0.5,
              lambda: float(judged(reweighted=True, plugged_in=True).alarm.sum())),
    Published(EARS, "C1, alarms", SOURCE, 5, 0.5,
              lambda: float(ears(series(), EarsRule.C1).alarm[-LAST:].sum())),
    Published(EARS, "C1, sum of bounds", SOURCE, 2512.7166, 0.5e-4,
              lambda: float(ears(series(), EarsRule.C1).upper[-LAST:].sum())),
    Published(EARS, "C2, alarms", SOURCE, 9, 0.5,
              lambda: float(ears(series(), EarsRule.C2).alarm[-LAST:].sum())),
    Published(EARS, "C2, sum of bounds", SOURCE, 2520.7524, 0.5e-4,
              lambda: float(ears(series(), EarsRule.C2).upper[-LAST:].sum())),
)  # fmt: skip
