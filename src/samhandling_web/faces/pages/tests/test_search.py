"""Search finds what somebody may see, and nothing else."""

import pytest

from samhandling_web.faces.pages.tests.story import make_story, person
from tests.page_rules import faults_of_page

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("tunnel", "Stationstunneln"),
        ("otryggt tunneln", "Otryggt i tunneln"),
        ("belysning", "Ny belysning"),
        ("byt lampor", "Tunneln"),
        ("trasig", "Fynd på vandringar"),
        ("trygga stationer", "Trygga stationer"),
    ],
)
def test_words_are_found_wherever_they_stand(client, words, found):
    make_story()
    client.force_login(person("city_strategist"))
    page = client.get("/sok/", {"q": words}).content.decode()
    assert faults_of_page(page) == []
    assert found in page


def test_a_person_finds_only_what_that_person_may_see(client):
    make_story()
    client.force_login(person("reporter"))
    page = client.get("/sok/", {"q": "belysning"}).content.decode()
    assert "Ny belysning" not in page
    assert "Inget hittades" in page


def test_nothing_is_sought_for_a_single_letter(client, django_assert_max_num_queries):
    make_story()
    client.force_login(person("city_strategist"))
    assert "Ny belysning" not in client.get("/sok/", {"q": "y"}).content.decode()
    with django_assert_max_num_queries(25):
        client.get("/sok/", {"q": "tunnel"})


def test_who_is_not_signed_in_does_not_search(client):
    assert client.get("/sok/").status_code == 302
