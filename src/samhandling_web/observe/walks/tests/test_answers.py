"""Findings and their answers: received once, answered by those who may, kept as steps."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.db import transaction
from django.db.utils import DatabaseError
from django.utils import timezone

from samhandling_web.base.accounts.rules import Role
from samhandling_web.base.audit.models import AuditRecord
from samhandling_web.base.common.errors import NotAllowed
from samhandling_web.base.common.free_text import PersonInText
from samhandling_web.base.photos.models import Photo
from samhandling_web.base.photos.rules import PhotoRefused
from samhandling_web.base.photos.tests.pictures import upload
from samhandling_web.observe.walks import permissions, rules, services
from samhandling_web.observe.walks.models import Finding, FindingLink, FindingPhoto, FindingStep
from samhandling_web.observe.walks.rules import FindingStatus, PhotoMoment
from samhandling_web.observe.walks.services import Answer
from samhandling_web.observe.walks.tests import factories

pytestmark = pytest.mark.django_db
SITE = "https://samhandling.example"


@pytest.fixture
def coordinator():
    return factories.coordinator()


@pytest.fixture
def homes():
    return factories.organisation("homes", "company")


def snapshot():
    models = (Finding, FindingStep, FindingLink, FindingPhoto, Photo)
    rows = [list(model.objects.order_by("pk").values()) for model in models]
    return rows, AuditRecord.objects.count()


def refused(error, act, **values):
    before = snapshot()
    with pytest.raises(error):
        act(**values)
    assert snapshot() == before


def test_a_finding_is_received_once(coordinator):
    walk = factories.planned()
    found = factories.found()
    values = {"walk_id": walk.pk, "found": found, "actor": coordinator}
    first, again = services.finding_add(**values), services.finding_add(**values)
    assert first == again
    assert Finding.objects.count() == 1
    assert factories.add(walk).number == 2
    other = factories.planned()
    refused(
        rules.FindingElsewhere,
        services.finding_add,
        walk_id=other.pk,
        found=found,
        actor=coordinator,
    )


def test_a_finding_is_somewhere_and_names_nobody(coordinator):
    values = {"walk_id": factories.planned().pk, "actor": coordinator}
    nowhere = factories.found(position=None, place_name=" ")
    refused(rules.PlaceMissing, services.finding_add, found=nowhere, **values)
    named = factories.found(text="Anna Andersson slog sönder lampan.")
    refused(PersonInText, services.finding_add, found=named, **values)
    stranger = factories.found(repeats=factories.add(factories.planned()))
    refused(rules.RepeatsAnother, services.finding_add, found=stranger, **values)


def test_findings_are_not_taken_before_the_day_or_after_the_meeting(coordinator):
    ahead = factories.planned(planned_at=timezone.now() + timedelta(days=2))
    values = {"found": factories.found(), "actor": coordinator}
    refused(rules.NotTakingFindings, services.finding_add, walk_id=ahead.pk, **values)
    walk = factories.walked()
    factories.add(walk)
    services.walk_feed_back(walk_id=walk.pk, feedback_on=timezone.localdate(), actor=coordinator)
    refused(rules.NotTakingFindings, services.finding_add, walk_id=walk.pk, **values)


def test_photos_are_kept_all_or_none(coordinator, data_folder):
    values = {"walk_id": factories.planned().pk, "actor": coordinator}
    found = factories.found()
    three = [upload() for _ in range(3)]
    refused(
        rules.TooManyPhotos,
        services.finding_add,
        found=found,
        photos=three,
        nobody_recognisable=True,
        **values,
    )
    two = {"found": found, "photos": three[:2]}
    refused(PhotoRefused, services.finding_add, **two, **values)
    finding = services.finding_add(**two, nobody_recognisable=True, **values)
    assert [one.moment for one in finding.photos.all()] == [PhotoMoment.BEFORE] * 2


@pytest.mark.parametrize("role", Role)
def test_who_walks_along_adds_findings(role):
    walk = factories.planned()
    actor = factories.person(role, factories.organisation("elsewhere"), "elsewhere")
    values = {"walk_id": walk.pk, "found": factories.found(), "actor": actor}
    if role in permissions.ADD - {Role.PROPERTY_OWNER} | {Role.CITY_STRATEGIST}:
        services.finding_add(**values)
        return
    refused(NotAllowed, services.finding_add, **values)


def test_an_owner_that_is_asked_to_come_adds_findings(homes):
    owner = factories.person(Role.PROPERTY_OWNER, homes)
    walk = factories.planned()
    walk.invitations.create(role="Förvaltare", organisation=homes)
    factories.add(walk, owner)


@pytest.mark.parametrize("role", Role)
def test_the_owners_people_answer(role, homes):
    finding = factories.with_finding(homes)
    inside = factories.person(role, homes, "inside")
    outside = factories.person(role, factories.organisation("elsewhere"), "outside")
    values = {"finding_id": finding.pk, "answer": Answer(FindingStatus.WILL_NOT, why="Byggs om.")}
    if role is not Role.CITY_STRATEGIST:
        refused(NotAllowed, services.finding_answer, **values, actor=outside)
    if role is Role.BOARD_MEMBER:
        refused(NotAllowed, services.finding_answer, **values, actor=inside)
        return
    assert services.finding_answer(**values, actor=inside).status == FindingStatus.WILL_NOT


def test_an_owner_hands_nothing_over_to_another(homes):
    finding = factories.with_finding(homes)
    deadline = timezone.localdate()
    given = Answer(FindingStatus.WILL_DO, deadline=deadline, owner=factories.organisation("other"))
    actor = factories.person(Role.PROPERTY_OWNER, homes)
    refused(NotAllowed, services.finding_answer, finding_id=finding.pk, answer=given, actor=actor)


def test_an_answer_lacks_nothing_and_is_kept(coordinator, homes, data_folder):
    finding = factories.with_finding()
    values = {"finding_id": finding.pk, "actor": coordinator}
    yesterday = timezone.localdate() - timedelta(days=1)
    for given, error in (
        (Answer(FindingStatus.WILL_DO), rules.DecisionIncomplete),
        (Answer(FindingStatus.WILL_NOT, why=" "), rules.DecisionIncomplete),
        (Answer(FindingStatus.DONE), rules.DecisionIncomplete),
        (Answer(FindingStatus.WILL_DO, deadline=yesterday, owner=homes), rules.DayNotPossible),
        (Answer(FindingStatus.WILL_NOT, why="Anna Andersson vill inte."), PersonInText),
        (Answer(FindingStatus.OPEN), rules.FindingTransitionNotAllowed),
    ):
        refused(error, services.finding_answer, answer=given, **values)
    factories.answer(finding, FindingStatus.WILL_DO)
    done = Answer(FindingStatus.DONE, done_on=timezone.localdate())
    photos = {"photos": [upload()], "nobody_recognisable": True}
    finding = services.finding_answer(answer=done, **photos, **values)
    assert [step.status for step in finding.steps.all()] == ["will_do", "done"]
    assert finding.photos.get().moment == PhotoMoment.AFTER
    assert AuditRecord.objects.filter(kind="walks.finding.answered").count() == 2
    with pytest.raises(DatabaseError), transaction.atomic():
        finding.steps.update(why="Nej.")


def test_findings_are_answered_when_the_walk_is_over(coordinator):
    finding = factories.add(factories.planned())
    given = Answer(FindingStatus.WILL_NOT, why="Byggs om.")
    refused(
        rules.NotYetWalked,
        services.finding_answer,
        finding_id=finding.pk,
        answer=given,
        actor=coordinator,
    )


def sent(finding, organisation, coordinator, callbacks):
    """Send a link and return its key, as it stands in the letter."""
    with callbacks(execute=True):
        services.link_send(
            finding_id=finding.pk,
            organisation=organisation,
            email="drift@homes.example",
            site=SITE,
            actor=coordinator,
        )
    return mail.outbox[-1].body.split(f"{SITE}/svar/")[1].split("/")[0]


def test_a_letter_says_little_and_opens_the_finding(
    coordinator, homes, django_capture_on_commit_callbacks
):
    finding = factories.with_finding()
    key = sent(finding, homes, coordinator, django_capture_on_commit_callbacks)
    letter = mail.outbox[-1]
    assert letter.to == ["drift@homes.example"]
    assert "Tunneln" not in letter.body
    assert "lampor" not in letter.body
    link = FindingLink.objects.get()
    assert key not in link.key_hash
    given = Answer(FindingStatus.WILL_DO, deadline=timezone.localdate())
    services.finding_answer_by_link(key=key, answer=given)
    finding.refresh_from_db()
    assert (finding.status, finding.owner) == (FindingStatus.WILL_DO, homes)
    step = finding.steps.last()
    assert (step.actor, step.through) == (None, link)
    changed = Answer(FindingStatus.WILL_NOT, why="Byggs om.")
    refused(rules.AnsweredAlready, services.finding_answer_by_link, key=key, answer=changed)
    done = Answer(FindingStatus.DONE, done_on=timezone.localdate())
    services.finding_answer_by_link(key=key, answer=done)
    refused(rules.AnsweredAlready, services.finding_answer_by_link, key=key, answer=done)


def test_a_link_that_is_old_withdrawn_or_made_up_answers_nothing(
    coordinator, homes, django_capture_on_commit_callbacks
):
    finding = factories.with_finding(homes)
    given = Answer(FindingStatus.WILL_NOT, why="Byggs om.")
    act, error = services.finding_answer_by_link, rules.LinkNotValid
    refused(error, act, key="made-up", answer=given)
    withdrawn = sent(finding, homes, coordinator, django_capture_on_commit_callbacks)
    services.link_withdraw(link_id=FindingLink.objects.get().pk, actor=coordinator)
    refused(error, act, key=withdrawn, answer=given)
    old = sent(finding, homes, coordinator, django_capture_on_commit_callbacks)
    FindingLink.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    refused(error, act, key=old, answer=given)


def test_a_new_owner_ends_the_old_owners_links(
    coordinator, homes, django_capture_on_commit_callbacks
):
    finding = factories.with_finding(homes)
    other = factories.organisation("roads")
    values = {"finding_id": finding.pk, "email": "a@roads.example", "site": SITE}
    refused(
        rules.LinkForAnother, services.link_send, organisation=other, actor=coordinator, **values
    )
    key = sent(finding, homes, coordinator, django_capture_on_commit_callbacks)
    services.finding_assign(finding_id=finding.pk, owner=other, actor=coordinator)
    given = Answer(FindingStatus.WILL_NOT, why="Byggs om.")
    refused(rules.LinkNotValid, services.finding_answer_by_link, key=key, answer=given)
    factories.answer(finding, FindingStatus.WILL_NOT)
    refused(
        rules.OwnerIsFixed,
        services.finding_assign,
        finding_id=finding.pk,
        owner=homes,
        actor=coordinator,
    )
    refused(
        rules.AnsweredAlready, services.link_send, organisation=other, actor=coordinator, **values
    )


@pytest.mark.parametrize(
    "role", sorted(set(Role) - {Role.CITY_STRATEGIST, Role.DISTRICT_COORDINATOR})
)
def test_only_those_who_lead_assign_and_send(role, homes, coordinator):
    finding = factories.with_finding(homes)
    actor = factories.person(role, homes)
    values = {"finding_id": finding.pk, "actor": actor}
    refused(NotAllowed, services.finding_assign, owner=factories.organisation("x"), **values)
    refused(
        NotAllowed,
        services.link_send,
        organisation=homes,
        email="a@homes.example",
        site=SITE,
        **values,
    )
    link = services.link_send(
        finding_id=finding.pk,
        organisation=homes,
        email="a@homes.example",
        site=SITE,
        actor=coordinator,
    )
    refused(NotAllowed, services.link_withdraw, link_id=link.pk, actor=actor)


def test_a_made_up_mark_is_free_to_use(coordinator):
    assert factories.add(factories.planned(), client_id=uuid4()).number == 1
