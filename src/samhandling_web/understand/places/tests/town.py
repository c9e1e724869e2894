"""What the tests stand on: people, a district with an organisation, places and observations."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import shapely

from samhandling_web.base.accounts.models import Membership, Organisation, User
from samhandling_web.base.accounts.rules import Role
from samhandling_web.base.areas.models import Area, AreaLevel, AreaVersion
from samhandling_web.observe.observations.models import Category, Observation, Sending
from samhandling_web.observe.observations.rules import Severity
from samhandling_web.observe.walks.models import Finding, Walk
from samhandling_web.understand.places import services
from samhandling_web.understand.places.models import Place, Problem
from samhandling_web.understand.places.queries import LiveQuery, QueryKind
from samhandling_web.understand.places.rules import PlaceKind, TriangleSide
from samhandling_web.understand.places.services import (
    CauseDetails,
    PlaceDetails,
    ProblemDetails,
)

LON, LAT = 17.04, 60.02
"""A corner in the western district of `understand/picture/tests/invented_town.py`."""
WEST = shapely.box(17.0, 60.0, 17.08, 60.04)
EAST = shapely.box(17.08, 60.0, 17.16, 60.04)
DEGREE_EAST_M = 55_800.0
"""Metres in a degree of longitude at latitude 60."""


def organisation(slug: str = "west-board", kind: str = "district_committee") -> Organisation:
    return Organisation.objects.get_or_create(slug=slug, defaults={"name": slug, "kind": kind})[0]


def person(role: Role, where: Organisation | None = None, name: str = "") -> User:
    user = User.objects.create_user(f"{name or role}@example.org")
    Membership.objects.create(
        user=user, organisation=where or organisation(), role=role, valid_from="2020-01-01"
    )
    return user


def district(code: str = "W", responsible: Organisation | None = None) -> Area:
    """Return a district, made unless it is there, that an organisation answers for."""
    level, _made = AreaLevel.objects.get_or_create(
        slug="district", defaults={"name": "stadsdel", "name_plural": "stadsdelar"}
    )
    area, is_new = Area.objects.get_or_create(level=level, code=code)
    if responsible is not None:
        area.responsible = responsible
        area.save()
    if is_new:
        shape = {"W": WEST, "E": EAST}[code]
        border = shapely.geometry.mapping(shape)
        AreaVersion.objects.create(
            area=area,
            name={"W": "Väster", "E": "Öster"}[code],
            valid_from=date(2010, 1, 1),
            geometry=border,
            geometry_map=border,
            content_hash=code,
            area_m2=1.0,
            **dict(zip(("west", "south", "east", "north"), shape.bounds, strict=True)),
        )
    return area


def point(lon: float = LON, lat: float = LAT) -> dict[str, Any]:
    return {"type": "Point", "coordinates": [lon, lat]}


def place(name: str = "Torget", lon: float = LON, lat: float = LAT, **values: Any) -> Place:
    """Return a stored place, as if it had been made by its service."""
    return Place.objects.create(
        **(
            {"name": name, "kind": "square", "geometry": point(lon, lat), "longitude": lon}
            | {"latitude": lat}
            | values
        )
    )


def category(slug: str = "disorder", kind: str = "event") -> Category:
    return Category.objects.get_or_create(slug=slug, defaults={"name": slug, "kind": kind})[0]


def observation(
    reporter: User,
    day: date,
    lon: float | None = LON,
    lat: float | None = LAT,
    *,
    hour: int = 12,
    lasts_h: int = 0,
    **values: Any,
) -> Observation:
    """Return an observation as it was received."""
    start = datetime(day.year, day.month, day.day, hour, tzinfo=UTC)
    sending = Sending.objects.create(
        client_id=uuid4(), reporter=reporter, organisation=organisation(), typed_at=start
    )
    told: dict[str, Any] = {
        "sending": sending,
        "number": 1,
        "severity": "yellow",
        "start": start,
        "end": start + timedelta(hours=lasts_h),
        "longitude": lon,
        "latitude": lat,
        "precision": "exact",
    }
    if "category" not in values:
        told["category"] = category()
    return Observation.objects.create(**(told | values))


def observations(reporter: User, days: Iterable[date], **values: Any) -> list[Observation]:
    return [observation(reporter, day, **values) for day in days]


def finding(**values: Any) -> Finding:
    """Return a finding of a walk, as if it had been made on the walk."""
    owner = person(Role.CITY_STRATEGIST, name=f"walker-{uuid4().hex[:6]}")
    start = datetime(2025, 9, 1, 18, tzinfo=UTC)
    walk = Walk.objects.create(
        title="Vandring", organiser=organisation(), planned_at=start, created_by=owner
    )
    told = {
        "walk": walk,
        "number": 1,
        "client_id": uuid4(),
        "category": category("dark", "environment"),
        "text": "Lampan lyser inte.",
        "longitude": LON,
        "latitude": LAT,
    }
    return Finding.objects.create(**(told | values))


def details(**values: Any) -> PlaceDetails:
    told: dict[str, Any] = {"name": "Torget", "kind": PlaceKind.SQUARE, "geometry": point()}
    return PlaceDetails(**(told | values))


def problem_details(*places: Place, **values: Any) -> ProblemDetails:
    told: dict[str, Any] = {
        "title": "Langning på torget",
        "what": "Narkotika säljs öppet.",
        "to_whom": "Unga på väg från skolan.",
        "when": "Fredagskvällar.",
        "severity": Severity.RED,
        "owner": organisation(),
        "place_ids": tuple(place.pk for place in places),
    }
    return ProblemDetails(**(told | values))


def cause_details(**values: Any) -> CauseDetails:
    told: dict[str, Any] = {
        "statement": "Ingen vuxen ser torget på kvällen.",
        "side": TriangleSide.PLACE,
        "controller": "butiksägaren",
        "whys": (
            "Butiken stänger klockan 18.",
            "Kvällsöppet lönar sig inte.",
            "Folk går inte dit.",
        ),
    }
    return CauseDetails(**(told | values))


def analysed_ready(actor: User, *places: Place) -> Problem:
    """Return a problem with everything that an analysis needs, not yet analysed."""
    problem = services.problem_create(details=problem_details(*places), actor=actor)
    cause = services.cause_add(problem_id=problem.pk, details=cause_details(), actor=actor)
    query = LiveQuery(QueryKind.OBSERVATIONS, place_id=places[0].pk)
    services.evidence_add(cause_id=cause.pk, query=query, actor=actor)
    return problem
