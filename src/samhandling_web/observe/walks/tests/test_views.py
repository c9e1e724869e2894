"""Pages of walks: from plan to notice, wrong role, wrong method, number of queries."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from samhandling_web.base.accounts.rules import Role
from samhandling_web.base.audit.models import AuditRecord
from samhandling_web.observe.walks import permissions
from samhandling_web.observe.walks.models import Finding, Walk
from samhandling_web.observe.walks.rules import FindingStatus
from samhandling_web.observe.walks.tests import factories
from tests.page_rules import faults_of_page

pytestmark = pytest.mark.django_db
BASE = "/trygghetsvandringar/"


@pytest.fixture
def coordinator(client):
    user = factories.coordinator()
    client.force_login(user)
    return user


def page_of(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status, address
    page = answer.content.decode()
    assert not faults_of_page(page), address
    return page


def typed(**changes):
    """What the finding's form sends."""
    return {
        "client_id": str(uuid4()),
        "safety": "unsafe",
        "category": factories.category().pk,
        "text": "Två lampor lyser inte.",
        "place_name": "Tunneln",
        "position_latitude": "59.86",
        "position_longitude": "17.65",
        "cost_class": "unknown",
    } | changes


def planned_on_page(**changes):
    now = timezone.localtime() - timedelta(hours=2)
    return {
        "title": "Runt torget",
        "organiser": factories.organisation().pk,
        "planned_at": f"{now:%Y-%m-%dT%H:%M}",
        "route_corners": "59.86, 17.65\n59,861 17,652",
        "asked-TOTAL_FORMS": "2",
        "asked-INITIAL_FORMS": "0",
        "asked-0-role": "Boende",
        "asked-0-invited": "6",
        "asked-1-role": "",
    } | changes


def test_from_plan_to_notice(client, coordinator):
    assert client.post(f"{BASE}ny/", planned_on_page()).status_code == 302
    walk = Walk.objects.get()
    here = f"{BASE}{walk.pk}/"
    assert walk.route["coordinates"][1] == [17.652, 59.861]
    assert "Boende" in page_of(client, f"{here}plan/")
    page_of(client, f"{here}andra/")
    page_of(client, f"{here}ga/")
    assert client.post(f"{here}ga/fynd/", typed()).status_code == 302
    assert "Registrera vandringen" in page_of(client, here)
    when = f"{timezone.localtime() - timedelta(hours=1):%Y-%m-%dT%H:%M}"
    came = {"walked_at": when, "light": "dark", "women_25-64": "4"}
    assert client.post(f"{here}genomford/", came).status_code == 302
    finding = Finding.objects.get()
    assert "1 fynd saknar svar" in page_of(client, here)
    today = timezone.localdate().isoformat()
    assert client.post(f"{here}aterkoppla/", {"feedback_on": today}).status_code == 302
    refused = client.post(f"{here}avsluta/")
    assert refused.status_code == 422
    assert "fynd saknar svar" in refused.content.decode()
    answer = {"target": "will_not", "why": "Gatan byggs om."}
    there = f"{BASE}fynd/{finding.pk}/"
    page_of(client, there)
    assert client.post(f"{there}svar/", answer).status_code == 302
    assert "görs inte: Gatan byggs om." in page_of(client, here)
    assert client.post(f"{here}besked/", {"notice": "Lamporna byts."}).status_code == 302
    assert client.post(f"{here}avsluta/").status_code == 302
    assert "Historik" in page_of(client, here)
    client.logout()
    walk.refresh_from_db()
    notice = client.get(f"{BASE}besked/{walk.notice_key}/")
    assert "Lamporna byts." in notice.content.decode()
    assert "noindex" in notice["X-Robots-Tag"]
    assert coordinator.email not in notice.content.decode()
    assert not faults_of_page(notice.content.decode())


def test_a_notice_that_is_not_given_has_no_page(client):
    walk = factories.walked()
    assert client.get(f"{BASE}besked/{walk.notice_key}/").status_code == 404


def test_what_was_typed_comes_back_with_the_reason(client, coordinator):
    answer = client.post(f"{BASE}ny/", planned_on_page(**{"asked-0-role": "Anna Andersson"}))
    assert answer.status_code == 422
    assert "nämna en person" in answer.content.decode()
    assert not Walk.objects.exists()
    walk = factories.planned()
    wrong = typed(
        text="811228-9874 vid torget", place_name="", position_latitude="", position_longitude=""
    )
    answer = client.post(f"{BASE}{walk.pk}/ga/fynd/", wrong)
    assert answer.status_code == 422
    assert "personnummer" in answer.content.decode()
    crooked = client.post(f"{BASE}ny/", planned_on_page(route_corners="torget"))
    assert "går inte att läsa" in crooked.content.decode()


def test_the_telephones_store_is_told_in_json(client, coordinator):
    walk = factories.planned()
    address, accept = f"{BASE}{walk.pk}/ga/fynd/", {"HTTP_ACCEPT": "application/json"}
    sent = typed()
    numbers = [client.post(address, sent, **accept).json()["number"] for _ in range(2)]
    assert numbers == [1, 1]
    assert Finding.objects.count() == 1
    answer = client.post(
        address, typed(place_name="", position_latitude="", position_longitude=""), **accept
    )
    assert answer.status_code == 422
    assert "Säg var det är" in answer.json()["errors"][0]


