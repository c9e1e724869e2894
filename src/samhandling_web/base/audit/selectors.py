"""Reading the audit chain, and proving that it is whole."""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db.models import Model, QuerySet

from samhandling_web.base.audit.models import AuditRecord, ChainHead
from samhandling_web.base.audit.rules import START, link_hash, time_text


@dataclass(frozen=True, slots=True)
class ChainReport:
    """How many links were read, and the first that does not hold (None when all do)."""

    links: int
    broken_at: int | None
    explanation: str


def records_latest(kind: str = "") -> QuerySet[AuditRecord]:
    """Every act whose kind begins with `kind`, the latest first."""
    return AuditRecord.objects.filter(kind__startswith=kind).order_by("-sequence")


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


def anchor_path() -> Path:
    """Where the chain's ends are noted outside the database, one line each, oldest first."""
    return Path(settings.DATA_FOLDER) / "audit-anchors.txt"


def anchors() -> dict[int, str]:
    """Return every noted end of the chain: sequence number → hash."""
    path = anchor_path()
    if not path.exists():
        return {}
    lines = path.read_text(encoding="ascii").splitlines()
    return {int(number): link for number, link in (line.split() for line in lines if line)}


def chain_report() -> ChainReport:
    """Recompute every link from the first on and stop at the first that does not hold."""
    previous, links, noted = START, 0, anchors()
    # Read before the links: what people do meanwhile only adds links after this one.
    last_known = max([*noted, _head_sequence()], default=0)
    for entry in AuditRecord.objects.order_by("sequence").iterator(chunk_size=5_000):
        links += 1
        fault = _fault(entry, links, previous, noted)
        if fault:
            return ChainReport(links, links, fault)
        previous = entry.hash
    if last_known > links:
        return ChainReport(links, links + 1, f"records from {links + 1} on were cut off")
    return ChainReport(links, None, "")


def _fault(entry: AuditRecord, expected: int, previous: str, noted: dict[int, str]) -> str:
    """Say what is wrong with one link; an empty text when it holds."""
    if entry.sequence != expected:
        return f"record {expected} is missing"
    if entry.previous_hash != previous:
        return f"record {expected} does not follow the one before it"
    if entry.hash != link_hash(previous, chained_content(entry)):
        return f"record {expected} was changed after it was written"
    if noted.get(expected, entry.hash) != entry.hash:
        return f"record {expected} is not the one that was noted outside the database"
    return ""


def _head_sequence() -> int:
    head = ChainHead.objects.filter(pk=1).first()
    return head.sequence if head else 0
