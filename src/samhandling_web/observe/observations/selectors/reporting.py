"""What the report page needs to know, and what a receipt says."""

from datetime import date
from typing import Any

import shapely
from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils import timezone

from samhandling_web.base.accounts.models import Organisation
from samhandling_web.base.accounts.permissions import Actor, organisations_today
from samhandling_web.base.areas import selectors as areas
from samhandling_web.base.areas import shapes
from samhandling_web.base.areas.models import Area, AreaLevel
from samhandling_web.observe.observations.models import Observation, Sending
from samhandling_web.observe.observations.permissions import REPORTERS

MOST_NAMES = 300


def organisations_reported_for(actor: Actor) -> QuerySet[Organisation]:
    """Return the organisations in which the person holds a role that reports, by name."""
    own = organisations_today(actor, REPORTERS)
    return Organisation.objects.filter(pk__in=own).order_by("name")


def district_of(
    point: tuple[float, float] | None, place_name: str, day: date, organisation: Organisation
) -> Area | None:
    """Return the district that a report is of: by its point, by its place's name, or by its sender.

    A sender's own district counts where the place's name says nothing: a school that names its
    back yard means its own.
    """
    if point is not None:
        return areas.district_at(*point, day)
    level = areas.district_level()
    if level is None:
        return None
    if found := _district_by_name(place_name, day):
        return found
    own = Area.objects.filter(level=level, responsible=organisation)
    return own[0] if len(own) == 1 else None


def _district_by_name(place_name: str, day: date) -> Area | None:
    for level in AreaLevel.objects.filter(is_overlay=False):
        days = areas.division_days(level.slug)
        if not days:
            continue
        version = areas.area_by_name(place_name, level.slug, max(day, days[0]))
        if version is not None:
            middle = shapely.point_on_surface(shapes.from_geojson([version.geometry])[0])
            return areas.district_at(middle.x, middle.y, day)
    return None


def known_place_names() -> list[str]:
    """Return names that reporters have used most, then the areas', for choosing among."""
    used = (
        Observation.objects.exclude(place_name="")
        .order_by()
        .values("place_name")
        .annotate(times=Count("pk"))
        .order_by("-times", "place_name")
        .values_list("place_name", flat=True)[: MOST_NAMES // 2]
    )
    return list(dict.fromkeys([*used, *_area_names()]))[:MOST_NAMES]


def _area_names() -> list[str]:
    levels = AreaLevel.objects.filter(is_overlay=False, is_base_unit=False)
    today = timezone.localdate()
    return [
        name
        for level in levels
        for name in areas.areas_on(level.slug, today).values_list("name", flat=True)
    ]


def receipt_of(sending: Sending) -> dict[str, Any]:
    """Return what the telephone is told of a sending: the same however often it is sent."""
    rows = sending.observations.select_related("category").order_by("number")
    return {
        "client_id": str(sending.client_id),
        "received_at": sending.received_at.isoformat(),
        "nothing": sending.is_nothing_to_report,
        "observations": [
            {
                "number": row.number,
                "id": row.pk,
                "label": str(row),
                "url": reverse("observations:observation-detail", args=[row.pk]),
            }
            for row in rows
        ],
    }
