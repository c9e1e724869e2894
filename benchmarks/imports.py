"""Imports from file to snapshot: how long the police's events take, and what many rows need."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from benchmarks.comparison import Comparison
from benchmarks.installation import events_file, platform_in, scratch_folder, town_made
from benchmarks.measuring import apart, measured

POLICE_FILE = "polisen_handelser/handelser_sverige_2022-09_2026-04.csv.gz"
POLICE_LIMIT_S = 20
# Memory may differ by so much between a file and one ten times as long.
LEEWAY_MIB = 40


def police_events(sizes: dict[str, int]) -> Iterator[Comparison]:
    """Import the police's collected events, if the file is at hand."""
    path = real_data() / POLICE_FILE
    if not path.exists():
        return
    rows = sizes["police"]
    with scratch_folder() as folder:
        path = path if rows <= 0 else _beginning(path, rows, folder)
        apart(lambda: _empty(folder))
        ours = measured(lambda _: _imported(path), lambda: platform_in(folder))
        again = measured(lambda _: _imported(path), lambda: platform_in(folder))
        theirs = measured(lambda _: len(pd.read_csv(path)))
    told = ours.value
    whole = told["read"] == told["accepted"] + told["rejected"] == theirs.value
    kept = whole and told["snapshot"] == told["accepted"] and again.value == told
    limit = f", at most {POLICE_LIMIT_S} s" if rows <= 0 else ""
    agree = kept and (rows > 0 or ours.seconds <= POLICE_LIMIT_S)
    data = f"{told['read']:,} police events"
    yield Comparison(
        f"Import end to end with snapshot{limit}", data, ours, "pandas.read_csv alone", theirs,
        agree,
    )  # fmt: skip
    yield Comparison("The same file again changes nothing", data, again, "", None, kept)


def real_data() -> Path:
    """Return where the real data sets lie: beside the checkout, unless told otherwise."""
    beside = Path(__file__).parents[2] / "shared"
    return Path(os.environ.get("SAMHANDLING_SHARED", beside)) / "data"


def _beginning(path: Path, rows: int, folder: Path) -> Path:
    part = folder / "beginning.csv"
    pd.read_csv(path, nrows=rows, dtype=str, keep_default_na=False).to_csv(part, index=False)
    return part


def _empty(folder: Path) -> None:
    platform_in(folder)
    from samhandling_web.config import installation

    installation.database_prepare()
    installation.set_up(
        code="0180", name="Stockholm", email="bench@example.org", password="a long password 12"
    )


def _imported(path: Path) -> dict[str, int]:
    from samhandling_web.observe.events.snapshot import layout, rebuild
    from samhandling_web.observe.imports import services

    batch = services.batch_receive(source="police_events", path=path, actor=None)
    batch = services.batch_run(batch_id=batch.pk)
    if not rebuild.is_current():
        rebuild.rebuild()
    current = layout.current_folder()
    assert current is not None
    return {**counts_of(batch), "snapshot": layout.meta_load(current).rows}


def counts_of(batch: Any) -> dict[str, int]:
    """Return a batch's counts of rows."""
    return {
        "read": batch.rows_read,
        "accepted": batch.rows_accepted,
        "rejected": batch.rows_rejected,
    }


def many_events(sizes: dict[str, int]) -> Iterator[Comparison]:
    """Import a table and one ten times as long: memory must not grow with the file."""
    few, many = sizes["import_few"], sizes["import_many"]
    with scratch_folder() as folder:
        apart(lambda: town_made(folder))
        small = _import_of(folder, few)
        large = _import_of(folder, many)
        theirs = measured(lambda path: len(pd.read_csv(path)), lambda: large[1])
    ours, told = large[0], large[0].value
    whole = told["read"] == told["accepted"] + told["rejected"] == theirs.value
    level = ours.peak_mib <= small[0].peak_mib + LEEWAY_MIB
    yield Comparison(
        f"Import of a described table at constant memory ({small[0].peak_mib:.0f} MiB for "
        f"{small[0].value['read']:,} rows)",
        f"{told['read']:,} invented events", ours, "pandas.read_csv alone", theirs,
        whole and level,
    )  # fmt: skip


def _import_of(folder: Path, rows: int) -> tuple[Any, Path]:
    own = folder / str(rows)
    shutil.copytree(folder, own, ignore=shutil.ignore_patterns(own.name, "town", "*.csv"))
    path = apart(lambda: _file_in(own, rows))
    took = measured(lambda _: _described_import(path), lambda: platform_in(own))
    for left in own.glob("samhandling.db*"):
        left.unlink()
    return took, path


def _file_in(folder: Path, rows: int) -> Path:
    platform_in(folder)
    return events_file(folder, rows)


def _described_import(path: Path) -> dict[str, int]:
    from samhandling.synthetic.doors import event_mapping
    from samhandling_web.config.demo import town as demo
    from samhandling_web.observe.imports import services

    content = event_mapping(demo.plan_of(small=False)).as_dict()
    mapping = services.mapping_save(name="Measured", content=content, actor=None)
    batch = services.batch_receive(source="mapped_table", path=path, actor=None, mapping=mapping)
    return counts_of(services.batch_run(batch_id=batch.pk))
