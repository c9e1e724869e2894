"""Pages whose code is run when they are built: output shown, errors placed."""

import pytest
from sphinx.application import Sphinx

from docs.executed_cells import Cell, CellFailed, cells_of, run_cell, run_page

PAGE = """# Page

```{cell}
count = 2
```

Words between.

```{cell}
print(f"there are {count + 1} of them")
```
"""


def build(folder, text):
    """Build one page into HTML and return it."""
    source = folder / "source"
    source.mkdir(exist_ok=True)
    (source / "conf.py").write_text('extensions = ["myst_parser", "docs.executed_cells"]\n')
    (source / "index.md").write_text(text)
    out = folder / "out"
    Sphinx(source, source, out, folder / "trees", "html", status=None, warning=None).build()
    return (out / "index.html").read_text()


def test_cells_share_a_namespace_and_their_output_stands_below(tmp_path):
    page = build(tmp_path, PAGE)
    assert "there are 3 of them" in page
    # The assignment prints nothing, so only one of the two cells has output.
    assert page.count("Printed") == 1


def test_a_page_is_run_anew_at_every_build(tmp_path):
    seen = tmp_path / "seen.txt"
    page = f"# P\n\n```{{cell}}\nopen({str(seen)!r}, 'a').write('x')\n```\n"
    build(tmp_path, page)
    build(tmp_path, page)
    assert seen.read_text() == "xx"


def test_a_cell_that_raises_stops_the_build_and_names_the_line(tmp_path):
    page = PAGE.replace("count = 2", "count = 2\n\ndef wrong():\n    raise ValueError('no')")
    page = page.replace("print(f", "later = 1\nwrong()\nprint(f")
    with pytest.raises(CellFailed, match=r"index, cell that begins on line 13: line 7 .*: no$"):
        build(tmp_path, page)


def test_pages_do_not_see_each_others_names(tmp_path):
    build(tmp_path, PAGE)
    with pytest.raises(CellFailed, match="NameError"):
        build(tmp_path, "# P\n\n```{cell}\nprint(count)\n```\n")


@pytest.mark.parametrize(
    ("code", "line"),
    [("x = 1\n1 / 0\n", 6), ("x = (\n", 5), ("def f():\n    1 / 0\nf()\n", 6)],
)
def test_an_error_is_given_the_pages_own_line(code, line):
    with pytest.raises(CellFailed, match=rf"page, cell that begins on line 5: line {line} raised"):
        run_cell(Cell(code, 5), "page", {})


def test_without_sphinx_the_same_cells_are_found_and_run(tmp_path):
    path = tmp_path / "page.md"
    path.write_text(PAGE)
    assert [cell.line for cell in cells_of(PAGE)] == [4, 10]
    printed, names = run_page(path)
    assert printed == "there are 3 of them\n"
    assert names["count"] == 2
