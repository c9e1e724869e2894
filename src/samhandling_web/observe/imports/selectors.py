"""Reading what was imported, what was refused, and how fresh it is."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Max, Q, QuerySet

from samhandling.sources.protocol import Source
from samhandling.sources.registry import registry
from samhandling_web.observe.imports.models import Batch, FeedState, RejectedRow
from samhandling_web.observe.imports.models import Mapping as SavedMapping
from samhandling_web.observe.imports.rules import RowState, State

COUNTED_ONCE = frozenset({State.APPLIED, State.UNDONE})


@dataclass(frozen=True, slots=True)
class SourceStanding:
    """A source with its last import that counts and how many rows wait for correction."""

    source: Source
    last_applied: Batch | None
    open_rows: int
    feed: FeedState | None


def data_version(kind: str | None = None) -> str:
    """Return a text that changes whenever a batch of `kind` begins or ceases to count.

    Batches are applied once and undone once, so the two numbers together never repeat.
    """
    batches = Batch.objects.filter(Q(rows_new__gt=0) | Q(rows_changed__gt=0))
    if kind is not None:
        batches = batches.filter(kind=kind)
    counts = batches.aggregate(
        applied=Count("pk", filter=Q(state__in=COUNTED_ONCE)),
        undone=Count("pk", filter=Q(state=State.UNDONE)),
    )
    return f"{counts['applied']}.{counts['undone']}"


def source_name(slug: str) -> str:
    """Return a source's name: the publisher's, or that of the saved column description."""
    published = registry().get(slug)
    if published is not None:
        return published.name
    described = slug.partition(":")[2]
    mappings = SavedMapping.objects.only("name")
    return next((mapping.name for mapping in mappings if mapping.slug == described), slug)


def builds_on(batch: Batch) -> Batch | None:
    """Return the newest applied batch that left out rows since this or an older one has them.

    Without this batch those rows would be missing although the newer file holds them. A newer
    batch that left nothing out stands by itself.
    """
    return (
        Batch.objects.filter(source=batch.source, pk__gt=batch.pk, state=State.APPLIED)
        .filter(rows_unchanged__gt=0)
        .order_by("-pk")
        .first()
    )


def newer_applied(batch: Batch) -> Batch | None:
    """Return the newest applied batch of the same source after this one, if any."""
    return (
        Batch.objects.filter(source=batch.source, pk__gt=batch.pk, state=State.APPLIED)
        .order_by("-pk")
        .first()
    )


def sources_standing() -> list[SourceStanding]:
    """Return every source that can be read, in the registry's order, and how it stands."""
    newest = _last_applied()
    feeds = {feed.source: feed for feed in FeedState.objects.all()}
    waiting = dict(
        rows_waiting().values_list("batch__reader").annotate(Count("pk")).order_by("batch__reader")
    )
    return [
        SourceStanding(source, newest.get(slug), waiting.get(slug, 0), feeds.get(slug))
        for slug, source in registry().items()
    ]


def _last_applied() -> Mapping[str, Batch]:
    newest = (
        Batch.objects.filter(state=State.APPLIED)
        .values("reader")
        .annotate(newest=Max("pk"))
        .values_list("newest", flat=True)
    )
    return {batch.reader: batch for batch in Batch.objects.filter(pk__in=list(newest))}


def rows_in_quarantine() -> QuerySet[RejectedRow]:
    """Refused rows of every batch that counts."""
    return RejectedRow.objects.filter(batch__state=State.APPLIED).select_related("batch")


def rows_waiting() -> QuerySet[RejectedRow]:
    """Refused rows that nobody has corrected or dismissed."""
    return rows_in_quarantine().filter(state=RowState.OPEN)


def batches_read_as(reader: str) -> QuerySet[Batch]:
    """Every batch that a source read, whatever its rows belong to; newest first."""
    return Batch.objects.filter(reader=reader).select_related("started_by", "mapping")


def batches_with_job() -> QuerySet[Batch]:
    """Batches with what their page shows."""
    return Batch.objects.select_related("job", "started_by", "mapping", "corrects")
