"""The parts of a picture as blocks of a document: decision, texts, figures, references."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from samhandling_web.base.reports import text
from samhandling_web.base.reports.content import (
    Block,
    Decision,
    Heading,
    PageBreak,
    Paragraph,
    Run,
)
from samhandling_web.understand.picture.figures.content import Figure
from samhandling_web.understand.picture.figures.document import blocks as figure_blocks
from samhandling_web.understand.picture.models import Picture
from samhandling_web.understand.picture.rules import (
    KINDS,
    MANDATORY_PARTS,
    PARTS,
    Kind,
    Part,
    Status,
)

# What tells about the area and how it is lived in, beside what is reported.
OTHER_FIGURES = {"residents", "unsafety", "listed-areas"}


def decision_block(picture: Picture) -> Decision:
    """Say who has adopted the picture, or that nobody has yet."""
    if picture.status != Status.ADOPTED or picture.adopted_by is None:
        return Decision(body="", text=_("Den här versionen är inte antagen."))
    return Decision(
        body=picture.adopted_by.name,
        text=_("{kind} version {version} är antagen.").format(
            kind=str(KINDS[Kind(picture.kind)]).capitalize(), version=picture.version
        ),
        decided_on=picture.adopted_on,
        reference=picture.case_number,
    )


def part_blocks(picture: Picture, figures: Iterable[Figure]) -> Iterator[Block]:
    """Yield each part with its heading, its text and the figures that belong to it."""
    parts = MANDATORY_PARTS[Kind(picture.kind)]
    by_part = figures_by_part(parts, figures)
    for number, part in enumerate(parts, start=1):
        if picture.kind == Kind.STATUTORY or number > 1:
            yield PageBreak()
        yield Heading(f"{number}. {PARTS[part]}")
        written = text.blocks(getattr(picture, part))
        yield from written or (_nothing_written(),)
        if by_part[part]:
            yield from figure_blocks(by_part[part], level=2)


def figures_by_part(parts: tuple[Part, ...], figures: Iterable[Figure]) -> dict[Part, list[Figure]]:
    """Sort figures under the part they support, keeping their order."""
    sorted_out: dict[Part, list[Figure]] = {part: [] for part in parts}
    other = Part.OTHER_INFORMATION
    for figure in figures:
        is_other = figure.slug in OTHER_FIGURES and other in sorted_out
        sorted_out[other if is_other else Part.MAPPING].append(figure)
    return sorted_out


def reference_blocks(picture: Picture) -> Iterator[Block]:
    """Yield the analyses and plans that the picture is built on, when any are given."""
    if picture.see_also.strip():
        yield Heading(_("Hänger ihop med"))
        yield from text.blocks(picture.see_also)


def _nothing_written() -> Paragraph:
    return Paragraph((Run(_("Den här delen är inte skriven ännu.")),))
