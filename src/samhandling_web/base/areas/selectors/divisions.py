"""Which areas a level has on a day. A level is named by its slug."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils import timezone

from samhandling.space import AreaSet
from samhandling_web.base.accounts.permissions import Actor
from samhandling_web.base.areas import permissions, rules, shapes
from samhandling_web.base.areas.models import Area, AreaLevel, AreaVersion, Municipality
from samhandling_web.base.areas.rules import Visibility

KEPT_SETS = 48


def municipality() -> Municipality | None:
    """Return the municipality this installation serves, None before it is set."""
    return Municipality.objects.first()


def municipality_name() -> str | None:
    """Return the municipality's name without its border, which is heavy; None before it is set."""
    return Municipality.objects.order_by("pk").values_list("name", flat=True).first()


def level_by_slug(slug: str) -> AreaLevel:
    """Return the level.

    Raises
    ------
    UnknownLevel
        If the installation has no such level.
    """
    level = AreaLevel.objects.filter(slug=slug).first()
    if level is None:
        raise rules.UnknownLevel(level=slug)
    return level


def base_level() -> AreaLevel:
    """Return the level in which residents and events are counted.

    Raises
    ------
    NoBaseLevel
        If no level is marked as the base unit.
    """
    level = AreaLevel.objects.filter(is_base_unit=True).first()
    if level is None:
        raise rules.NoBaseLevel
    return level


def covering_levels() -> QuerySet[AreaLevel]:
    """Return the levels whose areas cover the municipality, the largest areas first."""
    in_use = Exists(Area.objects.filter(level=OuterRef("pk")))
    return AreaLevel.objects.filter(in_use, is_overlay=False)


def district_level() -> AreaLevel | None:
    """Return the level of the largest areas that cover the municipality; None before there is one.

    It is on those that work is shared out: districts, where the municipality has them.
    """
    return covering_levels().first()


@dataclass(frozen=True, slots=True)
class District:
    """One of the largest areas on a day, without its borders."""

    area_id: int
    name: str
    responsible_id: int | None


def districts_on(day: date) -> list[District]:
    """Return the areas of the district level by code, on `day` or the level's first day.

    There are none until the municipality is set.
    """
    level = covering_levels().values("pk")[:1]
    rows = list(
        AreaVersion.objects.filter(Exists(Municipality.objects.all()), area__level=Subquery(level))
        .order_by("area__code")
        .values_list("area_id", "name", "area__responsible_id", "valid_from", "valid_to")
    )
    held = max([day, *sorted(row[3] for row in rows)[:1]])
    return [
        District(*row[:3]) for row in rows if row[3] <= held and (row[4] is None or row[4] > held)
    ]


def district_at(longitude: float, latitude: float, day: date) -> Area | None:
    """Return the district that holds a point on `day`; None outside all of them."""
    level = district_level()
    if level is None or not division_days(level.slug):
        return None
    held = max(day, division_days(level.slug)[0])
    version = area_at(longitude, latitude, level.slug, held)
    return version.area if version else None


def levels_visible_to(actor: Actor) -> QuerySet[AreaLevel]:
    """Levels with at least one area that the person may see, largest areas first."""
    allowed = permissions.visibilities_open_to(actor)
    own = Q(areas__visibility__in=allowed) | Q(areas__visibility="", visibility__in=allowed)
    return AreaLevel.objects.filter(own).distinct()


def levels_with_counts(actor: Actor, day: date | None = None) -> QuerySet[AreaLevel]:
    """Levels that the person may see, each with `area_count`: its areas on `day`, or today."""
    day = day or timezone.localdate()
    holds = Q(areas__versions__valid_to__isnull=True) | Q(areas__versions__valid_to__gt=day)
    begun = Q(areas__versions__valid_from__lte=day)
    return every_level(actor).annotate(
        area_count=Count("areas__versions", filter=holds & begun, distinct=True)
    )


