"""From draft to signed, ended and replaced; each refusal leaves everything as it was."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import DatabaseError, transaction
from django.utils import timezone

from samhandling_web.agree.partnership import filing, refusals, rules
from samhandling_web.agree.partnership.models import Agreement
from samhandling_web.agree.partnership.rules import AgreementKind, AgreementStatus
from samhandling_web.agree.partnership.selectors import agreements as selectors
from samhandling_web.agree.partnership.services import agreements as services
from samhandling_web.agree.partnership.tests import factories
from samhandling_web.base.accounts.rules import Role
from samhandling_web.base.audit.models import AuditRecord
from samhandling_web.base.common.errors import NotAllowed
from samhandling_web.base.common.free_text import PersonInText

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]
TODAY = timezone.localdate()


@pytest.fixture
def coordinator():
    return factories.person(Role.DISTRICT_COORDINATOR)


def kept_files():
    return sorted((Path(settings.MEDIA_ROOT) / filing.FOLDER).glob("*"))


def kinds(target):
    found = AuditRecord.objects.filter(target_type=target._meta.label_lower, target_id=target.pk)
    return [kind.rsplit(".", 1)[1] for kind in found.values_list("kind", flat=True)]


def test_the_whole_way_is_recorded(coordinator):
    agreement = factories.signed(coordinator)
    services.agreement_end(agreement_id=agreement.pk, ended_on=TODAY, actor=coordinator)
    assert kinds(agreement) == [
        "drafted", "party_added", "party_added", "document_attached", "signed", "ended",
    ]  # fmt: skip
    agreement.refresh_from_db()
    assert agreement.status == AgreementStatus.ENDED
    assert selectors.term(agreement).last == TODAY - timedelta(days=1)


def test_all_that_is_missing_is_said_at_once_and_nothing_is_signed(coordinator):
    agreement = factories.draft(
        coordinator, purposes="", fields_of_cooperation="", valid_from=None, valid_to=None
    )
    with pytest.raises(rules.AgreementIncomplete) as caught:
        services.agreement_sign(agreement_id=agreement.pk, signed_on=TODAY, actor=coordinator)
    for word in ("syften", "områden", "två parter", "vilken dag", "dokumentet"):
        assert word in str(caught.value)
    agreement.refresh_from_db()
    assert (agreement.status, agreement.signed_on) == (AgreementStatus.DRAFT, None)
    assert kinds(agreement) == ["drafted"]


def test_nobody_has_signed_tomorrow(coordinator):
    agreement = factories.complete(coordinator)
    with pytest.raises(refusals.SignedInFuture):
        services.agreement_sign(
            agreement_id=agreement.pk, signed_on=TODAY + timedelta(days=1), actor=coordinator
        )


def test_others_write_no_agreement_of_the_district(coordinator):
    elsewhere = factories.person(
        Role.DISTRICT_COORDINATOR, factories.organisation("district-south"), "south"
    )
    agreement = factories.complete(coordinator)
    steps = (
        lambda: factories.draft(elsewhere),
        lambda: services.agreement_edit(
            agreement_id=agreement.pk, changes={"title": "x"}, actor=elsewhere
        ),
        lambda: services.party_add(
            agreement_id=agreement.pk,
            organisation=factories.police(),
            signed_as="",
            actor=elsewhere,
        ),
        lambda: services.document_attach(
            agreement_id=agreement.pk, file=factories.pdf(), actor=elsewhere
        ),
        lambda: services.agreement_sign(
            agreement_id=agreement.pk, signed_on=TODAY, actor=elsewhere
        ),
    )
    records, files = AuditRecord.objects.count(), kept_files()
    for step in steps:
        with pytest.raises(NotAllowed):
            step()
    assert AuditRecord.objects.count() == records
    assert kept_files() == files


def test_it_is_not_given_away_to_whom_one_does_not_write_for(coordinator):
    agreement = factories.draft(coordinator)
    with pytest.raises(NotAllowed):
        services.agreement_edit(
            agreement_id=agreement.pk,
            changes={"owner": factories.organisation("district-south")},
            actor=coordinator,
        )


def test_what_is_signed_is_fixed_for_services_orm_and_sql(coordinator):
    agreement = factories.signed(coordinator)
    with pytest.raises(rules.AgreementIsFixed):
        services.agreement_edit(
            agreement_id=agreement.pk, changes={"title": "x"}, actor=coordinator
        )
    with pytest.raises(rules.AgreementIsFixed):
        services.document_attach(agreement_id=agreement.pk, file=factories.pdf(), actor=coordinator)
    for attempt in (
        lambda: Agreement.objects.filter(pk=agreement.pk).update(title="x"),
        lambda: Agreement.objects.filter(pk=agreement.pk).update(document_sha256="x"),
        lambda: Agreement.objects.filter(pk=agreement.pk).delete(),
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            attempt()
    assert len(kept_files()) == 1


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"<html>%PDF-1.7 %%EOF</html>", "sida.pdf"),
        (b"PK\x03\x04 word", "avtal.docx"),
        (factories.PDF[:-8], "avbruten.pdf"),
        (b"", "tom.pdf"),
    ],
)
def test_what_is_no_whole_pdf_is_not_kept(coordinator, content, name):
    agreement = factories.draft(coordinator)
    with pytest.raises(refusals.NotThePdf, match=name):
        services.document_attach(
            agreement_id=agreement.pk, file=factories.pdf(content, name), actor=coordinator
        )
    agreement.refresh_from_db()
    assert (agreement.document, agreement.document_sha256) == ("", "")
    assert kept_files() == []


def test_a_document_that_is_too_large_is_refused_before_it_is_read(coordinator, monkeypatch):
    monkeypatch.setattr(filing, "MOST_MEGABYTES", 0)
    agreement = factories.draft(coordinator)
    with pytest.raises(refusals.DocumentTooLarge, match="1 MB"):
        services.document_attach(agreement_id=agreement.pk, file=factories.pdf(), actor=coordinator)


def test_a_document_is_kept_whole_or_not_at_all(coordinator, monkeypatch):
    agreement = factories.draft(coordinator)

    def broken(**_values):
        raise OSError("full")

    with monkeypatch.context() as patched:
        patched.setattr(services.audit, "record", broken)
        with pytest.raises(OSError, match="full"):
            services.document_attach(
                agreement_id=agreement.pk, file=factories.pdf(), actor=coordinator
            )
    assert kept_files() == []
    agreement.refresh_from_db()
    assert not agreement.document


def test_a_new_document_takes_the_place_of_the_old(coordinator, django_capture_on_commit_callbacks):
    agreement = factories.complete(coordinator)
    other = factories.PDF.replace(b"Catalog", b"Catalogue")
    with django_capture_on_commit_callbacks(execute=True):
        services.document_attach(
            agreement_id=agreement.pk, file=factories.pdf(other), actor=coordinator
        )
    agreement.refresh_from_db()
    (path,) = kept_files()
    assert path.read_bytes() == other
    assert filing.kept_content(str(agreement.document), agreement.document_sha256) == other


def test_a_document_that_was_changed_behind_is_not_handed_out(coordinator):
    agreement = factories.complete(coordinator)
    (path,) = kept_files()
    path.write_bytes(factories.PDF + b"x")
    with pytest.raises(refusals.DocumentDamaged):
        filing.kept_content(str(agreement.document), agreement.document_sha256)
    path.unlink()
    with pytest.raises(refusals.DocumentDamaged):
        filing.kept_content(str(agreement.document), agreement.document_sha256)


def test_a_new_version_takes_over_when_it_is_signed_and_begins(coordinator):
    old = factories.signed(coordinator)
    new = services.agreement_replace(agreement_id=old.pk, actor=coordinator)
    assert services.agreement_replace(agreement_id=old.pk, actor=coordinator) == new
    assert new.valid_from == factories.END + timedelta(days=1)
    assert {party.organisation_id for party in new.parties.all()} == {
        party.organisation_id for party in old.parties.all()
    }
    services.agreement_edit(
        agreement_id=new.pk, changes={"valid_from": date(2026, 1, 1)}, actor=coordinator
    )
    services.document_attach(agreement_id=new.pk, file=factories.pdf(), actor=coordinator)
    old.refresh_from_db()
    assert old.status == AgreementStatus.SIGNED
    services.agreement_sign(agreement_id=new.pk, signed_on=TODAY, actor=coordinator)
    old.refresh_from_db()
    assert old.status == AgreementStatus.REPLACED
    assert selectors.term(old).last == date(2025, 12, 31)


def test_one_that_does_not_hold_that_day_is_not_ended_then(coordinator):
    agreement = factories.signed(coordinator)
    with pytest.raises(refusals.OutsideValidity):
        services.agreement_end(
            agreement_id=agreement.pk, ended_on=date(2031, 1, 1), actor=coordinator
        )
    with pytest.raises(rules.AgreementTransitionNotAllowed):
        services.agreement_end(
            agreement_id=factories.draft(coordinator).pk, ended_on=TODAY, actor=coordinator
        )


def test_a_tree_has_no_rings(coordinator):
    top = factories.draft(coordinator, title="Överst")
    middle = factories.draft(coordinator, title="Mitten", parent=top)
    low = factories.draft(coordinator, title="Nederst", parent=middle)
    for parent in (top, low):
        with pytest.raises(refusals.BelowItself, match="Överst"):
            services.agreement_edit(
                agreement_id=top.pk, changes={"parent": parent}, actor=coordinator
            )
    (root,) = selectors.agreement_tree(selectors.agreements(), TODAY)
    assert [root.agreement, root.below[0].agreement, root.below[0].below[0].agreement] == [
        top, middle, low,
    ]  # fmt: skip
    assert set(selectors.possible_parents(middle)) == {top}


def test_persons_and_time_that_runs_backwards_are_stopped(coordinator):
    with pytest.raises(PersonInText):
        factories.draft(coordinator, purposes="Anna Andersson ska sluta slåss.")
    with pytest.raises(refusals.RunsBackwards):
        factories.draft(coordinator, valid_to=date(2024, 1, 1))
    agreement = factories.draft(coordinator)
    with pytest.raises(PersonInText):
        services.party_add(
            agreement_id=agreement.pk,
            organisation=factories.police(),
            signed_as="Anna Andersson",
            actor=coordinator,
        )
    with pytest.raises(ValueError, match="status"):
        services.agreement_edit(
            agreement_id=agreement.pk, changes={"status": "signed"}, actor=coordinator
        )


def test_what_runs_out_is_to_be_renewed_until_something_signed_follows(coordinator):
    soon = {"valid_from": date(2024, 1, 1), "valid_to": TODAY + timedelta(days=100)}
    running_out = factories.signed(coordinator, **soon)
    factories.signed(coordinator, title="Länge kvar", valid_to=TODAY + timedelta(days=900))
    factories.signed(coordinator, kind=AgreementKind.YEARLY_PLAN, title="Plan", **soon)
    factories.draft(coordinator, title="Utkast", **soon)
    assert set(selectors.agreements_to_renew(TODAY)) == set()
    other = factories.signed(
        coordinator, kind=AgreementKind.COOPERATION_AGREEMENT, title="Annat slag", **soon
    )
    assert list(selectors.agreements_to_renew(TODAY)) == [other]
    running_out.refresh_from_db()
    assert running_out.status == AgreementStatus.SIGNED
    lapsed = selectors.agreements_to_renew(TODAY + timedelta(days=300))
    assert other in lapsed
    new = services.agreement_replace(agreement_id=other.pk, actor=coordinator)
    assert other in selectors.agreements_to_renew(TODAY)
    services.document_attach(agreement_id=new.pk, file=factories.pdf(), actor=coordinator)
    services.agreement_sign(agreement_id=new.pk, signed_on=TODAY, actor=coordinator)
    assert not selectors.agreements_to_renew(TODAY).filter(pk=other.pk).exists()
