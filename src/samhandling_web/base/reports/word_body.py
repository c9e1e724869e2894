"""The body of a Word document: real headings, tables whose heads repeat, described pictures."""

import io
from collections.abc import Iterable
from typing import Any

from docx.document import Document as WordFile
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.text.paragraph import CT_P
from docx.shared import Emu, Pt
from docx.table import Table
from docx.text.paragraph import Paragraph

from samhandling_web.base.common.charts import palette
from samhandling_web.base.reports import columns
from samhandling_web.base.reports.content import Emphasis, Run
from samhandling_web.base.reports.layout import (
    Laid,
    LaidBreak,
    LaidDecision,
    LaidDocument,
    LaidFacts,
    LaidHeading,
    LaidPicture,
    LaidTable,
    LaidText,
)
from samhandling_web.base.reports.pictures import png
from samhandling_web.base.reports.word_rows import RowStyle, fill
from samhandling_web.base.reports.word_template import CAPTION, CELL, NOTE

CONTENTS_DEPTH = 2
HAIRLINE = "C9D0D6"
INK = palette.INK.removeprefix("#")


def add_body(word: WordFile, place: CT_P, laid: LaidDocument) -> None:
    """Set all blocks where `place` stands, and take `place` away."""
    body = word.element.body
    last = body.index(body[-1])
    following = list(body)[body.index(place) + 1 : last]
    body.remove(place)
    if laid.contents:
        add_contents(word, [block for block in laid.blocks if isinstance(block, LaidHeading)])
    for block in laid.blocks:
        add_block(word, block)
    if laid.sources:
        add_heading(word, LaidHeading("Källor", 1))
        for source in laid.sources:
            word.add_paragraph(source, style=style_or_normal(word, "List Bullet"))
    # The template's own closing lines come after the body.
    for element in following:
        body.insert(body.index(body[-1]), element)


def add_block(word: WordFile, block: Laid) -> None:
    """Set one block at the end of the document."""
    match block:
        case LaidHeading():
            add_heading(word, block)
        case LaidText():
            add_text(word, block)
        case LaidTable():
            add_table(word, block)
        case LaidPicture():
            add_picture(word, block)
        case LaidFacts():
            add_facts(word, block)
        case LaidDecision():
            add_decision(word, block)
        case LaidBreak():
            word.add_paragraph().add_run().add_break(WD_BREAK.PAGE)


def style_or_normal(word: WordFile, name: str) -> str:
    """A style by name; a city's template that lacks it gets its ordinary text style."""
    known = {style.name for style in word.styles}
    return name if name in known else "Normal"


def add_heading(word: WordFile, heading: LaidHeading) -> None:
    """A heading that Word lists in its navigation pane."""
    word.add_paragraph(heading.text, style=style_or_normal(word, f"Heading {heading.level}"))


def add_contents(word: WordFile, headings: list[LaidHeading]) -> None:
    """A table of contents that stands there as it is and that Word can update with page numbers."""
    word.add_paragraph("Innehåll", style=style_or_normal(word, CAPTION))
    shown = [heading for heading in headings if heading.level <= CONTENTS_DEPTH]
    for number, heading in enumerate(shown):
        paragraph = word.add_paragraph()
        paragraph.paragraph_format.left_indent = Pt(14 * (heading.level - 1))
        paragraph.paragraph_format.space_after = Pt(2)
        if number == 0:
            add_field_sign(paragraph, "begin")
            instruction = OxmlElement("w:instrText")
            instruction.text = f'TOC \\o "1-{CONTENTS_DEPTH}" \\h'
            paragraph.add_run()._r.append(instruction)  # noqa: SLF001
            add_field_sign(paragraph, "separate")
        paragraph.add_run(heading.text)
        if number == len(shown) - 1:
            add_field_sign(paragraph, "end")


def add_field_sign(paragraph: Paragraph, kind: str) -> None:
    """Where a field begins, where what it shows begins, and where it ends."""
    sign = OxmlElement("w:fldChar")
    sign.set(qn("w:fldCharType"), kind)
    paragraph.add_run()._r.append(sign)  # noqa: SLF001


def add_text(word: WordFile, text: LaidText) -> None:
    """A paragraph, or one per item of a list."""
    style = "List Bullet" if text.block == "bullets" else "Normal"
    for part in text.parts:
        add_runs(word.add_paragraph(style=style_or_normal(word, style)), part)


def add_runs(paragraph: Paragraph, runs: Iterable[Run]) -> None:
    """Write runs with their emphasis."""
    for run in runs:
        made = paragraph.add_run(run.text)
        made.bold = True if run.emphasis is Emphasis.STRONG else None
        made.italic = True if run.emphasis is Emphasis.EMPHASIS else None


