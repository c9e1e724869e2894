"""What is reckoned from the areas and stored: descent, neighbours and crosswalks."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import transaction
from django.db.models import QuerySet

from samhandling.space import AreaSet
from samhandling.space.lineage import Change, Lineage
from samhandling.space.lineage import lineage as descent_of
from samhandling.space.neighbours import Contiguity, neighbours
from samhandling_web.base.accounts.models import User
from samhandling_web.base.areas import lineage, permissions, rules
from samhandling_web.base.areas.complete_shares import shares_by_area, shares_by_population
from samhandling_web.base.areas.models import (
    AreaLevel,
    AreaLineage,
    AreaVersion,
    Crosswalk,
    Neighbour,
)
from samhandling_web.base.areas.rules import Weight
from samhandling_web.base.areas.selectors import divisions
from samhandling_web.base.audit import services as audit

MANY = 2_000


@transaction.atomic
def relations_refresh(*, level: AreaLevel) -> None:
    """Reckon anew everything that is stored about a level's areas, after they changed.

    Crosswalks by population that touched the level go; they come back when the number of
    residents per base unit is next handed to `crosswalks_compute`. Until then shares go by area.
    """
    AreaLineage.objects.filter(level=level).delete()
    Neighbour.objects.filter(area__area__level=level).delete()
    Crosswalk.objects.filter(target__area__level=level).delete()
    Crosswalk.objects.filter(source__area__level=level).delete()
    for day in divisions.division_days(level.slug):
        lineage_compute(level=level, day=day)
        if divisions.areas_on(level.slug, day).exists():
            neighbours_compute(level=level.slug, day=day)
    _base_crosswalks(level)


def _base_crosswalks(level: AreaLevel) -> None:
    """Store the shares from every division of the base units to every one of the level."""
    base = AreaLevel.objects.filter(is_base_unit=True).first()
    if base is None or level.is_overlay:
        return
    others = AreaLevel.objects.filter(is_overlay=False).exclude(pk=base.pk)
    targets = [level] if level.pk != base.pk else list(others)
    for target in targets:
        for from_day in _days_with_areas(base):
            for to_day in _days_with_areas(target):
                _store_shares(base.slug, from_day, target.slug, to_day, None)


def _days_with_areas(level: AreaLevel) -> list[date]:
    days = divisions.division_days(level.slug)
    return [day for day in days if divisions.areas_on(level.slug, day).exists()]


@transaction.atomic
def lineage_compute(*, level: AreaLevel, day: date) -> list[AreaLineage]:
    """Tell anew what became of the level's areas on one day, from how much they overlap.

    A level's first division descends from nothing and gets no lines.
    """
    AreaLineage.objects.filter(level=level, day=day).delete()
    of_level = AreaVersion.objects.filter(area__level=level)
    if not of_level.filter(valid_from__lt=day).exists():
        return []
    ended = {version.area.code: version for version in _ordered(of_level.filter(valid_to=day))}
    begun = {version.area.code: version for version in _ordered(of_level.filter(valid_from=day))}
    return [
        _line_store(level, day, group, ended, begun)
        for group in _descent(level.slug, list(ended.values()), list(begun.values()))
    ]


def _ordered(versions: QuerySet[AreaVersion]) -> QuerySet[AreaVersion]:
    return versions.select_related("area").order_by("area__code")


def _descent(
    level: str, ended: Sequence[AreaVersion], begun: Sequence[AreaVersion]
) -> list[Lineage]:
    if ended and begun:
        return descent_of(divisions.set_of(level, ended), divisions.set_of(level, begun))
    gone = [Lineage(Change.GONE, (version.area.code,), (), 0.0) for version in ended]
    return gone + [Lineage(Change.NEW, (), (version.area.code,), 0.0) for version in begun]


def _line_store(
    level: AreaLevel,
    day: date,
    group: Lineage,
    ended: Mapping[str, AreaVersion],
    begun: Mapping[str, AreaVersion],
) -> AreaLineage:
    earlier, later = [ended[code] for code in group.before], [begun[code] for code in group.after]
    kind = lineage.kind_of(
        [version.name for version in earlier],
        [version.name for version in later],
        same_surface=group.change is not Change.REDRAWN,
    )
    line = AreaLineage.objects.create(level=level, day=day, kind=kind, kept=group.kept)
    line.earlier.set(earlier)
    line.later.set(later)
    return line


@transaction.atomic
def neighbours_compute(*, level: str, day: date) -> int:
    """Store which of the level's areas on `day` touch, and return how many pairs do.

    Two versions that hold at the same time touch or not whatever the day, so a pair found for
    one division is right for every other that has both.
    """
    areas = divisions.area_as_set(level, day)
    numbers = _numbers(level, day)
    versions = [numbers[code] for code in areas.codes]
    touching, by_border = neighbours(areas), neighbours(areas, Contiguity.ROOK)
    bordering = [set(by_border[at].tolist()) for at in range(len(areas))]
    pairs = [
        Neighbour(
            area_id=versions[at],
            other_id=versions[other],
            shares_border=other in bordering[at],
        )
        for at in range(len(areas))
        for other in touching[at].tolist()
    ]
    Neighbour.objects.bulk_create(pairs, batch_size=MANY, ignore_conflicts=True)
    return len(pairs) // 2


@transaction.atomic
def crosswalks_compute(
    from_level: str,
    from_date: date,
    to_level: str,
    to_date: date,
    *,
    actor: User | None,
    residents: Mapping[str, int] | None = None,
) -> int:
    """Store how the content of one division's areas is shared out over another's.

    With `residents` (people per base unit, as they lived on `from_date`) shares follow where
    people live; an area without residents is shared out by surface, as all are without
    `residents`. Each area's shares sum to one. Returns how many shares were stored.

    Raises
    ------
    UnknownLevel, NoAreasThen, OverlayHasNoCrosswalk, UnknownUnits
        If a division is not there, does not cover the municipality, or a code is no base unit.
    """
    permissions.check_may_import_areas(actor)
    target = divisions.level_by_slug(to_level)
    if target.is_overlay:
        raise rules.OverlayHasNoCrosswalk(level=target.name)
    stored = _store_shares(from_level, from_date, to_level, to_date, residents)
    weight = Weight.AREA if residents is None else Weight.POPULATION
    after = {"from": f"{from_level} {from_date}", "to": f"{to_level} {to_date}", "weight": weight}
    audit.record(actor=actor, kind="areas.crosswalk.computed", target=target, after=after)
    return stored


def _store_shares(
    from_level: str,
    from_day: date,
    to_level: str,
    to_day: date,
    residents: Mapping[str, int] | None,
) -> int:
    source = divisions.area_as_set(from_level, from_day)
    target = divisions.area_as_set(to_level, to_day)
    if residents is None:
        weight, shares = Weight.AREA, shares_by_area(source, target)
    else:
        weight, units = Weight.POPULATION, _units_on(from_day, residents)
        people = [residents.get(code, 0) for code in units.codes]
        shares = shares_by_population(source, target, units, people)
    sources, targets = _numbers(from_level, from_day), _numbers(to_level, to_day)
    first_day = divisions.division_day(to_level, to_day)
    Crosswalk.objects.filter(
        source__in=sources.values(),
        target__area__level__slug=to_level,
        to_day=first_day,
        weight=weight,
    ).delete()
    rows = [
        Crosswalk(
            source_id=sources[code],
            target_id=targets[other],
            weight=weight,
            share=share,
            to_day=first_day,
        )
        for code, other, share in shares.rows()
    ]
    Crosswalk.objects.bulk_create(rows, batch_size=MANY)
    return len(rows)


def _numbers(level: str, day: date) -> dict[str, int]:
    return dict(divisions.areas_on(level, day).values_list("area__code", "pk"))


def _units_on(day: date, residents: Mapping[str, int]) -> AreaSet:
    base = divisions.base_level().slug
    units = divisions.area_as_set(base, day)
    if unknown := sorted(set(residents) - set(units.codes)):
        raise rules.UnknownUnits(level=base, day=day, codes=", ".join(unknown[:10]))
    return units
