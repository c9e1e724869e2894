"""The audit chain: what is recorded, that it cannot be changed, and how a change is found."""

import pytest
from django.db import IntegrityError, connection, transaction

from samhandling_web.base.accounts.models import Organisation, User
from samhandling_web.base.audit import selectors, services
from samhandling_web.base.audit.models import AuditRecord, ChainHead
from samhandling_web.base.audit.rules import link_hash
from samhandling_web.base.audit.selectors import chain_report, records_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation() -> Organisation:
    return Organisation.objects.create(slug="namnd", name="Nämnden", kind="committee")


@pytest.fixture
def three_records(organisation):
    actor = User.objects.create_user("anna@example.org")
    for number in range(3):
        services.record(
            actor=actor, kind="test.written", target=organisation, after={"number": number}
        )
    return actor


def change_behind_the_rules(statement: str) -> None:
    """Do what somebody with the database's own password could do."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
            cursor.execute(statement)
            cursor.execute("SET session_replication_role = DEFAULT")
            return
        cursor.execute("DROP TRIGGER audit_auditrecord_UPDATE_refused")
        cursor.execute("DROP TRIGGER audit_auditrecord_DELETE_refused")
        cursor.execute(statement)


def test_a_record_says_who_what_and_why(organisation, three_records):
    records = list(records_of(organisation))
    assert [r.after for r in records] == [{"number": 0}, {"number": 1}, {"number": 2}]
    assert {r.actor_label for r in records} == {"anna@example.org"}
    assert [r.previous_hash for r in records[1:]] == [r.hash for r in records[:-1]]


def test_an_untouched_chain_is_whole(three_records):
    report = chain_report()
    assert (report.links, report.broken_at) == (3, None)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_auditrecord SET reason = 'x' WHERE sequence = 2",
        "DELETE FROM audit_auditrecord WHERE sequence = 2",
    ],
)
def test_the_database_refuses_changes(three_records, statement):
    with (
        pytest.raises(IntegrityError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert AuditRecord.objects.count() == 3


@pytest.mark.parametrize(
    ("statement", "broken_at"),
    [
        ("UPDATE audit_auditrecord SET actor_label = 'bo@example.org' WHERE sequence = 2", 2),
        ("UPDATE audit_auditrecord SET after = '{\"number\": 9}' WHERE sequence = 1", 1),
        ("DELETE FROM audit_auditrecord WHERE sequence = 2", 2),
        ("DELETE FROM audit_auditrecord WHERE sequence = 3", 3),
        ("DELETE FROM audit_auditrecord", 1),
    ],
)
def test_the_first_broken_link_is_named(three_records, statement, broken_at):
    change_behind_the_rules(statement)
    assert chain_report().broken_at == broken_at


def test_a_rewritten_link_breaks_the_next_one(three_records):
    record = AuditRecord.objects.get(sequence=2)
    change_behind_the_rules(
        f"UPDATE audit_auditrecord SET hash = '{'f' * 64}' WHERE sequence = {record.pk}"
    )
    assert chain_report().broken_at == 2


def test_an_act_while_the_chain_is_read_is_no_cut_off_end(organisation, three_records, monkeypatch):
    def act_meanwhile(*arguments):
        if AuditRecord.objects.count() == 3:
            services.record(actor=None, kind="test.meanwhile", target=organisation)
        return link_hash(*arguments)

    monkeypatch.setattr(selectors, "link_hash", act_meanwhile)
    assert chain_report().broken_at is None


def test_what_the_system_does_is_recorded_as_its_own(organisation):
    assert services.record(actor=None, kind="x", target=organisation).actor_label == "system"


def test_a_cut_off_end_is_found_even_when_the_head_is_moved_back(data_folder, three_records):
    """The head alone could be rewritten; the anchor kept outside the database cannot follow."""
    services.anchor_write()
    change_behind_the_rules("DELETE FROM audit_auditrecord WHERE sequence = 3")
    last = AuditRecord.objects.get(sequence=2)
    ChainHead.objects.update(sequence=2, hash=last.hash)
    assert chain_report().broken_at == 3
