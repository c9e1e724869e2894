"""Which areas an organisation answers for: as set, else by its name, and never somebody else's."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser

from samhandling_web.base.accounts.models import Membership, Organisation, User
from samhandling_web.base.accounts.rules import Role
from samhandling_web.base.areas import services as areas
from samhandling_web.base.areas.answering import areas_answered_for
from samhandling_web.base.areas.models import Area, Municipality
from samhandling_web.base.areas.tests.town import block, division

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]
COORDINATORS = frozenset({Role.DISTRICT_COORDINATOR})


@pytest.fixture
def districts() -> dict[str, Area]:
    Municipality.objects.create(code="9999", name="Exempelstad")
    areas.level_set(slug="district", name="Område", name_plural="Områden", rank=1, actor=None)
    division("district", [("D1", "Väster", block(0, 2)), ("D2", "Öster", block(2, 4))])
    return {area.code: area for area in Area.objects.all()}


def committee(name: str) -> Organisation:
    return Organisation.objects.create(slug=name.lower(), name=name, kind="district_committee")


def member(organisation: Organisation, role: Role = Role.DISTRICT_COORDINATOR) -> User:
    user = User.objects.create_user(f"{role}.{organisation.pk}@example.org")
    since = date(2020, 1, 1)
    Membership.objects.create(user=user, organisation=organisation, role=role, valid_from=since)
    return User.objects.get(pk=user.pk)


def test_what_is_set_goes_before_what_the_name_tells(districts):
    west, east = committee("Nämnden Väster"), committee("Nämnden i Öster")
    assert areas_answered_for(member(west), COORDINATORS) == {districts["D1"].pk}
    Area.objects.filter(code="D2").update(responsible=west)
    assert areas_answered_for(User.objects.get(email__startswith="district"), COORDINATORS) == {
        districts["D2"].pk
    }
    # Whose district another answers for has none, whatever its name.
    assert areas_answered_for(member(east), COORDINATORS) == frozenset()


def test_an_organisation_without_a_districts_name_answers_for_none(districts):
    assert areas_answered_for(member(committee("Bostadsbolaget")), COORDINATORS) == frozenset()


def test_it_takes_a_role_and_an_account(districts):
    guard = member(committee("Nämnden Väster"), Role.GUARD)
    assert areas_answered_for(guard, COORDINATORS) == frozenset()
    assert areas_answered_for(AnonymousUser(), COORDINATORS) == frozenset()
    assert areas_answered_for(None, COORDINATORS) == frozenset()


def test_it_is_asked_once_for_a_person(districts, django_assert_num_queries):
    user = member(committee("Nämnden Väster"))
    assert areas_answered_for(user, COORDINATORS)
    with django_assert_num_queries(0):
        assert areas_answered_for(user, COORDINATORS)
