"""The house's Word template, built here so that nothing in it is hidden.

A city that wants its own letterhead puts a `document.docx` in its folder of templates (the setting
TEMPLATE_FOLDER). It may use these places anywhere, also in header and footer: {{ title }},
{{ subtitle }}, {{ marks }}, {{ made_at }}, {{ made_by }}, {{ data_version }}, and the loop
{%tr for row in provenance %} with {{ row.label }} and {{ row.value }}. The paragraph {{ body }} is
where the text, tables and pictures go; they are set in the template's own styles.
"""

import io

from docx import Document as WordDocument
from docx.document import Document as WordFile
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from samhandling_web.base.common.charts import palette

BODY_TYPE = "Cambria"
TEXT_WIDTH = Cm(16.2)
CAPTION, NOTE, CELL, MARK = (
    "Samhandling Caption",
    "Samhandling Note",
    "Samhandling Cell",
    "Samhandling Mark",
)
WARNING = RGBColor(0x8A, 0x4B, 0x08)


def default_template() -> bytes:
    """Build the template: styles, header, footer, title block and the place for the body."""
    word = WordDocument()
    set_styles(word)
    section = word.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.4)
    section.top_margin, section.bottom_margin = Cm(2.8), Cm(2.5)
    set_header_and_footer(section)
    word.add_paragraph("{{ title }}", style="Title")
    word.add_paragraph("{%p if subtitle %}")
    word.add_paragraph("{{ subtitle }}", style="Subtitle")
    word.add_paragraph("{%p endif %}")
    word.add_paragraph("{%p if marks %}")
    word.add_paragraph("{{ marks }}", style=MARK)
    word.add_paragraph("{%p endif %}")
    add_provenance(word)
    word.add_paragraph("{{ body }}")
    made = io.BytesIO()
    word.save(made)
    return made.getvalue()


def set_styles(word: WordFile) -> None:
    """Set the type, size and colour of every style in use."""
    ink, accent = colour(palette.INK), colour(palette.FOCUS)
    quiet = colour(palette.QUIET_INK)
    set_type(word.styles["Normal"], 10.5, ink)
    word.styles["Normal"].paragraph_format.space_after = Pt(7)
    word.styles["Normal"].paragraph_format.line_spacing = 1.15
    set_type(word.styles["Title"], 25, ink, bold=True)
    drop_border(word.styles["Title"])
    set_type(word.styles["Subtitle"], 13, quiet)
    word.styles["Subtitle"].font.italic = False
    for level, size, tint, before in ((1, 16, accent, 22), (2, 12.5, ink, 16), (3, 10.5, ink, 12)):
        style = word.styles[f"Heading {level}"]
        set_type(style, size, tint, bold=level < 3)
        style.font.italic = level == 3
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(6)
        style.paragraph_format.keep_with_next = True
    for name, size, tint, bold in (
        (CAPTION, 10, ink, True),
        (NOTE, 8.5, quiet, False),
        (CELL, 9, ink, False),
        (MARK, 10, WARNING, True),
    ):
        style = word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = word.styles["Normal"]
        set_type(style, size, tint, bold=bold)
        style.paragraph_format.space_after = Pt(2)
    word.styles[CAPTION].paragraph_format.space_before = Pt(12)
    word.styles[CAPTION].paragraph_format.space_after = Pt(4)
    word.styles[CAPTION].paragraph_format.keep_with_next = True
    word.styles[CELL].paragraph_format.line_spacing = 1.0
    set_language(word)


def colour(paint: str) -> RGBColor:
    """A palette colour for Word."""
    return RGBColor.from_string(paint.removeprefix("#").upper())


def set_type(style: ParagraphStyle, size: float, tint: RGBColor, *, bold: bool = False) -> None:
    """Set one style's type; theme fonts would win over it and are taken away."""
    style.font.name, style.font.size, style.font.bold = BODY_TYPE, Pt(size), bold
    style.font.color.rgb = tint
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{name}"), None)


def drop_border(style: ParagraphStyle) -> None:
    """Take away the line under Word's own title."""
    properties = style.element.get_or_add_pPr()
    for border in properties.findall(qn("w:pBdr")):
        properties.remove(border)


def set_language(word: WordFile) -> None:
    """Say that the text is Swedish, for proofing and for reading aloud."""
    for language in word.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "sv-SE")


def set_header_and_footer(section: Section) -> None:
    """Title and marks on top, provenance and "sida x av y" at the bottom."""
    header = section.header.paragraphs[0]
    write_across(header, "{{ title }}\t{{ marks }}")
    footer = section.footer.paragraphs[0]
    write_across(footer, "Framställt {{ made_at }}   Dataversion {{ data_version }}\tsida ")
    add_field(footer, "PAGE")
    footer.add_run(" av ")
    add_field(footer, "NUMPAGES")


def write_across(paragraph: Paragraph, words: str) -> None:
    """Write what stands before the tab to the left and what follows to the right."""
    paragraph.style = NOTE
    stops = paragraph.paragraph_format.tab_stops
    stops.add_tab_stop(TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT)
    paragraph.add_run(words)


def add_field(paragraph: Paragraph, instruction: str) -> None:
    """Add a field that Word works out, such as the page number."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), instruction)
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)  # noqa: SLF001 python-docx has no public way to add a field


def add_provenance(word: WordFile) -> None:
    """A table that repeats one row per fact about how the document was made."""
    table = word.add_table(rows=3, cols=2)
    table.autofit = False
    rows = (
        ("{%tr for row in provenance %}", ""),
        ("{{ row.label }}", "{{ row.value }}"),
        ("{%tr endfor %}", ""),
    )
    for column, width in zip(table.columns, (Cm(4), TEXT_WIDTH - Cm(4)), strict=True):
        column.width = width
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, words, width in zip(row.cells, texts, (Cm(4), TEXT_WIDTH - Cm(4)), strict=True):
            cell.width = width
            cell.paragraphs[0].style = word.styles[NOTE]
            cell.paragraphs[0].add_run(words)
    word.add_paragraph("", style=NOTE)
