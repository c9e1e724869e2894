"""What every test of the platform shares."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import hypothesis
import pytest
from django.conf import LazySettings
from django.core.management.commands import flush
from django.db import connection
from django.utils import translation

# How long an example takes says something of the machine, not of the code; and a suite that
# chooses its examples by chance fails by chance. HYPOTHESIS_PROFILE=search looks for new ones.
hypothesis.settings.register_profile("suite", deadline=None, derandomize=True)
hypothesis.settings.register_profile("search", deadline=None, max_examples=1_000)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "suite"))


@contextmanager
def append_only_rules_off() -> Iterator[None]:
    """Lift the database's append-only rules while a test's rows are cleared away."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
            try:
                yield
            finally:
                cursor.execute("SET session_replication_role = DEFAULT")
            return
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = cursor.fetchall()
        for name, _sql in triggers:
            cursor.execute(f"DROP TRIGGER {name}")
        try:
            yield
        finally:
            for _name, sql in triggers:
                cursor.execute(sql)


@pytest.fixture(autouse=True, scope="session")
def _flush_lifts_append_only_rules() -> Iterator[None]:
    """Tests that commit are followed by a flush, which the append-only tables would refuse."""
    original = flush.Command.handle

    def handle(self: flush.Command, **options: object) -> None:
        with append_only_rules_off():
            original(self, **options)

    flush.Command.handle = handle  # type: ignore[method-assign]
    yield
    flush.Command.handle = original  # type: ignore[method-assign]


@pytest.fixture(autouse=True)
def _swedish_again() -> Iterator[None]:
    """A page asked for in English leaves its language in the thread: the next test has its own."""
    yield
    translation.deactivate()


@pytest.fixture
def data_folder(settings: LazySettings, tmp_path: Path) -> Path:
    """Give the test a data folder of its own: files, snapshot, anchors."""
    settings.DATA_FOLDER = tmp_path
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.SNAPSHOT_FOLDER = tmp_path / "snapshot"
    settings.TEMPLATE_FOLDER = tmp_path / "templates"
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    return tmp_path
