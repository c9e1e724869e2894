"""Reading the ground under the map, and how far the map reaches."""

from django.db.models import Max, Min, Q, QuerySet
from django.utils import timezone
from shapely.geometry import shape

from samhandling_web.base.areas.models import AreaLevel, AreaVersion, MapLayer, Municipality
from samhandling_web.base.areas.rules import Visibility


def map_layer(kind: str) -> MapLayer | None:
    return MapLayer.objects.filter(kind=kind).first()


def map_layer_kinds() -> dict[str, str]:
    """Return the kinds of ground there are, each with the mark of its content."""
    return dict(MapLayer.objects.values_list("kind", "revision"))


def extent() -> tuple[float, float, float, float] | None:
    """Return the municipality's west, south, east and north edges, where its areas tell them.

    The base units cover the municipality and nothing else; before there are any, its own border
    is read.
    """
    found = _now(AreaVersion.objects.filter(area__level__is_base_unit=True)).aggregate(
        Min("west"), Min("south"), Max("east"), Max("north")
    )
    if found["west__min"] is not None:
        return found["west__min"], found["south__min"], found["east__max"], found["north__max"]
    border = Municipality.objects.values_list("boundary", flat=True).first()
    if not border:
        return None
    west, south, east, north = shape(border).bounds
    return west, south, east, north


def level_people_know() -> str:
    """Return the slug of the broadest public division, rather than of units for statistics."""
    levels = AreaLevel.objects.filter(
        visibility=Visibility.PUBLIC,
        is_overlay=False,
        pk__in=_now(AreaVersion.objects.all()).values("area__level"),
    )
    slugs = levels.order_by("is_base_unit", "rank").values_list("slug", flat=True)
    return next(iter(slugs), "")


def _now(versions: QuerySet[AreaVersion]) -> QuerySet[AreaVersion]:
    today = timezone.localdate()
    ends_later = Q(valid_to__isnull=True) | Q(valid_to__gt=today)
    return versions.filter(ends_later, valid_from__lte=today)
