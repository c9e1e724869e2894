"""What is true of an invented town, for tests and evaluations that should find it again."""

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from samhandling.synthetic.plan import CoverageBreak, PrecisionMix
from samhandling.synthetic.terrain import Floats


@dataclass(frozen=True, slots=True, eq=False)
class CategoryTruth:
    """The truth of one category.

    Attributes
    ----------
    slug : str
        The category.
    share : float
        Its share of all expected events of the period, before recording is lost.
    trend_percent_per_year : float
        Change of the expected number per year.
    month_factors : array of float, shape (12,)
        Expected number per day in each calendar month around a mean of one.
    week : array of float, shape (7, 24)
        Share of events by weekday (from Monday) and local hour.
    area_shares : array of float, shape (n_small_areas,)
        Share of its events in each small area, hot spots and the change left out.
    dispersion : float
        Size of the negative binomial count per small area and month.
    interval_share : float
        Share of events known only as an interval.
    repeats : float
        Mean number of near repeats per original event.
    """

    slug: str
    share: float
    trend_percent_per_year: float
    month_factors: Floats
    week: Floats
    area_shares: Floats
    dispersion: float
    interval_share: float
    repeats: float


@dataclass(frozen=True, slots=True)
class HotSpotTruth:
    """A place where the share of each category's events is known."""

    number: int
    name: str
    layer: str
    lon: float
    lat: float
    radius_m: float
    categories: tuple[str, ...]
    share: float
    area_code: str


@dataclass(frozen=True, slots=True)
class ChangeTruth:
    """The one true effect: from `day`, `categories` happen `factor` times as often in an area."""

    day: date
    level: str
    area_code: str
    area_name: str
    small_areas: tuple[int, ...]
    categories: tuple[str, ...]
    factor: float


@dataclass(frozen=True, slots=True)
class NearRepeatTruth:
    """How near and how soon repeats follow, and their mean number per original event.

    A share ``repeats / (1 + repeats)`` of a category's events are repeats, each within
    `reach_m` metres and `reach_days` days of its original, in the same small area.
    """

    reach_m: float
    reach_days: int
    repeats: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class SurveyTruth:
    """The true proportion behind one published survey figure."""

    wave: str
    item: str
    area_code: str
    group: str
    true_percent: float
    n: int
    design_effect: float


@dataclass(frozen=True, slots=True, eq=False)
class TownTruth:
    """Everything that is true by construction."""

    categories: tuple[CategoryTruth, ...]
    hot_spots: tuple[HotSpotTruth, ...]
    change: ChangeTruth
    near_repeat: NearRepeatTruth
    coverage_breaks: tuple[CoverageBreak, ...]
    precision: PrecisionMix
    survey: tuple[SurveyTruth, ...]


@dataclass(frozen=True, slots=True, eq=False)
class EventTruth:
    """What is true of each event of a chunk, in the chunk's order.

    Attributes
    ----------
    number : array of int
        Running number from 0; the external identity ends with it.
    moment : array of datetime64[us]
        When it really happened (UTC); lies within the published interval.
    category : array of int
        Index into the plan's categories.
    small_area : array of int
        Index of the small area it happened in.
    lon, lat : array of float
        Where it really happened.
    hot_spot : array of int
        Number of its hot spot in `TownTruth.hot_spots`, or -1.
    repeat_of : array of int
        Number of the event it is a near repeat of, or -1.
    """

    number: NDArray[np.int64]
    moment: NDArray[np.datetime64]
    category: NDArray[np.int16]
    small_area: NDArray[np.int16]
    lon: Floats
    lat: Floats
    hot_spot: NDArray[np.int16]
    repeat_of: NDArray[np.int64]
