"""Write the generated reference pages; with `--check`, only say which are out of date.

Usage: python -m docs.generate [--check]
"""

import sys
from collections.abc import Mapping
from pathlib import Path

from docs.generate.platform import platform_start

REFERENCE = Path(__file__).parent.parent / "reference"


def pages() -> dict[str, str]:
    """Return every generated file of the reference by its name."""
    platform_start()
    from docs.generate import (
        calibration_page,
        command_line,
        data_model,
        library_pages,
        permission_matrix,
        source_pages,
        state_pages,
    )

    return (
        state_pages.pages()
        | data_model.pages()
        | permission_matrix.pages()
        | source_pages.pages()
        | command_line.pages()
        | library_pages.pages()
        | calibration_page.pages()
    )


def outdated(made: Mapping[str, str]) -> list[str]:
    """Return the names of pages that differ from those just made, or are no longer made."""
    kept = {
        str(path.relative_to(REFERENCE)): path.read_text(encoding="utf-8")
        for path in [*REFERENCE.rglob("*.md"), *REFERENCE.glob("states/*.svg")]
    }
    changed = [name for name, content in made.items() if kept.get(name) != content]
    return changed + [name for name in kept if "/" in name and name not in made]


def main(arguments: list[str]) -> int:
    """Write what is out of date, or name it and answer 1."""
    made = pages()
    changed = outdated(made)
    if "--check" not in arguments:
        for name in changed:
            path = REFERENCE / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(made[name], encoding="utf-8") if name in made else path.unlink()
    said = "\n".join(changed) or "The reference agrees with the code."
    sys.stdout.write(said + "\n")
    return 1 if changed and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
