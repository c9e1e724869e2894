"""Joint priorities: set with the police, followed by a live question, tied to problems."""

from datetime import date

import pytest
from django.utils import timezone

from samhandling_web.agree.partnership import panels, refusals, rules
from samhandling_web.agree.partnership.models import Priority
from samhandling_web.agree.partnership.panels import MeasureLine, MeasuresKnown
from samhandling_web.agree.partnership.selectors import priorities as selectors
from samhandling_web.agree.partnership.services import agreements
from samhandling_web.agree.partnership.services import priorities as services
from samhandling_web.agree.partnership.tests import factories
from samhandling_web.base.accounts.rules import Role
from samhandling_web.base.audit.models import AuditRecord
from samhandling_web.base.common.errors import NotAllowed
from samhandling_web.base.common.free_text import PersonInText
from samhandling_web.understand.places.queries import LiveQuery, QueryKind
from samhandling_web.understand.places.rules import QueryInvalid

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]


@pytest.fixture
def coordinator():
    return factories.person(Role.DISTRICT_COORDINATOR)


@pytest.fixture
def agreement(coordinator):
    return factories.draft(coordinator)


@pytest.mark.parametrize("role", list(Role))
def test_the_police_and_those_who_write_set_priorities(agreement, role):
    actor = factories.person(role, factories.organisation("elsewhere"), "actor")
    if role in {Role.CITY_STRATEGIST, Role.POLICE_LIAISON}:
        priority = factories.priority(actor, agreement)
        assert AuditRecord.objects.get(target_id=priority.pk, kind__endswith="set").actor == actor
        return
    with pytest.raises(NotAllowed):
        factories.priority(actor, agreement)
    assert not Priority.objects.exists()


def test_an_indicator_that_cannot_be_asked_is_refused(coordinator, agreement):
    with pytest.raises(QueryInvalid):
        factories.priority(coordinator, agreement, indicator={"kind": "events", "level": "x"})
    with pytest.raises(refusals.RunsBackwards):
        factories.priority(coordinator, agreement, valid_to=date(2020, 1, 1))
    with pytest.raises(PersonInText):
        factories.priority(coordinator, agreement, title="Anna Andersson ska flytta")
    assert not Priority.objects.exists()


def test_nothing_is_put_first_under_what_is_over(coordinator):
    agreement = factories.signed(coordinator)
    agreements.agreement_end(
        agreement_id=agreement.pk, ended_on=timezone.localdate(), actor=coordinator
    )
    with pytest.raises(rules.AgreementIsFixed, match="uppsagd"):
        factories.priority(coordinator, agreement)


def test_a_change_keeps_in_the_log_what_it_was(coordinator, agreement):
    priority = factories.priority(coordinator, agreement)
    asked = LiveQuery(kind=QueryKind.OBSERVATIONS).as_json()
    services.priority_edit(priority_id=priority.pk, changes={"indicator": asked}, actor=coordinator)
    record = AuditRecord.objects.get(kind="partnership.priority.edited")
    assert record.before["indicator"]["kind"] == "events"
    assert record.after["indicator"]["kind"] == "observations"


def test_the_indicator_says_why_when_there_is_no_value(coordinator, agreement):
    priority = factories.priority(coordinator, agreement)
    followed = selectors.indicator_of(priority, timezone.localdate())
    assert followed.words
    assert not followed.now.is_known
    assert followed.now.problem
    assert len(followed.years) >= 5
    priority.indicator = {"kind": "nothing"}
    assert selectors.indicator_of(priority, timezone.localdate()).problem


def test_a_chain_is_whole_with_a_problem_and_a_measure(coordinator, agreement, monkeypatch):
    priority = factories.priority(coordinator, agreement)
    problem = factories.problem(coordinator)
    (row,) = selectors.priorities_listed(selectors.priorities())
    assert (row.problems, row.has_measure, row.is_whole) == (0, False, False)
    services.problem_link(priority_id=priority.pk, problem=problem, actor=coordinator)
    assert problem not in selectors.problems_to_link(priority)
    monkeypatch.setattr(panels, "_known", [])
    panels.register(
        MeasuresKnown(
            lines=lambda _priority, _actor: [MeasureLine("Ljus", "/atgarder/1/", "pågår")],
            priorities_with=set,
            problems_with=set,
        )
    )
    (row,) = selectors.priorities_listed(selectors.priorities())
    assert row.is_whole
    assert selectors.measures_of(priority, coordinator)[0].title == "Ljus"
    services.problem_unlink(priority_id=priority.pk, problem_id=problem.pk, actor=coordinator)
    assert not priority.problems.exists()
    kinds = AuditRecord.objects.filter(target_type="partnership.priority")
    assert list(kinds.values_list("kind", flat=True))[-2:] == [
        "partnership.priority.problem_linked",
        "partnership.priority.problem_unlinked",
    ]


def test_problems_of_the_agreements_own_district_are_offered(coordinator):
    from samhandling_web.base.areas.models import Area, AreaLevel

    level = AreaLevel.objects.create(slug="district", name="Område", name_plural="Områden")
    north, south = (Area.objects.create(level=level, code=code) for code in "NS")
    priority = factories.priority(coordinator, factories.draft(coordinator, district=north))
    own = factories.problem(coordinator, "Här", district=north)
    factories.problem(coordinator, "Där", district=south)
    factories.problem(coordinator, "Löst", district=north, status="resolved")
    assert list(selectors.problems_to_link(priority)) == [own]
