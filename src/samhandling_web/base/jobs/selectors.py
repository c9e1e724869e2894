"""Reading background jobs."""

from django.db.models import QuerySet

from samhandling_web.base.accounts.permissions import Actor, holds_role, is_person
from samhandling_web.base.accounts.rules import Role
from samhandling_web.base.jobs.models import Job


def jobs_visible_to(actor: Actor) -> QuerySet[Job]:
    """Administrators see every job, others those they started."""
    jobs = Job.objects.select_related("created_by")
    if holds_role(actor, {Role.ADMINISTRATOR}):
        return jobs
    return jobs.filter(created_by=actor) if is_person(actor) else jobs.none()
