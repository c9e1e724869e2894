"""Who may report, read, answer, read the week and keep the list of categories."""

from samhandling_web.base.accounts.permissions import Actor, holds_role, is_person
from samhandling_web.base.accounts.rules import Role
from samhandling_web.base.areas.answering import areas_answered_for
from samhandling_web.base.common.errors import NotAllowed
from samhandling_web.observe.observations.models import Observation
from samhandling_web.observe.observations.rules import RESTRICTED_CATEGORIES

REPORTERS = frozenset(
    {
        Role.REPORTER,
        Role.SCHOOL,
        Role.GUARD,
        Role.GUARD_COMMAND,
        Role.SOCIAL_SERVICES,
        Role.DISTRICT_COORDINATOR,
        Role.POLICE_LIAISON,
        Role.PROPERTY_OWNER,
        Role.CITY_STRATEGIST,
    }
)
READ_ALL = frozenset({Role.CITY_STRATEGIST, Role.ANALYST, Role.POLICE_LIAISON})
COORDINATORS = frozenset({Role.DISTRICT_COORDINATOR})
READ_RESTRICTED = frozenset({Role.CITY_STRATEGIST, Role.SOCIAL_SERVICES})
READ_WEEKS = (READ_ALL | READ_RESTRICTED) | {
    Role.DISTRICT_COORDINATOR,
    Role.BOARD_MEMBER,
    Role.SCHOOL,
    Role.GUARD_COMMAND,
}


def may_report(actor: Actor) -> bool:
    """Those who are trained to report what they see in their work."""
    return holds_role(actor, REPORTERS)


def may_read_observations(actor: Actor) -> bool:
    """Whether the list has anything for the person: it holds what each may see."""
    return holds_role(actor, READ_ALL | READ_RESTRICTED | {Role.DISTRICT_COORDINATOR})


def may_read_restricted(actor: Actor) -> bool:
    """A category whose very word can endanger somebody is for those who act on it."""
    return holds_role(actor, READ_RESTRICTED | {Role.DISTRICT_COORDINATOR})


def districts_coordinated_by(actor: Actor) -> frozenset[int]:
    """Return the areas that belong to an organisation where the person is coordinator."""
    return areas_answered_for(actor, COORDINATORS)


def may_read(actor: Actor, observation: Observation) -> bool:
    """Those who sent it, its district's coordinators, and who reads all but the restricted."""
    if not is_person(actor):
        return False
    if observation.sending.reporter_id == actor.pk:
        return True
    is_restricted = observation.category.slug in RESTRICTED_CATEGORIES
    everywhere = READ_RESTRICTED if is_restricted else READ_ALL
    return holds_role(actor, everywhere) or _coordinates(actor, observation)


def may_handle(actor: Actor, observation: Observation) -> bool:
    """Take it up, answer, join and split: its district's coordinator and the city's strategist."""
    return holds_role(actor, {Role.CITY_STRATEGIST}) or _coordinates(actor, observation)


def may_remove_photo(actor: Actor, observation: Observation) -> bool:
    """Take a picture away that shows somebody after all: who answers for it, and who sent it."""
    if not is_person(actor):
        return False
    return observation.sending.reporter_id == actor.pk or may_handle(actor, observation)


def may_read_weeks(actor: Actor) -> bool:
    """The week's compilation holds no single report; politicians read it too."""
    return holds_role(actor, READ_WEEKS)


def may_compile_weeks(actor: Actor) -> bool:
    """It is made by itself; a strategist or an analyst may make one that is lacking."""
    return holds_role(actor, {Role.CITY_STRATEGIST, Role.ANALYST})


def may_manage_categories(actor: Actor) -> bool:
    return holds_role(actor, {Role.ADMINISTRATOR})


def check_may_report(actor: Actor) -> None:
    if not may_report(actor):
        raise NotAllowed


def check_may_read_observations(actor: Actor) -> None:
    if not may_read_observations(actor):
        raise NotAllowed


def check_may_handle(actor: Actor, observation: Observation) -> None:
    if not may_handle(actor, observation):
        raise NotAllowed


def check_may_remove_photo(actor: Actor, observation: Observation) -> None:
    if not may_remove_photo(actor, observation):
        raise NotAllowed


def check_may_read_weeks(actor: Actor) -> None:
    if not may_read_weeks(actor):
        raise NotAllowed


def check_may_compile_weeks(actor: Actor) -> None:
    """Raise NotAllowed unless the person may; the system itself compiles in `week_compile`."""
    if not may_compile_weeks(actor):
        raise NotAllowed


def check_may_manage_categories(actor: Actor) -> None:
    if not may_manage_categories(actor):
        raise NotAllowed


def _coordinates(actor: Actor, observation: Observation) -> bool:
    """Whether it lies in a district of the person's, or in none: then it is every coordinator's."""
    if not holds_role(actor, {Role.DISTRICT_COORDINATOR}):
        return False
    return observation.district_id is None or observation.district_id in districts_coordinated_by(
        actor
    )
