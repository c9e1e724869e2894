"""Who may read, write and decide about places, candidates and problems."""

from django.db.models import QuerySet

from samhandling_web.base.accounts.permissions import Actor, holds_role, is_person
from samhandling_web.base.accounts.rules import Role
from samhandling_web.base.areas.answering import areas_answered_for
from samhandling_web.base.areas.models import Area
from samhandling_web.base.areas.permissions import visibilities_open_to
from samhandling_web.base.areas.rules import Visibility
from samhandling_web.base.common.errors import NotAllowed
from samhandling_web.understand.places.models import Place, Problem
from samhandling_web.understand.places.rules import ProblemStatus

READ_PROBLEMS = frozenset(Role) - {Role.PROPERTY_OWNER, Role.GUARD, Role.REPORTER}
READ_PLACES = READ_PROBLEMS | {Role.GUARD}
WRITE_ANYWHERE = frozenset({Role.CITY_STRATEGIST, Role.ANALYST})
WRITE_IN_OWN = frozenset({Role.DISTRICT_COORDINATOR})
PROPOSE = WRITE_ANYWHERE | WRITE_IN_OWN | {Role.POLICE_LIAISON}


def may_read_places(actor: Actor) -> bool:
    """Those who work with safety inside the house, and guards, who stand there."""
    return holds_role(actor, READ_PLACES)


def may_read_place(actor: Actor, place: Place) -> bool:
    """A protected place is seen only by those who see protected areas."""
    return may_read_places(actor) and place.visibility in visibilities_open_to(actor)


def may_read_problems(actor: Actor) -> bool:
    """Why things happen is working material for those who do something about it."""
    return holds_role(actor, READ_PROBLEMS)


def may_write_somewhere(actor: Actor) -> bool:
    """Whether the person writes about any district at all."""
    return holds_role(actor, WRITE_ANYWHERE | WRITE_IN_OWN)


def may_write_in(actor: Actor, district: Area) -> bool:
    """Strategists and analysts write anywhere, coordinators in the district they answer for."""
    return holds_role(actor, WRITE_ANYWHERE) or district.pk in areas_answered_for(
        actor, WRITE_IN_OWN
    )


def may_write_anywhere(actor: Actor) -> bool:
    """Also where no district is known."""
    return holds_role(actor, WRITE_ANYWHERE)


def may_write_at(actor: Actor, district: Area | None) -> bool:
    """As `may_write_in`; where no district is known, only those who write anywhere."""
    if district is None:
        return may_write_anywhere(actor)
    return may_write_in(actor, district)


def may_write_place(actor: Actor, place: Place) -> bool:
    """Who writes in the place's district and may see where it lies."""
    return may_read_place(actor, place) and may_write_at(actor, place.district)


def may_remove_photo(actor: Actor, place: Place) -> bool:
    """Take a picture away that shows somebody after all: who writes about the place."""
    return may_write_place(actor, place)


def may_propose_problem(actor: Actor) -> bool:
    """Writers, and the police, who see what is reported to them."""
    return holds_role(actor, PROPOSE)


def may_propose_anywhere(actor: Actor) -> bool:
    """The police work across districts; a coordinator proposes in the own one."""
    return holds_role(actor, WRITE_ANYWHERE | {Role.POLICE_LIAISON})


def may_write_problem(actor: Actor, problem: Problem) -> bool:
    """Who writes in the problem's district; who proposed it, until somebody has analysed it."""
    if may_write_at(actor, problem.district):
        return True
    is_own = is_person(actor) and problem.created_by_id == actor.pk
    is_open = problem.status == ProblemStatus.IDENTIFIED
    return is_own and is_open and may_propose_problem(actor)


def may_step_problem(actor: Actor, problem: Problem) -> bool:
    """Who writes in the problem's district says where it stands."""
    return may_write_at(actor, problem.district)


def check_may_read_places(actor: Actor) -> None:
    if not may_read_places(actor):
        raise NotAllowed


def check_may_read_problems(actor: Actor) -> None:
    if not may_read_problems(actor):
        raise NotAllowed


def check_may_write_somewhere(actor: Actor) -> None:
    if not may_write_somewhere(actor):
        raise NotAllowed


def check_may_find_candidates(actor: Actor) -> None:
    """Raise NotAllowed unless the person writes somewhere; None is the system's own work."""
    if actor is not None:
        check_may_write_somewhere(actor)


def check_may_write_in(actor: Actor, district: Area | None) -> None:
    """Raise NotAllowed unless the person writes there; without a district, anywhere."""
    if not may_write_at(actor, district):
        raise NotAllowed


def check_may_write_place(actor: Actor, place: Place) -> None:
    if not may_write_place(actor, place):
        raise NotAllowed


def check_may_remove_photo(actor: Actor, place: Place) -> None:
    if not may_remove_photo(actor, place):
        raise NotAllowed


def check_may_propose_problem(actor: Actor) -> None:
    if not may_propose_problem(actor):
        raise NotAllowed


def check_may_write_problem(actor: Actor, problem: Problem) -> None:
    if not may_write_problem(actor, problem):
        raise NotAllowed


def check_may_step_problem(actor: Actor, problem: Problem) -> None:
    if not may_step_problem(actor, problem):
        raise NotAllowed


def check_may_protect(actor: Actor, visibility: Visibility) -> None:
    """Raise NotAllowed if the place would be hidden from the person who hides it."""
    if not may_write_somewhere(actor) or visibility not in visibilities_open_to(actor):
        raise NotAllowed


def districts_written_in(actor: Actor) -> QuerySet[Area]:
    """Return the areas that the person writes about."""
    if holds_role(actor, WRITE_ANYWHERE):
        return Area.objects.all()
    return Area.objects.filter(pk__in=areas_answered_for(actor, WRITE_IN_OWN))
