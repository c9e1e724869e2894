"""Every table that a migration protects is still protected when all migrations have run."""

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader

LOADER = MigrationLoader(None)
PROTECTED = sorted(
    {
        step.protects
        for migration in LOADER.disk_migrations.values()
        for step in migration.operations
        if hasattr(step, "protects")
    }
)


def triggers() -> set[str]:
    asked = (
        "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(asked)
        return {name for (name,) in cursor.fetchall()}


def test_there_is_something_to_protect():
    assert "audit_auditrecord" in PROTECTED
    assert len(PROTECTED) > 5


@pytest.mark.django_db
@pytest.mark.parametrize("table", PROTECTED)
def test_a_protected_table_is_still_protected(table):
    kept = {f"{table}_{verb}_refused" for verb in ("update", "delete")}
    lost = kept - {name.lower() for name in triggers()}
    assert not lost, f"a later migration made {table} anew: protect it again after that step"
