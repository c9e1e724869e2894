"""Who may read, write, review and register the adoption of situational pictures."""

from django.db.models import QuerySet

from samhandling_web.base.accounts.models import Organisation
from samhandling_web.base.accounts.permissions import Actor, holds_role, organisations_today
from samhandling_web.base.accounts.rules import Role
from samhandling_web.base.common.errors import NotAllowed
from samhandling_web.understand.picture.models import Picture
from samhandling_web.understand.picture.rules import Status

WRITE_ANYWHERE = {Role.CITY_STRATEGIST, Role.ANALYST}
WRITE_IN_OWN = frozenset({Role.DISTRICT_COORDINATOR})
READ_DRAFTS = {Role.CITY_STRATEGIST, Role.ANALYST, Role.ADMINISTRATOR}
READ_INTERNAL = set(Role) - {Role.PROPERTY_OWNER}


def may_explore(actor: Actor) -> bool:
    """Internal figures are for those who work with them; the public has pages of its own."""
    return holds_role(actor, READ_INTERNAL - {Role.REPORTER, Role.GUARD})


def may_write(actor: Actor, organisation: Organisation) -> bool:
    """Strategists and analysts write any picture, coordinators their own district's."""
    return holds_role(actor, WRITE_ANYWHERE) or holds_role(
        actor, WRITE_IN_OWN, organisation=organisation
    )


def may_write_anywhere(actor: Actor) -> bool:
    return holds_role(actor, WRITE_ANYWHERE)


def may_read_adopted(actor: Actor) -> bool:
    """Adopted pictures are read by everyone who works here."""
    return holds_role(actor, READ_INTERNAL)


def may_begin(actor: Actor) -> bool:
    """Whether the person writes pictures for any organisation at all."""
    return holds_role(actor, WRITE_ANYWHERE | WRITE_IN_OWN)


def organisations_written_for(actor: Actor) -> QuerySet[Organisation]:
    """Return the organisations whose pictures the person writes."""
    organisations = Organisation.objects.order_by("name")
    if holds_role(actor, WRITE_ANYWHERE):
        return organisations
    return organisations.filter(pk__in=organisations_today(actor, WRITE_IN_OWN))


def may_read(actor: Actor, picture: Picture) -> bool:
    """An adopted picture is a public record; a draft is working material."""
    if picture.status == Status.ADOPTED:
        return may_read_adopted(actor)
    return holds_role(actor, READ_DRAFTS) or may_write(actor, picture.organisation)


def may_register_adoption(actor: Actor) -> bool:
    return holds_role(actor, {Role.CITY_STRATEGIST, Role.ADMINISTRATOR})


def check_may_explore(actor: Actor) -> None:
    if not may_explore(actor):
        raise NotAllowed


def check_may_begin(actor: Actor) -> None:
    if not may_begin(actor):
        raise NotAllowed


def check_may_read_adopted(actor: Actor) -> None:
    if not may_read_adopted(actor):
        raise NotAllowed


def check_may_write(actor: Actor, organisation: Organisation) -> None:
    if not may_write(actor, organisation):
        raise NotAllowed


def check_may_register_adoption(actor: Actor) -> None:
    if not may_register_adoption(actor):
        raise NotAllowed
