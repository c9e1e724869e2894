"""Reading the ground under the map."""

from samhandling_web.base.areas.models import MapLayer


def map_layer(kind: str) -> MapLayer | None:
    return MapLayer.objects.filter(kind=kind).first()


def map_layer_kinds() -> dict[str, str]:
    """Return the kinds of ground there are, each with the mark of its content."""
    return dict(MapLayer.objects.values_list("kind", "revision"))
