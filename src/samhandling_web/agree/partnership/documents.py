"""Minutes as documents that leave the house: PDF and Word from the same content."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from samhandling_web.agree.partnership.minutes import LANGUAGE, checksum, minutes_of
from samhandling_web.agree.partnership.models import Meeting
from samhandling_web.agree.partnership.rules import MeetingStatus
from samhandling_web.base.common.charts.swedish import long_date
from samhandling_web.base.reports import text
from samhandling_web.base.reports.content import (
    Block,
    Column,
    Document,
    Emphasis,
    FigureTable,
    Heading,
    Kind,
    Paragraph,
    Provenance,
    Run,
)
from samhandling_web.understand.picture.scopes import marks

FORMATS = ("pdf", "docx")
Content = Mapping[str, Any]


def minutes_document(meeting: Meeting) -> Document:
    """Return a meeting's minutes. Those of a closed meeting are made from what was frozen alone."""
    is_closed = meeting.status == MeetingStatus.CLOSED
    minutes: Content = meeting.minutes or minutes_of(meeting, timezone.now())
    with translation.override(LANGUAGE):
        state = _("Avslutat möte") if is_closed else _("Utkast, mötet är inte avslutat")
        return Document(
            title=_("Minnesanteckningar: {council}").format(council=minutes["council"]),
            subtitle=_when_and_where(minutes),
            provenance=Provenance(
                data_version=checksum(minutes),
                code_version=minutes["code_version"],
                made_at=datetime.fromisoformat(minutes["made_at"]),
                made_by=minutes["led_by"],
                parameters=((_("Slag"), minutes["kind"]), (_("Möte"), str(meeting.pk))),
            ),
            blocks=(
                *_attendance(minutes),
                *_decided(minutes),
                *(block for item in minutes["items"] for block in _item(item)),
            ),
            marks=(state, *marks()),
        )


def _when_and_where(minutes: Content) -> str:
    start = datetime.fromisoformat(minutes["starts_at"])
    end = datetime.fromisoformat(minutes["ends_at"])
    when = f"{long_date(start.date())} {start:%H.%M}–{end:%H.%M}"
    return " · ".join(filter(None, [when, minutes["where"], minutes["led_by"]]))


def _attendance(minutes: Content) -> Iterator[Block]:
    yield Heading(_("Närvaro"))
    rows = tuple(
        (row["organisation"], row["position"], row["count"]) for row in minutes["attendance"]
    )
    if not rows:
        yield _paragraph(_("Ingen närvaro är antecknad."))
        return
    columns = (
        Column(_("Organisation"), name="organisation"),
        Column(_("Befattning"), name="position"),
        Column(_("Antal"), Kind.INT, name="count"),
    )
    yield FigureTable(_("Vilka organisationer som var med"), columns, rows)


def _decided(minutes: Content) -> Iterator[Block]:
    """What was decided, first and together: who does what by when."""
    rows = tuple(
        (
            str(item["number"]),
            item["decision"],
            item["owner"],
            date.fromisoformat(item["deadline"]),
        )
        for item in minutes["items"]
        if item["deadline"]
    )
    yield Heading(_("Beslut"))
    if not rows:
        yield _paragraph(_("Mötet beslutade inte om något som ska göras."))
        return
    columns = (
        Column(_("Punkt"), name="number"),
        Column(_("Vad som ska göras"), name="decision"),
        Column(_("Ansvarig"), name="owner"),
        Column(_("Klart senast"), Kind.DATE, name="deadline"),
    )
    yield FigureTable(_("Vem som gör vad, och när det ska vara klart"), columns, rows)


def _item(item: Content) -> Iterator[Block]:
    yield Heading(f"{item['number']}. {item['title']}")
    for label, value in (
        (_("Gäller problemet"), item["problem"]),
        (_("Gäller prioriteringen"), item["priority"]),
    ):
        if value:
            yield _paragraph(value, label)
    yield from text.blocks(item["notes"])
    if item["deadline"]:
        yield _paragraph(item["decision"], _("Beslut"))
        owner = _("{owner}, senast {day}").format(owner=item["owner"], day=item["deadline"])
        yield _paragraph(owner, _("Ansvarig"))
    elif item["no_action_because"]:
        yield _paragraph(item["no_action_because"], _("Ingen åtgärd, därför att"))
    elif not item["is_decided"]:
        yield _paragraph(_("Punkten är inte avgjord."))


def _paragraph(words: str, label: str = "") -> Paragraph:
    head = (Run(f"{label}: ", Emphasis.STRONG),) if label else ()
    return Paragraph((*head, *text.runs(words)))
