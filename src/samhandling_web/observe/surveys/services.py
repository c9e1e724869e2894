"""Survey results that leave the house."""

from samhandling_web.base.accounts.models import User
from samhandling_web.base.audit import services as audit
from samhandling_web.observe.surveys.models import SurveyResultRevision


def results_export_record(*, actor: User, file_name: str, row_count: int) -> None:
    """Record that a file of survey results left the house."""
    audit.record_export(
        actor=actor,
        kind="surveys.results.exported",
        target=SurveyResultRevision(item="", area_name="", wave="", value_percent=0),
        file_name=file_name,
        row_count=row_count,
    )
