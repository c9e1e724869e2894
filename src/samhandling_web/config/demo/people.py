"""Who works in the invented town. The addresses lead nowhere: .example is nobody's."""

from typing import Any

from django.utils import timezone

from samhandling.synthetic import TownPlan
from samhandling_web.base.accounts import services as accounts
from samhandling_web.base.accounts.models import Organisation, User
from samhandling_web.base.accounts.rules import ROLES, OrganisationKind, Role
from samhandling_web.base.areas import selectors
from samhandling_web.base.areas import services as areas
from samhandling_web.base.areas.models import Area
from samhandling_web.config import installation

PASSWORD = "lugn-kväll-2026"  # noqa: S105 - shown to everybody who starts the demo

PEOPLE: tuple[tuple[str, str, str, Role, str], ...] = (
    ("forvaltare", "Farid", "Forsberg", Role.ADMINISTRATOR, "kommunen"),
    ("strateg", "Siri", "Sandell", Role.CITY_STRATEGIST, "kommunen"),
    ("utredare", "Ulla", "Uhlin", Role.ANALYST, "kommunen"),
    ("samordnare", "Tove", "Tallberg", Role.DISTRICT_COORDINATOR, "district"),
    ("fortroendevald", "Nils", "Norling", Role.BOARD_MEMBER, "kommunen"),
    ("kommunpolis", "Petra", "Palm", Role.POLICE_LIAISON, "polisen"),
    ("rektor", "Rut", "Ringborg", Role.SCHOOL, "utbildning"),
    ("fastighetsagare", "Finn", "Falkner", Role.PROPERTY_OWNER, "centrumfastigheter"),
    ("rapportor", "Rami", "Rydell", Role.REPORTER, "bostadsbolaget"),
    ("ordningsvakt", "Olle", "Orrskog", Role.GUARD, "bevakningsbolaget"),
)


def make(plan: TownPlan) -> list[dict[str, Any]]:
    """Make organisations and people that are not there yet; return every login."""
    organisations = _organisations(plan)
    _district_of_its_committee(organisations["district"])
    domain = domain_of(plan)
    logins = []
    for user_name, first, last, role, where in PEOPLE:
        email = f"{user_name}@{domain}"
        if not User.objects.filter(email=email).exists():
            installation.person_with_role(
                email=email,
                password=PASSWORD,
                role=role,
                organisation=organisations[where],
                name=(first, last),
            )
        logins.append({"email": email, "password": PASSWORD, "role": str(ROLES[role])})
    return logins


def domain_of(plan: TownPlan) -> str:
    """Return what stands after the @ in the town's addresses."""
    plain = str.maketrans("åäö", "aao")
    return f"{plan.name.casefold().translate(plain)}.example"


def _organisations(plan: TownPlan) -> dict[str, Organisation]:
    wanted = {
        "kommunen": (f"{plan.name} kommun", OrganisationKind.MUNICIPALITY),
        "district": (
            f"{plan.levels[0].label} {_first_name(plan)}",
            OrganisationKind.DISTRICT_COMMITTEE,
        ),
        "polisen": ("Polisen", OrganisationKind.POLICE),
        "bostadsbolaget": (f"{plan.name}shem", OrganisationKind.COMPANY),
        "bevakningsbolaget": ("Bevakning i Mellansverige", OrganisationKind.CONTRACTOR),
        "utbildning": ("Utbildningsnämnden", OrganisationKind.COMMITTEE),
        "centrumfastigheter": (
            f"Centrumfastigheter i {plan.name}",
            OrganisationKind.PROPERTY_OWNER,
        ),
    }
    there = {row.slug: row for row in Organisation.objects.filter(slug__in=wanted)}
    return there | {
        slug: accounts.organisation_set(slug=slug, name=name, kind=kind, parent=None, actor=None)
        for slug, (name, kind) in wanted.items()
        if slug not in there
    }


def _district_of_its_committee(committee: Organisation) -> None:
    """Let the committee answer for the district that it is named for."""
    level = selectors.district_level()
    if level is None or Area.objects.filter(responsible=committee).exists():
        return
    versions = selectors.areas_on(level.slug, timezone.localdate())
    version = next((one for one in versions if committee.name.endswith(one.name)), None)
    if version is not None:
        areas.area_set(
            area_id=version.area_id,
            responsible=committee,
            visibility=version.area.visibility,
            actor=None,
        )


def _first_name(plan: TownPlan) -> str:
    names = plan.levels[0].names
    return names[0] if names else "1"
