"""What has been done with an object, told in words."""

from django.db.models import Model

from samhandling_web.agree.partnership.acts import ACTS
from samhandling_web.base.audit.models import AuditRecord
from samhandling_web.base.audit.selectors import records_of
from samhandling_web.base.common.text import Text


def history(target: Model) -> list[tuple[AuditRecord, Text | str]]:
    """Return the object's records, the latest first, each with its words."""
    records = records_of(target).order_by("-sequence")
    return [(entry, ACTS.get(entry.kind, entry.kind)) for entry in records]
