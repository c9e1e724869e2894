"""What became of areas, in words."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from samhandling_web.base.accounts.permissions import Actor
from samhandling_web.base.areas import permissions
from samhandling_web.base.areas.lineage import LineageKind, sentence
from samhandling_web.base.areas.models import Area, AreaLineage, AreaVersion, Neighbour
from samhandling_web.base.areas.selectors.divisions import visible


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened to one or more areas on a day, and the sentence that tells it."""

    day: date
    kind: LineageKind
    text: str
    earlier: tuple[AreaVersion, ...]
    later: tuple[AreaVersion, ...]


def area_visible_to(actor: Actor, level: str, code: str) -> QuerySet[Area]:
    """The area of that level and code, if the person may see where it lies."""
    allowed = permissions.visibilities_open_to(actor)
    own = Q(visibility__in=allowed) | Q(visibility="", level__visibility__in=allowed)
    areas = Area.objects.filter(own, level__slug=level, code=code, versions__isnull=False)
    return areas.distinct().select_related("level", "responsible")


def versions_of(area: Area) -> QuerySet[AreaVersion]:
    """Every version of one area, the latest first."""
    return area.versions.select_related("area__level").order_by("-valid_from")


def neighbours_of(version: AreaVersion, actor: Actor) -> QuerySet[AreaVersion]:
    """The areas beside one, by name, as far as the person may see them."""
    beside = Neighbour.objects.filter(area=version).values("other")
    allowed = permissions.visibilities_open_to(actor)
    versions = AreaVersion.objects.filter(pk__in=beside).select_related("area__level")
    return visible(versions, allowed).order_by("name")


def happenings_of_level(level: str, actor: Actor) -> list[Happening]:
    """Everything that happened to the level's areas, the latest first."""
    return _told(AreaLineage.objects.filter(level__slug=level), actor)


def happenings_of_area(area: Area, actor: Actor) -> list[Happening]:
    """Everything that happened to one area: what it came of and what it became."""
    parties = Q(earlier__area=area) | Q(later__area=area)
    own = AreaLineage.objects.filter(parties).values("pk")
    return _told(AreaLineage.objects.filter(pk__in=own), actor)


def _told(lines: QuerySet[AreaLineage], actor: Actor) -> list[Happening]:
    """Put the lines in words, without those that tell of areas the person may not see."""
    allowed = permissions.visibilities_open_to(actor)
    parties = AreaVersion.objects.select_related("area__level").defer("geometry", "geometry_map")
    full = lines.prefetch_related(Prefetch("earlier", parties), Prefetch("later", parties))
    told = [_happening(line) for line in full.order_by("-day", "pk")]
    return [
        happening
        for happening in told
        if all(
            (version.area.visibility or version.area.level.visibility) in allowed
            for version in (*happening.earlier, *happening.later)
        )
    ]


def _happening(line: AreaLineage) -> Happening:
    kind = LineageKind(line.kind)
    earlier, later = tuple(line.earlier.all()), tuple(line.later.all())
    text = sentence(
        kind,
        [version.name for version in earlier],
        [version.name for version in later],
        line.day.isoformat(),
    )
    return Happening(line.day, kind, text, earlier, later)
