"""Builds the people, agreements, councils and meetings that the tests need."""

from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any

from django.core.files import File
from django.utils import timezone

from samhandling_web.agree.partnership.models import (
    AgendaItem,
    Agreement,
    CitizenPromise,
    Council,
    Meeting,
    Priority,
)
from samhandling_web.agree.partnership.rules import AgreementKind, CouncilKind
from samhandling_web.agree.partnership.services import (
    agreements,
    councils,
    items,
    meetings,
    priorities,
    promises,
)
from samhandling_web.base.accounts.models import Membership, Organisation, User
from samhandling_web.base.accounts.rules import Role
from samhandling_web.base.areas.models import Area
from samhandling_web.understand.places.models import Problem
from samhandling_web.understand.places.queries import LiveQuery, QueryKind

START, END = date(2025, 1, 1), date(2027, 12, 31)
PDF = b"%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n"
TEXTS = {"purposes": "Tryggare torg.", "fields_of_cooperation": "Unga i riskzon; otrygga platser."}


def organisation(slug: str = "district-north", kind: str = "district_committee") -> Organisation:
    found, _made = Organisation.objects.get_or_create(
        slug=slug, defaults={"name": slug.replace("-", " ").capitalize(), "kind": kind}
    )
    return found


def police() -> Organisation:
    return organisation("police", "police")


def person(role: Role, where: Organisation | None = None, name: str = "") -> User:
    user = User.objects.create_user(f"{name or role}@example.org")
    Membership.objects.create(
        user=user, organisation=where or organisation(), role=role, valid_from="2020-01-01"
    )
    return user


def pdf(content: bytes = PDF, name: str = "avtal.pdf") -> File:
    return File(BytesIO(content), name=name)


def draft(actor: User, **changes: Any) -> Agreement:
    values: dict[str, Any] = {
        "kind": AgreementKind.LOCAL_AGREEMENT,
        "title": "Lokal överenskommelse Norr",
        "owner": organisation(),
        "valid_from": START,
        "valid_to": END,
        **TEXTS,
    }
    return agreements.agreement_draft(**(values | changes), actor=actor)


def complete(actor: User, **changes: Any) -> Agreement:
    """An agreement that lacks nothing but the signing. Needs the test's own data folder."""
    agreement = draft(actor, **changes)
    for party in (agreement.owner, police()):
        agreements.party_add(
            agreement_id=agreement.pk, organisation=party, signed_as="chef", actor=actor
        )
    return agreements.document_attach(agreement_id=agreement.pk, file=pdf(), actor=actor)


def signed(actor: User, signed_on: date | None = None, **changes: Any) -> Agreement:
    agreement = complete(actor, **changes)
    return agreements.agreement_sign(
        agreement_id=agreement.pk,
        signed_on=signed_on or min(agreement.valid_from or START, timezone.localdate()),
        actor=actor,
    )


def priority(actor: User, agreement: Agreement, **changes: Any) -> Priority:
    values: dict[str, Any] = {
        "title": "Rån vid torget",
        "indicator_name": "Anmälda rån",
        "indicator": LiveQuery(kind=QueryKind.EVENTS).as_json(),
        "valid_from": START,
    }
    return priorities.priority_set(agreement_id=agreement.pk, actor=actor, **(values | changes))


def promise(actor: User, **changes: Any) -> CitizenPromise:
    values: dict[str, Any] = {
        "owner": organisation(),
        "statement": "Vi går runt torget tre kvällar i veckan.",
        "measured_by": "Antal kvällar i patrulljournalen.",
        "promised_from": START,
        "promised_to": date(2025, 12, 31),
    }
    return promises.promise_draft(**(values | changes), actor=actor)


def council(
    actor: User,
    kind: CouncilKind = CouncilKind.LOCAL,
    district: Area | None = None,
    leader: Organisation | None = None,
) -> Council:
    return councils.council_set_up(
        kind=kind,
        name=f"Råd {kind}",
        organisation=leader or organisation(),
        district=district,
        actor=actor,
    )


def at(day: date, hour: int = 13) -> datetime:
    return timezone.make_aware(datetime(day.year, day.month, day.day, hour))  # noqa: DTZ001


def meeting(actor: User, group: Council | None = None, day: date | None = None) -> Meeting:
    when = at(day or timezone.localdate() + timedelta(days=3))
    return meetings.meeting_plan(
        council_id=(group or council(actor)).pk,
        starts_at=when,
        ends_at=when + timedelta(hours=1),
        where="Sal 3",
        actor=actor,
    )


def held(actor: User, titles: tuple[str, ...] = ("Torget",), **where: Any) -> Meeting:
    planned = meeting(actor, **where)
    for title in titles:
        items.item_add(meeting_id=planned.pk, title=title, actor=actor)
    return meetings.meeting_hold(meeting_id=planned.pk, actor=actor)


def decided(
    actor: User, item: AgendaItem, owner: Organisation | None = None, deadline: date | None = None
) -> AgendaItem:
    return items.item_decide(
        item_id=item.pk,
        decision="Byt lamporna.",
        owner=owner or organisation(),
        deadline=deadline or timezone.localdate() + timedelta(days=30),
        actor=actor,
    )


def problem(actor: User, title: str = "Mörk tunnel", **changes: Any) -> Problem:
    values: dict[str, Any] = {
        "title": title,
        "what": "Det är mörkt.",
        "owner": organisation(),
        "severity": "yellow",
        "created_by": actor,
    }
    return Problem.objects.create(**(values | changes))
