"""Reading events: each as its newest applied revision tells it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import Any

import pyarrow as pa
from django.db import connection
from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.utils import timezone

from samhandling.sources.schema import Kind
from samhandling_web.observe.events.models import Category, EventRevision, Placement
from samhandling_web.observe.events.rules import PlacementMethod
from samhandling_web.observe.imports import selectors as imports
from samhandling_web.observe.imports.models import Batch
from samhandling_web.observe.imports.rules import State

REVISION_COLUMNS = tuple(field.attname for field in EventRevision._meta.concrete_fields)
PLACEMENT_COLUMNS = (
    "placed_level",
    "placed_code",
    "placed_confidence",
    "placed_method",
)
TIME_COLUMNS = frozenset({"start", "end", "registered"})
FETCHED_AT_A_TIME = 10_000
FETCHES_IN_A_TABLE = 20

CURRENT = """
    FROM events_eventrevision r {placements}
    WHERE r.batch_id IN (SELECT id FROM imports_batch WHERE state = 'applied' AND kind = 'events')
      AND NOT EXISTS (
        SELECT 1 FROM events_eventrevision n
        WHERE n.source = r.source AND n.external_id = r.external_id AND n.batch_id > r.batch_id
          AND n.batch_id IN (SELECT id FROM imports_batch WHERE state = 'applied'))
      {condition}
"""
PLACED = """
    LEFT JOIN events_placement p ON p.id = (
        SELECT c.id FROM events_placement c
        WHERE c.source = r.source AND c.external_id = r.external_id
        ORDER BY CASE c.method WHEN 'person' THEN 1 ELSE 0 END DESC, c.id DESC LIMIT 1)
"""
# PostgreSQL plans a fresh table as if it were empty and would look up every row by itself; asked
# for the first of each group it sorts once, whatever it believes of the size.
CURRENT_BY_SORTING = """
    FROM (
        SELECT DISTINCT ON (e.source, e.external_id) e.*
        FROM events_eventrevision e
        JOIN imports_batch b ON b.id = e.batch_id AND b.state = 'applied' AND b.kind = 'events'
        ORDER BY e.source, e.external_id, e.batch_id DESC
    ) r {placements}
    WHERE TRUE {condition}
"""
PLACED_BY_SORTING = """
    LEFT JOIN (
        SELECT DISTINCT ON (c.source, c.external_id) c.*
        FROM events_placement c
        ORDER BY c.source, c.external_id, (c.method = 'person') DESC, c.id DESC
    ) p ON p.source = r.source AND p.external_id = r.external_id
"""
AFTER = "AND (r.source, r.external_id) > (%s, %s)"
IN_ORDER = " ORDER BY r.source, r.external_id"


def data_version() -> str:
    """Return a text that changes whenever what is known of events changes."""
    placed = Placement.objects.aggregate(newest=Max("pk"))["newest"] or 0
    return f"{imports.data_version(Kind.EVENTS)}.{placed}"


def current_event_rows(
    columns: Sequence[str],
    after: tuple[str, str] | None = None,
    among: Mapping[str, Collection[str]] | None = None,
) -> Iterator[tuple[Any, ...]]:
    """Stream every event once, as it counts now, in (source, external_id) order.

    `columns` names fields of `EventRevision` ("batch_id" for the batch) and `PLACEMENT_COLUMNS`,
    which are None for an event that nobody placed. Times are aware, in UTC. `after` goes on
    behind that (source, external_id); `among` takes only events whose field has one of some
    values. Memory does not grow with the number of events.
    """
    condition, values = _condition(after, among or {})
    statement = _current(columns, [_expression(column) for column in columns], condition)
    times = [place for place, column in enumerate(columns) if column in TIME_COLUMNS]
    with connection.chunked_cursor() as cursor:
        cursor.execute(statement + IN_ORDER, values)
        while rows := cursor.fetchmany(FETCHED_AT_A_TIME):
            yield from (_aware(row, times) for row in rows) if times else rows


def current_event_tables(schema: pa.Schema) -> Iterator[pa.Table]:
    """Stream every event once, as it counts now, as tables of `schema` in no certain order.

    It names columns as `current_event_rows` does; times are UTC. For what reads all events:
    whole columns are made of what the database answers, several times faster than row by row.
    """
    statement = _current(schema.names, [_as_stored(column) for column in schema.names])
    with connection.chunked_cursor() as cursor:
        cursor.execute(statement)
        fetched = iter(lambda: cursor.fetchmany(FETCHED_AT_A_TIME), [])
        batches = (_batch(rows, schema) for rows in fetched)
        while together := list(islice(batches, FETCHES_IN_A_TABLE)):
            yield pa.Table.from_batches(together, schema)


def _condition(
    after: tuple[str, str] | None, among: Mapping[str, Collection[str]]
) -> tuple[str, list[str]]:
    parts, values = ([AFTER], list(after)) if after else ([], [])
    for column, chosen in among.items():
        parts.append(f"AND {_expression(column)} IN ({', '.join(['%s'] * len(chosen))})")
        values += chosen
    return " ".join(parts), values


def _current(columns: Sequence[str], expressions: Sequence[str], condition: str = "") -> str:
    unknown = set(columns) - set(REVISION_COLUMNS) - set(PLACEMENT_COLUMNS)
    if unknown or not columns:
        msg = (
            f"{sorted(unknown)} are not columns; choose of {REVISION_COLUMNS + PLACEMENT_COLUMNS}."
        )
        raise ValueError(msg)
    sorts = connection.vendor == "postgresql"
    current, placements = (CURRENT_BY_SORTING, PLACED_BY_SORTING) if sorts else (CURRENT, PLACED)
    placed = placements if set(columns) & set(PLACEMENT_COLUMNS) else ""
    current = current.format(placements=placed, condition=condition)
    return f"SELECT {', '.join(expressions)} {current}"


def _expression(column: str) -> str:
    if column in PLACEMENT_COLUMNS:
        name = column.removeprefix("placed_")
        return f"p.{name}" if name in {"confidence", "method"} else f"p.area_{name}"
    return f"r.{connection.ops.quote_name(column)}"


def _as_stored(column: str) -> str:
    """Keep SQLite's driver from making a Python object of every time, which takes longest."""
    expression = _expression(column)
    is_text = connection.vendor == "sqlite" and column in TIME_COLUMNS
    return f"CAST({expression} AS TEXT)" if is_text else expression


