"""Making an empty installation ready for work."""

import json
from pathlib import Path
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from samhandling_web.base.accounts import services as accounts
from samhandling_web.base.accounts.models import Organisation, User
from samhandling_web.base.accounts.rules import OrganisationKind, Role
from samhandling_web.base.areas import services as areas
from samhandling_web.base.areas.models import AreaLevel, Municipality
from samhandling_web.base.audit import services as audit
from samhandling_web.base.common.errors import DomainError
from samhandling_web.base.common.text import _
from samhandling_web.observe.observations import services as observations

USUAL_LEVELS: tuple[dict[str, Any], ...] = (
    {
        "slug": "municipality",
        "name": "kommun",
        "name_plural": "kommuner",
        "rank": 0,
        "is_overlay": True,
    },
    {"slug": "district", "name": "stadsdelsområde", "name_plural": "stadsdelsområden", "rank": 10},
    {"slug": "neighbourhood", "name": "stadsdel", "name_plural": "stadsdelar", "rank": 20},
    {"slug": "regso", "name": "RegSO", "name_plural": "RegSO", "rank": 30},
    {
        "slug": "deso",
        "name": "DeSO",
        "name_plural": "DeSO",
        "rank": 40,
        "is_base_unit": True,
    },
    {"slug": "base_area", "name": "basområde", "name_plural": "basområden", "rank": 50},
    {
        "slug": "police_area",
        "name": "lokalpolisområde",
        "name_plural": "lokalpolisområden",
        "rank": 60,
        "is_overlay": True,
    },
    {
        "slug": "police_list",
        "name": "område på polisens lista",
        "name_plural": "områden på polisens lista",
        "rank": 70,
        "is_overlay": True,
    },
)


class SignInRefused(DomainError):
    """The first administrator could not sign in like that."""

    message = _("Första systemförvaltaren kan inte läggas upp: {why} Ange en annan uppgift.")


def database_prepare() -> None:
    """Bring the database to this version's form."""
    call_command("migrate", verbosity=0, interactive=False)


def is_set_up() -> bool:
    return Municipality.objects.exists()


@transaction.atomic
def set_up(*, code: str, name: str, email: str, password: str, levels: Path | None = None) -> User:
    """Name the municipality, define its levels of areas and make the first administrator.

    Raises
    ------
    SignInRefused
        If the address is none, or the password is one that the platform's pages would refuse.
    """
    _check_sign_in(email, password)
    areas.municipality_set(code=code, name=name, actor=None)
    levels_set(json.loads(levels.read_text(encoding="utf-8")) if levels else USUAL_LEVELS)
    observations.categories_ensure()
    organisation = accounts.organisation_set(
        slug="kommunen", name=name, kind=OrganisationKind.MUNICIPALITY, parent=None, actor=None
    )
    return person_with_role(
        email=email, password=password, role=Role.ADMINISTRATOR, organisation=organisation
    )


def _check_sign_in(email: str, password: str) -> None:
    try:
        validate_email(email)
        validate_password(password, User(email=email))
    except ValidationError as exc:
        raise SignInRefused(why=" ".join(exc.messages)) from exc


def levels_set(levels: Any) -> None:
    """Define levels of areas; those that exist are left as they are."""
    known = set(AreaLevel.objects.values_list("slug", flat=True))
    for level in levels:
        if level["slug"] not in known:
            areas.level_set(actor=None, **level)


def person_with_role(
    *,
    email: str,
    password: str | None,
    role: Role,
    organisation: Organisation,
    name: tuple[str, str] = ("", ""),
) -> User:
    """Make somebody with one role from today on, who can sign in if there is a password."""
    user = User.objects.create_user(email, password, first_name=name[0], last_name=name[1])
    audit.record(actor=None, kind="accounts.user.created", target=user, after={"email": user.email})
    accounts.membership_add(
        user_id=user.pk,
        organisation=organisation,
        role=role,
        valid_from=timezone.localdate(),
        actor=None,
    )
    return user
