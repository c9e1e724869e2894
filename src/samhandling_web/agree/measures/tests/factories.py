"""Builds the people, problems, measures and plans the tests need."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from samhandling_web.agree.measures import services
from samhandling_web.agree.measures.models import ActionPlan, Measure, Portfolio
from samhandling_web.agree.measures.rules import Status
from samhandling_web.agree.measures.services.plans import Decision
from samhandling_web.base.accounts.models import Membership, Organisation, User
from samhandling_web.base.accounts.rules import Role
from samhandling_web.base.areas.models import Area, AreaLevel, AreaVersion, Municipality
from samhandling_web.understand.picture.tests import factories as pictures
from samhandling_web.understand.places.models import Cause, Place, Problem

MANUAL = {
    "kind": "manual",
    "what": "Anmälda skador på parkbänkar",
    "value": 40.0,
    "unit": "skador per år",
    "source": "Parkskötselns liggare",
    "day": "2025-06-30",
}
TOLD = {
    "carried": "as_planned",
    "result": "Färre bänkar gick sönder.",
    "reached_level": 1,
    "verdict": "end",
    "verdict_reason": "Skadorna är få.",
}


def today() -> date:
    return timezone.localdate()


def organisation(slug: str = "north", kind: str = "district_committee") -> Organisation:
    return Organisation.objects.get_or_create(slug=slug, defaults={"name": slug, "kind": kind})[0]


def person(role: Role, where: Organisation | None = None, name: str = "") -> User:
    user = User.objects.create_user(f"{name or role}@example.org")
    Membership.objects.create(
        user=user, organisation=where or organisation(), role=role, valid_from="2020-01-01"
    )
    return user


def district(code: str = "N") -> Area:
    """Return a district, with the organisation of its name as the one that answers for it."""
    Municipality.objects.get_or_create(code="9999", defaults={"name": "Provstad"})
    level, _made = AreaLevel.objects.get_or_create(
        slug="district", defaults={"name": "stadsdel", "name_plural": "stadsdelar"}
    )
    slug = {"N": "north", "S": "south"}[code]
    area, is_new = Area.objects.get_or_create(
        level=level, code=code, defaults={"responsible": organisation(slug)}
    )
    if is_new:
        AreaVersion.objects.create(
            area=area, name={"N": "Norr", "S": "Söder"}[code], valid_from="2010-01-01",
            geometry={}, geometry_map={}, area_m2=1.0, west=17, south=60, east=18, north=61,
        )  # fmt: skip
    return area


def problem(where: Area | None = None) -> Problem:
    where = where or district()
    owner = where.responsible or organisation()
    writer, _made = User.objects.get_or_create(email="problems@example.org")
    return Problem.objects.create(
        title="Skadegörelse i parken", what="Bänkar slås sönder", district=where, area=where,
        owner=owner, severity="yellow", created_by=writer,
    )  # fmt: skip


def cause(of: Problem) -> Cause:
    return Cause.objects.create(problem=of, statement="Ingen ser parken på kvällen", side="place")


def place(where: Area | None = None) -> Place:
    return Place.objects.create(
        name="Parken", kind="park", geometry={"type": "Point", "coordinates": [17.5, 60.5]},
        longitude=17.5, latitude=60.5, district=where or district(),
    )  # fmt: skip


def portfolio(name: str = "Trygghet") -> Portfolio:
    return Portfolio.objects.get_or_create(name=name)[0]


def whole(where: Area | None = None) -> dict[str, Any]:
    """Return everything that approval asks for."""
    area = where or district()
    what = problem(area)
    return {
        "problem": what,
        "cause": cause(what),
        "mechanism": "risk",
        "mechanism_text": "Fler ser parken när den är upplyst.",
        "kind": "lighting",
        "horizon": "here_and_now",
        "portfolio": portfolio(),
        "owner": area.responsible,
        "area": area,
        "investment_sek": 400_000,
        "running_sek_per_year": 20_000,
        "start_on": today() - timedelta(days=20),
        "end_on": today() + timedelta(days=20),
        "follow_up_on": today() + timedelta(days=60),
        "indicator_name": "Skador på bänkar",
        "indicator": MANUAL,
        "evaluation_level": 1,
    }


def proposed(actor: User, **changes: Any) -> Measure:
    """Return a proposal that has all that approval asks for."""
    where = changes.pop("where", None)
    proposer = actor.memberships.all()[0].organisation
    return services.measure_propose(
        title="Ny belysning i parken",
        proposer=proposer,
        actor=actor,
        changes=whole(where) | changes,
    )


def approved(proposer: User, approver: User, **changes: Any) -> Measure:
    measure = proposed(proposer, **changes)
    return services.measure_approve(
        measure_id=measure.pk, actor=approver, on=today() - timedelta(days=15)
    )


def started(proposer: User, approver: User, **changes: Any) -> Measure:
    measure = approved(proposer, approver, **changes)
    services.dose_plan_set(measure_id=measure.pk, amounts={"lampor": Decimal(12)}, actor=approver)
    return services.measure_start(
        measure_id=measure.pk, on=today() - timedelta(days=10), actor=approver
    )


def ended(proposer: User, approver: User, **changes: Any) -> Measure:
    measure = started(proposer, approver, **changes)
    services.dose_record(
        plan_id=measure.dose_plans.get().pk, on=today() - timedelta(days=5), amount=Decimal(12),
        actor=approver,
    )  # fmt: skip
    return services.measure_end(
        measure_id=measure.pk, outcome=Status.DONE, on=today() - timedelta(days=2), actor=approver
    )


def adopted_picture() -> Any:
    writer = User.objects.filter(email="pictures@example.org").first() or pictures.person(
        Role.ANALYST, organisation("town", "municipality"), "pictures"
    )
    registrar = User.objects.filter(email="registrar@example.org").first() or pictures.person(
        Role.CITY_STRATEGIST, organisation("town", "municipality"), "registrar"
    )
    return pictures.adopted(writer, registrar)


def plan(writer: User, measures: list[Measure], where: Area | None = None) -> ActionPlan:
    """Return a draft that lacks nothing but the decision."""
    picture = adopted_picture()
    drafted = services.plan_draft(
        title="Åtgärdsplan för Norr",
        district=where or district(),
        organisation=organisation(),
        period=(date(2026, 1, 1), date(2027, 12, 31)),
        actor=writer,
    )
    services.plan_edit(
        plan_id=drafted.pk,
        changes={"introduction": "Parken först.", "picture": picture},
        actor=writer,
    )
    services.plan_items_set(
        plan_id=drafted.pk, measure_ids=[one.pk for one in measures], actor=writer
    )
    drafted.refresh_from_db()
    return drafted


def decision(on: date | None = None) -> Decision:
    return Decision(organisation("board", "committee"), on or today(), "SN 2026/4")


def adopted_plan(writer: User, registrar: User, measures: list[Measure]) -> ActionPlan:
    drafted = plan(writer, measures)
    return services.plan_adopt(plan_id=drafted.pk, decision=decision(), actor=registrar)
