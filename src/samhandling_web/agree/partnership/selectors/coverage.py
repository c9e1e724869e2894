"""Did every district have an agreement in force on a day? City, districts × police areas, gaps."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.conf import settings

from samhandling.space.crosswalk import overlaps
from samhandling_web.agree.partnership.models import Agreement
from samhandling_web.agree.partnership.rules import AgreementStatus
from samhandling_web.agree.partnership.selectors.agreements import (
    agreements,
    signed_agreements,
    term,
)
from samhandling_web.agree.partnership.validity import COVERING, Cover, cover_on, last_day_covered
from samhandling_web.base.areas import selectors as areas
from samhandling_web.base.areas.models import AreaLevel, AreaVersion

LEAST_SHARE = 0.01
"""A police area that holds less of a district than this is a border drawn twice, not a partner."""


@dataclass(frozen=True, slots=True)
class Place:
    """An area as it was on the day."""

    area_id: int
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class CoverRow:
    """One district, or one district and police area, and the agreement that holds there."""

    district: Place
    police_area: Place | None
    share: float
    cover: Cover
    agreement: Agreement | None
    last_day: date | None
    lapsed: Agreement | None
    draft: Agreement | None

    def days_left(self, day: date) -> int:
        return (self.last_day - day).days + 1 if self.last_day else 0


@dataclass(frozen=True, slots=True)
class Coverage:
    """The answer for one day. `level` is None while the municipality has no districts that day."""

    day: date
    level: AreaLevel | None
    rows: tuple[CoverRow, ...]
    city: tuple[Agreement, ...]
    has_police_areas: bool

    @property
    def gaps(self) -> tuple[CoverRow, ...]:
        return tuple(row for row in self.rows if row.cover == Cover.MISSING)

    @property
    def expiring(self) -> tuple[CoverRow, ...]:
        return tuple(row for row in self.rows if row.cover == Cover.EXPIRING)

    @property
    def districts(self) -> int:
        return len({row.district.code for row in self.rows})

    @property
    def districts_with_gaps(self) -> list[str]:
        return list(dict.fromkeys(row.district.name for row in self.gaps))


def agreement_gaps(day: date) -> list[CoverRow]:
    """Return every district and police area without an agreement in force on `day`."""
    return list(coverage_on(day).gaps)


def coverage_on(day: date) -> Coverage:
    """Return how every district, by police area where there are any, is covered on `day`."""
    level = areas.district_level()
    districts = _places(level.slug, day) if level else {}
    city = tuple(
        one
        for one in signed_agreements().filter(district__isnull=True)
        if (held := term(one)) and held.holds(day)
    )
    if level is None or not districts:
        return Coverage(day, level, (), city, has_police_areas=False)
    pairs = police_areas_of(level.slug, day)
    police = _places(settings.POLICE_LEVEL, day) if pairs else {}
    found = _Agreements(day)
    rows = [
        found.row(district, police.get(code) if code else None, share)
        for district in districts.values()
        for code, share in (pairs.get(district.code) or {"": 1.0}).items()
    ]
    return Coverage(day, level, tuple(rows), city, has_police_areas=bool(pairs))


class _Agreements:
    """The agreements with districts, read once for the whole page."""

    def __init__(self, day: date) -> None:
        self.day = day
        self.by_district: dict[int | None, list[Agreement]] = defaultdict(list)
        for one in agreements().filter(kind__in=COVERING, district__isnull=False):
            self.by_district[one.district_id].append(one)

    def row(self, district: Place, police_area: Place | None, share: float) -> CoverRow:
        own = police_area.area_id if police_area else None
        # One with the whole district binds every police area there.
        here = [
            one
            for one in self.by_district[district.area_id]
            if police_area is None or one.police_area_id in {None, own}
        ]
        held = [(one, t) for one in here if (t := term(one))]
        holding = [(t.last, one.pk, one) for one, t in held if t.holds(self.day)]
        before = [(t.last, one.pk, one) for one, t in held if t.last < self.day]
        last_day = last_day_covered([t for _one, t in held], self.day)
        return CoverRow(
            district,
            police_area,
            share,
            cover_on(self.day, last_day),
            max(holding)[2] if holding else None,
            last_day,
            max(before)[2] if before else None,
            next((one for one in here if one.status == AgreementStatus.DRAFT), None),
        )


def _places(level: str, day: date) -> dict[str, Place]:
    versions: list[AreaVersion] = list(
        areas.areas_on(level, day).defer("geometry", "geometry_map").order_by("name")
    )
    return {one.area.code: Place(one.area_id, one.area.code, one.name) for one in versions}


def police_areas_of(level: str, day: date) -> Mapping[str, Mapping[str, float]]:
    """Return which police areas each district lies in on `day`, each with its share, largest first.

    Empty where the installation has no police areas that day.
    """
    police = AreaLevel.objects.filter(slug=settings.POLICE_LEVEL).first()
    if police is None or not areas.areas_on(police.slug, day).exists():
        return {}
    revisions = (areas.level_by_slug(level).revision, police.revision)
    own = (level, areas.division_day(level, day))
    return _overlapping(own, (police.slug, areas.division_day(police.slug, day)), revisions)


@lru_cache(maxsize=16)
def _overlapping(
    own: tuple[str, date], others: tuple[str, date], _revisions: tuple[str, str]
) -> Mapping[str, Mapping[str, float]]:
    districts, police = areas.area_as_set(*own), areas.area_as_set(*others)
    i, j, common, surface, _surfaces = overlaps(districts, police)
    shares: dict[str, dict[str, float]] = {code: {} for code in districts.codes}
    pairs = sorted(
        zip((common / surface[i]).tolist(), i.tolist(), j.tolist(), strict=True), reverse=True
    )
    for share, district, other in pairs:
        if share > LEAST_SHARE:
            shares[districts.codes[district]][police.codes[other]] = min(share, 1.0)
    return shares