def every_level(actor: Actor) -> QuerySet[AreaLevel]:
    """Every level for those who define them, also empty ones; for others what they may see."""
    if permissions.may_manage_areas(actor):
        return AreaLevel.objects.all()
    return AreaLevel.objects.filter(pk__in=levels_visible_to(actor).values("pk"))


def shows_protected(actor: Actor, level: str, day: date) -> bool:
    """Whether what the person sees of the level on `day` includes protected areas."""
    if not permissions.may_see_protected_areas(actor):
        return False
    return visible(areas_on(level, day), {Visibility.PROTECTED}).exists()


def areas_on(level: str, day: date) -> QuerySet[AreaVersion]:
    """Every area version of the level that holds on `day`, by code; protected ones too.

    Borders are heavy: add `.defer("geometry", "geometry_map")` where they are not wanted.
    """
    holds = Q(valid_to__isnull=True) | Q(valid_to__gt=day)
    return (
        AreaVersion.objects.filter(holds, area__level__slug=level, valid_from__lte=day)
        .select_related("area__level", "area__responsible")
        .order_by("area__code")
    )


def areas_visible_to(actor: Actor, level: str, day: date) -> QuerySet[AreaVersion]:
    """The area versions of the level on `day` whose borders the person may see."""
    allowed = permissions.visibilities_open_to(actor)
    return visible(areas_on(level, day), allowed)


def visible(versions: QuerySet[AreaVersion], allowed: Collection[str]) -> QuerySet[AreaVersion]:
    """Leave out versions of areas whose protection is not among `allowed`."""
    own = Coalesce(NullIf("area__visibility", Value("")), "area__level__visibility")
    return versions.alias(protection=own).filter(protection__in=allowed)


def division_days(level: str) -> list[date]:
    """Return the days on which the level changed, first to last."""
    rows = AreaVersion.objects.filter(area__level__slug=level).values_list("valid_from", "valid_to")
    return sorted({day for row in rows for day in row if day is not None})


def division_day(level: str, day: date) -> date:
    """Return the first day of the division that holds on `day`.

    Raises
    ------
    NoAreasThen
        If the level has no areas that early.
    """
    before = [first for first in division_days(level) if first <= day]
    if not before:
        raise rules.NoAreasThen(level=level, day=day)
    return before[-1]


def area_as_set(level: str, day: date) -> AreaSet:
    """Return the level's areas on `day` for reckoning; kept until the level changes.

    Raises
    ------
    UnknownLevel, NoAreasThen
        If there is no such level or it has no areas that day.
    """
    revision = level_by_slug(level).revision
    return _kept_set(level, division_day(level, day), revision)


@lru_cache(maxsize=KEPT_SETS)
def _kept_set(level: str, day: date, _revision: str) -> AreaSet:
    versions = list(areas_on(level, day).defer("geometry_map"))
    if not versions:
        raise rules.NoAreasThen(level=level, day=day)
    return set_of(level, versions)


def set_of(level: str, versions: Sequence[AreaVersion]) -> AreaSet:
    """Return the given versions as an area set, in their order."""
    return AreaSet.of(
        level,
        [version.area.code for version in versions],
        [version.name for version in versions],
        shapes.from_geojson(version.geometry for version in versions),
    )


def area_at(lon: float, lat: float, level: str, day: date) -> AreaVersion | None:
    """Return the area that holds a point on `day`, None where the level has none."""
    areas = area_as_set(level, day)
    at = int(areas.assign([lon], [lat])[0])
    return None if at < 0 else areas_on(level, day).get(area__code=areas.codes[at])


def area_by_name(name: str, level: str, day: date) -> AreaVersion | None:
    """Return the one area of that name on `day`, whatever its case; None if there is not one."""
    wanted = " ".join(name.split()).casefold()
    # Not in SQL: SQLite's upper and lower case end at Z.
    found = [
        number
        for number, known in areas_on(level, day).values_list("pk", "name")
        if " ".join(known.split()).casefold() == wanted
    ]
    return areas_on(level, day).get(pk=found[0]) if len(found) == 1 else None
