"""Gives the command `samhandling import` again and again and kills it, and tells what became.

The platform is started once in a process that never opens a database; every step runs in a child
of its own on one installation (a folder and a database). Installations are copied from one that
has been prepared, so that a disturbed and an undisturbed run begin alike.
"""

import hashlib
import json
import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django

PREPARED, CALM = "prepared", "calm"


def home() -> Path:
    return Path(os.environ["SAMHANDLING_DATA"])


def begun(installation: str, work: Callable[[], Any]) -> tuple[int, int]:
    """Start `work` in a child on one installation; return its number and where its answer comes."""
    answer, to_parent = os.pipe()
    child = os.fork()
    if child:
        os.close(to_parent)
        return child, answer
    from django.conf import settings
    from django.db import connection

    folder = home() / installation
    is_sqlite = connection.vendor == "sqlite"
    connection.settings_dict["NAME"] = (
        str(folder / "own.db") if is_sqlite else f"killed_{installation}"
    )
    settings.MEDIA_ROOT, settings.SNAPSHOT_FOLDER = folder / "files", folder / "snapshot"
    with os.fdopen(to_parent, "w") as out:
        json.dump(work(), out)
    connection.close()
    os._exit(0)


def done(installation: str, work: Callable[[], Any]) -> Any:
    """Run `work` in a child to its end and return its answer."""
    child, answer = begun(installation, work)
    with os.fdopen(answer) as told:
        text = told.read()
    os.waitpid(child, 0)
    return json.loads(text)


def was_killed(installation: str, work: Callable[[], Any], seconds: float) -> bool:
    """Start `work`, kill it after so long, and say whether it was still at work."""
    child, answer = begun(installation, work)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    _child, status = os.waitpid(child, 0)
    os.close(answer)
    return os.WIFSIGNALED(status)


def database_of(installation: str, template: str = "") -> None:
    """Make an installation's folder and database, empty or as a copy of another's."""
    from django.db import connection

    if template:
        shutil.copytree(home() / template, home() / installation)
    else:
        (home() / installation).mkdir(parents=True)
    if connection.vendor == "sqlite":
        return
    child = os.fork()
    if not child:
        copied = f" TEMPLATE killed_{template}" if template else ""
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS killed_{installation}")
            cursor.execute(f"CREATE DATABASE killed_{installation}{copied}")
        os._exit(0)
    _child, status = os.waitpid(child, 0)
    assert status == 0, "the server did not copy the database"


def prepare() -> None:
    from samhandling_web.config import installation

    installation.database_prepare()
    installation.set_up(
        code="9901", name="Exempelstad", email="a@exempel.example", password="a long password 1"
    )


def command(path: Path) -> None:
    """Do what `samhandling import police_events FILE` does."""
    from samhandling_web.config.command import main

    with Path(os.devnull).open("w") as nowhere:
        os.dup2(nowhere.fileno(), 1)
        main(
            ["import", "police_events", str(path), "--option", "chunk_rows=150"],
            standalone_mode=False,
        )


def tell() -> dict[str, Any]:
    """Return every row that the import made and what the snapshot holds, without own numbers."""
    from samhandling_web.observe.events.models import Category, EventRevision
    from samhandling_web.observe.events.snapshot import rebuild
    from samhandling_web.observe.imports.models import Batch, RejectedRow

    told: dict[str, Any] = {}
    for model in (Batch, RejectedRow, EventRevision, Category):
        names = [field.attname for field in model._meta.concrete_fields]
        left = {"id", "received_at", "applied_at", "job_id"}
        wanted = [name for name in names if name not in left]
        rows = sorted(map(str, model.objects.values_list(*wanted)))
        told[model.__name__] = [len(rows), hashlib.sha256("\n".join(rows).encode()).hexdigest()]
    batch = Batch.objects.get()
    told["counts"] = [batch.rows_read, batch.rows_accepted, batch.rows_rejected, batch.state]
    told["snapshot"] = snapshot_told()
    told["findings"] = [str(finding) for finding in rebuild.findings()]
    return told


def snapshot_told() -> list[Any]:
    """Return the snapshot's number of rows, its sums and the checksum of all its columns."""
    import pyarrow.parquet as pq

    from samhandling_web.observe.events.snapshot import layout

    folder = layout.current_folder()
    assert folder is not None
    table = pq.read_table(folder / layout.EVENTS_FILE).drop_columns(["id"])
    rows = sorted(map(str, zip(*table.to_pydict().values(), strict=True)))
    meta = layout.meta_load(folder)
    digest = hashlib.sha256("\n".join(rows).encode()).hexdigest()
    return [meta.rows, meta.checksum["events"], meta.categories, meta.sources, digest]


def disturbed(path: Path, kills: int, took: float, chance: random.Random) -> dict[str, Any]:
    """Import into new installations, killing as often as asked for in all."""
    hits, told = 0, []
    while hits < kills:
        name = f"disturbed{len(told)}"
        database_of(name, PREPARED)
        alive = True
        while alive and hits < kills:
            alive = was_killed(name, lambda: command(path), chance.uniform(0, took))
            hits += alive
        done(name, lambda: command(path))
        told.append(done(name, tell))
    return {"hits": hits, "told": told}


def main(path: Path, kills: int, chance: random.Random) -> dict[str, Any]:
    database_of(PREPARED)
    done(PREPARED, prepare)
    database_of(CALM, PREPARED)
    began = time.monotonic()
    done(CALM, lambda: command(path))
    took = time.monotonic() - began
    calm = done(CALM, tell)
    done(CALM, lambda: command(path))
    return {"calm": calm, "twice": done(CALM, tell), **disturbed(path, kills, took, chance)}


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "samhandling_web.config.settings"
    django.setup()
    # Loaded before the children are made, so that each is at work at once.
    import samhandling_web.config.commands.data
    import samhandling_web.observe.events.snapshot.rebuild  # noqa: F401

    answer_to = os.dup(1)
    outcome = main(Path(sys.argv[1]), int(sys.argv[2]), random.Random(int(sys.argv[3])))
    os.write(answer_to, json.dumps(outcome).encode())