def add_caption(word: WordFile, label: str, caption: str) -> None:
    """What a table or picture is called, above it."""
    word.add_paragraph(f"{label}  {caption}".strip(), style=style_or_normal(word, CAPTION))


def add_notes(word: WordFile, notes: Iterable[tuple[str, str]]) -> None:
    """Definition, uncertainty and source under a table or picture."""
    for number, (label, words) in enumerate(notes):
        paragraph = word.add_paragraph(style=style_or_normal(word, NOTE))
        paragraph.paragraph_format.space_before = Pt(4) if number == 0 else None
        paragraph.add_run(f"{label}: ").bold = True
        paragraph.add_run(words)
    word.add_paragraph(style=style_or_normal(word, NOTE))


def add_table(word: WordFile, laid: LaidTable) -> None:
    """A table; one too wide for the page gets a page on its side."""
    if laid.wide:
        turn_page(word, WD_ORIENT.LANDSCAPE)
    add_caption(word, laid.label, laid.caption)
    texts = (laid.head, *laid.rows)
    available = Emu(text_width(word)).pt
    widths = columns.shared_out(texts, laid.numeric, available)
    table = word.add_table(rows=0, cols=len(laid.head))
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Pt(width)
    style = RowStyle(
        word.styles[style_or_normal(word, CELL)].style_id,
        columns.type_size(texts, laid.numeric, available),
        laid.numeric,
        widths,
    )
    # A short table is not split over two pages.
    fill(table._tbl, style, texts, hold=laid.holds)  # noqa: SLF001
    rule(table)
    describe(table, laid.caption)
    add_notes(word, laid.notes)
    if laid.wide:
        turn_page(word, WD_ORIENT.PORTRAIT)


def text_width(word: WordFile) -> int:
    """The width between the margins of the page in hand."""
    section = word.sections[-1]
    sides = int(section.left_margin or 0) + int(section.right_margin or 0)
    return int(section.page_width or 0) - sides


def rule(table: Table) -> None:
    """Draw level lines only: strong above and below, fine between rows."""
    borders = OxmlElement("w:tblBorders")
    for side, size, paint in (("top", "8", INK), ("bottom", "8", INK), ("insideH", "4", HAIRLINE)):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", size), ("space", "0"), ("color", paint)):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    properties = table._tbl.tblPr  # noqa: SLF001
    layout = properties.find(qn("w:tblLayout"))
    if layout is not None:
        layout.addprevious(borders)
    else:
        properties.append(borders)


def describe(table: Table, words: str) -> None:
    """Give the table an alternative text."""
    caption = OxmlElement("w:tblCaption")
    caption.set(qn("w:val"), words)
    table._tbl.tblPr.append(caption)  # noqa: SLF001


def turn_page(word: WordFile, orientation: WD_ORIENT) -> None:
    """Start a new page, upright or on its side."""
    last = word.sections[-1]
    height, width = last.page_height, last.page_width
    section = word.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = orientation
    section.page_width, section.page_height = height, width


def add_picture(word: WordFile, laid: LaidPicture) -> None:
    """A picture as wide as the text, with its alternative text."""
    add_caption(word, laid.label, laid.caption)
    width = Emu(text_width(word))
    paragraph = word.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(4)
    shape = paragraph.add_run().add_picture(io.BytesIO(png(laid.svg)), width=width)
    inline: Any = shape._inline  # noqa: SLF001
    # Without these, some readers put air of their own around the picture.
    for side in ("distT", "distB", "distL", "distR"):
        inline.set(side, "0")
    properties = inline.docPr
    properties.set("descr", laid.alternative)
    properties.set("title", laid.caption)
    add_notes(word, laid.notes)


def add_facts(word: WordFile, laid: LaidFacts) -> None:
    """Key figures as a small table: name, value, interval, source."""
    head = ("Nyckeltal", "Värde", "Osäkerhet", "Källa")
    used = [index for index in range(4) if index < 2 or any(fact[index] for fact in laid.facts)]
    rows = tuple(tuple(fact[index] for index in used) for fact in laid.facts)
    numeric = tuple(index in {1, 2} for index in used)
    picked = tuple(head[index] for index in used)
    add_table(word, LaidTable("", laid.caption, picked, numeric, rows, (), wide=False))


def add_decision(word: WordFile, laid: LaidDecision) -> None:
    """Who decides, when, under which reference, and lines to sign on."""
    if laid.text:
        word.add_paragraph(laid.text)
    for label, value in laid.facts:
        paragraph = word.add_paragraph()
        paragraph.add_run(f"{label}: ")
        paragraph.add_run(value).bold = True
    for name, role in laid.signatures:
        line = word.add_paragraph("_" * 40)
        line.paragraph_format.space_before, line.paragraph_format.space_after = Pt(30), Pt(0)
        line.paragraph_format.keep_with_next = True
        word.add_paragraph(", ".join(part for part in (name, role) if part))
