"""Who may read, write and sign agreements, hold meetings and report what was decided."""

from django.db.models import QuerySet

from samhandling_web.agree.partnership.rules import CouncilKind
from samhandling_web.base.accounts.models import Organisation
from samhandling_web.base.accounts.permissions import Actor, holds_role, organisations_today
from samhandling_web.base.accounts.rules import Role
from samhandling_web.base.common.errors import NotAllowed

WRITE_ANYWHERE = {Role.CITY_STRATEGIST}
WRITE_IN_OWN = {Role.DISTRICT_COORDINATOR}
POLICE = {Role.POLICE_LIAISON}
# Property owners and contractors' guards meet only what their own organisation is to do; reporters
# meet what became of their observations elsewhere.
OWN_ITEMS_ONLY = {Role.PROPERTY_OWNER, Role.GUARD}
READ_INTERNAL = set(Role) - OWN_ITEMS_ONLY - {Role.REPORTER}
# An operative group speaks of last week's events: working material of those who act on it.
READ_OPERATIVE = READ_INTERNAL - {Role.BOARD_MEMBER}
REPORT_ITEMS = set(Role) - {Role.REPORTER}


def may_read(actor: Actor) -> bool:
    """Agreements, priorities, promises and councils are read by everyone who works here."""
    return holds_role(actor, READ_INTERNAL)


def may_read_meetings_of(actor: Actor, kind: CouncilKind) -> bool:
    """Elected members read the councils' meetings, not the operative groups'."""
    return holds_role(actor, READ_OPERATIVE if kind == CouncilKind.OPERATIVE else READ_INTERNAL)


def may_write(actor: Actor, organisation: Organisation) -> bool:
    """Strategists write everywhere, coordinators what their own organisation answers for."""
    return holds_role(actor, WRITE_ANYWHERE) or holds_role(
        actor, WRITE_IN_OWN, organisation=organisation
    )


def may_begin(actor: Actor) -> bool:
    """Whether the person writes for any organisation at all."""
    return holds_role(actor, WRITE_ANYWHERE | WRITE_IN_OWN)


def may_set_priorities(actor: Actor, organisation: Organisation) -> bool:
    """The police put things first together with whoever answers for the agreement."""
    return may_write(actor, organisation) or holds_role(actor, POLICE)


def may_begin_priorities(actor: Actor) -> bool:
    return may_begin(actor) or holds_role(actor, POLICE)


def may_bring_up(actor: Actor, organisation: Organisation) -> bool:
    """Put an item on the agenda of a council that the organisation leads."""
    return may_set_priorities(actor, organisation)


def may_see_items_of(actor: Actor, organisation: Organisation) -> bool:
    """Items that an organisation answers for are seen by its own people and by readers."""
    return may_read(actor) or holds_role(actor, REPORT_ITEMS, organisation=organisation)


def may_see_own_items(actor: Actor) -> bool:
    """Whether the person meets items at all; which ones is another question."""
    return holds_role(actor, REPORT_ITEMS)


def may_report(actor: Actor, organisation: Organisation) -> bool:
    """Say what came of an item: its own organisation's people, and those who write there."""
    return may_write(actor, organisation) or holds_role(
        actor, REPORT_ITEMS, organisation=organisation
    )


def organisations_written_for(actor: Actor) -> QuerySet[Organisation]:
    """Return the organisations that the person writes for."""
    organisations = Organisation.objects.order_by("name")
    if holds_role(actor, WRITE_ANYWHERE):
        return organisations
    return organisations.filter(pk__in=organisations_today(actor, WRITE_IN_OWN))


def check_may_read(actor: Actor) -> None:
    if not may_read(actor):
        raise NotAllowed


def check_may_write(actor: Actor, organisation: Organisation) -> None:
    if not may_write(actor, organisation):
        raise NotAllowed


def check_may_begin(actor: Actor) -> None:
    if not may_begin(actor):
        raise NotAllowed


def check_may_set_priorities(actor: Actor, organisation: Organisation) -> None:
    if not may_set_priorities(actor, organisation):
        raise NotAllowed


def check_may_begin_priorities(actor: Actor) -> None:
    if not may_begin_priorities(actor):
        raise NotAllowed


def check_may_bring_up(actor: Actor, organisation: Organisation) -> None:
    if not may_bring_up(actor, organisation):
        raise NotAllowed


def check_may_see_own_items(actor: Actor) -> None:
    if not may_see_own_items(actor):
        raise NotAllowed


def check_may_report(actor: Actor, organisation: Organisation) -> None:
    if not may_report(actor, organisation):
        raise NotAllowed
