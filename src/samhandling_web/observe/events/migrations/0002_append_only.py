"""Placements are never edited, and keys sort by code point on both engines."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from samhandling_web.base.common.append_only import append_only


def sort_by_code_point(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """SQLite compares bytes already; PostgreSQL follows the database's language unless told."""
    if editor.connection.vendor != "postgresql":
        return
    for table in ("events_eventrevision", "events_placement"):
        editor.execute(
            f'ALTER TABLE {table} ALTER COLUMN source TYPE varchar(80) COLLATE "C", '
            f'ALTER COLUMN external_id TYPE varchar(200) COLLATE "C"'
        )


class Migration(migrations.Migration):
    dependencies = [("events", "0001_initial")]
    operations = [
        migrations.RunPython(sort_by_code_point, migrations.RunPython.noop),
        append_only("events_placement"),
    ]
