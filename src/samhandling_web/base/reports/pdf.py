"""Documents as PDF: tagged for reading aloud and fit for the archive (PDF/UA-1 and PDF/A-2a)."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Literal

import typst

from samhandling_web.base.reports import fonts
from samhandling_web.base.reports.content import Document
from samhandling_web.base.reports.errors import TemplateBroken
from samhandling_web.base.reports.layout import lay_out

TEMPLATE_NAME = "document.typ"
OWN_TEMPLATE = Path(__file__).parent / TEMPLATE_NAME
STANDARDS: list[Literal["a-2a", "ua-1"]] = ["a-2a", "ua-1"]


def pdf(document: Document) -> bytes:
    """Set a document as PDF. The same document gives the same bytes.

    Raises
    ------
    TemplateBroken
        If the city's own template does not compile.
    """
    # The document travels as data, never as markup: nothing a person has typed is read as Typst.
    words = json.dumps(asdict(lay_out(document)), ensure_ascii=False)
    template = template_file()
    compiler = typst.Compiler(
        template.read_bytes(),
        root=template.parent,
        font_paths=fonts.document_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"document": words},
    )
    try:
        made = compiler.compile(
            format="pdf",
            pdf_standards=list(STANDARDS),
            timestamp=int(document.provenance.made_at.timestamp()),
        )
    except typst.TypstError as error:
        raise TemplateBroken(file=TEMPLATE_NAME, reason=error.message) from error
    return one_file(made)


def template_file() -> Path:
    """The city's template where there is one, else the house's."""
    folder = fonts.templates_folder()
    if folder and (folder / TEMPLATE_NAME).is_file():
        return folder / TEMPLATE_NAME
    return OWN_TEMPLATE


def one_file(made: bytes | list[bytes] | None) -> bytes:
    """What Typst made, as the one file it is."""
    if isinstance(made, list):
        made = made[0]
    if made is None:
        msg = "Typst wrote no file and raised no error."
        raise RuntimeError(msg)
    return made
