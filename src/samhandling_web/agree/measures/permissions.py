"""Who may propose, decide on, carry out and follow up measures and action plans."""

from django.db.models import QuerySet

from samhandling_web.agree.measures.districts import IN_OWN_DISTRICT, districts_answered_for
from samhandling_web.agree.measures.models import ActionPlan, Measure
from samhandling_web.agree.measures.rules import PlanStatus, Status
from samhandling_web.base.accounts.models import Organisation
from samhandling_web.base.accounts.permissions import (
    Actor,
    holds_role,
    is_person,
    organisations_today,
)
from samhandling_web.base.accounts.rules import Role
from samhandling_web.base.areas.models import Area
from samhandling_web.base.common.errors import NotAllowed

READERS = frozenset(Role) - {Role.REPORTER, Role.GUARD, Role.PROPERTY_OWNER}
READERS_OF_OWN = frozenset({Role.PROPERTY_OWNER})
PROPOSERS = frozenset(
    {
        Role.DISTRICT_COORDINATOR,
        Role.CITY_STRATEGIST,
        Role.SCHOOL,
        Role.SOCIAL_SERVICES,
        Role.POLICE_LIAISON,
        Role.ANALYST,
        Role.FUND_OFFICER,
    }
)
ANYWHERE = frozenset({Role.CITY_STRATEGIST})
PLAN_WRITERS = frozenset({Role.CITY_STRATEGIST, Role.ANALYST})
PLAN_DRAFT_READERS = PLAN_WRITERS | {Role.ADMINISTRATOR}
PLAN_REGISTRARS = frozenset({Role.CITY_STRATEGIST, Role.ADMINISTRATOR})


def answers_for_district(actor: Actor, district: Area | None) -> bool:
    """Whether the person is the coordinator of this district."""
    if district is None or not holds_role(actor, IN_OWN_DISTRICT):
        return False
    if district.responsible_id is not None:
        return _holds_in(actor, district.responsible_id, IN_OWN_DISTRICT)
    return district.pk in districts_answered_for(actor)


def _holds_in(actor: Actor, organisation_id: int | None, roles: frozenset[Role]) -> bool:
    if organisation_id is None:
        return False
    return holds_role(actor, roles, organisation=Organisation(pk=organisation_id))


def _decides_there(actor: Actor, measure: Measure) -> bool:
    return holds_role(actor, ANYWHERE) or answers_for_district(actor, measure.district)


def may_read_measures(actor: Actor) -> bool:
    """Measures are read by those who work with them; property owners read their own."""
    return holds_role(actor, READERS | READERS_OF_OWN)


def may_read(actor: Actor, measure: Measure) -> bool:
    """Everyone who works with measures reads all; a property owner those it carries out."""
    return holds_role(actor, READERS) or _holds_in(actor, measure.owner_id, READERS_OF_OWN)


def may_read_overview(actor: Actor) -> bool:
    """Sums over all measures are for those who may read them all."""
    return holds_role(actor, READERS)


def may_propose(actor: Actor) -> bool:
    """Whether the person proposes measures for any organisation at all."""
    return holds_role(actor, PROPOSERS)


def may_propose_for(actor: Actor, organisation: Organisation) -> bool:
    """A measure is proposed in the name of the organisation where one works."""
    return holds_role(actor, PROPOSERS, organisation=organisation)


def organisations_proposed_for(actor: Actor) -> QuerySet[Organisation]:
    """Return the organisations in whose name the person proposes."""
    own = organisations_today(actor, PROPOSERS)
    return Organisation.objects.filter(pk__in=own).order_by("name")


def may_edit(actor: Actor, measure: Measure) -> bool:
    """A proposal is written by those who made it and by those who decide on it."""
    return _holds_in(actor, measure.proposer_id, PROPOSERS) or _decides_there(actor, measure)


def may_approve(actor: Actor, measure: Measure) -> bool:
    """Strategists decide anywhere, coordinators in their own district."""
    return _decides_there(actor, measure)


