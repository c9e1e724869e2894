"""From draft to adopted document, each refusal on the way, and that adopted means fixed."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from samhandling_web.base.accounts.rules import Role
from samhandling_web.base.audit.models import AuditRecord
from samhandling_web.base.common.errors import NotAllowed
from samhandling_web.understand.picture import permissions, rules, selectors, services
from samhandling_web.understand.picture.models import Picture
from samhandling_web.understand.picture.rules import Part, Status
from samhandling_web.understand.picture.tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator():
    return factories.person(Role.DISTRICT_COORDINATOR)


@pytest.fixture
def strategist():
    return factories.person(Role.CITY_STRATEGIST)


def test_the_whole_way_is_recorded(coordinator, strategist):
    picture = factories.adopted(coordinator, strategist)
    kinds = AuditRecord.objects.filter(target_id=picture.pk).values_list("kind", flat=True)
    assert [kind.rsplit(".", 1)[1] for kind in kinds] == [
        "drafted",
        "edited",
        "figures_filled",
        "submitted",
        "adopted",
    ]


def test_others_do_not_write_a_districts_picture(coordinator):
    elsewhere = factories.person(
        Role.DISTRICT_COORDINATOR, factories.organisation("district-south"), "south"
    )
    picture = factories.draft(coordinator)
    with pytest.raises(NotAllowed):
        factories.draft(elsewhere)
    with pytest.raises(NotAllowed):
        services.picture_edit(picture_id=picture.pk, changes={"mapping": "x"}, actor=elsewhere)
    assert not permissions_agree(elsewhere, picture)


def permissions_agree(actor, picture):
    """The list and the single object must answer alike; return that answer."""
    listed = selectors.pictures_visible_to(actor).filter(pk=picture.pk).exists()
    assert listed == permissions.may_read(actor, picture)
    return listed


@pytest.mark.parametrize("role", list(Role))
def test_drafts_and_adopted_are_listed_for_those_who_may_read_them(coordinator, strategist, role):
    reader = factories.person(role, factories.organisation("elsewhere"), "reader")
    sees_draft = permissions_agree(reader, factories.draft(coordinator))
    sees_adopted = permissions_agree(reader, factories.adopted(coordinator, strategist))
    assert sees_draft == (role in {Role.CITY_STRATEGIST, Role.ANALYST, Role.ADMINISTRATOR})
    assert sees_adopted == (role != Role.PROPERTY_OWNER)


def test_an_incomplete_picture_is_not_handed_in(coordinator):
    picture = factories.draft(coordinator)
    with pytest.raises(rules.PartsMissing):
        services.picture_submit(picture_id=picture.pk, actor=coordinator)
    picture.refresh_from_db()
    assert picture.status == Status.DRAFT


def test_a_new_period_takes_the_figures_away(coordinator):
    picture = factories.complete(coordinator)
    changed = services.picture_edit(
        picture_id=picture.pk, changes={"period_end": date(2025, 3, 31)}, actor=coordinator
    )
    assert changed.figures is None


def test_a_picture_under_review_is_fixed_until_it_is_returned(coordinator, strategist):
    picture = factories.complete(coordinator)
    services.picture_submit(picture_id=picture.pk, actor=coordinator)
    with pytest.raises(rules.PictureIsFixed):
        services.picture_edit(picture_id=picture.pk, changes={"mapping": "x"}, actor=coordinator)
    services.picture_return(picture_id=picture.pk, reason="Analysen är tunn", actor=strategist)
    services.picture_edit(picture_id=picture.pk, changes={"mapping": "x"}, actor=coordinator)


@pytest.mark.parametrize(
    ("decision", "missing"),
    [
        ({"adopted_by": None}, "organ"),
        ({"adopted_on": None}, "beslutsdatum"),
        ({"case_number": "  "}, "diarienummer"),
    ],
)
def test_an_incomplete_decision_is_refused(coordinator, strategist, decision, missing):
    picture = factories.complete(coordinator)
    services.picture_submit(picture_id=picture.pk, actor=coordinator)
    values = {
        "adopted_by": factories.organisation(),
        "adopted_on": date(2025, 1, 1),
        "case_number": "1",
    }
    with pytest.raises(rules.DecisionIncomplete, match=missing):
        services.picture_adopt(picture_id=picture.pk, actor=strategist, **(values | decision))


def test_a_decision_is_not_registered_before_it_is_taken(coordinator, strategist):
    with pytest.raises(rules.DecisionInFuture):
        factories.adopted(coordinator, strategist, timezone.localdate() + timedelta(days=1))


def test_the_writer_does_not_adopt_alone(strategist):
    with pytest.raises(rules.SamePersonTwice):
        factories.adopted(strategist, strategist)


def test_who_has_written_all_of_it_does_not_adopt_it_either(coordinator, strategist):
    """Somebody else may have begun the draft; what counts is who wrote what is in it."""
    picture = factories.draft(coordinator)
    texts = dict.fromkeys(("mapping", "other_information", "analysis"), "Text.")
    services.picture_edit(picture_id=picture.pk, changes=texts, actor=strategist)
    assert selectors.writers_of(picture) == {strategist.pk}
    services.picture_edit(picture_id=picture.pk, changes={"analysis": "Ny."}, actor=coordinator)
    assert selectors.writers_of(picture) == {coordinator.pk, strategist.pk}


def test_a_coordinator_does_not_register_decisions(coordinator):
    other = factories.person(Role.DISTRICT_COORDINATOR, None, "other")
    with pytest.raises(NotAllowed):
        factories.adopted(coordinator, other)


def test_adopted_is_fixed_for_service_orm_and_sql(coordinator, strategist):
    picture = factories.adopted(coordinator, strategist)
    with pytest.raises(rules.PictureIsFixed):
        services.picture_edit(picture_id=picture.pk, changes={"mapping": "x"}, actor=coordinator)
    for attempt in (
        lambda: Picture.objects.filter(pk=picture.pk).update(mapping="x"),
        picture.save,
        picture.delete,
        lambda: execute(f"UPDATE picture_picture SET status = 'draft' WHERE id = {picture.pk}"),
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            attempt()
    assert not list(selectors.changed_documents())


def execute(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


def behind_the_rules(statement):
    if connection.vendor == "postgresql":
        execute("SET session_replication_role = replica")
        execute(statement)
        execute("SET session_replication_role = DEFAULT")
        return
    execute("DROP TRIGGER picture_picture_UPDATE_refused")
    execute("DROP TRIGGER picture_picture_DELETE_refused")
    execute(statement)


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("UPDATE picture_picture SET mapping = 'Allt är bra.'", "changed"),
        ("UPDATE picture_picture SET figures = '[]'", "changed"),
        ("UPDATE picture_picture SET status = 'draft'", "no longer there"),
        ("DELETE FROM picture_picture", "no longer there"),
    ],
)
def test_whoever_gets_past_the_rules_is_found_out(coordinator, strategist, statement, fault):
    picture = factories.adopted(coordinator, strategist)
    behind_the_rules(statement)
    (finding,) = selectors.changed_documents()
    assert f"picture {picture.pk}" in finding.subject
    assert fault in finding.fault


def test_a_new_version_starts_from_the_old_and_is_compared_with_it(coordinator, strategist):
    old = factories.adopted(coordinator, strategist)
    period = (date(2025, 1, 1), date(2026, 12, 31))
    new = services.picture_new_version(picture_id=old.pk, period=period, actor=coordinator)
    again = services.picture_new_version(picture_id=old.pk, period=period, actor=coordinator)
    assert (new.version, again.pk) == (2, new.pk)
    edited = services.picture_edit(
        picture_id=new.pk,
        changes={"mapping": "Skadegörelse minskar vid torget."},
        actor=coordinator,
    )
    changes = selectors.compared_with_previous(edited)[Part.MAPPING]
    assert selectors.next_version(old, coordinator) == new
    reader = factories.person(Role.GUARD, factories.organisation("elsewhere"), "reader")
    assert selectors.next_version(old, reader) is None
    assert [(c.sign, c.words) for c in changes] == [
        ("=", "Skadegörelse"),
        ("-", "ökar"),
        ("+", "minskar"),
        ("=", "vid torget."),
    ]


def test_clocks_come_with_their_pictures_in_one_question(
    coordinator, strategist, django_assert_num_queries
):
    old = factories.adopted(coordinator, strategist)
    period = (date(2025, 1, 1), date(2026, 12, 31))
    services.picture_new_version(picture_id=old.pk, period=period, actor=coordinator)
    with django_assert_num_queries(1):
        (one,) = selectors.standing([(None, "Hela kommunen")], date(2025, 6, 1))
        assert (one.picture.adopted_by.slug, one.picture.previous) == ("council", None)


def test_a_draft_has_no_new_version(coordinator):
    with pytest.raises(rules.TransitionNotAllowed):
        services.picture_new_version(
            picture_id=factories.draft(coordinator).pk, period=factories.PERIOD, actor=coordinator
        )


def test_clocks_name_missing_and_overdue_pictures(coordinator, strategist):
    adopted = factories.adopted(coordinator, strategist, date(2024, 1, 1))
    day_731 = adopted.adopted_on + timedelta(days=731)
    areas = [(None, "Hela kommunen"), (999, "Söder")]
    findings = list(selectors.overdue_pictures(areas, day_731))
    assert [f.subject for f in findings] == ["Hela kommunen", "Söder"]
    assert all(f.is_reminder for f in findings)
    day_730 = day_731 - timedelta(days=1)
    assert not list(selectors.overdue_pictures(areas[:1], day_730))
