"""Keeping the snapshot in step with the truth: the background job, and the proof that it is."""

from collections.abc import Iterator
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from samhandling.sources.schema import Kind
from samhandling_web.base.accounts.models import User
from samhandling_web.base.areas import selectors as areas
from samhandling_web.base.audit.checks import Finding
from samhandling_web.base.jobs import services
from samhandling_web.base.jobs.models import Job
from samhandling_web.base.jobs.registry import Progress
from samhandling_web.base.jobs.rules import State
from samhandling_web.observe.events import selectors as events
from samhandling_web.observe.events import services as event_services
from samhandling_web.observe.events.snapshot import build, layout, truth
from samhandling_web.observe.imports.models import Batch

JOB_KIND = "events.snapshot"


def is_current() -> bool:
    """Whether the snapshot in use was made from the truth as it stands."""
    folder = layout.current_folder()
    return folder is not None and layout.meta_load(folder).data_version == truth.version()


def has_events() -> bool:
    """Whether there is anything to count."""
    return events.events_current().exists()


def rebuild(progress: Progress | None = None) -> layout.Meta:
    """Place what can be placed, make a new snapshot of the truth and put it in use."""
    event_services.events_place(actor=None, progress=progress)
    # Told before anything is read: what changes meanwhile makes this snapshot an old one, and the
    # job that the change asked for makes the next. Told later, it would find this one current.
    version = truth.version()
    divisions = truth.divisions()
    municipality = areas.municipality()
    writer = build.SnapshotWriter(
        divisions,
        truth.links(divisions),
        settings.TIME_ZONE,
        municipality_code=municipality.code if municipality else "",
    )
    with layout.one_at_a_time():
        return build.build(
            truth.tables(),
            writer,
            data_version=version,
            made_at=timezone.now(),
            report=lambda rows: progress.report(rows) if progress else None,
        )


def rebuild_enqueue(actor: User | None = None) -> Job | None:
    """Ask for a new snapshot when this transaction is committed, unless one is waiting already."""
    if Job.objects.filter(kind=JOB_KIND, state=State.QUEUED).exists():
        return None
    label = _("Sammanställer händelser för kartor och diagram")
    return services.job_enqueue(kind=JOB_KIND, label=label, parameters={}, actor=actor)


def on_import(batch: Batch) -> None:
    """Ask for a new snapshot when events or areas begin or cease to count."""
    if batch.kind in {Kind.EVENTS, Kind.AREAS}:
        rebuild_enqueue(batch.started_by)


def work(progress: Progress, _parameters: dict[str, Any]) -> dict[str, Any]:
    """Rebuild as the job does: nothing is done when the snapshot is current."""
    if is_current():
        return {"rows": None}
    return {"rows": rebuild(progress).rows}


def findings() -> Iterator[Finding]:
    """Hold the snapshot against the truth: the same rows, the same number of events."""
    subject, remedy = "event snapshot", "Run the worker, or `samhandling snapshot`."
    folder = layout.current_folder()
    truth_sums = _truth_sums()
    if folder is None:
        if truth_sums["rows"]:
            yield Finding(subject, "has never been made", remedy)
        return
    meta = layout.meta_load(folder)
    if meta.data_version != truth.version():
        yield Finding(subject, "was made from an earlier state", remedy, is_reminder=True)
        return
    sums = build.checksum_of_file(folder / layout.EVENTS_FILE)
    if not sums == meta.checksum == truth_sums:
        yield Finding(subject, f"holds {sums}, the database {truth_sums}", remedy)


def _truth_sums() -> dict[str, int]:
    summed = pa.schema([build.EVENTS.field(name) for name in ("id", "count")])
    rows = count = ids = 0
    for table in events.current_event_tables(summed):
        rows += table.num_rows
        count += pc.sum(table["count"]).as_py()
        ids += pc.sum(table["id"]).as_py()
    return {"rows": rows, "events": count, "ids": ids}
