"""Reading the audit chain, and proving that it is whole."""

from dataclasses import dataclass

from django.db.models import Model, QuerySet

from samhandling_web.base.audit.models import AuditRecord, ChainHead
from samhandling_web.base.audit.rules import START, link_hash, time_text


@dataclass(frozen=True, slots=True)
class ChainReport:
    """How many links were read, and the first that does not hold (None when all do)."""

    links: int
    broken_at: int | None
    explanation: str


def records_of(target: Model) -> QuerySet[AuditRecord]:
    """Everything that happened to one object, oldest first."""
    return AuditRecord.objects.filter(
        target_type=target._meta.label_lower, target_id=str(target.pk)
    ).select_related("actor")


def chained_content(entry: AuditRecord) -> dict[str, object]:
    """Return the part of a record that its hash covers."""
    return {
        "sequence": entry.sequence,
        "at": time_text(entry.at),
        "actor": entry.actor_id,
        "actor_label": entry.actor_label,
        "kind": entry.kind,
        "target_type": entry.target_type,
        "target_id": entry.target_id,
        "target_label": entry.target_label,
        "before": entry.before,
        "after": entry.after,
        "reason": entry.reason,
    }


def chain_report() -> ChainReport:
    """Recompute every link from the first on and stop at the first that does not hold."""
    previous, links = START, 0
    for entry in AuditRecord.objects.order_by("sequence").iterator(chunk_size=5_000):
        links += 1
        if entry.sequence != links:
            return ChainReport(links, links, f"record {links} is missing")
        if entry.previous_hash != previous:
            return ChainReport(links, links, f"record {links} does not follow the one before it")
        if entry.hash != link_hash(previous, chained_content(entry)):
            return ChainReport(links, links, f"record {links} was changed after it was written")
        previous = entry.hash
    head = ChainHead.objects.filter(pk=1).first()
    if links and (head is None or (head.sequence, head.hash) != (links, previous)):
        missing = links + 1
        return ChainReport(links, missing, f"records from {missing} on were cut off")
    if not links and head is not None and head.sequence:
        return ChainReport(0, 1, "records from 1 on were cut off")
    return ChainReport(links, None, "")
