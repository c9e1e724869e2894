"""Figures that leave the house."""

from samhandling_web.base.accounts.models import User
from samhandling_web.base.audit import services as audit
from samhandling_web.observe.statistics.models import Indicator


def figures_export_record(
    *, indicator: Indicator, actor: User, file_name: str, row_count: int
) -> None:
    """Record that a file of figures left the house."""
    audit.record_export(
        actor=actor,
        kind="statistics.figures.exported",
        target=indicator,
        file_name=file_name,
        row_count=row_count,
    )
