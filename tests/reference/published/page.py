"""The page that sets published numbers beside ours.

Usage: python -m tests.reference.published.page    (writes docs/reference/published-numbers.md)

Rows whose data are not on the machine are kept as they stand.
"""

import sys

import pytest

from tests.reference.published.every import every_published
from tests.reference.published.number import Published
from tests.shared_data import ROOT

PAGE = ROOT / "docs" / "reference" / "published-numbers.md"
HEADER = ("Method", "Quantity", "Source", "Published", "Ours")

INTRODUCTION = """# Published numbers and ours

Written by `python -m tests.reference.published.page`; not edited by hand. Every row is computed
anew by the tests, which fail when ours leaves the tolerance: half a unit in the last printed digit,
or the Monte Carlo error where the publication's number is itself drawn.

"""


def cells(number: Published, ours: float) -> tuple[str, ...]:
    """Return one row; ours with as many decimals as the tolerance can tell apart."""
    decimals = max(0, len(f"{number.tolerance:.10f}".rstrip("0").split(".")[1]))
    return (
        f"`{number.method}`", number.quantity, number.source,
        f"{number.published:.10g}", f"{ours:.{decimals}f}",
    )  # fmt: skip


def kept_rows() -> dict[tuple[str, str], tuple[str, ...]]:
    """Return the page's rows by method and quantity."""
    if not PAGE.exists():
        return {}
    lines = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line[:2] == "| "]
    rows = [tuple(cell.strip() for cell in line[1:-1].split(" | ")) for line in lines[2:]]
    return {(row[0], row[1]): row for row in rows}


def page() -> str:
    """Return the page made anew."""
    kept, rows = kept_rows(), []
    for number in every_published():
        try:
            rows.append(cells(number, number.ours()))
        except pytest.skip.Exception:
            rows += [kept[key] for key in [(f"`{number.method}`", number.quantity)] if key in kept]
    lines = [HEADER, tuple("---" for _ in HEADER), *rows]
    return INTRODUCTION + "\n".join("| " + " | ".join(row) + " |" for row in lines) + "\n"


def main() -> int:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")
    sys.stdout.write(f"{PAGE.relative_to(ROOT)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
