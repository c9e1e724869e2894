"""What the tests of the documentation share: where it is and how its pages are read."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
DOCS = ROOT / "docs"
FENCE = re.compile(r"^ *```(\w+)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)


def pages() -> list[Path]:
    """Return every page of the documentation, and those at the top of the repository."""
    built = DOCS / "_build"
    return sorted(
        [*(path for path in DOCS.rglob("*.md") if built not in path.parents), *ROOT.glob("*.md")]
    )


def examples(kind: str) -> Iterator[tuple[Path, str]]:
    """Give page and text of every fenced example of a kind."""
    for page in pages():
        for found, text in FENCE.findall(page.read_text(encoding="utf-8")):
            if found == kind:
                yield page, text


def commands_shown(page: Path) -> list[str]:
    """Return the `samhandling` commands that a page shows, in order."""
    return [
        line.strip().removeprefix("$ ")
        for found, text in FENCE.findall(page.read_text(encoding="utf-8"))
        if found == "console"
        for line in text.splitlines()
        if line.strip().removeprefix("$ ").startswith("samhandling ")
    ]


def committed_files() -> list[Path]:
    """Return the repository's files; skip where it is not one."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listed.returncode != 0:
        pytest.skip("this copy of the project is not a git checkout")
    names = [name for name in listed.stdout.decode().split("\0") if name]
    return [ROOT / name for name in names if (ROOT / name).is_file()]
