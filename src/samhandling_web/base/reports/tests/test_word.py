"""The Word file: real headings, repeated heads, described pictures, no template in texts."""

import io
from dataclasses import replace

import docx as word_library
import pytest
from docx.oxml.ns import qn

from samhandling_web.base.reports.errors import TemplateBroken
from samhandling_web.base.reports.tests.samples import INJECTION, document
from samhandling_web.base.reports.text import paragraph
from samhandling_web.base.reports.word import docx
from samhandling_web.base.reports.word_template import default_template


def read(content: bytes):
    return word_library.Document(io.BytesIO(content))


@pytest.fixture(scope="module")
def word():
    return read(docx(document()))


def test_headings_are_words_own(word):
    headings = [(p.style.name, p.text) for p in word.paragraphs if p.style.name.startswith("Head")]
    assert headings == [
        ("Heading 1", "Kartläggning"),
        ("Heading 2", "Omfattning"),
        ("Heading 1", "Källor"),
    ]


def test_emphasis_and_lists_are_kept(word):
    runs = {run.text: run for p in word.paragraphs for run in p.runs}
    assert runs["fler rån"].bold
    assert runs["färre"].italic
    assert [
        p.text for p in word.paragraphs if p.style.name == "List Bullet" and "Punkt" in p.text
    ] == ["Punkt ett"]


def test_jinja_in_typed_text_comes_out_as_it_was_typed(word):
    assert any(p.text == INJECTION for p in word.paragraphs)
    assert word.paragraphs[0].text == "Lägesbild för Nordby {{ title }}"
    assert "49" not in "".join(p.text for p in word.paragraphs)


@pytest.mark.parametrize(
    "typed", ["{{ body }}", "{%p if 1 %}", "{_{ a }_}", "\ue003 \ue001 x", "{#"]
)
def test_a_title_made_to_trick_the_template_stays_a_title(typed):
    made = read(docx(replace(document(), title=f"A {typed} B", blocks=(paragraph(typed),))))
    assert made.paragraphs[0].text == " ".join(
        f"A {typed} B".replace("\ue003", "").replace("\ue001", "").split()
    )
    assert made.sections[0].header.paragraphs[0].text.startswith("A ")


def test_figures_stand_in_their_cells(word):
    table = next(t for t in word.tables if t.cell(0, 0).text == "Område" and len(t.columns) == 6)
    assert [cell.text for cell in table.rows[1].cells] == [
        "Nordby",
        "12\u00a0345",
        "123,5",
        "119,2–127,7",
        "−3,3",
        "2025-12-31",
    ]
    assert [cell.text for cell in table.rows[2].cells] == [
        "=HYPERLINK(1)",
        "x",
        "x",
        "x",
        "x",
        "..",
    ]


def test_the_head_of_every_table_repeats(word):
    figures = [t for t in word.tables if t.cell(0, 0).text in {"Område", "Nyckeltal"}]
    assert len([t for t in figures if len(t.columns) == 6]) == 2
    for table in figures:
        if len(table.columns) > 2:
            assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


def test_pictures_are_described_and_fit_the_page(word):
    found = [shape._inline.docPr.get("descr") for shape in word.inline_shapes]
    assert found == ["Nordby ligger högst.", "En karta."]
    section = word.sections[0]
    room = section.page_width - section.left_margin - section.right_margin
    assert all(shape.width <= room for shape in word.inline_shapes)


def test_provenance_stands_on_the_first_page_and_in_the_properties(word):
    rows = {row.cells[0].text: row.cells[1].text for row in word.tables[0].rows}
    assert rows["Dataversion"] == "2026-11-20/3f9a1c"
    assert rows["Programversion"] == "0.1.0+87cde93"
    assert rows["Framställt"].replace("\u00a0", " ") == "24 november 2026 kl. 07.03"
    assert rows["Område"] == "Nordby"
    assert word.core_properties.language == "sv-SE"
    assert word.core_properties.created.isoformat().startswith("2026-11-24T06:03:00")


def test_the_citys_template_is_filled_in(settings, tmp_path):
    own = word_library.Document()
    own.add_paragraph("Staden Nordby")
    own.add_paragraph("Rubrik: {{ title }}")
    own.add_paragraph("{{ body }}")
    own.add_paragraph("Sist i mallen")
    own.save(tmp_path / "document.docx")
    settings.TEMPLATE_FOLDER = tmp_path
    texts = [p.text for p in read(docx(document())).paragraphs]
    assert texts[:2] == ["Staden Nordby", "Rubrik: Lägesbild för Nordby {{ title }}"]
    assert texts[-1] == "Sist i mallen"
    assert texts.index("Kartläggning") < texts.index("Sist i mallen")


def test_a_template_without_a_place_for_the_body_is_refused(settings, tmp_path):
    word_library.Document().save(tmp_path / "document.docx")
    settings.TEMPLATE_FOLDER = tmp_path
    with pytest.raises(TemplateBroken, match="saknas"):
        docx(document())


@pytest.mark.parametrize("content", [b"inte en zipfil", b""])
def test_a_template_that_is_no_word_file_is_refused(settings, tmp_path, content):
    (tmp_path / "document.docx").write_bytes(content)
    settings.TEMPLATE_FOLDER = tmp_path
    with pytest.raises(TemplateBroken, match=r"document\.docx"):
        docx(document())


def test_a_template_cannot_reach_into_the_program(settings, tmp_path):
    own = word_library.Document()
    own.add_paragraph("{{ title.__class__.__mro__ }}")
    own.add_paragraph("{{ body }}")
    own.save(tmp_path / "document.docx")
    settings.TEMPLATE_FOLDER = tmp_path
    with pytest.raises(TemplateBroken):
        docx(document())


def test_the_default_template_can_be_handed_to_the_city_as_a_start():
    assert "{{ body }}" in [p.text for p in read(default_template()).paragraphs]
