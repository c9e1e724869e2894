"""The page behind a signed link: read changes nothing, one answer, not too often, and no trace."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.utils import timezone

from samhandling_web.base.photos.models import Photo
from samhandling_web.base.photos.tests.pictures import upload
from samhandling_web.observe.walks import services, tries
from samhandling_web.observe.walks.models import FindingLink, FindingStep
from samhandling_web.observe.walks.rules import FindingStatus
from samhandling_web.observe.walks.tests import factories
from tests.page_rules import faults_of_page

pytestmark = pytest.mark.django_db
SITE = "https://samhandling.example"


@pytest.fixture(autouse=True)
def _no_tries_before():
    cache.clear()


@pytest.fixture
def finding():
    return factories.with_finding()


@pytest.fixture
def address(finding, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        services.link_send(
            finding_id=finding.pk,
            organisation=factories.organisation("homes", "company"),
            email="drift@homes.example",
            site=SITE,
            actor=factories.coordinator(),
        )
    return "/svar/" + mail.outbox[-1].body.split(f"{SITE}/svar/")[1].split("/")[0] + "/"


def promised(**changes):
    return {"target": "will_do", "deadline": timezone.localdate().isoformat()} | changes


def test_reading_changes_nothing_and_leaves_no_trace(client, finding, address):
    answer = client.get(address)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert not faults_of_page(page)
    assert "Två lampor lyser inte." in page
    assert factories.coordinator().email not in page
    assert "noindex" in answer["X-Robots-Tag"]
    assert answer["Referrer-Policy"] == "same-origin"
    assert "no-store" in answer["Cache-Control"]
    finding.refresh_from_db()
    assert finding.status == FindingStatus.OPEN
    assert client.get(f"{address}skicka/").status_code == 405
    assert client.get(f"{address}punkt.json").json()["features"][0]["properties"]["number"] == 1


def test_first_a_promise_then_done_with_a_photo(client, finding, address, data_folder):
    lacking = client.post(f"{address}skicka/", {"target": "will_do"})
    assert lacking.status_code == 422
    assert "när det är klart" in lacking.content.decode()
    assert client.post(f"{address}skicka/", promised()).status_code == 302
    page = client.get(address).content.decode()
    assert "Tack, svaret är mottaget" in page
    assert "Är det gjort?" in page
    done = {"target": "done", "done_on": timezone.localdate().isoformat()}
    unsaid = client.post(f"{address}skicka/", done | {"photos": upload()})
    assert unsaid.status_code == 422
    assert not Photo.objects.exists()
    said = done | {"photos": upload(), "nobody_recognisable": "on"}
    assert client.post(f"{address}skicka/", said).status_code == 302
    photo = finding.photos.get()
    assert client.get(f"{address}foto/{photo.pk}/")["Content-Type"] == "image/jpeg"
    assert list(finding.steps.values_list("status", flat=True)) == ["open", "will_do", "done"]
    assert client.post(f"{address}skicka/", said).status_code == 302
    assert FindingStep.objects.filter(through__isnull=False).count() == 2


def test_another_findings_photo_is_not_behind_the_link(client, address, data_folder):
    other = factories.planned()
    found = services.finding_add(
        walk_id=other.pk,
        found=factories.found(),
        photos=[upload()],
        nobody_recognisable=True,
        actor=factories.coordinator(),
    )
    assert client.get(f"{address}foto/{found.photos.get().pk}/").status_code == 404


@pytest.mark.parametrize("how", ["made up", "withdrawn", "old"])
def test_a_link_that_opens_nothing_says_what_to_do(client, address, how):
    if how == "made up":
        address = "/svar/made-up/"
    elif how == "withdrawn":
        FindingLink.objects.update(withdrawn_at=timezone.now())
    else:
        FindingLink.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    answers = [client.get(address), client.post(f"{address}skicka/", promised())]
    for answer in answers:
        assert answer.status_code == 404
        assert "Länken gäller inte längre" in answer.content.decode()
        assert not faults_of_page(answer.content.decode())
    assert not FindingStep.objects.filter(through__isnull=False).exists()


def test_too_many_tries_have_to_wait(client, address):
    for _ in range(tries.MOST[tries.ANSWERS]):
        client.post("/svar/guess/skicka/", promised())
    answer = client.post(f"{address}skicka/", promised())
    assert answer.status_code == 429
    assert "för många försök" in answer.content.decode()
    assert not FindingStep.objects.filter(through__isnull=False).exists()


def test_a_coordinator_sends_and_withdraws_from_the_page(client, finding):
    client.force_login(factories.coordinator())
    homes = factories.organisation("homes", "company")
    sent = {"organisation": homes.pk, "email": "drift@homes.example"}
    here = f"/trygghetsvandringar/fynd/{finding.pk}/"
    assert client.post(f"{here}lank/", sent).status_code == 302
    link = FindingLink.objects.get()
    assert "drift@homes.example" in client.get(here).content.decode()
    assert client.post(f"/trygghetsvandringar/fynd/lank/{link.pk}/aterkalla/").status_code == 302
    link.refresh_from_db()
    assert link.withdrawn_at is not None
    assert (
        client.post(f"{here}ansvarig/", {"owner": factories.organisation().pk}).status_code == 302
    )
