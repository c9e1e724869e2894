"""Role × object × channel: lists, single objects and rights answer alike for everybody."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from samhandling_web.agree.partnership import permissions
from samhandling_web.agree.partnership.rules import CouncilKind
from samhandling_web.agree.partnership.selectors import (
    agreements,
    councils,
    items,
    priorities,
    promises,
)
from samhandling_web.agree.partnership.tests import factories
from samhandling_web.base.accounts.rules import Role
from samhandling_web.base.audit.models import AuditRecord

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]
READERS = set(Role) - {Role.REPORTER, Role.PROPERTY_OWNER, Role.GUARD}


@pytest.fixture
def made():
    coordinator = factories.person(Role.DISTRICT_COORDINATOR)
    agreement = factories.signed(coordinator)
    local = factories.held(coordinator, group=factories.council(coordinator))
    operative = factories.held(
        coordinator, group=factories.council(coordinator, CouncilKind.OPERATIVE)
    )
    return {
        "agreement-detail": agreement,
        "document": agreement,
        "priority-detail": factories.priority(coordinator, agreement),
        "promise-detail": factories.promise(coordinator),
        "council-detail": local.council,
        "meeting-detail": local,
        "operative": operative,
        "item-detail": local.items.get(),
    }


@pytest.mark.parametrize("role", [None, *Role])
def test_pages_lists_and_rights_answer_alike(client, made, role):
    user = AnonymousUser()
    if role is not None:
        user = factories.person(role, factories.organisation("elsewhere"), "reader")
        client.force_login(user)
    reads = role in READERS
    assert permissions.may_read(user) == reads
    for name, target in made.items():
        page = "meeting-detail" if name == "operative" else name
        expected = reads and not (name == "operative" and role == Role.BOARD_MEMBER)
        status = client.get(reverse(f"partnership:{page}", args=[target.pk])).status_code
        assert (status == 200) == expected, name
    for found, name in (
        (agreements.agreements_visible_to(user), "agreement-detail"),
        (priorities.priorities_visible_to(user), "priority-detail"),
        (promises.promises_visible_to(user), "promise-detail"),
        (councils.councils_visible_to(user), "council-detail"),
        (councils.meetings_visible_to(user), "meeting-detail"),
        (items.items_visible_to(user), "item-detail"),
    ):
        assert found.filter(pk=made[name].pk).exists() == reads, name
    operative = councils.meetings_visible_to(user).filter(pk=made["operative"].pk).exists()
    assert operative == (reads and role != Role.BOARD_MEMBER)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.CITY_STRATEGIST])
def test_no_step_is_taken_by_who_may_not(client, made, role):
    """Every address that changes something, asked by everybody from another organisation."""
    client.force_login(factories.person(role, factories.organisation("elsewhere"), "reader"))
    agreement, meeting, item = (
        made[name] for name in ("agreement-detail", "meeting-detail", "item-detail")
    )
    steps = [
        *((name, agreement.pk) for name in (
            "agreement-edit", "party-add", "document", "agreement-sign", "agreement-end",
            "agreement-replace",
        )),
        ("party-remove", agreement.pk, agreement.parties.first().pk),
        *((name, made["promise-detail"].pk) for name in (
            "promise-edit", "promise-give", "promise-judge",
        )),
        *((name, made["council-detail"].pk) for name in ("council-edit", "seat-add")),
        *((name, meeting.pk) for name in ("meeting-edit", "agenda-make", "attendance-record")),
        ("meeting-step", meeting.pk, "avsluta"),
        *((name, item.pk) for name in ("item-save", "item-strike", "item-report")),
        *(() if role == Role.POLICE_LIAISON else (
            ("priority-edit", made["priority-detail"].pk),
            ("problem-link", made["priority-detail"].pk),
            ("item-add", meeting.pk),
            ("item-move", item.pk, "upp"),
        )),
    ]  # fmt: skip
    typed = {
        "title": "x", "organisation": factories.police().pk, "position": "chef",
        "signed_on": "2026-01-01", "ended_on": "2026-01-01", "verdict": "kept", "evidence": "x",
        "status": "done", "result": "x",
        "problem": factories.problem(factories.person(Role.ANALYST, None, "analyst")).pk,
    }  # fmt: skip
    records = AuditRecord.objects.count()
    for name, *arguments in steps:
        typed["document"] = factories.pdf()
        answer = client.post(reverse(f"partnership:{name}", args=arguments), typed)
        assert answer.status_code in {403, 404}, (name, answer.status_code)
    assert AuditRecord.objects.count() == records


@pytest.mark.parametrize("role", list(Role))
def test_who_writes_where(role):
    own, other = factories.organisation("own"), factories.organisation("other")
    user = factories.person(role, own)
    everywhere = role == Role.CITY_STRATEGIST
    in_own = everywhere or role == Role.DISTRICT_COORDINATOR
    sets = role == Role.POLICE_LIAISON
    assert permissions.may_write(user, own) == in_own
    assert permissions.may_write(user, other) == everywhere
    assert permissions.may_begin(user) == in_own
    for may in (permissions.may_set_priorities, permissions.may_bring_up):
        assert may(user, other) == (everywhere or sets)
        assert may(user, own) == (in_own or sets)
    assert permissions.may_report(user, own) == (role != Role.REPORTER)
    assert permissions.may_report(user, other) == everywhere
    written = set(permissions.organisations_written_for(user))
    assert written == ({own, other} if everywhere else {own} if in_own else set())


@pytest.mark.parametrize("role", [Role.SCHOOL, Role.BOARD_MEMBER, Role.POLICE_LIAISON])
def test_readers_meet_no_buttons_that_refuse_them(client, made, role):
    client.force_login(factories.person(role, factories.organisation("elsewhere"), "reader"))
    text = client.get(
        reverse("partnership:agreement-detail", args=[made["agreement-detail"].pk])
    ).content.decode()
    for label in ("Säg upp", "Börja en ny version", "Ladda upp"):
        assert label not in text
    for name in ("agreement-start", "promise-start", "council-start", "meeting-start"):
        assert client.get(reverse(f"partnership:{name}")).status_code == 403
    may_set = client.get(reverse("partnership:priority-start")).status_code == 200
    assert may_set == (role == Role.POLICE_LIAISON)
    assert client.get(reverse("partnership:promise-edit", args=[made["promise-detail"].pk])
                      ).status_code == 403  # fmt: skip
