"""The thread: the same from every end of it, and no further than the person may see."""

import pytest

from samhandling_web.faces.pages.tests.story import make_story, person
from samhandling_web.faces.pages.thread.links import BEGINNINGS, Link, found_from
from samhandling_web.faces.pages.thread.shown import node_of, thread_from
from tests.page_rules import faults_of_page

pytestmark = pytest.mark.django_db

NAMES = {
    Link.OBSERVATION: "observation",
    Link.FINDING: "finding",
    Link.PLACE: "place",
    Link.PROBLEM: "problem",
    Link.PRIORITY: "priority",
    Link.ITEM: "item",
    Link.MEASURE: "measure",
    Link.RESULT: "result",
}


@pytest.mark.parametrize("beginning", BEGINNINGS)
def test_from_every_object_the_whole_thread_is_found(beginning):
    story = make_story()
    found = found_from(beginning, getattr(story, NAMES[beginning]).pk)
    assert found.numbers == {link: {getattr(story, name).pk} for link, name in NAMES.items()}


def test_what_hangs_together_is_joined_in_the_threads_order():
    story = make_story()
    order = list(Link)
    for (one, _first), (other, _second) in found_from(Link.PROBLEM, story.problem.pk).pairs:
        assert order.index(one) < order.index(other)


def test_what_hangs_together_with_nothing_is_alone_and_says_what_is_missing():
    story = make_story()
    thread = thread_from(Link.PLACE, story.elsewhere.pk, person("city_strategist"))
    assert [node.title for column in thread.columns for node in column.nodes] == ["Torget"]
    assert set(thread.missing) == set(Link) - {Link.PLACE}


def test_another_measure_of_the_problem_is_not_what_this_krona_is_for():
    story = make_story()
    other = story.measure
    other.pk, other.status, other.title = None, "proposed", "En annan"
    other.save(force_insert=True)
    assert found_from(Link.MEASURE, other.pk).numbers[Link.MEASURE] == {other.pk}
    assert len(found_from(Link.PROBLEM, story.problem.pk).numbers[Link.MEASURE]) == 2


@pytest.mark.parametrize("beginning", BEGINNINGS)
def test_the_page_shows_each_object_as_a_link_and_in_the_drawing(
    client, beginning, django_assert_max_num_queries
):
    story = make_story()
    client.force_login(person("city_strategist"))
    with django_assert_max_num_queries(25):
        answer = client.get(f"/traden/{beginning}/{getattr(story, NAMES[beginning]).pk}/")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert faults_of_page(page) == []
    for text in ("Stationstunneln", "Otryggt i tunneln", "Ny belysning", "Färre störningar"):
        assert page.count(text) >= 2
    assert "Den här" in page


@pytest.mark.parametrize("beginning", BEGINNINGS)
def test_each_objects_own_page_leads_to_its_thread(client, beginning):
    story, reader = make_story(), person("city_strategist")
    client.force_login(reader)
    thread = f"/traden/{beginning}/{getattr(story, NAMES[beginning]).pk}/"
    found = thread_from(beginning, getattr(story, NAMES[beginning]).pk, reader)
    page = client.get(found.here.url).content.decode()
    assert f'href="{thread}"' in page


def test_a_measure_says_what_it_costs_and_its_result_what_it_cost():
    story = make_story()
    measure, result = story.measure, story.result
    measure.investment_sek, measure.running_sek_per_year, result.spent_sek = 400000, 22000, 44230
    assert node_of(Link.MEASURE, measure).money == "400\xa0000 kr en gång, 22\xa0000 kr per år"
    assert node_of(Link.RESULT, result).money == "kostade 44\xa0230 kr"
    measure.investment_sek = measure.running_sek_per_year = result.spent_sek = None
    assert node_of(Link.MEASURE, measure).money == node_of(Link.RESULT, result).money == ""


def test_what_lies_beyond_the_readers_rights_is_named_and_not_shown(client):
    reporter = person("reporter")
    story = make_story(reporter=reporter)
    client.force_login(reporter)
    page = client.get(f"/traden/iakttagelse/{story.observation.pk}/").content.decode()
    assert "Tråden går vidare, men det här får du inte öppna" in page
    assert "Otryggt i tunneln" not in page
    client.force_login(person("city_strategist"))
    page = client.get(f"/traden/iakttagelse/{story.observation.pk}/").content.decode()
    assert "det här får du inte öppna" not in page


def test_nobody_follows_a_thread_from_what_they_may_not_see(client):
    story = make_story()
    address = f"/traden/atgard/{story.measure.pk}/"
    assert client.get(address).status_code == 302
    client.force_login(person("guard"))
    assert client.get(address).status_code == 404
    client.force_login(person("city_strategist"))
    assert client.get("/traden/atgard/999999/").status_code == 404
    assert client.get(f"/traden/resultat/{story.result.pk}/").status_code == 404
    assert client.post(address).status_code == 405


def test_what_a_person_may_not_see_is_left_out_of_the_thread_and_its_drawing(client):
    story = make_story()
    reporter = person("reporter")
    story.observation.sending.reporter = reporter
    story.observation.sending.save()
    client.force_login(reporter)
    page = client.get(f"/traden/iakttagelse/{story.observation.pk}/").content.decode()
    assert "Ny belysning" not in page
    assert "Otryggt i tunneln" not in page