def may_withdraw(actor: Actor, measure: Measure) -> bool:
    """A proposal is taken back by those who write it, a decision by those who decide."""
    if measure.status == Status.PROPOSED:
        return may_edit(actor, measure)
    return may_approve(actor, measure)


def may_carry_out(actor: Actor, measure: Measure) -> bool:
    """Those who carry it out begin it, count what is done, end it and follow it up."""
    return _holds_in(actor, measure.owner_id, PROPOSERS) or _decides_there(actor, measure)


def may_manage_portfolios(actor: Actor) -> bool:
    """Who answers for what politically is kept by administrators."""
    return holds_role(actor, {Role.ADMINISTRATOR})


def may_read_plans(actor: Actor) -> bool:
    """Adopted plans are read by everyone who works here."""
    return holds_role(actor, READERS)


def may_write_plan(actor: Actor, organisation: Organisation) -> bool:
    """Strategists and analysts write any plan, coordinators their own district's."""
    return holds_role(actor, PLAN_WRITERS) or holds_role(
        actor, IN_OWN_DISTRICT, organisation=organisation
    )


def may_begin_plan(actor: Actor) -> bool:
    """Whether the person writes plans for any organisation at all."""
    return holds_role(actor, PLAN_WRITERS | IN_OWN_DISTRICT)


def organisations_planned_for(actor: Actor) -> QuerySet[Organisation]:
    """Return the organisations whose plans the person writes."""
    organisations = Organisation.objects.order_by("name")
    if not is_person(actor) or holds_role(actor, PLAN_WRITERS):
        return organisations if is_person(actor) else organisations.none()
    return organisations.filter(pk__in=organisations_today(actor, IN_OWN_DISTRICT))


def may_read_plan(actor: Actor, plan: ActionPlan) -> bool:
    """An adopted plan is a public record; a draft is working material."""
    if plan.status != PlanStatus.DRAFT:
        return may_read_plans(actor)
    return holds_role(actor, PLAN_DRAFT_READERS) or may_write_plan(actor, plan.organisation)


def may_register_adoption(actor: Actor) -> bool:
    """Whether the person registers that a body has adopted a plan."""
    return holds_role(actor, PLAN_REGISTRARS)


def check_may_read_measures(actor: Actor) -> None:
    if not may_read_measures(actor):
        raise NotAllowed


def check_may_read_overview(actor: Actor) -> None:
    if not may_read_overview(actor):
        raise NotAllowed


def check_may_propose(actor: Actor) -> None:
    if not may_propose(actor):
        raise NotAllowed


def check_may_propose_for(actor: Actor, organisation: Organisation) -> None:
    if not may_propose_for(actor, organisation):
        raise NotAllowed


def check_may_edit(actor: Actor, measure: Measure) -> None:
    if not may_edit(actor, measure):
        raise NotAllowed


def check_may_approve(actor: Actor, measure: Measure) -> None:
    if not may_approve(actor, measure):
        raise NotAllowed


def check_may_withdraw(actor: Actor, measure: Measure) -> None:
    if not may_withdraw(actor, measure):
        raise NotAllowed


def check_may_carry_out(actor: Actor, measure: Measure) -> None:
    if not may_carry_out(actor, measure):
        raise NotAllowed


def check_may_manage_portfolios(actor: Actor) -> None:
    if not may_manage_portfolios(actor):
        raise NotAllowed


def check_may_read_plans(actor: Actor) -> None:
    if not may_read_plans(actor):
        raise NotAllowed


def check_may_begin_plan(actor: Actor) -> None:
    if not may_begin_plan(actor):
        raise NotAllowed


def check_may_write_plan(actor: Actor, organisation: Organisation) -> None:
    if not may_write_plan(actor, organisation):
        raise NotAllowed


def check_may_register_adoption(actor: Actor) -> None:
    if not may_register_adoption(actor):
        raise NotAllowed
