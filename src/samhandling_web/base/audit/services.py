"""Adding to the audit chain. There is no service that changes or removes."""

import json
from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.utils import timezone

from samhandling_web.base.accounts.models import User
from samhandling_web.base.audit.models import ANONYMOUS, SYSTEM, AuditRecord, ChainHead
from samhandling_web.base.audit.rules import START, link_hash
from samhandling_web.base.audit.selectors import anchor_path, chained_content


@transaction.atomic
def record(
    *,
    actor: User | AnonymousUser | None,
    kind: str,
    target: models.Model,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    reason: str = "",
) -> AuditRecord:
    """Append one act to the chain, in the caller's transaction.

    `actor` is None for what the system does by itself. `before` and `after` hold only what
    changed; never names or identity numbers of people outside the organisation.
    """
    head, _made = ChainHead.objects.select_for_update().get_or_create(
        pk=1, defaults={"sequence": 0, "hash": START}
    )
    person = actor if isinstance(actor, User) else None
    entry = AuditRecord(
        sequence=head.sequence + 1,
        at=timezone.now(),
        actor=person,
        actor_label=person.email if person else SYSTEM if actor is None else ANONYMOUS,
        kind=kind,
        target_type=target._meta.label_lower,
        target_id=str(target.pk or ""),
        target_label=str(target)[:300],
        before=_plain(before),
        after=_plain(after),
        reason=reason,
        previous_hash=head.hash,
    )
    entry.hash = link_hash(head.hash, chained_content(entry))
    entry.save(force_insert=True)
    head.sequence, head.hash = entry.sequence, entry.hash
    head.save()
    return entry


def record_read(
    *, actor: User | AnonymousUser | None, kind: str, target: models.Model, reason: str = ""
) -> AuditRecord:
    """Record that somebody opened a protected object."""
    return record(actor=actor, kind=kind, target=target, reason=reason)


def record_export(
    *,
    actor: User | AnonymousUser | None,
    kind: str,
    target: models.Model,
    file_name: str,
    row_count: int,
) -> AuditRecord:
    """Record that a file left the house: which, and how many rows it holds."""
    after = {"file_name": file_name, "row_count": row_count}
    return record(actor=actor, kind=kind, target=target, after=after)


def anchor_write() -> None:
    """Note the chain's end in a file outside the database, so that a cut-off end is found."""
    head = ChainHead.objects.filter(pk=1).first()
    if head is None or not head.sequence:
        return
    with anchor_path().open("a", encoding="ascii") as anchors:
        anchors.write(f"{head.sequence} {head.hash}\n")


def _plain(values: Mapping[str, Any] | None) -> Any:
    """Reduce values to what JSON gives back unchanged, so that hashes can be recomputed."""
    if values is None:
        return None
    return json.loads(json.dumps(dict(values), cls=DjangoJSONEncoder))
