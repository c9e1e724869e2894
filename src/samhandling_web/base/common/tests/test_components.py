"""Components say in words what they show in colour."""

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.paginator import Paginator
from django.template import Context, Template

from samhandling_web.base.common.style_examples import ExampleJob
from tests.page_rules import faults_of_part

TODAY = date(2026, 3, 2)

# The frame and its maps ask whom the installation serves.
pytestmark = pytest.mark.django_db


def rendered(template: str, **context) -> BeautifulSoup:
    text = Template(template).render(Context(context))
    assert faults_of_part(text) == []
    return BeautifulSoup(text, "html.parser")


@pytest.mark.parametrize(
    ("days", "tone", "words"),
    [
        (24, "success", "24 dagar kvar"),
        (7, "warning", "7 dagar kvar"),
        (1, "warning", "1 dag kvar"),
        (0, "warning", "I dag"),
        (-1, "danger", "1 dag försenad"),
        (-5, "danger", "5 dagar försenad"),
    ],
)
def test_a_clock_has_its_colour_and_says_the_same_in_words(days, tone, words):
    due = TODAY + timedelta(days=days)
    clock = rendered("{% clock due today=today %}", due=due, today=TODAY).select_one(".sam-clock")
    assert clock["data-color"] == tone
    assert clock.get_text(strip=True) == words
    assert clock.time["datetime"] == due.isoformat()


def test_progress_tells_the_share_to_screen_readers():
    job = ExampleJob("Läser", "running", "pågår", 41_250, 66_000)
    bar = rendered("{% progress job %}", job=job).select_one("[role=progressbar]")
    assert bar["aria-valuenow"] == "62"
    assert bar["aria-label"] == "Läser"


def test_progress_without_a_total_claims_no_share():
    job = ExampleJob("Läser", "running", "pågår", 3)
    assert "aria-valuenow" not in rendered("{% progress job %}", job=job).svg.attrs


@pytest.mark.parametrize("state", ["queued", "done", "failed", "cancelled"])
def test_a_job_that_does_not_run_has_no_bar(state):
    job = ExampleJob("Läser", state, "läge", 3, 9)
    page = rendered("{% progress job %}", job=job)
    assert page.select_one("[role=progressbar]") is None
    assert "Läge" in page.get_text()


def test_a_dialog_opener_leads_somewhere_without_scripts():
    opener = rendered('{% dialog_opener "fraga" "Ta bort" "/ta-bort/" %}').a
    assert (opener["href"], opener["data-opens"]) == ("/ta-bort/", "fraga")


def test_what_users_write_is_escaped_in_every_component():
    evil = "<script>alert(1)</script>"
    page = rendered(
        "{% page_header evil %}{{ evil }}{% endpage_header %}{% callout 'info' evil %}{{ evil }}"
        "{% endcallout %}{% empty_state evil %}{{ evil }}{% endempty_state %}{% fact evil evil %}"
        "{% status_tag 'info' evil %}{% toast evil %}{% area_map evil evil name=evil %}{{ evil }}"
        "{% endarea_map %}",
        evil=evil,
    )
    assert page.script is None


def test_pagination_keeps_the_query_and_marks_the_page(rf):
    page = Paginator(range(240), 20).page(3)
    part = rendered("{% pagination page %}", page=page, request=rf.get("/?kind=jobs&page=3"))
    assert part.select_one("[rel=next]")["href"] == "?kind=jobs&page=4"
    assert part.select_one("[aria-current=page]").get_text() == "3"


def test_one_page_needs_no_pagination(rf):
    page = Paginator(range(3), 20).page(1)
    part = rendered("{% pagination page %}", page=page, request=rf.get("/"))
    assert part.get_text(strip=True) == ""


def test_the_open_tab_is_marked(rf):
    rows = [("Ett", "/ett/"), ("Två", "/tva/", 7)]
    part = rendered("{% tabs rows 'Vyer' %}", rows=rows, request=rf.get("/tva/"))
    assert part.select_one("[aria-current]").get_text().split() == ["Två", "7"]


def test_a_map_carries_its_texts_and_a_fallback():
    part = rendered(
        "{% area_map 'Karta' '/o.geojson' value='rate' breaks='5,10' %}"
        "Se tabellen.{% endarea_map %}"
    )
    element = part.find("sam-map")
    assert (element["areas"], element["value"], element["breaks"]) == ("/o.geojson", "rate", "5,10")
    assert element["text-area"] == "Område"
    assert element.get_text() == "Se tabellen."
