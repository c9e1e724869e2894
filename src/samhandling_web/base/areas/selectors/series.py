"""Series recomputed to any day's borders, with every total of whole numbers kept exactly."""

from collections.abc import Hashable, Mapping
from datetime import date
from functools import lru_cache
from typing import TypeVar

import numpy as np

from samhandling.space.crosswalk import Crosswalk as Shares
from samhandling.space.crosswalk import overlaps
from samhandling.space.method import Method
from samhandling_web.base.areas import rules
from samhandling_web.base.areas.complete_shares import shares_by_area
from samhandling_web.base.areas.models import Crosswalk
from samhandling_web.base.areas.rules import Weight
from samhandling_web.base.areas.selectors import divisions

Period = TypeVar("Period", bound=Hashable)
Series = Mapping[str, Mapping[Period, float]]
KEPT_SHARES = 48


def crosswalk_shares(
    from_level: str,
    from_day: date,
    to_level: str,
    to_day: date,
    weight: Weight = Weight.AREA,
) -> Shares:
    """Return which share of each area's content goes to which area of the other division.

    The stored shares where they have been computed, else reckoned by surface; each area's shares
    sum to one. `method` says which it was.

    Raises
    ------
    UnknownLevel, NoAreasThen, OverlayHasNoCrosswalk
        If a division is not there, or the target does not cover the municipality.
    """
    target = divisions.level_by_slug(to_level)
    if target.is_overlay:
        raise rules.OverlayHasNoCrosswalk(level=target.name)
    first_day = divisions.division_day(to_level, to_day)
    stored = _stored_shares(from_level, from_day, to_level, first_day, weight)
    if stored is not None:
        return stored
    revisions = (divisions.level_by_slug(from_level).revision, target.revision)
    begin = divisions.division_day(from_level, from_day)
    return _reckoned(from_level, begin, to_level, first_day, revisions)


def _stored_shares(
    from_level: str, from_day: date, to_level: str, first_day: date, weight: Weight
) -> Shares | None:
    """Return the stored shares, None unless every area of the first division has some."""
    source = divisions.area_as_set(from_level, from_day)
    target = divisions.area_as_set(to_level, first_day)
    numbers = divisions.areas_on(from_level, from_day).order_by().values("pk")
    rows = Crosswalk.objects.filter(
        source__in=numbers, target__area__level__slug=to_level, to_day=first_day, weight=weight
    ).order_by("source__area__code", "target__area__code")
    found = list(rows.values_list("source__area__code", "target__area__code", "share"))
    if {code for code, _other, _share in found} != set(source.codes):
        return None
    return Shares(
        source.codes,
        target.codes,
        np.array([source.position(code) for code, _other, _share in found], dtype=np.int64),
        np.array([target.position(code) for _code, code, _share in found], dtype=np.int64),
        np.array([share for _code, _other, share in found], dtype=np.float64),
        (),
        Method.of(f"crosswalk_by_{weight}", origin=from_level, target=to_level),
    )


@lru_cache(maxsize=KEPT_SHARES)
def _reckoned(
    from_level: str, from_day: date, to_level: str, to_day: date, _revisions: tuple[str, str]
) -> Shares:
    return shares_by_area(
        divisions.area_as_set(from_level, from_day), divisions.area_as_set(to_level, to_day)
    )


def shares_inside(
    level: str, day: date, *, base_day: date | None = None
) -> Mapping[str, Mapping[str, float]]:
    """Return how much of each base unit's surface lies inside each area of `level` on `day`.

    For overlays, which do not cover the municipality: the residents of a listed area are the
    sum of its units' residents times these shares. Units wholly outside are left out.
    """
    base = divisions.base_level()
    begin = divisions.division_day(base.slug, base_day or day)
    revisions = (base.revision, divisions.level_by_slug(level).revision)
    return _inside(base.slug, begin, level, divisions.division_day(level, day), revisions)


@lru_cache(maxsize=KEPT_SHARES)
def _inside(
    base: str, base_day: date, level: str, day: date, _revisions: tuple[str, str]
) -> Mapping[str, Mapping[str, float]]:
    units, areas = divisions.area_as_set(base, base_day), divisions.area_as_set(level, day)
    i, j, common, surface, _surfaces = overlaps(units, areas)
    shares: dict[str, dict[str, float]] = {code: {} for code in areas.codes}
    for unit, area, share in zip(
        i.tolist(), j.tolist(), (common / surface[i]).tolist(), strict=True
    ):
        shares[areas.codes[area]][units.codes[unit]] = min(share, 1.0)
    return shares


def series_on(
    level: str,
    day: date,
    base_values: Series[Period],
    *,
    base_day: date | None = None,
) -> dict[str, dict[Period, float]]:
    """Show values of base units on the borders that `level` had on `day`.

    `base_values` holds for each base unit a value per period, of something that can be added
    (residents, events; never a rate). Each value is shared out by the crosswalk. A period of
    whole numbers comes back in whole numbers with exactly the same total: every area's sum is
    rounded down and what is left goes to the largest remainders. Other periods keep their total
    to the last digit of the arithmetic.

    Without `base_day` the base units are those of the latest division that has all the codes.

    Raises
    ------
    UnknownUnits
        If a code is no base unit of that division.
    """
    base = divisions.base_level().slug
    days = [base_day] if base_day else list(reversed(divisions.division_days(base)))
    if not days:
        raise rules.NoAreasThen(level=base, day=day)
    missing: set[str] = set()
    for candidate in days:
        known = set(divisions.areas_on(base, candidate).values_list("area__code", flat=True))
        missing = set(base_values) - known
        if not missing:
            return series_between(base_values, (base, candidate), (level, day))
    raise rules.UnknownUnits(level=base, day=days[-1], codes=", ".join(sorted(missing)[:10]))


def series_between(
    values: Series[Period],
    origin: tuple[str, date],
    target: tuple[str, date],
    *,
    weight: Weight = Weight.AREA,
) -> dict[str, dict[Period, float]]:
    """Show values of one division's areas on another division's borders, as `series_on` does.

    A division is a level and a day on which it holds.
    """
    shares = crosswalk_shares(*origin, *target, weight)
    carried: dict[str, dict[Period, float]] = {code: {} for code in shares.to_codes}
    for period in dict.fromkeys(period for series in values.values() for period in series):
        numbers = np.array(
            [values.get(code, {}).get(period, 0) for code in shares.from_codes], dtype=np.float64
        )
        # Counts are whole and not negative; only they can be carried without a remainder.
        counts = bool((numbers == np.floor(numbers)).all() and (numbers >= 0).all())
        carry = shares.apply_whole if counts else shares.apply
        for code, value in zip(shares.to_codes, carry(numbers).tolist(), strict=True):
            carried[code][period] = value
    return carried
