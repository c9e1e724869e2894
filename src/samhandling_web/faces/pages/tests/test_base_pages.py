"""Every page of the base renders, keeps the policy, and says what to do next when it cannot."""

import re
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils import translation

from samhandling_web.base.accounts.models import Membership, Organisation, User
from samhandling_web.base.areas.services import municipality_set
from samhandling_web.base.jobs.models import Job
from tests.page_rules import faults_of_page

pytestmark = pytest.mark.django_db

OPEN = [
    "/",
    "/komponenter/",
    "/komponenter/tillganglighet/",
    "/konto/login/",
    "/konto/password/reset/",
    "/konto/password/reset/done/",
    "/konto/signup/",
    "/konto/inactive/",
]
CLOSED = ["/", "/jobb/", "/logg/", "/konto/password/change/", "/konto/2fa/", "/konto/logout/"]


@pytest.fixture
def administrator():
    city = Organisation.objects.create(slug="k", name="Björkhamns kommun", kind="municipality")
    user = User.objects.create_user("a@example.se", "hemligt-ord-1234", first_name="Anna")
    Membership.objects.create(
        user=user, organisation=city, role="administrator", valid_from=date(2020, 1, 1)
    )
    return user


@pytest.mark.parametrize("path", OPEN)
def test_open_pages_render_and_keep_the_rules(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    assert faults_of_page(answer.content.decode()) == []


@pytest.mark.parametrize("path", CLOSED)
def test_pages_behind_sign_in_render_and_keep_the_rules(client, administrator, path):
    client.force_login(administrator)
    answer = client.get(path)
    assert answer.status_code == 200
    assert faults_of_page(answer.content.decode()) == []


@pytest.mark.parametrize("path", [path for path in CLOSED if path not in {"/", "/konto/logout/"}])
def test_pages_behind_sign_in_are_for_those_who_have(client, path):
    answer = client.get(path)
    assert (answer.status_code, answer["Location"]) == (302, f"/konto/login/?next={path}")


@pytest.mark.parametrize("path", OPEN)
def test_the_policy_lets_nothing_in_from_elsewhere(client, path):
    policy = client.get(path)["Content-Security-Policy"]
    directives = dict(part.strip().partition(" ")[::2] for part in policy.split(";"))
    for name in ("default-src", "script-src", "style-src", "form-action"):
        assert directives[name] == "'self'", name
    assert "unsafe" not in policy


def test_every_style_and_script_of_the_frame_is_found(client):
    page = client.get("/komponenter/").content.decode()
    addresses = set(re.findall(r'(?:href|src)="/static/([^"#]+)', page))
    assert len(addresses) > 8
    assert [address for address in sorted(addresses) if not finders.find(address)] == []


def test_every_icon_a_template_asks_for_is_in_the_sprite():
    sprite = Path(finders.find("common/icons.svg")).read_text(encoding="utf-8")
    drawn = set(re.findall(r'id="([a-z-]+)"', sprite))
    source = Path(settings.ROOT) / "src" / "samhandling_web"
    asked = {
        name
        for template in source.rglob("templates/**/*.html")
        for name in re.findall(r'{% icon "([a-z-]+)"', template.read_text(encoding="utf-8"))
    }
    assert len(asked) > 10
    assert asked <= drawn


def test_the_menu_names_the_person_and_her_role(client, administrator):
    client.force_login(administrator)
    page = client.get("/jobb/").content.decode()
    assert "Systemförvaltare" in page
    assert "Björkhamns kommun" in page
    assert 'href="/logg/"' in page


def test_a_role_that_has_ended_is_not_shown(client, administrator):
    administrator.memberships.update(valid_to=date(2021, 1, 1))
    client.force_login(administrator)
    page = client.get("/jobb/").content.decode()
    assert "Systemförvaltare" not in page
    assert 'href="/logg/"' not in page


def test_the_demonstration_says_that_it_is_invented(client, settings):
    settings.DEMO = True
    assert "påhittad stad" in client.get("/").content.decode()
    settings.DEMO = False
    assert "påhittad stad" not in client.get("/").content.decode()


def test_the_municipality_stands_in_title_and_header(client):
    municipality_set(code="9999", name="Björkhamns kommun", actor=None)
    page = client.get("/konto/login/").content.decode()
    assert "<title>Logga in – Samhandling Björkhamns kommun</title>" in " ".join(page.split())
    assert 'class="sam-brand__city">Björkhamns kommun' in page


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("queued", "Avbryt arbetet"),
        ("running", "Avbryt arbetet"),
        ("failed", "Försök igen"),
        ("cancelled", "Försök igen"),
        ("done", "Arbetet är klart"),
    ],
)
def test_a_job_says_what_can_be_done_in_every_state(client, administrator, state, words):
    job = Job.objects.create(
        kind="x", label="Läser in", state=state, done=3, total=9, created_by=administrator,
        error="Rad 4 saknar datum." if state == "failed" else "",
        result={"mottagna": 9} if state == "done" else None,
    )  # fmt: skip
    client.force_login(administrator)
    page = client.get(f"/jobb/{job.pk}/").content.decode()
    assert faults_of_page(page) == []
    assert words in page
    assert ("every 2s" in page) == (state in {"queued", "running"})
    if state == "failed":
        assert "Rad 4 saknar datum." in page


def test_htmx_gets_the_jobs_bar_alone(client, administrator):
    job = Job.objects.create(kind="x", label="Läser in", state="running", created_by=administrator)
    client.force_login(administrator)
    part = client.get(f"/jobb/{job.pk}/", headers={"HX-Request": "true"}).content.decode()
    assert part.strip().startswith('<section id="jobb"')
    assert "<html" not in part


@pytest.mark.parametrize("name", ["400.html", "403.html", "403_csrf.html", "404.html", "500.html"])
def test_error_pages_render_without_a_request(name):
    """The server's own 500 has no request: the page must not need one."""
    page = render_to_string(name)
    assert faults_of_page(page) == []
    assert "Gör så här" in page


def test_a_page_that_is_not_there_is_answered_in_words(client):
    answer = client.get("/finns-inte/")
    assert answer.status_code == 404
    assert "Sidan finns inte" in answer.content.decode()


def test_a_refusal_is_a_page_that_says_what_to_do(client):
    client.force_login(User.objects.create_user("b@example.se", "hemligt-ord-1234"))
    answer = client.get("/logg/")
    assert answer.status_code == 403
    assert "Be din administratör om rätt roll" in answer.content.decode()


@pytest.fixture
def swedish_again():
    yield
    translation.activate("sv")


def test_the_language_switch_answers_in_english(client, swedish_again):
    client.post("/sprak/setlang/", {"language": "en", "next": "/"})
    assert '<html lang="en"' in client.get("/").content.decode()
