"""A picture made ready for reading on a page: its parts, their texts and their figures."""

from dataclasses import dataclass

from samhandling_web.base.audit.models import AuditRecord
from samhandling_web.base.audit.selectors import records_of
from samhandling_web.base.common.text import Text
from samhandling_web.base.reports import text
from samhandling_web.base.reports.layout import Laid, laid_blocks
from samhandling_web.understand.picture import guidance
from samhandling_web.understand.picture.document_blocks import figures_by_part
from samhandling_web.understand.picture.figures.chosen import figures_shown
from samhandling_web.understand.picture.figures.shown import ShownFigure, shown
from samhandling_web.understand.picture.models import Picture
from samhandling_web.understand.picture.rules import ACTS, MANDATORY_PARTS, PARTS, Kind, Part


@dataclass(frozen=True, slots=True)
class ReadPart:
    """One part: its number and name, what is written, and the figures that support it."""

    part: Part
    number: int
    label: Text
    blocks: tuple[Laid, ...]
    figures: tuple[ShownFigure, ...]


@dataclass(frozen=True, slots=True)
class AskedPart:
    """One part while it is written: its number, what it is for and the questions to answer."""

    part: Part
    number: int
    label: Text
    lead: Text
    questions: tuple[Text, ...]


def parts_read(picture: Picture) -> list[ReadPart]:
    """Return the parts of a picture in order."""
    parts = MANDATORY_PARTS[Kind(picture.kind)]
    sorted_out = figures_by_part(parts, figures_shown(picture.figures))
    return [
        ReadPart(
            part,
            number,
            PARTS[part],
            typed(getattr(picture, part)),
            tuple(shown(figure) for figure in sorted_out[part]),
        )
        for number, part in enumerate(parts, start=1)
    ]


def history(picture: Picture) -> list[tuple[AuditRecord, Text | str]]:
    """Return what has been done with the picture, the latest first, each with its words."""
    entries = records_of(picture).order_by("-sequence")
    return [(entry, ACTS.get(entry.kind, entry.kind)) for entry in entries]


def typed(words: str) -> tuple[Laid, ...]:
    """Return typed text as paragraphs and lists."""
    return tuple(laid_blocks(text.blocks(words)))


def parts_asked(kind: Kind) -> list[AskedPart]:
    """Return the parts to write with their guiding questions."""
    return [
        AskedPart(
            part, number, PARTS[part], guidance.LEADS[part], guidance.questions_for(kind, part)
        )
        for number, part in enumerate(MANDATORY_PARTS[kind], start=1)
    ]
