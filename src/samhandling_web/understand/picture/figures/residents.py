"""How many live where: the denominator of every rate, carried to the borders asked for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db.models import Max, Q, Sum

from samhandling_web.base.areas import selectors as areas
from samhandling_web.base.areas.models import AreaLevel
from samhandling_web.observe.statistics import selectors as statistics
from samhandling_web.understand.picture.figures.borders import held_day
from samhandling_web.understand.picture.figures.scope import Scope

INDICATOR = "population"


@dataclass(frozen=True, slots=True)
class Residents:
    """Residents by area code on one level's borders, the year they are from, and the publisher."""

    by_code: dict[str, float]
    year: int
    counted_by: str

    @property
    def total(self) -> float:
        return sum(self.by_code.values())


def residents_on(level: str, day: date) -> Residents | None:
    """Return residents on the level's borders of `day`, from the latest year not after it.

    Prefers figures published for the level itself, then for the statistical base unit, then for
    any other level that covers the municipality. None when no population is known.
    """
    return _residents(level, day, statistics.data_version(), _areas_version())


def residents_in(scope: Scope, day: date) -> float | None:
    """Return residents of the scope's area on the borders of `day`; None when not known or none."""
    return _people(scope, residents_on(scope.level, day))


def residents_each(scope: Scope, days: Iterable[date]) -> dict[date, float | None]:
    """Return residents of the scope's area, as `residents_in`, on each of the days."""
    versions = statistics.data_version(), _areas_version()
    return {day: _people(scope, _residents(scope.level, day, *versions)) for day in days}


def _people(scope: Scope, known: Residents | None) -> float | None:
    if known is None:
        return None
    return (known.total if scope.is_whole else known.by_code.get(scope.code)) or None


def _areas_version() -> str:
    return "".join(AreaLevel.objects.order_by("slug").values_list("revision", flat=True))


@lru_cache(maxsize=128)
def _residents(level: str, day: date, _data: str, _areas: str) -> Residents | None:
    for counted_by in _levels_to_try(level):
        year = _latest_year(counted_by, day)
        if year is None:
            continue
        counts = _totals(counted_by, year)
        if counted_by == level:
            known = set(areas.area_as_set(level, day).codes)
            return Residents({c: n for c, n in counts.items() if c in known}, year, counted_by)
        carried = _carried(counts, counted_by, year, level, day)
        if carried:
            return Residents(carried, year, counted_by)
    return None


def _levels_to_try(level: str) -> list[str]:
    if AreaLevel.objects.filter(slug=level, is_overlay=True).exists():
        # An overlay neither covers the municipality nor follows other borders.
        return [level]
    others = AreaLevel.objects.filter(is_overlay=False).order_by("-is_base_unit", "-rank")
    return [level, *(slug for slug in others.values_list("slug", flat=True) if slug != level)]


def _latest_year(level: str, day: date) -> int | None:
    figures = statistics.figures_current().filter(indicator=INDICATOR, area_level=level)
    ended = Q(period_end__lte=date(day.year, 12, 31))
    latest = figures.filter(ended).aggregate(day=Max("period_end"))["day"]
    first = latest or figures.aggregate(day=Max("period_end"))["day"]
    return first.year if first else None


def _totals(level: str, year: int) -> dict[str, float]:
    """Return totals by area: as published, or summed over parts where no total is published."""
    figures = statistics.figures_current().filter(
        indicator=INDICATOR, area_level=level, period_end=date(year, 12, 31), suppressed=False
    )
    totals = dict(figures.filter(breakdown="").values_list("area_code", "value"))
    if totals:
        return {code: float(value) for code, value in totals.items() if value is not None}
    parts = figures.values("area_code").annotate(people=Sum("value"))
    return {row["area_code"]: float(row["people"] or 0) for row in parts}


def _carried(
    counts: dict[str, float], counted_by: str, year: int, level: str, day: date
) -> dict[str, float]:
    """Carry counts over the crosswalk; empty when their areas are not the municipality's."""
    if not areas.division_days(counted_by):
        return {}
    counted_on = held_day(counted_by, min(date(year, 12, 31), day))
    own = set(areas.area_as_set(counted_by, counted_on).codes)
    values = {code: {year: n} for code, n in counts.items() if code in own}
    if not values:
        return {}
    carried = areas.series_between(values, (counted_by, counted_on), (level, day))
    return {code: float(series.get(year, 0)) for code, series in carried.items()}