def _batch(rows: Sequence[tuple[Any, ...]], schema: pa.Schema) -> pa.RecordBatch:
    values = zip(*rows, strict=True)
    columns = [_column(column, field.type) for column, field in zip(values, schema, strict=True)]
    return pa.RecordBatch.from_arrays(columns, schema=schema)


def _column(values: Sequence[Any], kind: pa.DataType) -> pa.Array:
    if pa.types.is_timestamp(kind) and connection.vendor == "sqlite":
        return pa.array(values, pa.string()).cast(pa.timestamp(kind.unit)).cast(kind)
    return pa.array(values, kind)


def _aware(row: tuple[Any, ...], times: Sequence[int]) -> tuple[Any, ...]:
    values = list(row)
    for place in times:
        value = values[place]
        if value is not None:
            values[place] = _utc(value)
    return tuple(values)


def _utc(value: datetime | str) -> datetime:
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def events_current() -> QuerySet[EventRevision]:
    """Every event as it counts now. For pages; what reads many events streams them instead."""
    newer = EventRevision.objects.filter(
        source=OuterRef("source"),
        external_id=OuterRef("external_id"),
        batch_id__gt=OuterRef("batch_id"),
        batch__state=State.APPLIED,
    )
    applied = Batch.objects.filter(state=State.APPLIED, kind=Kind.EVENTS).values("pk")
    return EventRevision.objects.filter(~Exists(newer), batch_id__in=applied)


def revisions_of(source: str, external_id: str) -> QuerySet[EventRevision]:
    """Return everything that was ever said of one event, newest first."""
    return (
        EventRevision.objects.filter(source=source, external_id=external_id)
        .filter(batch__state__in=[State.APPLIED, State.UNDONE])
        .select_related("batch")
        .order_by("-batch_id")
    )


def placements_of(source: str, external_id: str) -> QuerySet[Placement]:
    """Return every placement of one event, newest first."""
    return Placement.objects.filter(source=source, external_id=external_id).order_by("-pk")


def placement_of(source: str, external_id: str) -> Placement | None:
    """Return the placement that counts: the newest, and a person's before the gazetteer's."""
    placements = list(placements_of(source, external_id))
    by_people = [placed for placed in placements if placed.method == PlacementMethod.PERSON]
    return next(iter([*by_people, *placements]), None)


def placements_to_review() -> QuerySet[Placement]:
    """Newest gazetteer placements that nobody has confirmed or corrected, least sure first."""
    later = Placement.objects.filter(
        source=OuterRef("source"), external_id=OuterRef("external_id"), pk__gt=OuterRef("pk")
    )
    judged = Placement.objects.filter(
        source=OuterRef("source"), external_id=OuterRef("external_id"), method="person"
    )
    return (
        Placement.objects.filter(~Exists(later), ~Exists(judged), method="gazetteer")
        .exclude(area_code="")
        .order_by("confidence", "pk")
    )


@dataclass(frozen=True, slots=True)
class EventChoice:
    """Which events somebody asks for."""

    first_day: date | None = None
    last_day: date | None = None
    category: str = ""
    source: str = ""
    words: str = ""


def events_chosen(choice: EventChoice) -> QuerySet[EventRevision]:
    """Return current events that fit the choice, latest first."""
    events = events_current()
    zone = timezone.get_default_timezone()
    if choice.first_day:
        events = events.filter(start__gte=datetime.combine(choice.first_day, time.min, zone))
    if choice.last_day:
        after = choice.last_day + timedelta(days=1)
        events = events.filter(start__lt=datetime.combine(after, time.min, zone))
    if choice.category:
        events = events.filter(category=choice.category)
    if choice.source:
        events = events.filter(source=choice.source)
    if choice.words:
        events = events.filter(Q(title__icontains=choice.words) | Q(text__icontains=choice.words))
    return events.order_by("-start", "source", "external_id")


def latest_month() -> date | None:
    """Return the day thirty days before the latest event: where a list begins unasked."""
    latest = EventRevision.objects.filter(batch__state=State.APPLIED).aggregate(at=Max("start"))
    return timezone.localdate(latest["at"]) - timedelta(days=30) if latest["at"] else None


def categories_to_choose() -> list[tuple[str, str]]:
    """Return every kind of event as (slug, name)."""
    return list(Category.objects.values_list("slug", "label"))


def sources_to_choose() -> list[tuple[str, str]]:
    """Return the sources that events have come from as (slug, name)."""
    sources = Batch.objects.filter(state=State.APPLIED, kind=Kind.EVENTS)
    slugs = sources.values_list("source", flat=True).distinct().order_by("source")
    return [(slug, imports.source_name(slug)) for slug in slugs]
