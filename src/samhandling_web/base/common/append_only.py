"""Tables where history is appended and never edited, held so by the database itself."""

from collections.abc import Sequence

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import RunPython

SQLITE_TRIGGER = """
CREATE TRIGGER {table}_{verb}_refused BEFORE {verb} {columns} ON {table} {condition}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
"""
POSTGRES_FUNCTION = """
CREATE OR REPLACE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{table} is append-only' USING ERRCODE = 'integrity_constraint_violation';
END $$
"""
POSTGRES_TRIGGER = """
CREATE TRIGGER {table}_{verb}_refused BEFORE {verb} {columns} ON {table}
FOR EACH ROW {condition} EXECUTE FUNCTION {table}_refuse()
"""
POSTGRES_TRUNCATE = """
CREATE TRIGGER {table}_truncate_refused BEFORE TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse()
"""


def append_only(
    table: str, *, when: str = "", columns: Sequence[str] = (), anew: bool = False
) -> RunPython:
    """Return a migration step that makes the database refuse changes to rows of `table`.

    `when` limits the rule to rows that fulfil an SQL condition on `OLD` (an adopted document,
    say); `columns` limits it for updates to those columns, so that others may still change.

    On SQLite a later step that alters the table makes it anew and loses the rule, on PostgreSQL
    it stays: repeat it with `anew`, which takes away what is left of the old one first.
    """

    def protect(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
        if anew:
            release(apps, editor)
        postgres = editor.connection.vendor == "postgresql"
        condition = f"WHEN ({when})" if when else ""
        if postgres:
            editor.execute(POSTGRES_FUNCTION.format(table=table))
            if not when:
                editor.execute(POSTGRES_TRUNCATE.format(table=table))
        template = POSTGRES_TRIGGER if postgres else SQLITE_TRIGGER
        for verb in ("UPDATE", "DELETE"):
            of_columns = f"OF {', '.join(columns)}" if columns and verb == "UPDATE" else ""
            statement = template.format(
                table=table, verb=verb, columns=of_columns, condition=condition
            )
            editor.execute(statement)

    def release(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
        postgres = editor.connection.vendor == "postgresql"
        target = f" ON {table}" if postgres else ""
        for verb in (
            ("update", "delete", "truncate") if postgres and not when else ("update", "delete")
        ):
            editor.execute(f"DROP TRIGGER IF EXISTS {table}_{verb}_refused{target}")
        if postgres:
            editor.execute(f"DROP FUNCTION IF EXISTS {table}_refuse()")

    step = RunPython(protect, release)
    step.protects = table  # type: ignore[attr-defined]
    return step
