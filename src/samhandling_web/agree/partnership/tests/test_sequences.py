"""Random sequences of steps through the services: no forbidden state, and a no changes nothing."""

from datetime import timedelta
from functools import partial

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samhandling_web.agree.partnership import rules
from samhandling_web.agree.partnership.models import (
    AgendaItem,
    Agreement,
    CitizenPromise,
    Meeting,
)
from samhandling_web.agree.partnership.rules import (
    AgreementStatus,
    ItemStatus,
    MeetingStatus,
    PromiseStatus,
)
from samhandling_web.agree.partnership.services import agreements, items, meetings, promises
from samhandling_web.agree.partnership.tests import factories
from samhandling_web.base.accounts.rules import Role
from samhandling_web.base.audit.models import AuditRecord
from samhandling_web.base.common.errors import DomainError

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]
TODAY = timezone.localdate()
quick = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def coordinator():
    return factories.person(Role.DISTRICT_COORDINATOR)


def state_of(model, pk):
    """Everything stored of an object, and how long the log is."""
    return model.objects.filter(pk=pk).values().get(), AuditRecord.objects.count()


def driven(model, make, steps, table, status):
    """Take the steps on a new object, and hold each to its table of transitions."""
    with transaction.atomic():
        pk = make().pk
        for step in steps:
            before, records = state_of(model, pk)
            current = status(before["status"])
            try:
                step(pk)
            except DomainError:
                assert state_of(model, pk) == (before, records), step
                continue
            after, more = state_of(model, pk)
            reached = status(after["status"])
            assert reached == current or reached in table[current], (step, current, reached)
            assert after == before or more > records, "a change without a record"
        # The next example begins where this one did.
        transaction.set_rollback(True)


AGREEMENT_STEPS = {
    "edit": lambda actor, pk: agreements.agreement_edit(
        agreement_id=pk, changes={"case_number": f"KS {AuditRecord.objects.count()}"}, actor=actor
    ),
    "empty": lambda actor, pk: agreements.agreement_edit(
        agreement_id=pk, changes={"purposes": ""}, actor=actor
    ),
    "fill": lambda actor, pk: agreements.agreement_edit(
        agreement_id=pk, changes={"purposes": f"Tryggt {AuditRecord.objects.count()}"}, actor=actor
    ),
    "attach": lambda actor, pk: agreements.document_attach(
        agreement_id=pk, file=factories.pdf(), actor=actor
    ),
    "no pdf": lambda actor, pk: agreements.document_attach(
        agreement_id=pk, file=factories.pdf(b"text"), actor=actor
    ),
    "party": lambda actor, pk: agreements.party_add(
        agreement_id=pk, organisation=factories.organisation("third"), signed_as="", actor=actor
    ),
    "sign": lambda actor, pk: agreements.agreement_sign(
        agreement_id=pk, signed_on=TODAY, actor=actor
    ),
    "sign tomorrow": lambda actor, pk: agreements.agreement_sign(
        agreement_id=pk, signed_on=TODAY + timedelta(days=1), actor=actor
    ),
    "end": lambda actor, pk: agreements.agreement_end(agreement_id=pk, ended_on=TODAY, actor=actor),
    "end late": lambda actor, pk: agreements.agreement_end(
        agreement_id=pk, ended_on=factories.END + timedelta(days=1), actor=actor
    ),
}


def replaced(actor, pk):
    """Replace by a version that is signed at once."""
    with transaction.atomic():
        new = agreements.agreement_replace(agreement_id=pk, actor=actor)
        if new.status == AgreementStatus.DRAFT:
            agreements.document_attach(agreement_id=new.pk, file=factories.pdf(), actor=actor)
        agreements.agreement_sign(agreement_id=new.pk, signed_on=TODAY, actor=actor)


AGREEMENT_STEPS["replace"] = replaced


@quick
@given(names=st.lists(st.sampled_from(sorted(AGREEMENT_STEPS)), max_size=9))
def test_agreements(coordinator, names):
    steps = [lambda pk, name=name: AGREEMENT_STEPS[name](coordinator, pk) for name in names]
    driven(
        Agreement,
        lambda: factories.complete(coordinator),
        steps,
        rules.AGREEMENT_TRANSITIONS,
        AgreementStatus,
    )


