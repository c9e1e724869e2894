"""What happened to a place or a problem, in words: the log's kinds of acts as people say them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from samhandling_web.base.audit.models import AuditRecord
from samhandling_web.base.common.text import Text, _

ACTS: dict[str, Text] = {
    "understand.place.created": _("lades upp"),
    "understand.place.edited": _("ändrades"),
    "understand.place.assessed": _("bedömdes"),
    "understand.place.fact_added": _("fick en uppgift"),
    "understand.place.photos_added": _("fick foton"),
    "understand.place.photo_removed": _("fick ett foto borttaget"),
    "understand.place.observations_linked": _("fick iakttagelser kopplade"),
    "understand.place.observations_unlinked": _("fick iakttagelser bortkopplade"),
    "understand.place.findings_linked": _("fick fynd kopplade"),
    "understand.place.findings_unlinked": _("fick fynd bortkopplade"),
    "understand.problem.created": _("lades upp"),
    "understand.problem.edited": _("ändrades"),
    "understand.problem.cause_added": _("fick en orsak"),
    "understand.problem.cause_edited": _("fick en orsak ändrad"),
    "understand.problem.cause_removed": _("fick en orsak borttagen"),
    "understand.problem.evidence_added": _("fick underlag"),
    "understand.problem.evidence_removed": _("fick underlag borttaget"),
    "understand.problem.identified": _("öppnades igen"),
    "understand.problem.analysed": _("blev analyserat"),
    "understand.problem.resolved": _("löstes"),
    "understand.problem.closed": _("skrevs av"),
}


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of history: when, who, what and why."""

    at: datetime
    who: str
    what: Text | str
    why: str


def told(records: Iterable[AuditRecord]) -> list[Happening]:
    """Return the records in words, in their order."""
    return [
        Happening(one.at, str(one.who), ACTS.get(one.kind, one.kind), one.reason) for one in records
    ]
