"""A week in one district against its own weeks before, and against how many reported.

A keen team reports more than a tired one. What is compared is therefore reports per active
reporter: doubled effort alone must not look like a hot spot.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np

import samhandling
from samhandling.patterns.effort import effort_corrected
from samhandling.patterns.rate_ratio import Tail, rate_ratio
from samhandling.patterns.rates import incident_rate
from samhandling_web.observe.observations.rules import ACTIVE_WEEKS, COMPARED_WEEKS

CONFIDENCE = 0.95
# The library answers per 1,000; people think of ten reporters.
PER_TEN = 10 / 1_000
METHOD = {
    "name": "rate_ratio_exact, effort_corrected",
    "source": "Rothman, Greenland & Lash 2008; Clayton & Kaldor 1987",
    "version": samhandling.__version__,
    "parameters": {
        "confidence": CONFIDENCE,
        "compared_weeks": COMPARED_WEEKS,
        "active_weeks": ACTIVE_WEEKS,
    },
}


@dataclass(frozen=True, slots=True)
class Effort:
    """That a reporter sent something for a district on a day, also that nothing happened."""

    reporter: int
    district: int | None
    day: date


def weeks_before(week: date) -> list[date]:
    """Return the Mondays of the weeks that `week` is compared with, the earliest first."""
    return [week - timedelta(weeks=back) for back in range(COMPARED_WEEKS, 0, -1)]


def active_in(week: date, efforts: Iterable[Effort]) -> dict[int | None, int]:
    """Return how many reporters were active in each district when `week` ended."""
    last = week + timedelta(days=6)
    first = last - timedelta(weeks=ACTIVE_WEEKS) + timedelta(days=1)
    reporters = {
        (effort.district, effort.reporter) for effort in efforts if first <= effort.day <= last
    }
    return Counter(district for district, _reporter in reporters)


def compared(count: int, before: Sequence[int], active: int, active_before: Sequence[int]) -> Any:
    """Return a count beside the mean of the weeks before, and per active reporter against them.

    `ratio` is how many times as much each active reporter saw as before, with its interval.
    It is left out where there was nobody to see, then or now, or nothing was seen at all.
    """
    found: dict[str, Any] = {
        "count": count,
        "mean": round(sum(before) / len(before), 2) if before else None,
        "ratio": None,
        "low": None,
        "high": None,
        "direction": "",
    }
    if not active or not sum(active_before) or not (count + sum(before)):
        return found
    estimate = rate_ratio(
        (count, sum(before)),
        (float(active), float(sum(active_before))),
        confidence=CONFIDENCE,
        tail=Tail.EXACT,
    )
    for name in ("value", "low", "high"):
        number = getattr(estimate, name)
        known = round(number, 3) if math.isfinite(number) else None
        found["ratio" if name == "value" else name] = known
    found["direction"] = str(estimate.direction)
    return found


def per_ten_reporters(
    counts: Mapping[int | None, int], active: Mapping[int | None, int]
) -> dict[int | None, dict[str, float]]:
    """Return reports per ten active reporters in each district that had any, with the interval.

    Districts with few reporters are drawn towards all. The interval is no narrower than that of
    what is common to all, whose own error the smoothing leaves out. Empty where there are not two
    districts to compare, or nothing was reported in any.
    """
    districts = [district for district, reporters in active.items() if reporters and district]
    seen = [counts.get(district, 0) for district in districts]
    if len(districts) < 2 or not sum(seen):
        return {}
    reporters = [active[district] for district in districts]
    smoothed = effort_corrected(seen, reporters)
    common = incident_rate([sum(seen)], [sum(reporters)])
    lowest = np.minimum(smoothed.low, smoothed.rate - (common.rate - common.low))
    highest = np.maximum(smoothed.high, smoothed.rate + (common.high - common.rate))
    return {
        district: {
            "value": round(float(smoothed.rate[at]) * PER_TEN, 2),
            "low": round(max(float(lowest[at]), 0.0) * PER_TEN, 2),
            "high": round(float(highest[at]) * PER_TEN, 2),
            "own_weight": round(float(smoothed.weight[at]), 3),
        }
        for at, district in enumerate(districts)
    }
