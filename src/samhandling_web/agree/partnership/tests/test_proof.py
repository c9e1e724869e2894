"""What proves 8-10 §§ lag (2023:196), and what is said to be missing."""

from datetime import timedelta

import pytest
from django.utils import timezone

from samhandling_web.agree.partnership import proof
from samhandling_web.agree.partnership.rules import CouncilKind
from samhandling_web.agree.partnership.services import councils, promises
from samhandling_web.agree.partnership.tests import factories
from samhandling_web.agree.partnership.tests.test_coverage import agree, town  # noqa: F401
from samhandling_web.base.accounts.rules import Role
from tests.page_rules import faults_of_page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]
TODAY = timezone.localdate()


@pytest.fixture
def strategist():
    return factories.person(Role.CITY_STRATEGIST, factories.organisation("kommunen"))


def test_nothing_is_proven_by_nothing():
    agreements, council = proof.paragraphs(TODAY)
    assert (agreements.number, council.number) == ("8–9 §§", "10 §")
    assert not agreements.holds
    assert not council.holds
    assert agreements.missing
    assert council.missing == ("Inget strategiskt råd är upplagt.",)


def test_agreements_are_proof_and_districts_without_are_named(strategist, town):  # noqa: F811
    agree(strategist, "D1", case_number="KS 2026/7")
    promise = factories.promise(strategist)
    promises.promise_give(promise_id=promise.pk, actor=strategist)
    agreements, _council = proof.paragraphs(TODAY)
    assert agreements.holds
    assert "KS 2026/7" in agreements.facts[0].words
    assert agreements.facts[0].url.startswith("/overenskommelser/")
    assert "1 medborgarlöften" in agreements.facts[1].words
    assert agreements.missing == ("Utan giltig överenskommelse: Mitten, Öster.",)


def test_a_strategic_council_needs_members_and_meetings(strategist):
    leader = factories.organisation("kommunen")
    group = factories.council(strategist, CouncilKind.STRATEGIC, leader=leader)
    _agreements, council = proof.paragraphs(TODAY)
    assert not council.holds
    assert len(council.missing) == 2
    for organisation, position in ((leader, "kommundirektör"), (factories.police(), "polischef")):
        councils.seat_add(
            council_id=group.pk, organisation=organisation, position=position,
            is_chair=False, actor=strategist,
        )  # fmt: skip
    factories.held(strategist, group=group, day=TODAY - timedelta(days=400))
    assert len(proof.paragraphs(TODAY)[1].missing) == 1
    meeting = factories.held(strategist, group=group, day=TODAY - timedelta(days=30))
    factories.decided(strategist, meeting.items.first())
    _agreements, council = proof.paragraphs(TODAY)
    assert council.holds
    assert council.missing == ()
    assert "polischef" in council.facts[0].words
    assert "1 möten det senaste året, 1 beslut" in council.facts[0].words


def test_the_law_on_one_page_shows_them_in_their_place(client, strategist):
    factories.signed(strategist, title="Med polisen", owner=factories.organisation("kommunen"))
    client.force_login(strategist)
    text = client.get("/lagen/").content.decode()
    assert faults_of_page(text) == []
    places = [text.index(f">{number}</h2>") for number in ("7 §", "8–9 §§", "10 §", "12 §")]
    assert places == sorted(places)
    assert "Med polisen" in text
    assert "Det strategiska rådet" not in text


def test_the_law_links_to_what_the_reader_may_open(client, strategist):
    """Reporters read the law's page, and not the agreements."""
    agreement = factories.signed(strategist, title="Med polisen")
    address = f"/overenskommelser/{agreement.pk}/"
    for user, is_linked in (
        (strategist, True),
        (factories.person(Role.REPORTER, factories.organisation("hem")), False),
    ):
        client.force_login(user)
        text = client.get("/lagen/").content.decode()
        assert "Med polisen" in text
        assert (address in text) is is_linked
        assert (client.get(address).status_code == 200) is is_linked
