"""Readings of what reporters see: in an area, or within a radius of a place."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

import numpy as np
import shapely
from django.db.models import Max, Min, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from samhandling_web.base.areas import selectors as areas
from samhandling_web.base.areas.models import AreaVersion
from samhandling_web.observe.observations.models import Observation, ObservationStep, Sending
from samhandling_web.observe.observations.rules import (
    RADIUS_M,
    RESTRICTED_CATEGORIES,
    UNSAFE_KINDS,
    Precision,
    Status,
)
from samhandling_web.understand.picture.figures.wording import number
from samhandling_web.understand.places.ground import box_around, distances_m, shape_of
from samhandling_web.understand.places.queries.reading import (
    CannotBeCounted,
    Reading,
    counted,
    unanswered,
)

if TYPE_CHECKING:
    from samhandling_web.understand.places.models import Place
    from samhandling_web.understand.places.queries.question import LiveQuery
    from samhandling_web.understand.places.queries.subjects import Subjects

Moments = list[tuple[datetime, datetime]]
DAY_S = 86_400


def data_version() -> str:
    """Return a text that changes whenever what is known of observations changes."""
    sent = Sending.objects.aggregate(newest=Max("pk"))["newest"] or 0
    step = ObservationStep.objects.aggregate(newest=Max("pk"))["newest"] or 0
    return f"{sent}.{step}"


def begun() -> datetime | None:
    """Return when anybody first wrote down an observation; None before that."""
    first: datetime | None = Sending.objects.aggregate(first=Min("typed_at"))["first"]
    return first


def observations_reading(
    query: "LiveQuery", first_day: date, last_day: date, subjects: "Subjects"
) -> Reading:
    """Count observations of the period, from the day that anybody began to report."""
    told = {
        "source": _("Rapportörernas iakttagelser"),
        "data_version": subjects.observations_version,
    }
    try:
        start, end = _known_part(first_day, last_day, subjects)
        count, said = _counted(query, _chosen(query, start, end), end, subjects)
    except CannotBeCounted as exc:
        return unanswered(first_day, last_day, str(exc), **told)
    frame = unanswered(start, end, "", **told)
    reading = counted(count, _("iakttagelser per år"), frame)
    return replace(reading, definition=f"{said} {_effort(start, end)}")


def _known_part(first_day: date, last_day: date, subjects: "Subjects") -> tuple[date, date]:
    """Return the part of the period in which there was somebody who reported."""
    first = subjects.observations_begun
    if first is None:
        raise CannotBeCounted(_("Ingen har rapporterat något ännu."))
    start = max(first_day, timezone.localdate(first))
    end = min(last_day, timezone.localdate())
    if end < start:
        problem = _("Det finns rapporter bara från {first} till i dag, inte från perioden.")
        raise CannotBeCounted(problem.format(first=timezone.localdate(first)))
    return start, end


def _counted(
    query: "LiveQuery", chosen: QuerySet[Observation], end: date, subjects: "Subjects"
) -> tuple[float, str]:
    """Count the chosen observations where the question is about, and say how."""
    if query.place_id is not None:
        place = subjects.place(query.place_id)
        if place is None:
            raise CannotBeCounted(_("Platsen finns inte. Välj en annan plats."))
        return _near(chosen, place, query)
    if query.code:
        return _in_area(chosen, query, end)
    return _count(chosen, query), _("Iakttagelser i hela kommunen.")


def _effort(start: date, end: date) -> str:
    """Say how many reported: with more reporters, more is seen."""
    first, after = _moments(start, end)
    reporters = (
        Sending.objects.filter(typed_at__gte=first, typed_at__lt=after)
        .values("reporter")
        .distinct()
        .count()
    )
    return _(
        "Antal rapportörer i kommunen under perioden: {reporters}. Fler rapportörer ger fler "
        "iakttagelser. Sammanslagna räknas en gång, och kategorier som få får se räknas inte."
    ).format(reporters=number(reporters))


def _moments(start: date, end: date) -> tuple[datetime, datetime]:
    """Return the first moment of the period and the first after it."""
    zone = timezone.get_default_timezone()
    after = datetime.combine(end + timedelta(days=1), time.min, zone)
    return datetime.combine(start, time.min, zone), after


def _chosen(query: "LiveQuery", start: date, end: date) -> QuerySet[Observation]:
    first, after = _moments(start, end)
    found = (
        Observation.objects.filter(start__gte=first, start__lt=after)
        .exclude(status=Status.JOINED)
        .exclude(category__slug__in=RESTRICTED_CATEGORIES)
        .order_by()
    )
    if query.categories:
        found = found.filter(category__slug__in=query.categories)
    else:
        found = found.filter(category__kind__in=UNSAFE_KINDS)
    if query.severities:
        found = found.filter(severity__in=query.severities)
    if query.weekdays:
        found = found.filter(start__iso_week_day__in=[day + 1 for day in query.weekdays])
    return found


def _count(found: QuerySet[Observation], query: "LiveQuery") -> float:
    if query.hours is None:
        return found.count()
    return sum(_share_inside(list(found.values_list("start", "end")), query.hours))


def _near(found: QuerySet[Observation], place: "Place", query: "LiveQuery") -> tuple[float, str]:
    """Count what is surely near; what is placed more coarsely than the radius is told of."""
    radius = query.radius_m or place.radius_m
    box = box_around(place.geometry, radius)
    inside = found.filter(
        longitude__range=(box.west, box.east), latitude__range=(box.south, box.north)
    )
    rows = list(inside.values_list("longitude", "latitude", "precision", "start", "end"))
    if rows:
        lon, lat, precision, start, end = zip(*rows, strict=True)
        near = distances_m(place.geometry, lon, lat) <= radius
        sure = near & np.array([RADIUS_M[Precision(one)] <= radius for one in precision])
        moments = [
            pair
            for pair, is_sure in zip(zip(start, end, strict=True), sure, strict=True)
            if is_sure
        ]
        unsure = int((near & ~sure).sum())
    else:
        moments, unsure = [], 0
    said = _("Iakttagelser inom {radius} m från platsen.").format(radius=radius)
    if unsure:
        said += " " + _(
            "{unsure} till ligger där men är inte så noga placerade, och räknas inte."
        ).format(unsure=number(unsure))
    if query.hours is None:
        return float(len(moments)), said
    return sum(_share_inside(moments, query.hours)), said


def _in_area(found: QuerySet[Observation], query: "LiveQuery", day: date) -> tuple[float, str]:
    district = areas.district_level()
    if district is not None and district.slug == query.level:
        said = _("Iakttagelser i området.")
        return _count(found.filter(district__code=query.code), query), said
    versions = AreaVersion.objects.filter(area__level__slug=query.level, area__code=query.code)
    version = (
        versions.filter(valid_from__lte=day).order_by("-valid_from").first()
        or versions.order_by("valid_from").first()
    )
    if version is None:
        raise CannotBeCounted(_("Området finns inte längre. Välj ett annat område."))
    placed = found.filter(
        longitude__range=(version.west, version.east),
        latitude__range=(version.south, version.north),
    )
    rows = list(placed.values_list("longitude", "latitude", "start", "end"))
    shape = shape_of(version.geometry)
    shapely.prepare(shape)
    moments = [
        (start, end) for lon, lat, start, end in rows if shapely.contains_xy(shape, lon, lat)
    ]
    unplaced = found.filter(longitude__isnull=True).count()
    said = _(
        "Iakttagelser i området. {unplaced} i kommunen har bara ett platsnamn och räknas inte."
    ).format(unplaced=number(unplaced))
    if query.hours is None:
        return float(len(moments)), said
    return sum(_share_inside(moments, query.hours)), said


def _share_inside(moments: Moments, hours: tuple[int, int]) -> list[float]:
    """Return which share of each interval falls on the hours, in local time."""
    first, last = hours
    length = ((last - first) % 24 or 24) * 3600
    zone = timezone.get_default_timezone()

    def passed(moment: datetime) -> float:
        """Seconds on the chosen hours from the year 1 to the moment, by the clock on the wall."""
        local = moment.astimezone(zone)
        second = local.hour * 3600 + local.minute * 60 + local.second - first * 3600
        day, second = local.toordinal() + second // DAY_S, second % DAY_S
        return day * length + min(second, length)

    def share(start: datetime, end: datetime) -> float:
        local = start.astimezone(zone)
        lasted = (
            end.astimezone(zone).replace(tzinfo=None) - local.replace(tzinfo=None)
        ).total_seconds()
        if lasted <= 0:
            since = (local.hour * 3600 + local.minute * 60 + local.second - first * 3600) % DAY_S
            return float(since < length)
        return (passed(end) - passed(start)) / lasted

    return [share(start, end) for start, end in moments]
