"""The pages of action plans, from an empty draft to the file that leaves the house."""

import pytest

from samhandling_web.agree.measures.models import ActionPlan
from samhandling_web.agree.measures.tests import factories
from samhandling_web.agree.measures.tests.test_views import shown
from samhandling_web.base.accounts.rules import Role
from samhandling_web.base.audit.models import AuditRecord

pytestmark = pytest.mark.django_db


def test_from_draft_to_adopted_followed_up_and_file(client, coordinator, strategist):
    measure = factories.approved(coordinator, strategist)
    picture = factories.adopted_picture()
    client.force_login(coordinator)
    shown(client, "/atgardsplaner/")
    shown(client, "/atgardsplaner/ny/")
    period = {"period_start": "2026-01-01", "period_end": "2027-12-31"}
    where = {"district": factories.district().pk, "organisation": factories.organisation().pk}
    assert client.post("/atgardsplaner/ny/", period | where).status_code == 302
    plan = ActionPlan.objects.get()
    assert plan.title == "Åtgärdsplan för Norr"
    address = f"/atgardsplaner/{plan.pk}/"
    page = shown(client, address)
    assert "Det här saknas" in page
    words = {"title": plan.title, "introduction": "Parken först.", "picture": picture.pk}
    assert client.post(f"{address}spara/", words | period).status_code == 302
    client.post(f"{address}atgarder/", {"measures": [measure.pk]})
    assert "Ny belysning" in shown(client, address)
    client.force_login(strategist)
    refused = client.post(f"{address}anta/", {})
    assert refused.status_code == 422
    assert "diarienummer" in refused.content.decode()
    decision = {"adopted_by": factories.organisation("board").pk, "case_number": "SN 1"}
    sent = client.post(f"{address}anta/", decision | {"adopted_on": factories.today()})
    assert sent.status_code == 302
    files = [client.get(f"{address}atgardsplan.pdf").content for _turn in range(2)]
    assert files[0] == files[1]
    assert files[0].startswith(b"%PDF")
    assert AuditRecord.objects.filter(kind="agree.plan.exported").count() == 2
    client.force_login(coordinator)
    told = {"decided_by": factories.organisation("board").pk, "on": factories.today()}
    assert client.post(f"{address}folj-upp/", told).status_code == 422
    assert client.post(f"{address}folj-upp/", told | {"conclusion": "Bra."}).status_code == 302
    assert "Bra." in shown(client, address)
    client.post(f"{address}nasta/")
    newer = ActionPlan.objects.get(previous=plan)
    assert "Oförändrad" in shown(client, f"/atgardsplaner/{newer.pk}/jamfor/")
    assert "Grön" in shown(client, "/atgardsplaner/")


def test_a_draft_is_not_for_everybody(client, coordinator):
    plan = factories.plan(coordinator, [])
    board = factories.person(Role.BOARD_MEMBER, name="board-member")
    client.force_login(board)
    assert client.get(f"/atgardsplaner/{plan.pk}/").status_code == 404
    assert client.get("/atgardsplaner/ny/").status_code == 403
    shown(client, "/atgardsplaner/")


@pytest.mark.parametrize("step", ["spara", "atgarder", "anta", "nasta", "folj-upp"])
def test_steps_are_posted(client, coordinator, step):
    plan = factories.plan(coordinator, [])
    client.force_login(coordinator)
    assert client.get(f"/atgardsplaner/{plan.pk}/{step}/").status_code == 405
