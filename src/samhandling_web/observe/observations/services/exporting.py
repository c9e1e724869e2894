"""Recording that observations left the house."""

from samhandling_web.base.accounts.models import User
from samhandling_web.base.audit import services as audit
from samhandling_web.observe.observations import permissions
from samhandling_web.observe.observations.models import Category


def observations_export_record(*, file_name: str, row_count: int, actor: User) -> None:
    """Record an export of a list. It is of many observations; the log ties it to their kinds."""
    permissions.check_may_read_observations(actor)
    audit.record_export(
        actor=actor,
        kind="observations.observations.exported",
        target=Category(slug="observations", name="observations"),
        file_name=file_name,
        row_count=row_count,
    )
