"""The rows of a Word table, written as XML in one piece.

Setting them cell by cell through python-docx takes twenty times as long, which a table of a few
hundred rows does not bear.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.oxml.table import CT_Tbl

# Word counts widths in twentieths of a point and type sizes in halves.
TWENTIETHS, HALVES = 20, 2


@dataclass(frozen=True, slots=True)
class RowStyle:
    """How a table's cells look: style, size, which are figures, how wide; in points."""

    style_id: str
    size: float
    numeric: Sequence[bool]
    widths: Sequence[float]

    def row(self, texts: Sequence[str], *, is_head: bool, holds_next: bool) -> str:
        """One row; the head repeats on every page and no row is split."""
        repeat = "<w:tblHeader/>" if is_head else ""
        cells = zip(texts, self.numeric, self.widths, strict=True)
        filled = "".join(
            self.cell(text, width, is_number=is_number, is_head=is_head, holds_next=holds_next)
            for text, is_number, width in cells
        )
        return f"<w:tr><w:trPr><w:cantSplit/>{repeat}</w:trPr>{filled}</w:tr>"

    def cell(
        self, text: str, width: float, *, is_number: bool, is_head: bool, holds_next: bool
    ) -> str:
        """One cell, figures to the right, heads in bold."""
        keep = "<w:keepNext/>" if holds_next else ""
        side = '<w:jc w:val="right"/>' if is_number else ""
        bold = "<w:b/>" if is_head else ""
        return (
            f'<w:tc><w:tcPr><w:tcW w:w="{round(width * TWENTIETHS)}" w:type="dxa"/></w:tcPr>'
            f"<w:p><w:pPr><w:pStyle w:val={quoteattr(self.style_id)}/>{keep}{side}</w:pPr>"
            f'<w:r><w:rPr>{bold}<w:sz w:val="{round(self.size * HALVES)}"/></w:rPr>'
            f'<w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p></w:tc>'
        )


def fill(table: CT_Tbl, style: RowStyle, rows: Sequence[Sequence[str]], *, hold: bool) -> None:
    """Put rows into an empty table, the first of them its head.

    `hold` keeps all rows on one page, by letting each but the last hold on to the next.
    """
    last = len(rows) - 1
    written = "".join(
        style.row(row, is_head=number == 0, holds_next=hold and number < last)
        for number, row in enumerate(rows)
    )
    made = parse_xml(f"<w:tbl {nsdecls('w')}>{written}</w:tbl>")
    for row in list(made):
        table.append(row)
