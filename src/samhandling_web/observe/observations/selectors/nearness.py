"""Reading what lies near: observations that may be of the same thing."""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Prefetch, QuerySet, prefetch_related_objects

from samhandling_web.base.accounts.permissions import Actor
from samhandling_web.observe.observations import permissions, rules
from samhandling_web.observe.observations.models import Observation, ObservationPhoto
from samhandling_web.observe.observations.rules import RESTRICTED_CATEGORIES, Status

METRES_PER_DEGREE = 111_320
MOST_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Near:
    """What near is measured from: a category, a time, and a point or the name of a place."""

    category: str
    start: datetime
    end: datetime
    point: tuple[float, float] | None = None
    place_name: str = ""


def near_places(actor: Actor, near: Near) -> list[Observation]:
    """Return observations that stand on their own and may be of the same thing, nearest in time.

    A restricted category is shown to nobody who may not read it.
    """
    if near.category in RESTRICTED_CATEGORIES and not permissions.may_read_restricted(actor):
        return []
    hours = timedelta(hours=rules.DUPLICATE_HOURS)
    found = (
        Observation.objects.filter(
            category__slug=near.category, start__lte=near.end + hours, end__gte=near.start - hours
        )
        # An index knows when things began: what began more than a month before is not looked for.
        .filter(start__gte=near.start - hours - timedelta(days=31))
        .exclude(status=Status.JOINED)
        .select_related("category", "sending__organisation")
    )
    places = _around(found, near) if near.point else found.filter(place_name=near.place_name)
    if not near.point and not near.place_name:
        return []
    shown = sorted(places, key=lambda one: abs(one.start - near.start))[:MOST_SHOWN]
    kept = ObservationPhoto.objects.filter(photo__removal=None)
    prefetch_related_objects(shown, Prefetch("photos", kept))
    return shown


def near_observation(actor: Actor, observation: Observation) -> list[Observation]:
    """Return those that may be of the same thing as `observation`, without itself."""
    point = None
    if observation.longitude is not None and observation.latitude is not None:
        point = (observation.longitude, observation.latitude)
    near = Near(
        observation.category.slug,
        observation.start,
        observation.end,
        point,
        observation.place_name,
    )
    return [one for one in near_places(actor, near) if one.pk != observation.pk]


def distance_m(first: tuple[float, float], second: tuple[float, float]) -> float:
    """Return metres between two points (longitude, latitude) that lie within a few kilometres."""
    north = (second[1] - first[1]) * METRES_PER_DEGREE
    east = (second[0] - first[0]) * METRES_PER_DEGREE * math.cos(math.radians(first[1]))
    return math.hypot(north, east)


def _around(found: QuerySet[Observation], near: Near) -> list[Observation]:
    longitude, latitude = near.point or (0.0, 0.0)
    high = rules.DUPLICATE_RADIUS_M / METRES_PER_DEGREE
    wide = high / max(math.cos(math.radians(latitude)), 0.01)
    box = found.filter(
        latitude__range=(latitude - high, latitude + high),
        longitude__range=(longitude - wide, longitude + wide),
    )
    here = (longitude, latitude)
    return [
        one
        for one in box
        if one.longitude is not None
        and one.latitude is not None
        and distance_m(here, (one.longitude, one.latitude)) <= rules.DUPLICATE_RADIUS_M
    ]
