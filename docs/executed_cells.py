"""Pages whose code is run when the documentation is built, and whose output is what it printed.

A page writes its code in fences named ``{cell}``. All cells of a page share one namespace and run
in order, as in a notebook. A cell that raises stops the build with the page, the cell and the line.
"""

import io
import re
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from traceback import extract_tb
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import Directive
from sphinx.application import Sphinx
from sphinx.errors import SphinxError

NAMESPACE = "executed_cells"
FENCE = re.compile(r"^```\{cell\}\n(.*?)^```$", re.DOTALL | re.MULTILINE)


class CellFailed(SphinxError):
    """A cell raised; the page cannot be built."""

    category = "A cell failed"


@dataclass(frozen=True, slots=True)
class Cell:
    """One piece of code and the line of the page on which it begins."""

    code: str
    line: int


def cells_of(text: str) -> list[Cell]:
    r"""Return the cells of a page in order.

    Examples
    --------
    >>> cells_of("Words.\n\n```{cell}\nprint(1)\n```\n")
    [Cell(code='print(1)\n', line=4)]
    """
    return [
        Cell(found[1], text.count("\n", 0, found.start(1)) + 1) for found in FENCE.finditer(text)
    ]


def run_cell(cell: Cell, page: str, namespace: dict[str, Any]) -> str:
    """Run a cell in a namespace, which it may change, and return what it printed.

    Raises
    ------
    CellFailed
        If the code cannot be read or raises; names the page, the cell and the line.
    """
    printed = io.StringIO()
    try:
        # Empty lines before the code give errors the numbers of the page's own lines.
        code = compile("\n" * (cell.line - 1) + cell.code, page, "exec")
        with redirect_stdout(printed):
            exec(code, namespace)  # noqa: S102 - the page is part of the project
    except Exception as error:
        at = _line_of(error, page) or cell.line
        message = (
            f"{page}, cell that begins on line {cell.line}: line {at} raised "
            f"{type(error).__name__}: {error}"
        )
        raise CellFailed(message) from error
    return printed.getvalue()


def run_page(path: Path) -> tuple[str, dict[str, Any]]:
    """Run every cell of a page, and return all that was printed and the namespace at the end."""
    namespace: dict[str, Any] = {"__name__": path.stem}
    text = path.read_text(encoding="utf-8")
    printed = [run_cell(cell, path.name, namespace) for cell in cells_of(text)]
    return "".join(printed), namespace


def _line_of(error: Exception, page: str) -> int | None:
    """Return the last line of the page that the error passed."""
    if isinstance(error, SyntaxError):
        return error.lineno
    lines = [frame.lineno for frame in extract_tb(error.__traceback__) if frame.filename == page]
    return lines[-1] if lines else None


class CellDirective(Directive):
    """Shows a piece of code, runs it, and shows what it printed."""

    has_content = True
    option_spec: ClassVar[dict[str, Any]] = {}

    def run(self) -> list[nodes.Node]:
        """Return the code and its output."""
        env = self.state.document.settings.env
        # What a cell prints depends on data beside the checkout: never reuse an earlier build.
        env.note_reread()
        namespace = env.temp_data.setdefault(NAMESPACE, {"__name__": env.docname})
        cell = Cell("\n".join(self.content) + "\n", self.lineno + 1)
        printed = run_cell(cell, env.docname, namespace)
        shown = nodes.literal_block(cell.code.rstrip(), cell.code.rstrip(), language="python")
        return [shown, *_output(printed)]


def _output(printed: str) -> list[nodes.Node]:
    if not printed.strip():
        return []
    text = printed.rstrip()
    wrapper = nodes.container(literal_block=True, classes=["literal-block-wrapper"])
    wrapper += nodes.caption("", "Printed")
    wrapper += nodes.literal_block(text, text, language="none")
    return [wrapper]


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the directive with Sphinx."""
    app.add_directive("cell", CellDirective)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
