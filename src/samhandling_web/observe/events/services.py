"""Placing events by their own words: by the gazetteer, and by people who know better."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import transaction
from django.utils import timezone

from samhandling.sources.gazetteer import Gazetteer
from samhandling.sources.gazetteer import Placement as Answer
from samhandling_web.base.accounts.models import User
from samhandling_web.base.audit import services as audit
from samhandling_web.base.common.text import _
from samhandling_web.base.jobs import services as jobs
from samhandling_web.base.jobs.models import Job
from samhandling_web.base.jobs.registry import Progress
from samhandling_web.observe.events import gazetteer, permissions, rules, selectors
from samhandling_web.observe.events.models import EventRevision, Placement
from samhandling_web.observe.events.rules import PlacementMethod

JOB_KIND = "events.placing"
JOB_LABEL = _("Placera händelser efter texten")
PLACED_AT_A_TIME = 1_000


@dataclass(frozen=True, slots=True)
class Told:
    """What an event says, for the gazetteer."""

    source: str
    external_id: str
    content_hash: str
    title: str
    text: str

    @property
    def key(self) -> tuple[str, str]:
        return self.source, self.external_id


@dataclass(slots=True)
class PlacingOutcome:
    """How many events were read, and how many of them were given a place."""

    read: int = 0
    placed: int = 0


def placing_start(*, actor: User | None) -> Job:
    """Let a worker place every event that has not been read with today's names."""
    permissions.check_may_place_events(actor)
    return jobs.job_enqueue(kind=JOB_KIND, label=str(JOB_LABEL), parameters={}, actor=actor)


def events_place(*, actor: User | None, progress: Progress | None = None) -> PlacingOutcome:
    """Place events of this municipality that have no exact position, by what they say.

    An event is read once for each wording and each set of names, so that running again after a
    stop goes on where it stood. That the text does not tell is stored too, with the reason.
    """
    permissions.check_may_place_events(actor)
    names = gazetteer.names_today()
    outcome = PlacingOutcome()
    if not names.entries:
        return outcome
    reader = Gazetteer(names.entries, names.elsewhere)
    told = _events_told(names.municipality_code)
    done = 0
    while events := list(islice(told, PLACED_AT_A_TIME)):
        _place(events, reader, names.version, outcome)
        done += len(events)
        if progress is not None:
            progress.report(done)
    return outcome


def _events_told(municipality_code: str) -> Iterator[Told]:
    columns = ("source", "external_id", "content_hash", "title", "text")
    told_vaguely = {
        "municipality_code": {municipality_code},
        "position_precision": rules.COARSE_PRECISIONS,
    }
    for row in selectors.current_event_rows(columns, among=told_vaguely):
        if any(row[-2:]):
            yield Told(*row)


@transaction.atomic
def _place(
    events: Sequence[Told], reader: Gazetteer, version: str, outcome: PlacingOutcome
) -> None:
    known = _read_before(events, version)
    now = timezone.now()
    made = [
        _answered(event, reader.place(event.title, event.text), version, now)
        for event in events
        if (*event.key, event.content_hash) not in known
    ]
    Placement.objects.bulk_create(made, batch_size=200)
    outcome.read += len(made)
    outcome.placed += sum(1 for placement in made if placement.area_code)
    if made:
        after = {"read": len(made), "method_version": version}
        audit.record(actor=None, kind="events.placements.made", target=made[-1], after=after)


def _read_before(events: Iterable[Told], version: str) -> set[tuple[str, str, str]]:
    sought = Placement.objects.filter(
        external_id__in=[event.external_id for event in events], method_version=version
    )
    return set(sought.values_list("source", "external_id", "content_hash"))


def _answered(event: Told, answer: Answer, version: str, now: datetime) -> Placement:
    return Placement(
        source=event.source,
        external_id=event.external_id,
        content_hash=event.content_hash,
        area_level=answer.level,
        area_code=answer.code or "",
        confidence=answer.confidence,
        method=PlacementMethod.GAZETTEER,
        method_version=version,
        evidence=_evidence(answer),
        at=now,
    )


def _evidence(answer: Answer) -> dict[str, Any]:
    strongest = asdict(answer.evidence) if answer.evidence else None
    rejected = [
        {"code": other.code, "reason": str(other.reason), "span": other.evidence.span}
        for other in answer.rejected
    ]
    because = str(answer.abstained_because) if answer.abstained_because else ""
    return {"strongest": strongest, "rejected": rejected, "abstained_because": because}


@transaction.atomic
def event_place(
    *, source: str, external_id: str, area_level: str, area_code: str, actor: User
) -> Placement:
    """Say where an event happened; an empty `area_code` says that its text does not tell.

    Raises
    ------
    NotAllowed, UnknownEvent, UnknownArea
        If the actor may not place events, or there is no such event or area.
    """
    permissions.check_may_place_events(actor)
    event = _event(source, external_id)
    if area_code and not gazetteer.area_exists(area_level, area_code):
        raise rules.UnknownArea(level=area_level, code=area_code)
    before = selectors.placement_of(source, external_id)
    placement = Placement.objects.create(
        source=source,
        external_id=external_id,
        content_hash=event.content_hash,
        area_level=area_level if area_code else "",
        area_code=area_code,
        confidence=1.0,
        method=PlacementMethod.PERSON,
        evidence={},
        actor=actor,
        at=timezone.now(),
    )
    audit.record(
        actor=actor,
        kind="events.event.placed",
        target=placement,
        before=_place_words(before),
        after=_place_words(placement),
    )
    return placement


def _event(source: str, external_id: str) -> EventRevision:
    event = selectors.events_current().filter(source=source, external_id=external_id).first()
    if event is None:
        raise rules.UnknownEvent(source=source, external_id=external_id)
    return event


def _place_words(placement: Placement | None) -> dict[str, str] | None:
    if placement is None:
        return None
    return {"area_level": placement.area_level, "area_code": placement.area_code}
