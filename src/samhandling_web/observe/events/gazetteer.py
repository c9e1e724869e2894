"""The names by which texts may tell a place: those of the municipality's named areas today."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b

from django.db.models import Q, QuerySet
from django.utils import timezone

from samhandling.sources.gazetteer import Alias, Entry
from samhandling.sources.schema import PositionPrecision
from samhandling_web.base.areas.models import AreaLevel, AreaVersion, Municipality

MUNICIPALITY_LEVEL = "municipality"


@dataclass(frozen=True, slots=True)
class Names:
    """Areas that can be answered, places elsewhere, and what tells this set of names apart."""

    entries: tuple[Entry, ...]
    elsewhere: tuple[str, ...]
    municipality_code: str

    @property
    def version(self) -> str:
        told = repr((self.entries, self.elsewhere))
        return blake2b(told.encode(), digest_size=8).hexdigest()


def names_today() -> Names:
    """Return the names of the finest level of named areas, with those of other municipalities."""
    municipality = Municipality.objects.first()
    level = _finest_named_level()
    if municipality is None or level is None:
        return Names((), (), municipality.code if municipality else "")
    entries = tuple(_entries(level))
    others = _valid_today().filter(area__level__slug=MUNICIPALITY_LEVEL)
    elsewhere = others.exclude(area__code=municipality.code).order_by("name")
    return Names(entries, tuple(elsewhere.values_list("name", flat=True)), municipality.code)


def area_exists(level: str, code: str) -> bool:
    """Whether the area is one of today's."""
    return _valid_today().filter(area__level__slug=level, area__code=code).exists()


def areas_to_choose() -> QuerySet[AreaVersion]:
    """Areas in which a person may place an event, by name."""
    level = _finest_named_level()
    return _valid_today().filter(area__level=level).select_related("area").order_by("name")


def _finest_named_level() -> AreaLevel | None:
    """Return the level of neighbourhoods, or else the one with the smallest named areas."""
    named = AreaLevel.objects.filter(is_base_unit=False, is_overlay=False)
    named = named.exclude(slug=MUNICIPALITY_LEVEL)
    neighbourhoods = named.filter(slug=PositionPrecision.NEIGHBOURHOOD).first()
    return neighbourhoods or named.order_by("rank").last()


def _entries(level: AreaLevel) -> Iterator[Entry]:
    versions = _valid_today().filter(area__level=level).order_by("area__code")
    for code, name, attributes in versions.values_list("area__code", "name", "attributes"):
        aliases = tuple(Alias(alias) for alias in attributes.get("aliases", ()))
        homonym = bool(attributes.get("homonym", False))
        yield Entry(code, name, level.slug, aliases=aliases, homonym=homonym)


def _valid_today() -> QuerySet[AreaVersion]:
    today = timezone.localdate()
    return AreaVersion.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=today), valid_from__lte=today
    )
