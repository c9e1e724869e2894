"""Who may what, role by role, in the own district and in another's."""

import pytest

from samhandling_web.base.accounts.rules import Role
from samhandling_web.base.areas.models import Municipality
from samhandling_web.understand.places import permissions
from samhandling_web.understand.places.models import Place, Problem
from samhandling_web.understand.places.tests import town

pytestmark = pytest.mark.django_db
ANYWHERE = {Role.CITY_STRATEGIST, Role.ANALYST}
OWN = ANYWHERE | {Role.DISTRICT_COORDINATOR}
NO_PLACES = {Role.REPORTER, Role.PROPERTY_OWNER}
PROTECTED = {Role.ADMINISTRATOR, Role.CITY_STRATEGIST, Role.GUARD_COMMAND, Role.POLICE_LIAISON}


@pytest.mark.parametrize("role", Role)
def test_role_by_role(role):
    mine = town.district("W", responsible=town.organisation())
    other = town.district("E", responsible=town.organisation("east-board"))
    actor = town.person(role)
    here, there, nowhere = (Place(district=one) for one in (mine, other, None))
    reads = role not in NO_PLACES
    assert permissions.may_read_places(actor) is reads
    assert permissions.may_read_problems(actor) is (reads and role is not Role.GUARD)
    hidden = Place(visibility="protected")
    assert permissions.may_read_place(actor, hidden) is (role in PROTECTED)
    assert permissions.may_write_place(actor, here) is (role in OWN)
    assert permissions.may_write_place(actor, there) is (role in ANYWHERE)
    assert permissions.may_write_place(actor, nowhere) is (role in ANYWHERE)
    assert permissions.may_write_somewhere(actor) is (role in OWN)
    assert permissions.may_propose_problem(actor) is (role in OWN | {Role.POLICE_LIAISON})
    own = Problem(district=other, created_by=actor, status="identified")
    assert permissions.may_write_problem(actor, own) is (role in OWN | {Role.POLICE_LIAISON})
    own.status = "analysed"
    assert permissions.may_write_problem(actor, own) is (role in ANYWHERE)
    assert permissions.may_step_problem(actor, own) is (role in ANYWHERE)
    districts = set(permissions.districts_written_in(actor))
    expected = {mine, other} if role in ANYWHERE else {mine} if role in OWN else set()
    assert districts == expected


def test_a_district_is_known_by_its_organisations_name_too():
    Municipality.objects.create(code="9999", name="Provstad")
    town.district("W")
    board = town.organisation("Stadsdelsnämnden Väster")
    assert permissions.may_write_in(
        town.person(Role.DISTRICT_COORDINATOR, board), town.district("W")
    )