def promise_steps(actor):
    return {
        "edit": lambda pk: promises.promise_edit(
            promise_id=pk, changes={"measured_by": f"Antal {AuditRecord.objects.count()}"},
            actor=actor,
        ),
        "give": lambda pk: promises.promise_give(promise_id=pk, actor=actor),
        **{
            str(verdict): lambda pk, verdict=verdict: promises.promise_judge(
                promise_id=pk, verdict=verdict, evidence="Se journalen.", actor=actor
            )
            for verdict in PromiseStatus
        },
        "nothing shows it": lambda pk: promises.promise_judge(
            promise_id=pk, verdict=PromiseStatus.KEPT, evidence=" ", actor=actor
        ),
    }  # fmt: skip


@quick
@given(names=st.lists(st.sampled_from(sorted(promise_steps(None))), max_size=9))
def test_promises(coordinator, names):
    known = promise_steps(coordinator)
    driven(
        CitizenPromise,
        lambda: factories.promise(coordinator),
        [known[name] for name in names],
        rules.PROMISE_TRANSITIONS,
        PromiseStatus,
    )


def meeting_steps(actor):
    later = factories.at(TODAY + timedelta(days=9))
    return {
        "call": lambda pk: meetings.meeting_call(meeting_id=pk, actor=actor),
        "hold": lambda pk: meetings.meeting_hold(meeting_id=pk, actor=actor),
        "close": lambda pk: meetings.meeting_close(meeting_id=pk, actor=actor),
        "cancel": lambda pk: meetings.meeting_cancel(meeting_id=pk, actor=actor),
        "move": lambda pk: meetings.meeting_move(
            meeting_id=pk, changes={"where": f"Sal {AuditRecord.objects.count()}"}, actor=actor
        ),
        "move backwards": lambda pk: meetings.meeting_move(
            meeting_id=pk, changes={"starts_at": later, "ends_at": later - timedelta(hours=1)},
            actor=actor,
        ),
        "item": lambda pk: items.item_add(meeting_id=pk, title="Torget", actor=actor),
        "attend": lambda pk: meetings.attendance_record(
            meeting_id=pk, came=[(factories.police(), "chef", 2)], actor=actor
        ),
        "decide": lambda pk: [
            items.item_take_no_action(item_id=item.pk, because="Redan gjort.", actor=actor)
            for item in AgendaItem.objects.filter(meeting_id=pk, status="open")
        ]
        or meetings.attendance_record(meeting_id=pk, came=[], actor=actor),
    }  # fmt: skip


@quick
@given(names=st.lists(st.sampled_from(sorted(meeting_steps(None))), max_size=12))
def test_meetings(coordinator, names):
    known = meeting_steps(coordinator)
    driven(
        Meeting,
        lambda: factories.meeting(coordinator),
        [known[name] for name in names],
        rules.MEETING_TRANSITIONS,
        MeetingStatus,
    )
    for closed in Meeting.objects.filter(status=MeetingStatus.CLOSED):
        assert not closed.items.filter(status=ItemStatus.OPEN).exists()


def one_item(actor):
    return factories.held(actor).items.get()


def item_steps(actor):
    ended = (ItemStatus.DONE, ItemStatus.DROPPED, ItemStatus.NO_ACTION, ItemStatus.OPEN)
    return {
        "note": lambda pk: items.item_note(item_id=pk, notes="Sagt.", actor=actor),
        "decide": lambda pk: factories.decided(actor, AgendaItem(pk=pk)),
        "decide half": lambda pk: items.item_decide(
            item_id=pk, decision="Byt.", owner=None, deadline=None, actor=actor
        ),
        "decide late": lambda pk: factories.decided(
            actor, AgendaItem(pk=pk), deadline=TODAY - timedelta(days=400)
        ),
        "no action": lambda pk: items.item_take_no_action(
            item_id=pk, because="Redan gjort.", actor=actor
        ),
        "no reason": lambda pk: items.item_take_no_action(item_id=pk, because="", actor=actor),
        **{
            f"report {status}": lambda pk, status=status: items.item_report(
                item_id=pk, status=status, result="Klart.", actor=actor
            )
            for status in ended
        },
        "report nothing": lambda pk: items.item_report(
            item_id=pk, status=ItemStatus.DONE, result="", actor=actor
        ),
        "close": lambda pk: meetings.meeting_close(
            meeting_id=AgendaItem.objects.get(pk=pk).meeting_id, actor=actor
        ),
    }


@quick
@given(names=st.lists(st.sampled_from(sorted(item_steps(None))), max_size=9))
def test_items(coordinator, names):
    known = item_steps(coordinator)
    driven(
        AgendaItem,
        partial(one_item, coordinator),
        [known[name] for name in names],
        rules.ITEM_TRANSITIONS,
        ItemStatus,
    )
