"""Letting people in and out, roles over time, organisations: success, refusals, the log."""

from datetime import date, timedelta
from smtplib import SMTPServerDisconnected

import pytest
from django.apps import apps
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from samhandling_web.base.accounts import permissions, rules, selectors, services
from samhandling_web.base.accounts.models import Membership, User
from samhandling_web.base.accounts.rules import Role
from samhandling_web.base.accounts.services import people
from samhandling_web.base.accounts.tests.people import START, organisation, person
from samhandling_web.base.common.errors import NotAllowed

pytestmark = pytest.mark.django_db
# The log stands above this room; its table is reached by name.
AuditRecord = apps.get_model("audit", "AuditRecord")
TODAY = timezone.localdate()


@pytest.fixture
def administrator():
    return person("admin@exempel.se", Role.ADMINISTRATOR, first="Ada", last="Min")


@pytest.fixture
def anna():
    return person("anna@exempel.se")


def last_record():
    return AuditRecord.objects.order_by("-sequence").first()


def invite(actor, email="ny@exempel.se"):
    return services.user_invite(
        email=email, first_name="Ny", last_name="Person", site="https://stad.se", actor=actor
    )


def test_a_letter_that_cannot_be_sent_says_what_to_do(
    administrator, django_capture_on_commit_callbacks, monkeypatch
):
    def refused(*_arguments):
        raise SMTPServerDisconnected

    monkeypatch.setattr(people, "send_mail", refused)
    with (
        pytest.raises(rules.LetterNotSent, match=r"ny@exempel\.se"),
        django_capture_on_commit_callbacks(execute=True),
    ):
        invite(administrator)
    assert User.objects.filter(email="ny@exempel.se").exists()


