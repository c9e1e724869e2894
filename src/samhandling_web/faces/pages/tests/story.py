"""One thread from what was seen to what came of it, and beside it something that is not on it."""

import uuid
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from samhandling_web.agree.measures.indicators import TypedFigure
from samhandling_web.agree.measures.models import FollowUp, Measure, Portfolio
from samhandling_web.agree.partnership.models import (
    AgendaItem,
    Agreement,
    Council,
    Meeting,
    Priority,
)
from samhandling_web.base.accounts.models import Membership, Organisation, User
from samhandling_web.base.areas.models import Area
from samhandling_web.observe.observations.models import Category, Observation, Sending
from samhandling_web.observe.walks.models import Finding, Walk
from samhandling_web.understand.places.models import (
    Cause,
    Place,
    PlaceFinding,
    PlaceObservation,
    Problem,
)

NOW = datetime(2026, 6, 1, 10, tzinfo=UTC)
DAY = NOW.date()


@dataclass
class Story:
    """The objects of the thread, and a place that lies beside it."""

    observation: Observation
    finding: Finding
    place: Place
    problem: Problem
    priority: Priority
    item: AgendaItem
    measure: Measure
    result: FollowUp
    elsewhere: Place


def organisation() -> Organisation:
    found, _made = Organisation.objects.get_or_create(
        slug="namnden", defaults={"name": "Nämnden", "kind": "committee"}
    )
    return found


def person(role: str) -> User:
    user, _made = User.objects.get_or_create(email=f"{role}@example.org")
    Membership.objects.get_or_create(
        user=user, organisation=organisation(), role=role, valid_from=date(2020, 1, 1)
    )
    return user


def make_story(
    district: Area | None = None, *, number: int = 1, reporter: User | None = None
) -> Story:
    writer = person("city_strategist")
    seen, found = _seen(district, reporter or writer, number), _found(district, writer)
    place, elsewhere = _place("Stationstunneln", district), _place("Torget", district)
    PlaceObservation.objects.create(place=place, observation=seen)
    PlaceFinding.objects.create(place=place, finding=found)
    problem = Problem.objects.create(
        title="Otryggt i tunneln", what="Störningar kvällstid.", district=district,
        owner=organisation(), severity="yellow", created_by=writer,
    )  # fmt: skip
    problem.places.add(place)
    priority, item = _priority(problem, writer), _item(problem, district, writer)
    measure = _measure(problem, place, priority, item, writer)
    result = FollowUp.objects.create(
        measure=measure, on=DAY, carried="as_planned", dose=[], reached_level=1,
        outcome={"after": measure.baseline, "change": None, "reservations": []},
        result="Färre störningar.", verdict="end", verdict_reason="Klart.", actor=writer,
    )  # fmt: skip
    return Story(seen, found, place, problem, priority, item, measure, result, elsewhere)


def _category() -> Category:
    found, _made = Category.objects.get_or_create(
        slug="dark", defaults={"name": "Mörkt", "kind": "environment"}
    )
    return found


def _seen(district: Area | None, writer: User, number: int) -> Observation:
    sending = Sending.objects.create(
        client_id=uuid.uuid4(), reporter=writer, organisation=organisation(), typed_at=NOW
    )
    return Observation.objects.create(
        sending=sending, number=number, category=_category(), severity="yellow", start=NOW,
        end=NOW, precision="named", place_name="Stationstunneln", district=district,
    )  # fmt: skip


def _found(district: Area | None, writer: User) -> Finding:
    walk = Walk.objects.create(
        title="Vandring vid stationen", district=district, organiser=organisation(),
        planned_at=NOW, walked_at=NOW, status="walked", created_by=writer,
    )  # fmt: skip
    return Finding.objects.create(
        walk=walk, number=1, client_id=uuid.uuid4(), category=_category(), text="Lampan är trasig"
    )


def _place(name: str, district: Area | None) -> Place:
    return Place.objects.create(
        name=name, kind="tunnel", geometry={"type": "Point", "coordinates": [18, 59]},
        longitude=18, latitude=59, district=district,
    )  # fmt: skip


def _priority(problem: Problem, writer: User) -> Priority:
    agreement = Agreement.objects.create(
        kind="local_agreement", title="Överenskommelse", owner=organisation(), created_by=writer
    )
    priority = Priority.objects.create(
        agreement=agreement, title="Trygga stationer", indicator_name="Iakttagelser",
        indicator={}, valid_from=DAY,
    )  # fmt: skip
    priority.problems.add(problem)
    return priority


def _item(problem: Problem, district: Area | None, writer: User) -> AgendaItem:
    council = Council.objects.create(
        kind="local", name="Lokala rådet", organisation=organisation(), district=district
    )
    meeting = Meeting.objects.create(
        council=council, starts_at=NOW, ends_at=NOW + timedelta(hours=1), status="held",
        created_by=writer,
    )  # fmt: skip
    return AgendaItem.objects.create(
        meeting=meeting, number=1, title="Tunneln", problem=problem, decision="Byt lampor",
        owner=organisation(), deadline=DAY, status="decided",
    )  # fmt: skip


def _measure(
    problem: Problem, place: Place, priority: Priority, item: AgendaItem, writer: User
) -> Measure:
    cause = Cause.objects.create(problem=problem, statement="Det är mörkt.", side="place")
    portfolio, _made = Portfolio.objects.get_or_create(name="Trygghet")
    figure = TypedFigure("Störningar", 12.0, "per månad", "Bolaget", DAY)
    return Measure.objects.create(
        title="Ny belysning", problem=problem, cause=cause, mechanism="risk",
        mechanism_text="Det syns.", kind="lighting", horizon="here_and_now", portfolio=portfolio,
        place=place, district=place.district, owner=organisation(), proposer=organisation(),
        start_on=DAY, end_on=DAY, follow_up_on=DAY, indicator_name="Iakttagelser",
        indicator=figure.as_json(), baseline=figure.reading().as_json(), evaluation_level=1,
        priority=priority, decided_at_item=item, status="followed_up", approved_on=DAY,
        started_on=DAY, ended_on=DAY, created_by=writer,
    )  # fmt: skip
