"""Recording that walks left the house as files."""

from django.db import transaction

from samhandling_web.base.accounts.models import User
from samhandling_web.base.audit import services as audit
from samhandling_web.observe.walks import permissions
from samhandling_web.observe.walks.models import Walk


@transaction.atomic
def walk_exported(*, walk: Walk, file_name: str, row_count: int, actor: User) -> None:
    """Record a file with one walk's findings."""
    permissions.check_may_read_walk(actor, walk)
    audit.record_export(
        actor=actor,
        kind="walks.walk.exported",
        target=walk,
        file_name=file_name,
        row_count=row_count,
    )


@transaction.atomic
def walks_exported(*, file_name: str, row_count: int, actor: User) -> None:
    """Record a file with many walks, or with findings of many."""
    permissions.check_may_read_walks(actor)
    audit.record_export(
        actor=actor,
        kind="walks.walks.exported",
        target=Walk(title="walks"),
        file_name=file_name,
        row_count=row_count,
    )
