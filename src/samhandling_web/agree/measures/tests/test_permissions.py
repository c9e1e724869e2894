"""Who may what, over every role, and that lists answer as the single object does."""

import pytest

from samhandling_web.agree.measures import permissions, services
from samhandling_web.agree.measures.refusals import SamePersonTwice
from samhandling_web.agree.measures.rules import PlanStatus
from samhandling_web.agree.measures.selectors import plans as plan_selectors
from samhandling_web.agree.measures.selectors.measures import measures_visible_to
from samhandling_web.agree.measures.tests import factories
from samhandling_web.base.accounts.models import Organisation
from samhandling_web.base.accounts.rules import Role
from samhandling_web.base.common.errors import NotAllowed
from samhandling_web.base.common.inbox import inbox_of

pytestmark = pytest.mark.django_db
NO_READERS = {Role.REPORTER, Role.GUARD, Role.PROPERTY_OWNER}


@pytest.fixture
def coordinator():
    factories.district()
    return factories.person(Role.DISTRICT_COORDINATOR, name="coordinator")


def listed(actor, measure):
    """The list and the single object must answer alike; return that answer."""
    found = measures_visible_to(actor).filter(pk=measure.pk).exists()
    assert found == permissions.may_read(actor, measure)
    return found


@pytest.mark.parametrize("role", list(Role))
def test_measures_are_listed_for_those_who_may_read_them(coordinator, role):
    measure = factories.proposed(coordinator)
    reader = factories.person(role, factories.organisation("elsewhere"), "reader")
    assert listed(reader, measure) == (role not in NO_READERS)


def test_a_property_owner_reads_what_it_carries_out_itself(coordinator):
    house = factories.organisation("house", "property_owner")
    owner = factories.person(Role.PROPERTY_OWNER, house, "owner")
    own = factories.proposed(coordinator, owner=house)
    other = factories.proposed(coordinator)
    assert listed(owner, own)
    assert not listed(owner, other)


@pytest.mark.parametrize("role", list(Role))
def test_proposing_and_deciding_belong_to_their_roles(coordinator, role):
    measure = factories.proposed(coordinator)
    actor = factories.person(role, name="actor")
    assert permissions.may_propose(actor) == (role in permissions.PROPOSERS)
    decides = role in {Role.CITY_STRATEGIST, Role.DISTRICT_COORDINATOR}
    assert permissions.may_approve(actor, measure) == decides
    if decides:
        services.measure_approve(measure_id=measure.pk, actor=actor)
        return
    with pytest.raises(NotAllowed):
        services.measure_approve(measure_id=measure.pk, actor=actor)


@pytest.mark.parametrize("role", list(Role))
def test_every_step_is_open_to_the_roles_that_carry_out(coordinator, role):
    measure = factories.proposed(coordinator)
    actor = factories.person(role, name="actor")
    own = role in permissions.PROPOSERS
    assert permissions.may_carry_out(actor, measure) == own
    assert permissions.may_edit(actor, measure) == own
    assert permissions.may_withdraw(actor, measure) == own
    elsewhere = factories.person(role, factories.organisation("elsewhere"), "elsewhere")
    assert permissions.may_carry_out(elsewhere, measure) == (role is Role.CITY_STRATEGIST)


def test_a_district_without_a_set_organisation_is_known_by_its_name(coordinator):
    south = factories.district("S")
    south.responsible = None
    south.save()
    board = Organisation.objects.create(
        slug="soder-board", name="Söder stadsdelsnämnd", kind="district_committee"
    )
    named = factories.person(Role.DISTRICT_COORDINATOR, board, "named")
    assert permissions.answers_for_district(named, south)
    assert not permissions.answers_for_district(coordinator, south)
    assert not permissions.answers_for_district(named, None)


@pytest.mark.parametrize("role", list(Role))
def test_plans_are_listed_for_those_who_may_read_them(coordinator, strategist, role):
    measure = factories.approved(coordinator, strategist)
    draft = factories.plan(coordinator, [measure])
    reader = factories.person(role, factories.organisation("elsewhere"), "reader")
    for _turn in range(2):
        found = plan_selectors.plans_visible_to(reader).filter(pk=draft.pk).exists()
        assert found == permissions.may_read_plan(reader, draft)
        if draft.status == PlanStatus.DRAFT:
            assert found == (role in permissions.PLAN_DRAFT_READERS)
            draft = services.plan_adopt(
                plan_id=draft.pk, decision=factories.decision(), actor=strategist
            )
    assert found == (role not in NO_READERS)


def codes(actor, day=None):
    items = inbox_of(actor, day or factories.today())
    return {item.code for item in items if item.code.startswith("measures.")}


def test_what_waits_is_told_to_those_who_do_it_and_goes_when_it_is_done(coordinator, strategist):
    school = factories.person(Role.SCHOOL, name="school")
    measure = factories.proposed(school)
    assert codes(coordinator) == codes(strategist) == {"measures.approval"}
    assert codes(school) == set(), "who proposed does not decide"
    services.measure_approve(measure_id=measure.pk, actor=coordinator)
    assert codes(school) == codes(coordinator) == {"measures.start"}
    assert codes(strategist) == set(), "a district's work waits for the district"


def test_an_ended_measure_waits_for_its_follow_up(coordinator):
    school = factories.person(Role.SCHOOL, name="school")
    measure = factories.ended(school, coordinator)
    assert codes(school) == set()
    assert codes(school, measure.follow_up_on) == {"measures.follow_up"}


def test_a_plan_waits_for_its_follow_up_half_a_year_before(coordinator, strategist):
    measure = factories.approved(coordinator, strategist)
    plan = factories.adopted_plan(coordinator, strategist, [measure])
    due = plan.adopted_on.replace(year=plan.adopted_on.year + 2)
    assert "measures.plan_follow_up" in codes(coordinator, due)
    assert "measures.plan_follow_up" not in codes(coordinator)


def test_the_one_who_begins_again_does_not_decide_on_it(coordinator):
    school = factories.person(Role.SCHOOL, name="school")
    factories.ended(school, coordinator)
    again = factories.proposed(coordinator)
    with pytest.raises(SamePersonTwice):
        services.measure_approve(measure_id=again.pk, actor=coordinator)
