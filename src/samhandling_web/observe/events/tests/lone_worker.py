"""A process of its own that reads a file while its workers are killed, and tells what became.

It starts Django once and never opens the database itself: every step runs in a child of its own,
and the children that read are ended by SIGKILL.
"""

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

RECEIVED, DISTURBED, CALM = "received.db", "disturbed.db", "calm.db"


def begun(database: str, work: Callable[[], Any]) -> tuple[int, int]:
    """Start `work` in a child on one database; return its number and where its answer comes."""
    answer, to_parent = os.pipe()
    child = os.fork()
    if child:
        os.close(to_parent)
        return child, answer
    from django.db import connection

    connection.settings_dict["NAME"] = str(folder() / database)
    with os.fdopen(to_parent, "w") as out:
        json.dump(work(), out)
    # Closing moves what lies in the write-ahead log into the file that is copied.
    connection.close()
    os._exit(0)


def done(database: str, work: Callable[[], Any]) -> Any:
    """Run `work` in a child to its end and return its answer."""
    child, answer = begun(database, work)
    with os.fdopen(answer) as told:
        text = told.read()
    os.waitpid(child, 0)
    return json.loads(text)


def killed(database: str, work: Callable[[], Any], seconds: float) -> bool:
    """Start `work`, kill it after so long, and say whether it was still at work."""
    child, answer = begun(database, work)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    _child, status = os.waitpid(child, 0)
    os.close(answer)
    return os.WIFSIGNALED(status)


def folder() -> Path:
    return Path(os.environ["SAMHANDLING_DATA"])


def prepare() -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def receive(path: Path) -> int:
    from samhandling_web.observe.imports import services

    batch = services.batch_receive(
        source="police_events", path=path, actor=None, options={"chunk_rows": 40}
    )
    return batch.pk


def read(batch_id: int) -> str:
    from samhandling_web.observe.imports import services

    return str(services.batch_run(batch_id=batch_id).state)


def tell() -> dict[str, list[str]]:
    """Return every row that the import made, without the database's own numbering."""
    from samhandling_web.observe.events.models import Category, EventRevision
    from samhandling_web.observe.events.selectors import current_event_rows
    from samhandling_web.observe.imports.models import Batch, RejectedRow

    told = {}
    for model in (Batch, RejectedRow, EventRevision, Category):
        names = [field.attname for field in model._meta.concrete_fields]
        left = {"id", "received_at", "applied_at", "job_id"}
        wanted = [name for name in names if name not in left]
        told[model.__name__] = sorted(map(str, model.objects.values_list(*wanted)))
    told["current"] = [str(row) for row in current_event_rows(["external_id", "text", "start"])]
    return told


def main(path: Path, kills: int, chance: random.Random) -> dict[str, Any]:
    done(RECEIVED, prepare)
    batch_id = done(RECEIVED, lambda: receive(path))
    for copy in (DISTURBED, CALM):
        shutil.copy(folder() / RECEIVED, folder() / copy)
    began = time.monotonic()
    done(CALM, lambda: read(batch_id))
    took = time.monotonic() - began
    moments = [chance.uniform(0, 2 * took / kills) for _kill in range(kills)]
    hits = sum(killed(DISTURBED, lambda: read(batch_id), moment) for moment in moments)
    state = done(DISTURBED, lambda: read(batch_id))
    told = {"disturbed": done(DISTURBED, tell), "calm": done(CALM, tell)}
    return {"hits": hits, "state": state, **told}


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "samhandling_web.config.settings"
    django.setup()
    outcome = main(Path(sys.argv[1]), int(sys.argv[2]), random.Random(int(sys.argv[3])))
    json.dump(outcome, sys.stdout)
