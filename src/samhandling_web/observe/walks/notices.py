"""The text that tells those who walked what became of what they said, made from the answers."""

from collections.abc import Iterable

from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samhandling_web.observe.walks.models import Finding, Walk
from samhandling_web.observe.walks.rules import FindingStatus

LANGUAGE = "sv"


def notice_proposed(walk: Walk, findings: Iterable[Finding]) -> str:
    """Return a proposal, in Swedish as everything that the municipality sends out."""
    with translation.override(LANGUAGE):
        day = timezone.localdate(walk.walked_at) if walk.walked_at else None
        opening = _("Tack till alla som var med på trygghetsvandringen {day}.").format(
            day=date_format(day, "j F Y") if day else ""
        )
        lines = [_line(finding) for finding in findings]
        told = _("Så här gick det med det vi såg:") if lines else _("Inget antecknades.")
        return "\n".join([opening, told, "", *lines]).strip()


def _line(finding: Finding) -> str:
    place = f", {finding.place_name}" if finding.place_name else ""
    return f"{finding.number}. {finding.category}{place}: {_told(finding)}"


def _told(finding: Finding) -> str:
    status = FindingStatus(finding.status)
    if status == FindingStatus.DONE and finding.done_on:
        return _("gjort {day}.").format(day=date_format(finding.done_on, "j F Y"))
    if status == FindingStatus.WILL_DO and finding.deadline:
        return _("ska göras senast {day} av {owner}.").format(
            day=date_format(finding.deadline, "j F Y"), owner=finding.owner
        )
    if status == FindingStatus.WILL_NOT:
        return _("görs inte: {why}").format(why=finding.why)
    if finding.is_safe and not finding.suggestion:
        return _("en plats som känns trygg.")
    return _("har inte fått svar än.")
