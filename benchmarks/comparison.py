"""What a measurement says, as lines for people and as a table for the documentation."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measuring import Measured

HEADER = (
    "Work", "Data", "Our time", "Our processor time", "Our peak memory",
    "Peer", "Peer's time", "Peer's peak memory", "Peer's time ÷ ours", "Answers agree",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Comparison:
    """One piece of work, ours beside a peer's.

    Attributes
    ----------
    work, data : str
        What was done, to what.
    ours : Measured
    peer : str
        Who else did it; empty where there is only a limit to keep.
    theirs : Measured, optional
    agree : bool
        Whether the answers are the same, or whether the limit named in `work` was kept.
    """

    work: str
    data: str
    ours: Measured
    peer: str
    theirs: Measured | None
    agree: bool

    def cells(self) -> tuple[str, ...]:
        """Return the columns of the table."""
        ours, theirs = self.ours, self.theirs
        return (
            self.work, self.data, duration(ours.seconds), duration(ours.cpu_seconds),
            memory(ours.peak_mib), self.peer,
            duration(theirs.seconds) if theirs else "",
            memory(theirs.peak_mib) if theirs else "",
            ratio(theirs.seconds / ours.seconds) if theirs else "",
            "yes" if self.agree else "NO",
        )  # fmt: skip

    def lines(self) -> str:
        """Return the measurement for a terminal."""
        told = [f"{self.work} [{self.data}]"]
        told += [
            f"    {name}: {cell}"
            for name, cell in zip(HEADER[2:], self.cells()[2:], strict=True)
            if cell
        ]
        return "\n".join(told)


def duration(seconds: float) -> str:
    """Write a time in the unit that suits it."""
    return f"{seconds * 1000:,.0f} ms" if seconds < 1 else f"{seconds:,.1f} s"


def memory(mib: float) -> str:
    """Write an amount of memory."""
    return f"{max(mib, 0):,.0f} MiB"


def ratio(number: float) -> str:
    """Write how many times longer, with two figures that mean something."""
    return f"{number:,.0f}" if number >= 10 else f"{number:.2g}"


def machine() -> str:
    """Describe the machine and how busy it was, without naming it or the day."""
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    busy = os.getloadavg()[2]
    return (
        f"{os.cpu_count()} cores, {pages / 2**30:.0f} GiB of memory; on average {busy:.1f} "
        "processes wanted to run at once during the last quarter of an hour, these included."
    )


def page(rows: Sequence[Sequence[str]]) -> str:
    """Return the page of the documentation."""
    lines = [HEADER, tuple("---" for _ in HEADER), *rows]
    table = "\n".join("| " + " | ".join(row) + " |" for row in lines)
    return INTRODUCTION.format(machine=machine(), table=table)


def write_page(path: Path, comparisons: Sequence[Comparison]) -> None:
    """Write the page; lines it had of measurements that were not made again are kept."""
    rows = {_key(row): row for row in _rows_of(path)}
    rows |= {_key(row): row for row in (one.cells() for one in comparisons)}
    path.write_text(page(list(rows.values())), encoding="utf-8")


def _key(row: Sequence[str]) -> tuple[str, str, str]:
    return row[0], row[1], row[5]


def _rows_of(path: Path) -> list[tuple[str, ...]]:
    if not path.exists():
        return []
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line[:2] == "| "]
    return [tuple(cell.strip() for cell in line[1:-1].split(" | ")) for line in lines[2:]]


INTRODUCTION = """# Benchmarks

Written by `python -m benchmarks --write FILE`; not edited by hand. A run renews the lines that it
measures (`--full` imports five million rows) and keeps the others, which were measured on the same
machine at whatever load it had then.

Every line is our work and the peer's on the same data in the same run, each in a process of its
own. Where the work is short, the middle of several times is given. Memory is the most in use at
once beyond what lay ready before the work began; pages of files that the system may take back are
not counted. More than one in the column *Peer's time ÷ ours* means that we are quicker.

Machine at the last run: {machine}

{table}
"""
