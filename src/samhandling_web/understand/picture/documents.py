"""A picture as a document that leaves the house, and its figures as tables."""

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from samhandling import __version__
from samhandling_web.base.areas import selectors as areas
from samhandling_web.base.reports.content import Document, Heading, Paragraph, Provenance, Run
from samhandling_web.understand.picture import document_blocks as parts
from samhandling_web.understand.picture import periods, scopes
from samhandling_web.understand.picture.figures.chosen import figures_shown
from samhandling_web.understand.picture.figures.content import Figure
from samhandling_web.understand.picture.figures.public import with_enough_answers
from samhandling_web.understand.picture.models import Picture
from samhandling_web.understand.picture.rules import KINDS, STATUSES, Kind, Status

LANGUAGE = "sv"


def document_of(picture: Picture) -> Document:
    """Return the picture as a document with all its figures.

    An adopted picture is made from what was frozen alone, so that it is the same every time.
    """
    with translation.override(LANGUAGE):
        return _document(picture, figures_shown(picture.figures), ())


def public_document_of(picture: Picture) -> Document:
    """Return an adopted picture for everyone: its words and decision, without small counts.

    Counts of events stand on the public pages instead, where small ones are withheld together
    for all areas and years; a second set of tables with other periods would give them away.
    """
    with translation.override(LANGUAGE):
        shown = [figure for figure in figures_shown(picture.figures) if figure.is_public]
        figures = [
            with_enough_answers(figure) if figure.slug == "unsafety" else figure for figure in shown
        ]
        note = Paragraph((Run(_(
            "Det här är den öppna versionen. Beslutet och texterna är desamma som i den antagna "
            "lägesbilden. Antal händelser visas på kommunens öppna sidor, där små tal skyddas."
        )),))  # fmt: skip
        return _document(picture, figures, (note,))


def _document(
    picture: Picture, figures: Sequence[Figure], notes: tuple[Paragraph, ...]
) -> Document:
    return Document(
        title=picture.title,
        subtitle=subtitle(picture),
        provenance=_provenance(picture, figures),
        blocks=(
            parts.decision_block(picture),
            *notes,
            *parts.part_blocks(picture, figures),
            *parts.reference_blocks(picture),
            Heading(_("Så är siffrorna framtagna")),
            Paragraph((Run(_how_made(picture)),)),
        ),
        marks=(_status_mark(picture), *scopes.marks()),
        contents=picture.kind == Kind.STATUTORY,
    )


def subtitle(picture: Picture) -> str:
    """Say whose picture it is, about what time, and which version."""
    municipality = areas.municipality()
    name = municipality.name if municipality else ""
    places = [picture.area_name] if name in picture.area_name else [name, picture.area_name]
    period = periods.in_words(Kind(picture.kind), (picture.period_start, picture.period_end))
    version = _("version {version}").format(version=picture.version)
    return " · ".join([*filter(None, places), period, version])


def made_at(picture: Picture) -> datetime:
    """Return when the content came to be: for what may still change, now."""
    if picture.status == Status.ADOPTED and picture.figures_at is not None:
        return timezone.localtime(picture.figures_at)
    return timezone.localtime()


def _status_mark(picture: Picture) -> str:
    return str(STATUSES[Status(picture.status)]).capitalize()


def _provenance(picture: Picture, figures: Sequence[Figure]) -> Provenance:
    rows = (
        (_("Slag"), str(KINDS[Kind(picture.kind)])),
        (_("Område"), picture.area_name),
        (_("Period"), f"{picture.period_start} – {picture.period_end}"),
        (_("Version"), str(picture.version)),
        (_("Ansvarig"), picture.organisation.name),
        (_("Kontrollsumma"), picture.content_hash),
    )
    return Provenance(
        data_version=picture.data_version or "–",
        code_version=picture.code_version or __version__,
        made_at=made_at(picture),
        made_by=picture.organisation.name,
        parameters=tuple(row for row in rows if row[1]),
        sources=tuple(sorted({figure.source for figure in figures})),
    )


def _how_made(picture: Picture) -> str:
    if picture.figures_at is None:
        return _("Siffrorna är inte hämtade ännu.")
    return _(
        "Siffrorna räknades {moment} från de underlag som då var inlästa och frystes i "
        "lägesbilden. Under varje tabell står källa, definition och osäkerhet. Intervallen rymmer "
        "slumpen, inte förändrad anmälningsvilja eller registrering."
    ).format(moment=f"{timezone.localtime(picture.figures_at):%Y-%m-%d %H:%M}")
