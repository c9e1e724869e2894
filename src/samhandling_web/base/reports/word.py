"""Documents as Word files, set in a template that the city can replace."""

import io
import zipfile
from datetime import UTC
from pathlib import Path

from docx.document import Document as WordFile
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.text.paragraph import CT_P
from docxtpl import DocxTemplate
from jinja2 import TemplateError
from jinja2.sandbox import SandboxedEnvironment

from samhandling_web.base.reports import archive, fonts
from samhandling_web.base.reports.content import Document
from samhandling_web.base.reports.errors import TemplateBroken
from samhandling_web.base.reports.layout import LaidDocument, lay_out
from samhandling_web.base.reports.word_body import add_body
from samhandling_web.base.reports.word_template import default_template

TEMPLATE_NAME = "document.docx"
# Braces that people have typed pass through the template engine as private characters, which the
# cleaning of texts has made sure nobody else uses.
OPEN, CLOSE, BODY = "\ue001", "\ue002", "\ue003"


def docx(document: Document) -> bytes:
    """Set a document as a Word file. The same document gives the same bytes.

    Raises
    ------
    TemplateBroken
        If the city's own template is no Word file, does not render or has no place for the body.
    """
    laid = lay_out(document)
    try:
        template = DocxTemplate(io.BytesIO(template_bytes()))
        template.render(context_of(laid), SandboxedEnvironment(autoescape=True), autoescape=True)
    except (TemplateError, PackageNotFoundError, zipfile.BadZipFile, KeyError) as error:
        raise TemplateBroken(file=TEMPLATE_NAME, reason=str(error)) from error
    word: WordFile = template.docx
    add_body(word, place_of_body(word), laid)
    set_properties(word, laid, document)
    made = io.BytesIO()
    word.save(made)
    return archive.normalised(restored(made.getvalue()))


def template_bytes() -> bytes:
    """The city's template where there is one, else the house's."""
    folder = fonts.templates_folder()
    if folder and (folder / TEMPLATE_NAME).is_file():
        return Path(folder / TEMPLATE_NAME).read_bytes()
    return default_template()


def context_of(laid: LaidDocument) -> dict[str, object]:
    """What a template may write. Texts are values here, never templates themselves."""
    return {
        "title": guarded(laid.title),
        "subtitle": guarded(laid.subtitle),
        "marks": guarded("  ·  ".join(laid.marks)),
        "made_at": guarded(laid.made_at),
        "made_by": guarded(laid.made_by),
        "data_version": guarded(laid.data_version),
        "provenance": [
            {"label": guarded(label), "value": guarded(value)} for label, value in laid.provenance
        ],
        "body": BODY,
    }


def guarded(words: str) -> str:
    """Words whose braces the template engine cannot see."""
    return words.replace("{", OPEN).replace("}", CLOSE)


def restored(made: bytes) -> bytes:
    """Give people's braces back, in every part of the file."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as source, zipfile.ZipFile(result, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name.endswith(".xml"):
                content = content.replace(OPEN.encode(), b"{").replace(CLOSE.encode(), b"}")
            target.writestr(name, content)
    return result.getvalue()


def place_of_body(word: WordFile) -> CT_P:
    """The paragraph that the body replaces."""
    for paragraph in word.paragraphs:
        if BODY in paragraph.text:
            place: CT_P = paragraph._p  # noqa: SLF001 python-docx has no public way to place a block
            return place
    raise TemplateBroken(file=TEMPLATE_NAME, reason="stycket {{ body }} saknas")


def set_properties(word: WordFile, laid: LaidDocument, document: Document) -> None:
    """Say in the file's properties what it is, in which language and when it was made."""
    properties = word.core_properties
    made_at = document.provenance.made_at.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    properties.title, properties.author = laid.title[:255], laid.made_by[:255]
    properties.subject, properties.language = laid.subtitle[:255], "sv-SE"
    properties.last_modified_by = laid.made_by[:255]
    properties.created = properties.modified = made_at
    properties.revision = 1
    properties.comments = "; ".join(f"{label}: {value}" for label, value in laid.provenance)[:255]
