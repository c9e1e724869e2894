"""The room's tables as files that leave the house, each recorded."""

from django.db.models import Model
from django.http import Http404, HttpResponse

from samhandling_web.agree.partnership.tables import TABLE_FORMATS
from samhandling_web.base.accounts.models import User
from samhandling_web.base.audit import services as audit
from samhandling_web.base.common.tables import PlatformTable, exported


def table_export(
    table: PlatformTable, file_format: str, name: str, *, kind: str, target: Model, actor: User
) -> HttpResponse:
    """Return the whole table as a file, and record that it left the house.

    A table is of many objects; `target` is one, unsaved, that says in words what it is about.
    """
    if file_format not in TABLE_FORMATS:
        raise Http404
    response = exported(table, file_format, name)
    audit.record_export(
        actor=actor,
        kind=kind,
        target=target,
        file_name=f"{name}.{file_format}",
        row_count=len(table.rows),
    )
    return response
