"""Kinds of organisations and the roles people hold in them. Plain Python."""

from enum import StrEnum

from samhandling_web.base.common.errors import DomainError
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


class EmailTaken(DomainError):
    """Each person has one account."""

    message = _("Det finns redan ett konto för {email}. Sök upp det i listan över användare.")


class LetterNotSent(DomainError):
    """The account is there, but the mail server did not take the letter."""

    message = _(
        "Kontot finns, men brevet till {email} kunde inte skickas. Kontrollera e-postservern och "
        "skicka inbjudan på nytt från användarens sida."
    )
    status = 503


class OwnPart(DomainError):
    """An organisation cannot be a part of itself, however far down."""

    message = _(
        "{name} kan inte vara en del av {parent}, som i sin tur hör till {name}. Välj en annan."
    )


class RoleHeldAlready(DomainError):
    """The same role in the same organisation overlaps in time."""

    message = _(
        "Personen har redan rollen {role} i {organisation} under den tiden. Avsluta den först, "
        "eller välj en senare dag."
    )


class EndsBeforeStart(DomainError):
    """A role cannot end before it began."""

    message = _("Rollen började {start} och kan inte sluta {end}. Välj en senare dag.")


class EndedAlready(DomainError):
    """History is not edited: a role that is over stays over."""

    message = _("Rollen avslutades {end}. Ge personen rollen på nytt i stället.")


class LastAdministrator(DomainError):
    """Somebody must be able to let people in."""

    message = _(
        "{name} är den enda systemförvaltaren. Ge någon annan den rollen först, så att ingen blir "
        "utelåst."
    )


class NotYourself(DomainError):
    """Administrators do not lock themselves out."""

    message = _("Du kan inte avaktivera ditt eget konto. Be en annan systemförvaltare.")


class NotActive(DomainError):
    """Somebody whose account is closed gets no roles and no invitations."""

    message = _("Kontot för {name} är avaktiverat. Aktivera det först.")