def test_an_invited_person_gets_a_link_and_no_password(
    administrator, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        user = invite(administrator, "Ny@Exempel.se")
    assert user.email == "ny@exempel.se"
    assert not user.has_usable_password()
    [letter] = mail.outbox
    assert letter.to == ["ny@exempel.se"]
    assert "https://stad.se/konto/password/reset/key/" in letter.body
    record = last_record()
    assert (record.kind, record.actor, record.target_id) == (
        "accounts.user.invited",
        administrator,
        str(user.pk),
    )
    assert "password" not in str(record.after)


def test_each_person_has_one_account(administrator, anna):
    with pytest.raises(rules.EmailTaken, match="ANNA@exempel"):
        invite(administrator, "ANNA@exempel.se")
    with pytest.raises(rules.EmailTaken):
        services.user_change(
            user_id=administrator.pk,
            email=anna.email,
            first_name="A",
            last_name="B",
            actor=administrator,
        )


def test_only_administrators_change_accounts(anna):
    analyst = person("utredare@exempel.se", Role.ANALYST)
    member = Membership.objects.get(user=analyst)
    day = {"today": TODAY}
    for act in (
        lambda: invite(analyst),
        lambda: services.invitation_send(user_id=anna.pk, site="", actor=analyst),
        lambda: services.user_change(
            user_id=anna.pk, email="x@x.se", first_name="", last_name="", actor=analyst
        ),
        lambda: services.user_deactivate(user_id=anna.pk, actor=analyst, **day),
        lambda: services.user_activate(user_id=anna.pk, actor=analyst),
        lambda: services.membership_add(
            user_id=anna.pk,
            organisation=organisation(),
            role=Role.ADMINISTRATOR,
            valid_from=TODAY,
            actor=analyst,
        ),
        lambda: services.membership_end(
            membership_id=member.pk, last_day=TODAY, actor=analyst, **day
        ),
        lambda: services.organisation_set(
            slug="x", name="X", kind="company", parent=None, actor=analyst
        ),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert not AuditRecord.objects.exists()


def test_a_role_is_held_from_its_first_day_to_its_last(administrator, anna):
    first, last = TODAY + timedelta(days=1), TODAY + timedelta(days=3)
    services.membership_add(
        user_id=anna.pk,
        organisation=organisation(),
        role=Role.ANALYST,
        valid_from=first,
        valid_to=last,
        actor=administrator,
    )
    held = [anna.memberships.held_on(TODAY + timedelta(days=n)).exists() for n in range(5)]
    assert held == [False, True, True, True, False]
    assert last_record().after["role"] == "analyst"


def add(anna, start, end=None, role=Role.ANALYST):
    return services.membership_add(
        user_id=anna.pk,
        organisation=organisation(),
        role=role,
        valid_from=start,
        valid_to=end,
        actor=None,
    )


def test_the_same_role_cannot_be_held_twice_at_once(anna):
    add(anna, date(2024, 1, 1), date(2024, 6, 30))
    with pytest.raises(rules.RoleHeldAlready, match="Utredare"):
        add(anna, date(2024, 6, 30))
    with pytest.raises(rules.RoleHeldAlready):
        add(anna, date(2023, 1, 1), date(2024, 1, 1))
    add(anna, date(2023, 1, 1), date(2023, 12, 31))
    add(anna, date(2024, 7, 1))
    add(anna, date(2024, 1, 1), role=Role.REPORTER)
    assert anna.memberships.count() == 4


def test_days_that_run_backwards_are_refused(anna):
    with pytest.raises(rules.EndsBeforeStart):
        add(anna, date(2024, 2, 1), date(2024, 1, 1))
    membership = add(anna, TODAY)
    with pytest.raises(rules.EndsBeforeStart):
        services.membership_end(
            membership_id=membership.pk,
            last_day=TODAY - timedelta(days=1),
            actor=None,
            today=TODAY,
        )


def test_an_ended_role_stays_in_the_history(administrator, anna):
    membership = add(anna, START)
    services.membership_end(
        membership_id=membership.pk,
        last_day=TODAY,
        actor=administrator,
        today=TODAY,
        reason="nytt arbete",
    )
    assert list(selectors.memberships_of(anna).values_list("valid_to", flat=True)) == [TODAY]
    record = last_record()
    assert (record.before, record.after, record.reason) == (
        {"to": None},
        {"to": TODAY.isoformat()},
        "nytt arbete",
    )
    with pytest.raises(rules.EndedAlready):
        services.membership_end(
            membership_id=membership.pk,
            last_day=TODAY,
            actor=None,
            today=TODAY + timedelta(days=1),
        )


def test_the_last_administrator_stays(administrator):
    membership = administrator.memberships.get()
    end = {"membership_id": membership.pk, "actor": None, "today": TODAY}
    with pytest.raises(rules.LastAdministrator):
        services.membership_end(last_day=TODAY, **end)
    with pytest.raises(rules.LastAdministrator):
        services.user_deactivate(user_id=administrator.pk, actor=None, today=TODAY)
    administrator.refresh_from_db()
    assert administrator.is_active
    other = person("bo@exempel.se", Role.ADMINISTRATOR)
    services.membership_end(last_day=TODAY, **end)
    assert list(selectors.administrators_on(TODAY + timedelta(days=1))) == [other]


def test_administrators_are_taken_away_one_at_a_time(administrator):
    """Two at once would each see the other and leave nobody (SQLite has one writer anyhow)."""
    if not connection.features.has_select_for_update:
        pytest.skip("this engine locks no rows")
    bo = person("bo@exempel.se", Role.ADMINISTRATOR)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        services.user_deactivate(user_id=bo.pk, actor=administrator, today=TODAY)
    first_lock = next(query["sql"] for query in asked if "FOR UPDATE" in query["sql"])
    assert "accounts_membership" in first_lock
    assert "administrator" in first_lock


def test_a_closed_account_loses_its_roles_and_keeps_its_history(administrator):
    bo = person("bo@exempel.se", Role.ANALYST)
    services.user_deactivate(user_id=bo.pk, actor=administrator, today=TODAY, reason="slutat")
    bo = User.objects.get(pk=bo.pk)
    assert not bo.is_active
    assert bo.memberships.get().valid_to == TODAY
    assert not permissions.holds_role(bo, {Role.ANALYST})
    assert last_record().after == {"is_active": False, "roles_ended": 1}
    with pytest.raises(rules.NotActive):
        services.invitation_send(user_id=bo.pk, site="", actor=administrator)
    with pytest.raises(rules.NotActive):
        add(bo, TODAY)
    services.user_activate(user_id=bo.pk, actor=administrator)
    assert User.objects.get(pk=bo.pk).is_active
    assert last_record().kind == "accounts.user.activated"


def test_administrators_do_not_close_their_own_account(administrator):
    person("bo@exempel.se", Role.ADMINISTRATOR)
    with pytest.raises(rules.NotYourself):
        services.user_deactivate(user_id=administrator.pk, actor=administrator, today=TODAY)


def test_only_what_changed_is_recorded(administrator, anna):
    change = {"user_id": anna.pk, "email": anna.email, "last_name": "Ek", "actor": administrator}
    services.user_change(first_name="Anna", **change)
    assert not AuditRecord.objects.exists()
    services.user_change(first_name="Ann", **change)
    assert (last_record().before, last_record().after) == (
        {"first_name": "Anna"},
        {"first_name": "Ann"},
    )


def test_people_correct_their_own_name(anna):
    services.profile_change(first_name="Annika", last_name="Ek", actor=anna)
    assert User.objects.get(pk=anna.pk).first_name == "Annika"
    assert last_record().actor == anna
    anna.is_active = False
    with pytest.raises(NotAllowed):
        services.profile_change(first_name="X", last_name="Y", actor=anna)


def test_organisations_form_a_tree_without_circles(administrator):
    def put(slug, parent):
        return services.organisation_set(
            slug=slug, name=slug, kind="committee", parent=parent, actor=administrator
        )

    city = put("a-staden", None)
    committee = put("b-namnden", city)
    unit = put("c-enheten", committee)
    put("d-annan", None)
    tree = [(depth, row.slug) for depth, row in selectors.organisation_tree()]
    assert tree == [
        (0, "a-staden"),
        (1, "b-namnden"),
        (2, "c-enheten"),
        (0, "d-annan"),
        (0, "kommunen"),
    ]
    for parent in (city, committee, unit):
        with pytest.raises(rules.OwnPart):
            put("a-staden", parent)
    records = AuditRecord.objects.count()
    put("b-namnden", city)
    assert AuditRecord.objects.count() == records
    assert last_record().kind == "accounts.organisation.set"


def test_people_are_found_by_every_word(administrator, anna):
    assert list(selectors.users_found("ek anna", TODAY)) == [anna]
    assert list(selectors.users_found("exempel", TODAY)) == [anna, administrator]
    assert not selectors.users_found("ek ada", TODAY).exists()
