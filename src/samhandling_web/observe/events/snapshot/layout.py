"""Where the snapshot lies, which columns it has and what its numbers stand for."""

import fcntl
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

import pyarrow as pa
from django.conf import settings

from samhandling.space.areas import AreaSet

NOWHERE = -1
ELSEWHERE, UNKNOWN, OWN = 0, -1, 1
"""Whether an event happened in this municipality."""
NEVER = -(2**31)
"""Stands for an unknown time or day: DuckDB compares whole numbers faster than nulls."""

EVENTS_FILE = "events.parquet"
META_FILE = "meta.json"
POINTER = "current"
LOCK = "lock"

FIXED_COLUMNS = [
    ("id", pa.int64()),
    ("source", pa.int16()),
    ("category", pa.int16()),
    ("month", pa.int32()),
    ("day", pa.int32()),
    ("start_minute", pa.int32()),
    ("end_minute", pa.int32()),
    ("own", pa.int8()),
    ("precision", pa.int8()),
    ("lon", pa.float64()),
    ("lat", pa.float64()),
    ("cell", pa.uint64()),
    ("count", pa.int32()),
]


@dataclass(frozen=True, slots=True)
class Division:
    """Areas of one level as they were during one time, and the column that indexes them."""

    column: str
    areas: AreaSet
    valid_from: date
    valid_to: date | None

    @property
    def level(self) -> str:
        return self.areas.level


@dataclass(frozen=True, slots=True)
class DivisionMeta:
    """What a stored division column stands for: position in `codes` is the number stored."""

    column: str
    level: str
    valid_from: str
    valid_to: str | None
    codes: list[str]
    names: list[str]


@dataclass(frozen=True, slots=True)
class Meta:
    """What a snapshot holds and from which state of the truth it was made."""

    data_version: str
    code_version: str
    made_at: str
    rows: int
    sources: list[str]
    categories: list[str]
    precisions: list[str]
    divisions: list[DivisionMeta]
    checksum: dict[str, int]

    def division(self, level: str, on: date | None = None) -> DivisionMeta | None:
        """Return the division of `level` that held on a day, or the latest."""
        held = [d for d in self.divisions if d.level == level and _holds(d, on)]
        return max(held, key=lambda d: d.valid_from, default=None)


def _holds(division: DivisionMeta, on: date | None) -> bool:
    if on is None:
        return True
    day = on.isoformat()
    ends = division.valid_to
    return division.valid_from <= day and (ends is None or day < ends)


def schema(columns: list[str]) -> pa.Schema:
    """Return the snapshot's columns, with one for each division."""
    return pa.schema([*FIXED_COLUMNS, *((column, pa.int16()) for column in columns)])


def root() -> Path:
    return Path(settings.SNAPSHOT_FOLDER)


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Wait until no other program makes a snapshot: each clears away what is not in use."""
    root().mkdir(parents=True, exist_ok=True)
    with (root() / LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def current_folder() -> Path | None:
    """Return the folder of the snapshot in use, None before the first is made."""
    pointer = root() / POINTER
    if not pointer.exists():
        return None
    folder = root() / pointer.read_text(encoding="ascii").strip()
    return folder if (folder / META_FILE).exists() else None


def meta_save(meta: Meta, folder: Path) -> None:
    (folder / META_FILE).write_text(json.dumps(asdict(meta), ensure_ascii=False), encoding="utf-8")


def meta_load(folder: Path) -> Meta:
    content = json.loads((folder / META_FILE).read_text(encoding="utf-8"))
    divisions = [DivisionMeta(**division) for division in content.pop("divisions")]
    return Meta(divisions=divisions, **content)
