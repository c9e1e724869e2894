"""An installation for a measurement: a folder and a database of its own, and an invented town."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """Give a folder that is removed afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="samhandling-bench-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def platform_in(folder: Path) -> None:
    """Start the platform in this process, with its data in `folder`, on SQLite."""
    os.environ["SAMHANDLING_DATA"] = str(folder)
    os.environ["DATABASE_URL"] = f"sqlite:///{folder / 'samhandling.db'}"
    os.environ["SAMHANDLING_SECRET_KEY"] = "only-for-measuring"
    os.environ["DJANGO_SETTINGS_MODULE"] = "samhandling_web.config.settings"
    import django

    django.setup()


def town_made(folder: Path) -> None:
    """Make an installation with the areas of the invented town and no events."""
    platform_in(folder)
    from samhandling.synthetic.files import write_town
    from samhandling_web.config import installation
    from samhandling_web.config.demo import town as demo

    installation.database_prepare()
    plan = demo.plan_of(small=False)
    demo._set_up(plan)  # noqa: SLF001
    files = write_town(_town(), folder / "town", expected=1_000)
    demo._import_areas(files)  # noqa: SLF001


def _town() -> Any:
    from samhandling.synthetic import make_town
    from samhandling_web.config.demo import town as demo

    return make_town(demo.plan_of(small=False), demo.SEED)


def events_file(folder: Path, expected: int) -> Path:
    """Write about so many events of the town as the CSV file a municipality would get."""
    from samhandling.synthetic.files import write_events

    path = folder / f"events-{expected}.csv"
    with path.open("wb") as stream:
        write_events(_town(), stream, expected=expected)
    return path


def town_events(expected: int) -> Iterator[Any]:
    """Yield about so many events of the town as tables of the schema EVENT."""
    for chunk in _town().events(expected, chunk_rows=50_000):
        yield chunk.table
