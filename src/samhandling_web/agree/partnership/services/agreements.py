"""Drafting, signing, ending and replacing agreements."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.core.files import File
from django.db import transaction
from django.utils import timezone

from samhandling_web.agree.partnership import filing, permissions, refusals, rules
from samhandling_web.agree.partnership.models import Agreement, AgreementParty
from samhandling_web.agree.partnership.rules import AgreementKind, AgreementStatus
from samhandling_web.agree.partnership.selectors.agreements import is_below_itself
from samhandling_web.base.accounts.models import Organisation, User
from samhandling_web.base.audit import services as audit
from samhandling_web.base.common.free_text import check_no_person

EDITABLE = (
    "kind",
    "title",
    "parent",
    "district",
    "police_area",
    "purposes",
    "fields_of_cooperation",
    "valid_from",
    "valid_to",
    "case_number",
    "owner",
)


@transaction.atomic
def agreement_draft(
    *, kind: AgreementKind, title: str, owner: Organisation, actor: User, **values: Any
) -> Agreement:
    """Begin an agreement. `values` are any others of its editable fields.

    Raises
    ------
    NotAllowed, RunsBackwards, PersonInText
        If the actor does not write for the owner, it ends before it starts, or a text names
        somebody.
    """
    permissions.check_may_write(actor, owner)
    _check_known(values)
    agreement = Agreement(kind=kind, title=title, owner=owner, created_by=actor, **values)
    _check_content(agreement)
    agreement.save(force_insert=True)
    audit.record(actor=actor, kind="partnership.agreement.drafted", target=agreement)
    return agreement


@transaction.atomic
def agreement_edit(*, agreement_id: int, changes: Mapping[str, Any], actor: User) -> Agreement:
    """Change a draft.

    Raises
    ------
    NotAllowed, AgreementIsFixed, RunsBackwards, BelowItself, PersonInText
        If the actor does not write for its owner, it is no draft, or what it would say cannot be.
    """
    agreement = _locked(agreement_id)
    permissions.check_may_write(actor, agreement.owner)
    rules.check_is_draft(AgreementStatus(agreement.status))
    _check_known(changes)
    before = {name: getattr(agreement, name) for name in changes}
    changed = {name: value for name, value in changes.items() if before[name] != value}
    if "owner" in changed:
        permissions.check_may_write(actor, changed["owner"])
    for name, value in changed.items():
        setattr(agreement, name, value)
    _check_content(agreement)
    if changed:
        agreement.save(update_fields=list(changed))
        audit.record(
            actor=actor,
            kind="partnership.agreement.edited",
            target=agreement,
            before={name: _plain(before[name]) for name in changed},
            after={name: _plain(value) for name, value in changed.items()},
        )
    return agreement


@transaction.atomic
def party_add(
    *, agreement_id: int, organisation: Organisation, signed_as: str, actor: User
) -> AgreementParty:
    """Add a party to a draft, or change in which position it signs."""
    agreement = _draft(agreement_id, actor)
    check_no_person(signed_as, AgreementParty._meta.get_field("signed_as").verbose_name)
    party, _made = AgreementParty.objects.update_or_create(
        agreement=agreement, organisation=organisation, defaults={"signed_as": signed_as}
    )
    audit.record(
        actor=actor,
        kind="partnership.agreement.party_added",
        target=agreement,
        after={"organisation": organisation.slug, "signed_as": signed_as},
    )
    return party


@transaction.atomic
def party_remove(*, agreement_id: int, party_id: int, actor: User) -> Agreement:
    """Take a party off a draft."""
    agreement = _draft(agreement_id, actor)
    party = agreement.parties.select_related("organisation").get(pk=party_id)
    before = {"organisation": party.organisation.slug}
    party.delete()
    audit.record(
        actor=actor, kind="partnership.agreement.party_removed", target=agreement, before=before
    )
    return agreement


def document_attach(*, agreement_id: int, file: File[bytes], actor: User) -> Agreement:
    """Keep the signed document of a draft: whole, with its checksum, or not at all.

    Raises
    ------
    NotAllowed, AgreementIsFixed, NotThePdf, DocumentTooLarge
        If the actor does not write for its owner, it is no draft, or the file is no PDF.
    """
    kept: list[str] = []
    try:
        with transaction.atomic():
            return _attached(agreement_id, file, kept, actor)
    except BaseException:
        for name in kept:
            filing.remove(name)
        raise


def _attached(agreement_id: int, file: File[bytes], kept: list[str], actor: User) -> Agreement:
    agreement = _draft(agreement_id, actor)
    content = filing.pdf_content(file)
    old, before = str(agreement.document), {"sha256": agreement.document_sha256}
    name, sha256 = filing.keep(content)
    kept.append(name)
    agreement.document, agreement.document_sha256 = name, sha256
    agreement.save(update_fields=["document", "document_sha256"])
    audit.record(
        actor=actor,
        kind="partnership.agreement.document_attached",
        target=agreement,
        before=before,
        after={"sha256": sha256},
    )
    if old:
        transaction.on_commit(lambda: filing.remove(old))
    return agreement


@transaction.atomic
def agreement_sign(*, agreement_id: int, signed_on: date, actor: User) -> Agreement:
    """Register that the parties have signed. What it says can never be changed after.

    Raises
    ------
    NotAllowed, AgreementTransitionNotAllowed, AgreementIncomplete, SignedInFuture
        If the actor does not write for its owner, it is no draft, something is missing (all of
        which is named), or the day has not been.
    """
    agreement = _locked(agreement_id)
    permissions.check_may_write(actor, agreement.owner)
    rules.check_agreement_transition(AgreementStatus(agreement.status), AgreementStatus.SIGNED)
    _check_whole(agreement)
    if signed_on > timezone.localdate():
        raise refusals.SignedInFuture(day=signed_on)
    agreement.status, agreement.signed_on = AgreementStatus.SIGNED, signed_on
    agreement.save(update_fields=["status", "signed_on"])
    audit.record(
        actor=actor,
        kind="partnership.agreement.signed",
        target=agreement,
        after={"signed_on": signed_on, "sha256": agreement.document_sha256},
    )
    if agreement.replaces_id:
        _replace(agreement.replaces_id, agreement, actor)
    return agreement


@transaction.atomic
def agreement_end(*, agreement_id: int, ended_on: date, actor: User) -> Agreement:
    """End a signed agreement; `ended_on` is the first day on which it no longer holds.

    Raises
    ------
    NotAllowed, AgreementTransitionNotAllowed, OutsideValidity
        If the actor does not write for its owner, it is not signed, or it does not hold then.
    """
    agreement = _locked(agreement_id)
    permissions.check_may_write(actor, agreement.owner)
    rules.check_agreement_transition(AgreementStatus(agreement.status), AgreementStatus.ENDED)
    start, end = agreement.valid_from, agreement.valid_to
    if start is None or end is None or not start <= ended_on <= end:
        raise refusals.OutsideValidity(start=start, end=end, day=ended_on)
    return _stopped(agreement, AgreementStatus.ENDED, ended_on, actor)


@transaction.atomic
def agreement_replace(*, agreement_id: int, actor: User) -> Agreement:
    """Begin the version that is to replace a signed agreement, with its texts as a start.

    The old one holds until the new one is signed and begins. Asked again, the one begun is given.
    """
    old = _locked(agreement_id)
    permissions.check_may_write(actor, old.owner)
    begun = Agreement.objects.filter(replaces=old).first()
    if begun is not None:
        return begun
    rules.check_agreement_transition(AgreementStatus(old.status), AgreementStatus.REPLACED)
    new = Agreement.objects.create(
        **{name: getattr(old, name) for name in EDITABLE if name not in _TIMED},
        **_next_term(old),
        replaces=old,
        created_by=actor,
    )
    for party in old.parties.all():
        new.parties.create(organisation_id=party.organisation_id, signed_as=party.signed_as)
    audit.record(
        actor=actor,
        kind="partnership.agreement.drafted",
        target=new,
        after={"replaces": old.pk},
    )
    return new


_TIMED = frozenset({"valid_from", "valid_to", "case_number"})


def _next_term(old: Agreement) -> dict[str, date]:
    """Propose as long a time as before, from the day after it."""
    if old.valid_from is None or old.valid_to is None:
        return {}
    first = old.valid_to + timedelta(days=1)
    return {"valid_from": first, "valid_to": first + (old.valid_to - old.valid_from)}


def _replace(agreement_id: int, new: Agreement, actor: User) -> None:
    """Let a signed version take over from the day it begins."""
    old = _locked(agreement_id)
    rules.check_agreement_transition(AgreementStatus(old.status), AgreementStatus.REPLACED)
    first, last = new.valid_from, old.valid_to
    if first is None or last is None:
        raise rules.AgreementIncomplete(missing="")
    _stopped(old, AgreementStatus.REPLACED, min(first, last + timedelta(days=1)), actor)


def _stopped(
    agreement: Agreement, status: AgreementStatus, ended_on: date, actor: User
) -> Agreement:
    agreement.status, agreement.ended_on = status, ended_on
    agreement.save(update_fields=["status", "ended_on"])
    audit.record(
        actor=actor,
        kind=f"partnership.agreement.{status}",
        target=agreement,
        after={"ended_on": ended_on},
    )
    return agreement


def _locked(agreement_id: int) -> Agreement:
    return Agreement.objects.select_for_update().get(pk=agreement_id)


def _draft(agreement_id: int, actor: User) -> Agreement:
    agreement = _locked(agreement_id)
    permissions.check_may_write(actor, agreement.owner)
    rules.check_is_draft(AgreementStatus(agreement.status))
    return agreement


def _check_known(values: Mapping[str, Any]) -> None:
    if unknown := sorted(set(values) - set(EDITABLE)):
        msg = f"An agreement's editable fields are {', '.join(EDITABLE)}; got {unknown}."
        raise ValueError(msg)


def _check_content(agreement: Agreement) -> None:
    rules.check_forwards(agreement.valid_from, agreement.valid_to)
    parent = agreement.parent
    if parent is not None and agreement.pk and is_below_itself(agreement, parent):
        raise refusals.BelowItself(title=agreement.title, parent=parent.title)
    for name in ("title", "purposes", "fields_of_cooperation", "case_number"):
        check_no_person(getattr(agreement, name), Agreement._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def _check_whole(agreement: Agreement) -> None:
    missing = rules.missing_in_agreement(
        purposes=agreement.purposes,
        fields=agreement.fields_of_cooperation,
        parties=agreement.parties.count(),
        valid_from=agreement.valid_from,
        valid_to=agreement.valid_to,
        has_document=bool(agreement.document),
    )
    if missing:
        raise rules.AgreementIncomplete(missing="; ".join(str(label) for label in missing))


def _plain(value: Any) -> Any:
    return value.pk if hasattr(value, "pk") else value
