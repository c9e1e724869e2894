"""The overview as a table: one row for each share, one column for each district."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet

from samhandling.survey import wilson_interval
from samhandling_web.base.areas import selectors as areas
from samhandling_web.faces.pages.overview.indicators import INDICATORS, Indicator

FEWEST = 5
"""Of fewer than so many no share is written: one more or less would turn it over."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A share in one district: how many of how many, and how sure the share is."""

    district: int | None
    above: int
    below: int
    low: float | None
    high: float | None

    @property
    def percent(self) -> int | None:
        """The share in whole percent; None of fewer than five."""
        return round(100 * self.above / self.below) if self.below >= FEWEST else None


@dataclass(frozen=True, slots=True)
class Row:
    """One share, for the whole city and for each district."""

    indicator: Indicator
    city: Cell
    districts: Sequence[Cell]


def districts_on(today: date) -> dict[int, str]:
    """Return the districts of the day, by name."""
    level = areas.district_level()
    if level is None:
        return {}
    found = areas.areas_on(level.slug, today).order_by("name")
    return dict(found.values_list("area_id", "name"))


def overview(today: date, districts: Mapping[int, str]) -> list[Row]:
    """Count every share for the city and its districts: two questions for each."""
    return [_row(indicator, today, list(districts)) for indicator in INDICATORS.values()]


def _row(indicator: Indicator, today: date, districts: Sequence[int]) -> Row:
    over, under = (_by_district(rows, indicator) for rows in indicator.parts(today))
    city = _cell(None, sum(over.values()), sum(under.values()))
    return Row(
        indicator, city, [_cell(one, over.get(one, 0), under.get(one, 0)) for one in districts]
    )


def _by_district(rows: QuerySet, indicator: Indicator) -> dict[int | None, int]:  # type: ignore[type-arg]
    counted = rows.order_by().values_list(indicator.district).annotate(number=Count("pk"))
    return dict(counted)


def _cell(district: int | None, above: int, below: int) -> Cell:
    if below < FEWEST:
        return Cell(district, above, below, None, None)
    low, high = wilson_interval(above / below, below)
    return Cell(district, above, below, 100 * low, 100 * high)
