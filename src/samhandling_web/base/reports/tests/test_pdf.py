"""The PDF says what the document says, is tagged, and reads nothing typed as markup."""

import io
from dataclasses import replace

import pypdf
import pytest

from samhandling_web.base.reports.content import FigureTable, Heading
from samhandling_web.base.reports.errors import TemplateBroken
from samhandling_web.base.reports.pdf import pdf
from samhandling_web.base.reports.tests.samples import INJECTION, document
from samhandling_web.base.reports.text import paragraph


def read(content: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(content))


def words(reader: pypdf.PdfReader) -> str:
    text = "\n".join(page.extract_text() for page in reader.pages)
    return " ".join(text.replace("\u00a0", " ").split())


def test_text_figures_and_notes_can_be_read_back():
    text = words(read(pdf(document())))
    for expected in (
        "Lägesbild för Nordby {{ title }}",
        "Det blev fler rån och färre inbrott.",
        "Nordby 12 345 123,5 119,2–127,7 −3,3 2025-12-31",
        "Söderby 0 0,0 −1,5 till 0,5",
        "Definition: Brott som anmälts under året.",
        "x = visas inte",
        "35,2 %",
        "Beslutas av Kommunstyrelsen",
        "3 december 2026",
        "Dataversion 2026-11-20/3f9a1c",
        "Programversion 0.1.0+87cde93",
        "24 november 2026 kl. 07.03",
        "Område Nordby",
        "Utkast · Påhittade uppgifter",
    ):
        assert expected in text


def test_typed_markup_stands_as_it_was_typed():
    text = words(read(pdf(replace(document(), blocks=(paragraph(INJECTION),)))))
    assert INJECTION in text


def test_every_page_says_which_it_is():
    reader = read(pdf(document()))
    count = len(reader.pages)
    assert count > 1
    for number, page in enumerate(reader.pages, start=1):
        assert f"sida {number} av {count}" in page.extract_text().replace("\u00a0", " ")


def test_it_is_tagged_swedish_and_titled():
    root = read(pdf(document())).trailer["/Root"]
    assert root["/Lang"] == "sv-SE"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]


def test_it_claims_the_archive_and_the_accessible_standard():
    raw = read(pdf(document())).xmp_metadata.stream.get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in raw
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in raw
    assert "<pdfuaid:part>1</pdfuaid:part>" in raw


def test_pictures_carry_their_alternative_text():
    reader = read(pdf(document()))
    found: list[str] = []

    def visit(node: object) -> None:
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            for child in node:
                visit(child)
        elif isinstance(node, dict):
            if "/Alt" in node:
                found.append(str(node["/Alt"]))
            if "/K" in node:
                visit(node["/K"])

    visit(reader.trailer["/Root"]["/StructTreeRoot"])
    assert "Nordby ligger högst." in found
    assert "En karta." in found


def test_only_embedded_type_is_used():
    fonts = set()
    for page in read(pdf(document())).pages:
        for font in page["/Resources"]["/Font"].values():
            fonts.add(str(font.get_object()["/BaseFont"]))
    assert fonts
    assert all("LibertinusSerif" in font for font in fonts)


def test_a_document_that_starts_at_a_low_heading_is_still_accessible():
    assert "Bara detta" in words(read(pdf(replace(document(), blocks=(Heading("Bara detta", 3),)))))


def test_an_empty_table_keeps_its_head():
    table = next(block for block in document().blocks if isinstance(block, FigureTable))
    text = words(read(pdf(replace(document(), blocks=(replace(table, rows=()),)))))
    assert "Per 1 000 invånare" in text


def test_the_citys_own_template_is_used(settings, tmp_path):
    template = (
        '#set document(title: "Stadens")\n#set page(paper: "a4")\n#title()\nMed stadens huvud.'
    )
    (tmp_path / "document.typ").write_text(template, encoding="utf-8")
    settings.TEMPLATE_FOLDER = tmp_path
    assert "Med stadens huvud." in words(read(pdf(document())))


def test_a_broken_template_is_named(settings, tmp_path):
    (tmp_path / "document.typ").write_text("#nothing-like-this()", encoding="utf-8")
    settings.TEMPLATE_FOLDER = tmp_path
    with pytest.raises(TemplateBroken, match=r"Mallen document\.typ kan inte användas"):
        pdf(document())
