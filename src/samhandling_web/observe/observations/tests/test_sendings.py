"""Receiving: whole or not at all, once, and each in its district."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError
from django.utils import timezone

from samhandling_web.base.accounts.rules import Role
from samhandling_web.base.audit.models import AuditRecord
from samhandling_web.base.common.errors import NotAllowed
from samhandling_web.observe.observations import rules, selectors, services
from samhandling_web.observe.observations.models import (
    Category,
    Observation,
    ObservationStep,
    Sending,
)
from samhandling_web.observe.observations.permissions import REPORTERS
from samhandling_web.observe.observations.seen import SendingRefused
from samhandling_web.observe.observations.services import sendings
from samhandling_web.observe.observations.tests.town import (
    NOW,
    at,
    make_town,
    one,
    organisation,
    person,
    seen,
    send,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def districts():
    return make_town()


@pytest.fixture
def reporter():
    return person(Role.REPORTER, at="skolan")


def nothing_stored() -> bool:
    kinds = AuditRecord.objects.values_list("kind", flat=True)
    return (
        not Sending.objects.exists()
        and not Observation.objects.exists()
        and not ObservationStep.objects.exists()
        and "observations.sending.received" not in kinds
    )


def test_several_are_received_together_each_in_its_district(reporter, districts):
    sending = send(reporter, seen(column=0), seen("dark", column=1), seen("safe_place", column=9))
    rows = list(sending.observations.order_by("number"))
    assert [row.number for row in rows] == [1, 2, 3]
    assert [row.district for row in rows] == [districts[0], districts[1], None]
    assert {row.status for row in rows} == {"received"}
    assert (rows[0].longitude, rows[0].latitude) == tuple(at(0)["coordinates"])
    assert [step.status for step in rows[0].steps.all()] == ["received"]
    entry = AuditRecord.objects.get(kind="observations.sending.received")
    assert (entry.actor, entry.after) == (reporter, {"observations": 3, "nothing": False})


def test_the_same_sending_twice_makes_no_row_twice(reporter):
    mark = uuid4()
    first = send(reporter, seen(), seen("dark"), client_id=mark)
    again = send(reporter, seen(), seen("dark"), client_id=mark)
    assert first == again
    assert selectors.receipt_of(first) == selectors.receipt_of(again)
    assert (Sending.objects.count(), Observation.objects.count()) == (1, 2)
    assert AuditRecord.objects.filter(kind="observations.sending.received").count() == 1


def test_of_two_sent_at_once_the_later_gets_the_firsts_receipt(reporter, monkeypatch):
    """The later looked before the first was stored, and meets it in the database."""
    mark = uuid4()
    first = send(reporter, seen(), client_id=mark)
    looked = iter([None, first])
    monkeypatch.setattr(sendings, "_received_before", lambda *_told: next(looked))
    assert send(reporter, seen(), client_id=mark) == first
    assert Observation.objects.count() == 1


def test_another_fault_of_the_database_is_not_taken_for_a_second_sending(reporter, monkeypatch):
    def refuse(*_told):
        raise IntegrityError

    monkeypatch.setattr(sendings, "_observation_store", refuse)
    with pytest.raises(IntegrityError):
        send(reporter, seen())


def test_a_mark_belongs_to_who_sent_it(reporter):
    mark = uuid4()
    send(reporter, seen(), client_id=mark)
    with pytest.raises(rules.WrittenByAnother):
        send(person(Role.GUARD), seen(), client_id=mark)
    assert Sending.objects.count() == 1


def test_that_nothing_happened_is_a_report(reporter):
    sending = send(reporter)
    assert sending.is_nothing_to_report
    assert not sending.observations.exists()


@pytest.mark.parametrize("role", Role)
def test_who_may_report(role):
    actor = person(role)
    if role in REPORTERS:
        send(actor, seen())
    else:
        with pytest.raises(NotAllowed):
            send(actor, seen())
        assert nothing_stored()


def test_all_that_is_wrong_is_said_at_once_and_nothing_is_stored(reporter):
    wrong = [
        seen(),
        seen("no_such", text="Anna Andersson slog"),
        seen(geometry=None, start=timezone.now() + timedelta(days=2)),
        seen(geometry={"type": "Point", "coordinates": [500, 1]}, place_name="811218+9876"),
    ]
    with pytest.raises(SendingRefused) as refused:
        send(reporter, *wrong)
    found = {(fault.number, fault.field) for fault in refused.value.faults}
    assert found == {
        (2, "category"), (2, "text"), (3, "place"), (3, "start"), (3, "end"),
        (4, "place"), (4, "place_name"),
    }  # fmt: skip
    assert "personnummer" in str(refused.value)
    assert nothing_stored()


@pytest.mark.parametrize(
    ("count", "nothing", "error"),
    [(0, False, rules.NothingInSending), (1, True, rules.NothingInSending),
     (31, False, rules.TooManyInSending)],
)  # fmt: skip
def test_a_sending_holds_something_and_not_too_much(reporter, count, nothing, error):
    with pytest.raises(error):
        services.sending_receive(
            client_id=uuid4(),
            observations=[seen()] * count,
            typed_at=NOW,
            actor=reporter,
            nothing=nothing,
        )
    assert nothing_stored()


def test_a_retired_category_is_not_reported(reporter):
    Category.objects.filter(slug="dark").update(is_active=False)
    with pytest.raises(SendingRefused, match="används inte längre"):
        send(reporter, seen("dark"))


def test_who_reports_for_two_organisations_says_for_which(reporter):
    reporter.memberships.create(
        organisation=organisation("parken"), role=Role.REPORTER, valid_from="2020-01-01"
    )
    with pytest.raises(rules.ChooseOrganisation):
        send(reporter, seen())
    told = {"client_id": uuid4(), "observations": [seen()], "typed_at": NOW, "actor": reporter}
    with pytest.raises(rules.ChooseOrganisation):
        services.sending_receive(**told, organisation_id=organisation("annan").pk)
    sending = services.sending_receive(**told, organisation_id=organisation("parken").pk)
    assert sending.organisation.slug == "parken"


def test_a_clock_that_is_fast_does_not_write_ahead(reporter):
    ahead = timezone.now() + timedelta(days=3)
    assert send(reporter, seen(), typed_at=ahead).typed_at <= timezone.now()


def test_a_place_with_the_name_of_a_district_lies_there(reporter, districts):
    assert one(reporter, geometry=None, place_name="mitt").district == districts[1]
    assert one(reporter, geometry=None, place_name="Baksidan").district is None


def test_a_named_place_is_otherwise_the_senders_own_district(districts):
    actor = person(Role.SCHOOL, at="söder")
    assert one(actor, geometry=None, place_name="Baksidan").district == districts[2]


def test_one_can_be_joined_as_it_is_sent(reporter):
    first = one(person(Role.GUARD))
    second = one(reporter, joins=first.pk)
    assert (second.status, second.joined_to) == ("joined", first)
    assert [step.status for step in second.steps.all()] == ["received", "joined"]


def test_only_what_was_shown_as_near_can_be_joined(reporter):
    far = one(person(Role.GUARD), geometry=at(0, 0.9))
    with pytest.raises(SendingRefused, match="intill"):
        one(reporter, joins=far.pk)
    assert Observation.objects.count() == 1


def near(actor, category="vandalism_graffiti", **changes):
    told = seen(category, **changes)
    point = tuple(told.geometry["coordinates"]) if told.geometry else None
    where = selectors.Near(category, told.start, told.end, point, told.place_name)
    return selectors.near_places(actor, where)


@pytest.mark.parametrize(
    ("changes", "is_near"),
    [
        ({}, True),
        ({"start": NOW + timedelta(hours=12), "end": NOW + timedelta(hours=12)}, True),
        ({"start": NOW + timedelta(hours=13), "end": NOW + timedelta(hours=13)}, False),
        ({"geometry": at(0, 0.51)}, True),
        ({"geometry": at(0, 0.64)}, False),
        ({"category": "dark"}, False),
    ],
)  # a hundredth of a degree north is 1,113 metres
def test_near_is_one_category_150_metres_and_12_hours(reporter, changes, is_near):
    known = one(reporter)
    assert near(reporter, **changes) == ([known] if is_near else [])


def test_places_of_one_name_are_near(reporter):
    known = one(reporter, geometry=None, place_name="Torget")
    assert near(reporter, geometry=None, place_name="Torget") == [known]
    assert near(reporter, geometry=None, place_name="") == []


def test_a_restricted_category_is_not_shown_to_those_who_may_not_see_it(reporter):
    known = one(reporter, "honour")
    assert near(reporter, "honour") == []
    assert near(person(Role.SOCIAL_SERVICES), "honour") == [known]


def test_what_is_joined_is_not_offered_for_joining(reporter):
    first = one(reporter)
    one(person(Role.GUARD), joins=first.pk)
    assert near(reporter) == [first]
