"""Who may plan and lead walks, add findings, answer them and read."""

from django.db.models import QuerySet

from samhandling_web.base.accounts.models import Organisation
from samhandling_web.base.accounts.permissions import Actor, holds_role, organisations_today
from samhandling_web.base.accounts.rules import Role
from samhandling_web.base.areas.models import Area
from samhandling_web.base.common.errors import NotAllowed
from samhandling_web.observe.walks.models import Finding, Invitation, Walk

LEAD_ANYWHERE = frozenset({Role.CITY_STRATEGIST})
LEAD_IN_OWN = frozenset({Role.DISTRICT_COORDINATOR})
ADD = frozenset(
    {
        Role.REPORTER,
        Role.SCHOOL,
        Role.POLICE_LIAISON,
        Role.GUARD,
        Role.GUARD_COMMAND,
        Role.SOCIAL_SERVICES,
        Role.PROPERTY_OWNER,
    }
)
READ_ALL = frozenset(Role) - {Role.PROPERTY_OWNER}
READ_OWN = frozenset({Role.PROPERTY_OWNER})
# Politicians decide elsewhere; here they read.
ANSWER = frozenset(Role) - {Role.BOARD_MEMBER}


def may_read_walks(actor: Actor) -> bool:
    """Everybody with a role; a property owner finds the walks that concern its organisation."""
    return holds_role(actor, READ_ALL | READ_OWN)


def may_read_all(actor: Actor) -> bool:
    """Everybody who works here reads every walk; property owners only what is theirs."""
    return holds_role(actor, READ_ALL)


def may_see_own(actor: Actor) -> bool:
    """Whether the person answers for any organisation's findings."""
    return holds_role(actor, ANSWER)


def may_begin(actor: Actor) -> bool:
    """Whether the person plans walks for any organisation at all."""
    return holds_role(actor, LEAD_ANYWHERE | LEAD_IN_OWN)


def may_plan_for(actor: Actor, organisation: Organisation) -> bool:
    """Strategists plan walks for anyone, coordinators for their own organisation."""
    return holds_role(actor, LEAD_ANYWHERE) or holds_role(
        actor, LEAD_IN_OWN, organisation=organisation
    )


def may_lead(actor: Actor, walk: Walk) -> bool:
    """Strategists lead any walk; coordinators their organisation's and their district's."""
    if not may_begin(actor):
        return False
    if may_plan_for(actor, walk.organiser):
        return True
    responsible = walk.district.responsible if walk.district else None
    return responsible is not None and may_plan_for(actor, responsible)


def may_read_walk(actor: Actor, walk: Walk) -> bool:
    """As `walks_visible_to`: an owner's people read where they are asked or have findings."""
    if may_read_all(actor):
        return True
    if not holds_role(actor, READ_OWN):
        return False
    own = organisations_owned_by(actor)
    return (
        Invitation.objects.filter(walk=walk, organisation__in=own).exists()
        or Finding.objects.filter(walk=walk, owner__in=own).exists()
    )


def may_add_finding(actor: Actor, walk: Walk) -> bool:
    """Those who lead the walk, and those who walk along in their work."""
    if may_lead(actor, walk):
        return True
    return holds_role(actor, ADD) and may_read_walk(actor, walk)


def may_answer(actor: Actor, finding: Finding) -> bool:
    """The owner organisation's people, and those who lead the walk."""
    if not holds_role(actor, ANSWER):
        return False
    owner = finding.owner
    if owner is not None and holds_role(actor, ANSWER, organisation=owner):
        return True
    return may_lead(actor, finding.walk)


def may_remove_photo(actor: Actor, finding: Finding) -> bool:
    """Take a picture away that shows somebody after all: who leads the walk, who answers for it."""
    return may_answer(actor, finding)


def organisations_led_by(actor: Actor) -> QuerySet[Organisation]:
    """Return the organisations that the person plans walks for."""
    if holds_role(actor, LEAD_ANYWHERE):
        return Organisation.objects.all()
    return _held_in(actor, LEAD_IN_OWN)


def organisations_coordinated_by(actor: Actor) -> QuerySet[Organisation]:
    """Return the organisations where the person is a district's coordinator."""
    return _held_in(actor, LEAD_IN_OWN)


def organisations_owned_by(actor: Actor) -> QuerySet[Organisation]:
    """Return the organisations that the person represents as a property owner."""
    return _held_in(actor, READ_OWN)


def organisations_answered_for(actor: Actor) -> QuerySet[Organisation]:
    """Return the organisations whose findings the person answers."""
    return _held_in(actor, ANSWER)


def check_may_read_walks(actor: Actor) -> None:
    if not may_read_walks(actor):
        raise NotAllowed


def check_may_read_walk(actor: Actor, walk: Walk) -> None:
    if not may_read_walk(actor, walk):
        raise NotAllowed


def check_may_see_own(actor: Actor) -> None:
    if not may_see_own(actor):
        raise NotAllowed


def check_may_begin(actor: Actor) -> None:
    if not may_begin(actor):
        raise NotAllowed


def check_may_plan(actor: Actor, organisation: Organisation, district: Area | None) -> None:
    """Raise NotAllowed unless the person plans for the organisation, and in that district."""
    if not may_plan_for(actor, organisation):
        raise NotAllowed
    responsible = district.responsible if district else None
    if responsible is not None and not may_plan_for(actor, responsible):
        raise NotAllowed


def check_may_lead(actor: Actor, walk: Walk) -> None:
    if not may_lead(actor, walk):
        raise NotAllowed


def check_may_add_finding(actor: Actor, walk: Walk) -> None:
    if not may_add_finding(actor, walk):
        raise NotAllowed


def check_may_answer(actor: Actor, finding: Finding) -> None:
    if not may_answer(actor, finding):
        raise NotAllowed


def check_may_remove_photo(actor: Actor, finding: Finding) -> None:
    if not may_remove_photo(actor, finding):
        raise NotAllowed


def _held_in(actor: Actor, roles: frozenset[Role]) -> QuerySet[Organisation]:
    return Organisation.objects.filter(pk__in=organisations_today(actor, roles))
