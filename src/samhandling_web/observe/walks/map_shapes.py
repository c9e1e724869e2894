"""What the maps of walks draw: the findings as numbered points, the route, and where to look."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from samhandling_web.base.areas import selectors as areas
from samhandling_web.observe.walks.models import Finding, Walk

# About 200 metres around what is drawn.
MARGIN_LATITUDE, MARGIN_LONGITUDE = 0.002, 0.004
JSON = dict[str, Any]


def corners_of(route: JSON | None) -> list[tuple[float, float]]:
    """Return the corners of a route, longitude before latitude."""
    return [tuple(corner) for corner in route["coordinates"]] if route else []


def points_of(findings: Iterable[Finding]) -> JSON:
    """Return the findings that have a position, each with its number."""
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [one.longitude, one.latitude]},
            "properties": {"number": one.number, "label": str(one.number), "count": 4},
        }
        for one in findings
        if one.longitude is not None
    ]
    return {"type": "FeatureCollection", "features": features}


def route_of(walk: Walk) -> JSON:
    """Return the walk's route as the one line of a collection; without one, none."""
    route = walk.route
    features = [{"type": "Feature", "geometry": route, "properties": {}}] if route else []
    return {"type": "FeatureCollection", "features": features}


def frame_of(walk: Walk, findings: Iterable[Finding]) -> JSON | None:
    """Return which areas a map shows and its bounds; None where there is nothing to draw."""
    level = areas.district_level()
    corners = corners_of(walk.route)
    corners += [
        (one.longitude, one.latitude)
        for one in findings
        if one.longitude is not None and one.latitude is not None
    ]
    if level is None or not corners:
        return None
    east, north = (max(values) for values in zip(*corners, strict=True))
    west, south = (min(values) for values in zip(*corners, strict=True))
    edges = (
        west - MARGIN_LONGITUDE,
        south - MARGIN_LATITUDE,
        east + MARGIN_LONGITUDE,
        north + MARGIN_LATITUDE,
    )
    return {
        "areas": reverse("areas:level-map", args=[level.slug]),
        "bounds": ",".join(f"{edge:.5f}" for edge in edges),
    }
