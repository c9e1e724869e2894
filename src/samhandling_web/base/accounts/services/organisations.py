"""Defining the organisations that take part."""

from django.db import transaction

from samhandling_web.base.accounts import permissions, rules
from samhandling_web.base.accounts.models import Organisation, User
from samhandling_web.base.accounts.recording import record
from samhandling_web.base.accounts.rules import OrganisationKind


@transaction.atomic
def organisation_set(
    *,
    slug: str,
    name: str,
    kind: OrganisationKind | str,
    parent: Organisation | None,
    actor: User | None,
) -> Organisation:
    """Define an organisation, or change what is said of it.

    Raises
    ------
    OwnPart
        If it would come to lie under itself.
    """
    permissions.check_may_change_accounts(actor)
    row = Organisation.objects.select_for_update().filter(slug=slug).first()
    before = _content(row) if row else None
    row = row or Organisation(slug=slug)
    _check_no_circle(row, parent)
    row.name, row.kind, row.parent = name, str(kind), parent
    row.save()
    after = _content(row)
    if before != after:
        record(
            actor=actor,
            kind="accounts.organisation.set",
            target=row,
            before=before,
            after=after,
        )
    return row


def _content(row: Organisation) -> dict[str, object]:
    return {"name": row.name, "kind": row.kind, "parent": row.parent_id}


def _check_no_circle(row: Organisation, parent: Organisation | None) -> None:
    above = parent
    while row.pk and above is not None:
        if above.pk == row.pk:
            raise rules.OwnPart(name=row.name, parent=parent)
        above = above.parent
