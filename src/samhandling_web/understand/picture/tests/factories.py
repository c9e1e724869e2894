"""Builds the people and pictures the tests need."""

from datetime import date
from typing import Any

from samhandling_web.base.accounts.models import Membership, Organisation, User
from samhandling_web.base.accounts.rules import Role
from samhandling_web.understand.picture import services
from samhandling_web.understand.picture.models import Picture
from samhandling_web.understand.picture.rules import Kind

FIGURES = [
    {
        "slug": "residents",
        "heading": "Invånare",
        "sentence": "Tio tusen invånare.",
        "columns": [
            {"name": "area", "label": "Område"},
            {"name": "n", "label": "Antal", "kind": "int"},
        ],
        "rows": [["Norr", 10_000]],
        "source": "SCB",
        "definition": "Folkbokförda.",
        "uncertainty": "Totalräkning.",
        "is_public": True,
    }
]
PERIOD = (date(2023, 1, 1), date(2024, 12, 31))
TEXTS = {
    "mapping": "Skadegörelse ökar vid torget.",
    "other_information": "Skolan byggs om.",
    "analysis": "Torget saknar belysning och vuxna.",
}


def organisation(slug: str = "district-north", kind: str = "district_committee") -> Organisation:
    return Organisation.objects.get_or_create(slug=slug, defaults={"name": slug, "kind": kind})[0]


def person(role: Role, where: Organisation | None = None, name: str = "") -> User:
    user = User.objects.create_user(f"{name or role}@example.org")
    Membership.objects.create(
        user=user, organisation=where or organisation(), role=role, valid_from="2020-01-01"
    )
    return user


def draft(actor: User, **changes: object) -> Picture:
    values: dict[str, object] = {
        "kind": Kind.STATUTORY,
        "title": "Lägesbild för Norr",
        "area": None,
        "area_name": "Norr",
        "organisation": organisation(),
        "period": PERIOD,
    }
    return services.picture_draft(**(values | changes), actor=actor)  # type: ignore[arg-type]


def complete(actor: User, figures: list[dict[str, Any]] | None = None) -> Picture:
    picture = services.picture_edit(picture_id=draft(actor).pk, changes=TEXTS, actor=actor)
    return services.picture_figures_fill(
        picture_id=picture.pk, figures=figures or FIGURES, data_version="v1", actor=actor
    )


def adopted(
    writer: User,
    registrar: User,
    on: date = date(2025, 3, 1),
    figures: list[dict[str, Any]] | None = None,
) -> Picture:
    picture = services.picture_submit(picture_id=complete(writer, figures).pk, actor=writer)
    return services.picture_adopt(
        picture_id=picture.pk,
        adopted_by=organisation("council", "municipality"),
        adopted_on=on,
        case_number="KS 2025/17",
        actor=registrar,
    )
