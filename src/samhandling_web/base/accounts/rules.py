"""Kinds of organisations and the roles people hold in them. Plain Python."""

from enum import StrEnum

from samhandling_web.base.common.text import Text, _


class OrganisationKind(StrEnum):
    """What an organisation is. Values are stored: never rename or reuse one."""

    MUNICIPALITY = "municipality"
    COMMITTEE = "committee"
    DISTRICT_COMMITTEE = "district_committee"
    COMPANY = "company"
    POLICE = "police"
    CONTRACTOR = "contractor"
    PROPERTY_OWNER = "property_owner"
    OTHER_AUTHORITY = "other_authority"
    ASSOCIATION = "association"


ORGANISATION_KINDS: dict[OrganisationKind, Text] = {
    OrganisationKind.MUNICIPALITY: _("kommun"),
    OrganisationKind.COMMITTEE: _("nämnd"),
    OrganisationKind.DISTRICT_COMMITTEE: _("stadsdelsnämnd"),
    OrganisationKind.COMPANY: _("kommunalt bolag"),
    OrganisationKind.POLICE: _("polis"),
    OrganisationKind.CONTRACTOR: _("entreprenör"),
    OrganisationKind.PROPERTY_OWNER: _("fastighetsägare"),
    OrganisationKind.OTHER_AUTHORITY: _("annan myndighet"),
    OrganisationKind.ASSOCIATION: _("förening"),
}


class Role(StrEnum):
    """What a person does in an organisation. Values are stored: never rename or reuse one."""

    ADMINISTRATOR = "administrator"
    CITY_STRATEGIST = "city_strategist"
    ANALYST = "analyst"
    DISTRICT_COORDINATOR = "district_coordinator"
    BOARD_MEMBER = "board_member"
    FUND_OFFICER = "fund_officer"
    SOCIAL_SERVICES = "social_services"
    SCHOOL = "school"
    REPORTER = "reporter"
    GUARD_COMMAND = "guard_command"
    GUARD = "guard"
    POLICE_LIAISON = "police_liaison"
    PROPERTY_OWNER = "property_owner"


ROLES: dict[Role, Text] = {
    Role.ADMINISTRATOR: _("Systemförvaltare"),
    Role.CITY_STRATEGIST: _("Säkerhetsstrateg"),
    Role.ANALYST: _("Utredare"),
    Role.DISTRICT_COORDINATOR: _("Trygghetssamordnare"),
    Role.BOARD_MEMBER: _("Förtroendevald"),
    Role.FUND_OFFICER: _("Fondhandläggare"),
    Role.SOCIAL_SERVICES: _("Socialtjänst"),
    Role.SCHOOL: _("Skola"),
    Role.REPORTER: _("Rapportör"),
    Role.GUARD_COMMAND: _("Ordningsvaktssamordnare"),
    Role.GUARD: _("Ordningsvakt"),
    Role.POLICE_LIAISON: _("Kommunpolis"),
    Role.PROPERTY_OWNER: _("Fastighetsägare"),
}
