"""Who may stop a background job or start it again, and who sees what recurs."""

from samhandling_web.base.accounts.permissions import Actor, holds_role, is_person
from samhandling_web.base.accounts.rules import Role
from samhandling_web.base.common.errors import NotAllowed
from samhandling_web.base.jobs.models import Job


def may_steer(actor: Actor, job: Job) -> bool:
    """The person who started it may, and administrators may."""
    if not is_person(actor):
        return False
    return job.created_by_id == actor.pk or holds_role(actor, {Role.ADMINISTRATOR})


def check_may_steer(actor: Actor, job: Job) -> None:
    if not may_steer(actor, job):
        raise NotAllowed


def may_see_schedule(actor: Actor) -> bool:
    """Administrators may: what the system does by itself is nobody else's to look after."""
    return holds_role(actor, {Role.ADMINISTRATOR})