def test_the_previous_walks_finding_is_found_again(client, coordinator):
    before = factories.with_finding(factories.organisation("homes"))
    factories.answer(before, FindingStatus.DONE)
    walk = factories.planned(previous=before.walk)
    page = page_of(client, f"{BASE}{walk.pk}/ga/?igen={before.pk}")
    assert "Två lampor lyser inte." in page
    again = typed(repeats=before.pk)
    assert client.post(f"{BASE}{walk.pk}/ga/fynd/", again).status_code == 302
    assert "Jämfört med förra vandringen" not in page_of(client, f"{BASE}{walk.pk}/")
    factories.walked(walk)
    page = page_of(client, f"{BASE}{walk.pk}/")
    assert "Sett igen, fast det skulle vara gjort" in page
    assert Finding.objects.get(walk=walk).repeats == before
    assert "Svaret då" in page_of(client, f"{BASE}{walk.pk}/plan/")


@pytest.mark.parametrize(
    "action", ["genomford", "stall-in", "aterkoppla", "besked", "avsluta", "ga/fynd"]
)
def test_changes_are_posted(client, coordinator, action):
    walk = factories.planned()
    assert client.get(f"{BASE}{walk.pk}/{action}/").status_code == 405


@pytest.mark.parametrize("action", ["svar", "ansvarig", "lank"])
def test_answers_are_posted(client, coordinator, action):
    finding = factories.with_finding()
    assert client.get(f"{BASE}fynd/{finding.pk}/{action}/").status_code == 405


@pytest.mark.parametrize("file_format", ["csv", "xlsx", "geojson"])
def test_a_walks_findings_leave_as_files_and_that_is_recorded(client, coordinator, file_format):
    finding = factories.with_finding()
    answer = client.get(f"{BASE}{finding.walk_id}/?export={file_format}")
    assert answer.status_code == 200
    assert file_format in answer["Content-Disposition"]
    record = AuditRecord.objects.get(kind="walks.walk.exported")
    assert record.after["row_count"] == 1


def test_lists_leave_as_files(client, coordinator):
    factories.with_finding(factories.organisation())
    for address in (f"{BASE}?export=csv", f"{BASE}vara-fynd/?export=xlsx"):
        assert client.get(address).status_code == 200
    assert AuditRecord.objects.filter(kind="walks.walks.exported").count() == 2


def test_an_owner_sees_its_own_findings_and_no_others(client):
    homes = factories.organisation("homes", "company")
    walk = factories.planned()
    own, other = factories.add(walk, owner=homes), factories.add(walk, text="Nedskräpat.")
    factories.walked(walk)
    client.force_login(factories.person(Role.PROPERTY_OWNER, homes))
    page = page_of(client, f"{BASE}{walk.pk}/")
    assert "Två lampor" in page
    assert "Nedskräpat" not in page
    assert "Två lampor" in page_of(client, f"{BASE}vara-fynd/")
    page_of(client, f"{BASE}fynd/{own.pk}/")
    assert client.get(f"{BASE}fynd/{other.pk}/").status_code == 404
    exported = client.get(f"{BASE}{walk.pk}/?export=csv").content.decode()
    assert "Nedskräpat" not in exported
    assert len(client.get(f"{BASE}{walk.pk}/fynd.json").json()["features"]) == 1
    promised = {"target": "will_do", "deadline": timezone.localdate().isoformat()}
    assert client.post(f"{BASE}fynd/{own.pk}/svar/", promised).status_code == 302
    elsewhere = factories.planned()
    assert client.get(f"{BASE}{elsewhere.pk}/").status_code == 404


@pytest.mark.parametrize("role", Role)
def test_pages_of_one_walk_answer_as_permissions_say(client, role):
    finding = factories.with_finding(factories.organisation("homes"))
    walk = finding.walk
    client.force_login(factories.person(role, factories.organisation("elsewhere"), "elsewhere"))
    reads = role is not Role.PROPERTY_OWNER
    leads = role is Role.CITY_STRATEGIST
    adds = reads and (leads or role in permissions.ADD)
    for address, may in (
        (f"{walk.pk}/", reads),
        (f"{walk.pk}/plan/", reads),
        (f"{walk.pk}/fynd.json", reads),
        (f"{walk.pk}/vag.json", reads),
        (f"fynd/{finding.pk}/", reads),
        (f"fynd/{finding.pk}/punkt.json", reads),
        (f"{walk.pk}/ga/", adds),
        (f"{walk.pk}/andra/", leads),
    ):
        assert (client.get(f"{BASE}{address}").status_code == 200) == may, address
    for address in ("stall-in", "genomford", "aterkoppla", "besked", "avsluta"):
        status = client.post(f"{BASE}{walk.pk}/{address}/").status_code
        assert (status in {302, 422}) == leads, address


def test_lists_and_pages_ask_as_many_questions_however_long(
    client, coordinator, django_assert_max_num_queries
):
    homes = factories.organisation()
    first = factories.planned()
    for _ in range(8):
        factories.add(first, owner=homes)
    factories.walked(first)
    walk = factories.planned(previous=first)
    for finding in first.findings.all():
        factories.add(walk, repeats=finding)
    factories.walked(walk)
    for _ in range(6):
        factories.walked()
    for address in ("", "vara-fynd/", f"{walk.pk}/", f"{walk.pk}/ga/", f"{walk.pk}/plan/"):
        with django_assert_max_num_queries(25):
            assert client.get(f"{BASE}{address}").status_code == 200
