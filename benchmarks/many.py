"""Fills an installation with as much work as a large city has: for measuring pages alone.

Rows are written in bulk, past the services: what is measured is reading.
"""

import uuid
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

import numpy as np

from benchmarks.many_agreed import agree

TOGETHER = 2_000
WEST, SOUTH, EAST, NORTH = 17.9, 59.2, 18.2, 59.45
WORDS = ("mörkt", "buskörning", "klotter", "nedskräpat", "högljutt", "trasig lampa", "lugnt")
SEED = 7
MEASURE_STATUSES = ("proposed", "approved", "started", "done", "stopped")


def fill(*, observations: int, places: int, measures: int, now: datetime) -> None:
    """Make reporters, observations, places, problems, meetings and measures, spread over a year."""
    rng = np.random.default_rng(SEED)
    districts, organisation, person = _ground()
    made = _places(places, districts, organisation, person, rng)
    _observations(observations, made, organisation, person, now, rng)
    problems = _problems(max(places // 2, 1), made, organisation, person)
    _measures(measures, problems, made, organisation, person, now.date(), rng)
    _meetings(max(measures // 50, 1), problems, organisation, person, now, rng)
    _walks(max(places // 20, 1), districts, organisation, person, now)
    agree(districts, problems, made, organisation, person, now)


def _ground() -> tuple[list[Any], Any, Any]:
    """Eleven districts side by side, an organisation and somebody who signs in."""
    import shapely

    from samhandling_web.base.accounts.models import Membership, Organisation, User
    from samhandling_web.base.areas.models import Area, AreaLevel, AreaVersion

    organisation, _ = Organisation.objects.get_or_create(
        slug="measured", defaults={"name": "Nämnden", "kind": "municipality"}
    )
    person, _ = User.objects.get_or_create(email="measured@example.org")
    Membership.objects.get_or_create(
        user=person, organisation=organisation, role="city_strategist", valid_from="2020-01-01"
    )
    level, _ = AreaLevel.objects.get_or_create(
        slug="measured_part", defaults={"name": "del", "name_plural": "delar", "rank": 1}
    )
    edges = np.linspace(WEST, EAST, 12)
    districts = []
    for at, (west, east) in enumerate(pairwise(edges)):
        area, made = Area.objects.get_or_create(
            level=level, code=f"M{at}", defaults={"responsible": organisation}
        )
        districts.append(area)
        if made:
            border = shapely.box(west, SOUTH, east, NORTH).__geo_interface__
            AreaVersion.objects.create(
                area=area, name=f"Del {at + 1}", valid_from=date(2015, 1, 1), geometry=border,
                geometry_map=border, content_hash=f"{at}", area_m2=1e6, west=west, south=SOUTH,
                east=east, north=NORTH,
            )  # fmt: skip
    return districts, organisation, person


def _places(
    count: int, districts: Sequence[Any], organisation: Any, person: Any, rng: np.random.Generator
) -> list[Any]:
    from samhandling_web.understand.places.models import Place

    longitude = rng.uniform(WEST, EAST, count)
    latitude = rng.uniform(SOUTH, NORTH, count)
    rows = [
        Place(
            name=f"Plats {at}",
            kind="square",
            geometry={"type": "Point", "coordinates": [longitude[at], latitude[at]]},
            longitude=longitude[at],
            latitude=latitude[at],
            district=districts[at % len(districts)],
            responsible=organisation,
            standing=("unsafe", "mixed", "safe")[at % 3],
            created_by=person,
        )
        for at in range(count)
    ]
    return Place.objects.bulk_create(rows, batch_size=TOGETHER)


def _observations(
    count: int,
    places: Sequence[Any],
    organisation: Any,
    person: Any,
    now: datetime,
    rng: np.random.Generator,
) -> None:
    from samhandling_web.observe.observations.models import Category, Observation
    from samhandling_web.observe.observations.services import categories_ensure
    from samhandling_web.understand.places.models import PlaceObservation

    categories_ensure()
    categories = list(Category.objects.all())
    sendings = _sendings(count, organisation, person, now, rng)
    near = rng.integers(0, len(places), count)
    rows = Observation.objects.bulk_create(
        [
            Observation(
                sending=sendings[at],
                number=1,
                category=categories[at % len(categories)],
                severity=("green", "yellow", "red")[at % 3],
                text=WORDS[at % len(WORDS)],
                start=sendings[at].typed_at,
                end=sendings[at].typed_at,
                longitude=places[near[at]].longitude,
                latitude=places[near[at]].latitude,
                precision="near",
                place_name=places[near[at]].name,
                district=places[near[at]].district,
                status=("received", "taken_up", "done")[at % 3],
            )
            for at in range(count)
        ],
        batch_size=TOGETHER,
    )
    PlaceObservation.objects.bulk_create(
        [PlaceObservation(place=places[near[at]], observation=rows[at]) for at in range(count)],
        batch_size=TOGETHER,
    )


def _sendings(
    count: int, organisation: Any, person: Any, now: datetime, rng: np.random.Generator
) -> list[Any]:
    """Sendings of a year, in the order in which they came."""
    from django.db.models import F

    from samhandling_web.observe.observations.models import Sending

    minutes = np.sort(rng.integers(0, 365 * 24 * 60, count))[::-1]
    made = Sending.objects.bulk_create(
        [
            Sending(
                client_id=uuid.uuid4(),
                reporter=person,
                organisation=organisation,
                typed_at=now - timedelta(minutes=int(minute)),
            )
            for minute in minutes
        ],
        batch_size=TOGETHER,
    )
    Sending.objects.update(received_at=F("typed_at"))
    return made


def _problems(count: int, places: Sequence[Any], organisation: Any, person: Any) -> list[Any]:
    from samhandling_web.understand.places.models import Cause, Problem

    rows = Problem.objects.bulk_create(
        [
            Problem(
                title=f"Problem {at}",
                what="Störningar på kvällarna.",
                district=places[at].district,
                owner=organisation,
                severity="yellow",
                status="analysed",
                created_by=person,
            )
            for at in range(count)
        ],
        batch_size=TOGETHER,
    )
    linked = Problem.places.through
    linked.objects.bulk_create(
        [linked(problem=row, place=places[at]) for at, row in enumerate(rows)],
        batch_size=TOGETHER,
    )
    Cause.objects.bulk_create(
        [Cause(problem=row, statement="Platsen är mörk.", side="place") for row in rows],
        batch_size=TOGETHER,
    )
    return rows


def _measures(
    count: int,
    problems: Sequence[Any],
    places: Sequence[Any],
    organisation: Any,
    person: Any,
    today: date,
    rng: np.random.Generator,
) -> None:
    from samhandling_web.agree.measures.models import Measure, Portfolio
    from samhandling_web.understand.places.models import Cause
    from samhandling_web.understand.places.queries import LiveQuery, QueryKind

    portfolio, _ = Portfolio.objects.get_or_create(name="Trygghet")
    causes = dict(Cause.objects.values_list("problem_id", "pk"))
    days = rng.integers(30, 700, count)
    Measure.objects.bulk_create(
        [
            Measure(
                title=f"Åtgärd {at}",
                problem=problems[at % len(problems)],
                cause_id=causes[problems[at % len(problems)].pk],
                mechanism="risk",
                mechanism_text="Det märks oftare.",
                horizon=("here_and_now", "long_term")[at % 2],
                portfolio=portfolio,
                place=places[at % len(places)],
                district=places[at % len(places)].district,
                owner=organisation,
                proposer=organisation,
                investment_sek=100_000,
                start_on=today - timedelta(days=int(days[at])),
                end_on=today - timedelta(days=int(days[at]) - 60),
                follow_up_on=today - timedelta(days=int(days[at]) - 120),
                indicator_name="Iakttagelser",
                indicator=LiveQuery(
                    QueryKind.OBSERVATIONS, place_id=places[at % len(places)].pk
                ).as_json(),
                baseline=_baseline(today),
                evaluation_level=1,
                status=MEASURE_STATUSES[at % len(MEASURE_STATUSES)],
                approved_on=today - timedelta(days=800),
                started_on=today - timedelta(days=int(days[at])),
                ended_on=today - timedelta(days=int(days[at]) - 60),
                created_by=person,
            )
            for at in range(count)
        ],
        batch_size=TOGETHER,
    )


def _baseline(today: date) -> dict[str, Any]:
    from samhandling_web.understand.places.queries import Reading

    first_day = today - timedelta(days=900)
    last_day = first_day + timedelta(days=364)
    reading = Reading(8.0, 3.5, 15.8, 8, "per år", first_day, last_day, "-", "-", "-")
    return reading.as_json()


def _meetings(
    count: int,
    problems: Sequence[Any],
    organisation: Any,
    person: Any,
    now: datetime,
    rng: np.random.Generator,
) -> None:
    from samhandling_web.agree.partnership.models import AgendaItem, Council, Meeting

    council, _ = Council.objects.get_or_create(
        kind="strategic", name="Rådet", organisation=organisation
    )
    days = rng.integers(1, 365, count)
    meetings = Meeting.objects.bulk_create(
        [
            Meeting(
                council=council,
                starts_at=now - timedelta(days=int(day)),
                ends_at=now - timedelta(days=int(day)) + timedelta(hours=2),
                status="held",
                created_by=person,
            )
            for day in days
        ],
        batch_size=TOGETHER,
    )
    AgendaItem.objects.bulk_create(
        [
            AgendaItem(
                meeting=meeting,
                number=number,
                title=f"Punkt {number}",
                problem=problems[(at + number) % len(problems)],
                decision="Se över platsen.",
                owner=organisation,
                deadline=meeting.starts_at.date() + timedelta(days=30),
                status="decided",
            )
            for at, meeting in enumerate(meetings)
            for number in range(1, 11)
        ],
        batch_size=TOGETHER,
    )


def _walks(
    count: int, districts: Sequence[Any], organisation: Any, person: Any, now: datetime
) -> None:
    from samhandling_web.observe.observations.models import Category
    from samhandling_web.observe.walks.models import Finding, Walk

    category = Category.objects.filter(kind="environment")[0]
    walks = Walk.objects.bulk_create(
        [
            Walk(
                title=f"Vandring {at}",
                district=districts[at % len(districts)],
                organiser=organisation,
                planned_at=now - timedelta(days=3 * at + 1),
                walked_at=now - timedelta(days=3 * at + 1),
                status="walked",
                created_by=person,
            )
            for at in range(count)
        ],
        batch_size=TOGETHER,
    )
    Finding.objects.bulk_create(
        [
            Finding(
                walk=walk,
                number=number,
                client_id=uuid.uuid4(),
                category=category,
                text="Lampan är trasig.",
                longitude=18.0,
                latitude=59.3,
                owner=organisation,
            )
            for walk in walks
            for number in range(1, 13)
        ],
        batch_size=TOGETHER,
    )
