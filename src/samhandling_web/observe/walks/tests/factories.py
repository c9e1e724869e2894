"""Builds the people, walks and findings that the tests need."""

from datetime import date, timedelta
from uuid import uuid4

from django.utils import timezone

from samhandling_web.base.accounts.models import Membership, Organisation, User
from samhandling_web.base.accounts.rules import Role
from samhandling_web.observe.observations.models import Category
from samhandling_web.observe.walks import services
from samhandling_web.observe.walks.models import Finding, Walk
from samhandling_web.observe.walks.rules import AgeBand, FindingStatus, Light, Sex
from samhandling_web.observe.walks.services import Answer, Found, Plan

CAME = {(Sex.WOMEN, AgeBand.ADULT): 4, (Sex.MEN, AgeBand.OLD): 3}
POSITION = (17.65, 59.86)


def organisation(slug: str = "district-north", kind: str = "district_committee") -> Organisation:
    return Organisation.objects.get_or_create(slug=slug, defaults={"name": slug, "kind": kind})[0]


def person(role: Role, where: Organisation | None = None, name: str = "") -> User:
    user = User.objects.create_user(f"{name or role}@example.org")
    Membership.objects.create(
        user=user, organisation=where or organisation(), role=role, valid_from="2020-01-01"
    )
    return user


def coordinator() -> User:
    known = User.objects.filter(email="district_coordinator@example.org").first()
    return known or person(Role.DISTRICT_COORDINATOR)


def category(slug: str = "dark") -> Category:
    values = {"name": "Mörkt eller trasig lampa", "kind": "environment"}
    return Category.objects.get_or_create(slug=slug, defaults=values)[0]


def planned(actor: User | None = None, **changes: object) -> Walk:
    values: dict[str, object] = {
        "title": "Runt torget",
        "planned_at": timezone.now() - timedelta(hours=2),
        "organiser": organisation(),
    }
    plan = Plan(**(values | changes))  # type: ignore[arg-type]
    return services.walk_plan(plan=plan, actor=actor or coordinator())


def found(**changes: object) -> Found:
    values: dict[str, object] = {
        "client_id": uuid4(),
        "category": category(),
        "text": "Två lampor lyser inte.",
        "place_name": "Tunneln",
        "position": POSITION,
    }
    return Found(**(values | changes))  # type: ignore[arg-type]


def add(walk: Walk, actor: User | None = None, **changes: object) -> Finding:
    return services.finding_add(
        walk_id=walk.pk, found=found(**changes), actor=actor or coordinator()
    )


def walked(walk: Walk | None = None, feedback_on: date | None = None) -> Walk:
    walk = walk or planned()
    return services.walk_record(
        walk_id=walk.pk,
        walked_at=timezone.now() - timedelta(hours=1),
        light=Light.DARK,
        counts=CAME,
        feedback_on=feedback_on,
        actor=coordinator(),
    )


def with_finding(owner: Organisation | None = None) -> Finding:
    """Return an open finding of a walk that has been walked."""
    walk = planned()
    finding = add(walk, owner=owner)
    walked(walk)
    finding.refresh_from_db()
    return finding


def answer(finding: Finding, target: FindingStatus, actor: User | None = None) -> Finding:
    owner = finding.owner or organisation("homes", "company")
    today = timezone.localdate()
    given = {
        FindingStatus.WILL_DO: Answer(target, deadline=today + timedelta(days=30), owner=owner),
        FindingStatus.WILL_NOT: Answer(target, why="Gatan byggs om nästa år."),
        FindingStatus.DONE: Answer(target, done_on=today),
        FindingStatus.OPEN: Answer(target),
    }
    return services.finding_answer(
        finding_id=finding.pk, answer=given[target], actor=actor or coordinator()
    )
