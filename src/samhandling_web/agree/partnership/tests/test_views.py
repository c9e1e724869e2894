"""The pages: each way of working from end to end, with what was typed kept on a refusal."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from samhandling_web.agree.partnership.models import (
    AgendaItem,
    Agreement,
    CitizenPromise,
    Council,
    Meeting,
    Priority,
)
from samhandling_web.agree.partnership.rules import AgreementStatus, ItemStatus, MeetingStatus
from samhandling_web.agree.partnership.services import items, meetings
from samhandling_web.agree.partnership.tests import factories
from samhandling_web.agree.partnership.tests.test_coverage import agree, town  # noqa: F401
from samhandling_web.base.accounts.rules import Role
from samhandling_web.base.audit.models import AuditRecord
from tests.page_rules import faults_of_page, faults_of_part

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]
TODAY = timezone.localdate()
HTMX = {"HX-Request": "true"}


@pytest.fixture
def coordinator(client):
    user = factories.person(Role.DISTRICT_COORDINATOR)
    client.force_login(user)
    return user


def page(client, address, *arguments, status=200, **query):
    answer = client.get(reverse(f"partnership:{address}", args=arguments), query)
    assert answer.status_code == status, answer.content.decode()[:2000]
    text = answer.content.decode()
    if status == 200:
        assert faults_of_page(text) == []
    return text


def post(client, address, *arguments, status=302, **fields):
    answer = client.post(reverse(f"partnership:{address}", args=arguments), fields)
    assert answer.status_code == status, answer.content.decode()[:3000]
    return answer


def test_an_agreement_from_the_first_page_to_signed(client, coordinator):
    assert "Ingen överenskommelse ännu" in page(client, "agreement-list")
    assert "Spara utkastet" in page(client, "agreement-start")
    owner = factories.organisation()
    fields = {"kind": "local_agreement", "title": "Norr", "owner": owner.pk}
    post(client, "agreement-start", **fields)
    agreement = Agreement.objects.get()
    text = page(client, "agreement-detail", agreement.pk)
    assert "Det här saknas innan den kan undertecknas" in text
    refused = post(client, "agreement-sign", agreement.pk, status=422, signed_on=TODAY)
    assert "minst två parter" in refused.content.decode()
    days = {"valid_from": "2025-01-01", "valid_to": "2027-12-31"}
    post(client, "agreement-edit", agreement.pk, **fields, **days, **factories.TEXTS)
    for party in (owner, factories.police()):
        post(client, "party-add", agreement.pk, organisation=party.pk, signed_as="chef")
    wrong = SimpleUploadedFile("avtal.pdf", b"inte en pdf")
    refused = post(client, "document", agreement.pk, status=422, document=wrong)
    assert "ingen PDF" in refused.content.decode()
    post(client, "document", agreement.pk, document=SimpleUploadedFile("a.pdf", factories.PDF))
    post(client, "agreement-sign", agreement.pk, signed_on=TODAY)
    agreement.refresh_from_db()
    assert agreement.status == AgreementStatus.SIGNED
    page(client, "agreement-detail", agreement.pk)
    assert "Norr" in page(client, "agreement-list")
    page(client, "agreement-edit", agreement.pk, status=422)


def test_the_document_is_given_to_readers_alone_and_each_reading_is_recorded(client, coordinator):
    agreement = factories.signed(coordinator)
    address = reverse("partnership:document", args=[agreement.pk])
    answer = client.get(address)
    assert answer.content == factories.PDF
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert AuditRecord.objects.filter(kind="partnership.agreement.document_read").count() == 1
    client.force_login(factories.person(Role.REPORTER, None, "reporter"))
    assert client.get(address).status_code == 404
    client.logout()
    assert client.get(address).status_code == 302
    assert AuditRecord.objects.filter(kind="partnership.agreement.document_read").count() == 1


def test_a_signed_agreement_is_replaced_and_ended_from_its_page(client, coordinator):
    agreement = factories.signed(coordinator)
    answer = post(client, "agreement-replace", agreement.pk)
    new = Agreement.objects.get(replaces=agreement)
    assert answer.url == reverse("partnership:agreement-detail", args=[new.pk])
    assert "En ny version är påbörjad" in page(client, "agreement-detail", agreement.pk)
    post(client, "party-remove", new.pk, new.parties.first().pk)
    assert new.parties.count() == 1
    refused = post(client, "agreement-end", agreement.pk, status=422, ended_on="2040-01-01")
    assert "kan inte upphöra" in refused.content.decode()
    post(client, "agreement-end", agreement.pk, ended_on=TODAY)
    assert "Norr" in page(client, "agreement-list", visa="alla")


def test_which_districts_lack_an_agreement_on_a_day(client, town):  # noqa: F811
    strategist = factories.person(Role.CITY_STRATEGIST, factories.organisation("kommunen"))
    client.force_login(strategist)
    agree(strategist, "D1")
    agree(strategist, "D2", "P1")
    text = page(client, "coverage", dag="2026-03-01")
    assert "Nej. 2 av 3 områden saknade en giltig överenskommelse: Mitten, Öster." in text
    assert "saknar giltig" in text.casefold()
    values = client.get(reverse("partnership:coverage-values"), {"dag": "2026-03-01"}).json()
    assert values["D1"]["value"] > 183
    assert [values[code]["value"] for code in ("D2", "D3")] == [0, 0]
    assert "saknar" in page(client, "agreement-list")
    for file_format in ("csv", "xlsx"):
        answer = client.get(
            reverse("partnership:coverage"), {"dag": "2026-03-01", "export": file_format}
        )
        assert file_format in answer["Content-Disposition"]
    rows = AuditRecord.objects.filter(kind="partnership.coverage.exported")
    assert [row.after["row_count"] for row in rows] == [4, 4]
    page(client, "coverage", status=404, export="pdf")
    text = client.get(
        reverse("partnership:coverage"), {"dag": "2026-03-01", "export": "csv"}
    ).content.decode()
    assert "Öster;LPO Öster;100;saknar giltig;;–;börja en" in text


def test_a_priority_is_set_followed_and_tied_to_a_problem(client, coordinator):
    agreement = factories.draft(coordinator)
    text = page(client, "priority-start", enligt=agreement.pk)
    assert "Så räknas indikatorn" in text
    fields = {
        "agreement": agreement.pk, "title": "Rån", "valid_from": "2026-01-01",
        "indicator_name": "Anmälda rån", "slag": "observations", "where": "whole",
    }  # fmt: skip
    preview = post(client, "priority-start", status=200, preview="1", **fields)
    assert "Så här ser det ut nu" in preview.content.decode()
    assert not Priority.objects.exists()
    post(client, "priority-start", status=422, **(fields | {"title": ""}))
    post(client, "priority-start", **fields)
    priority = Priority.objects.get()
    assert priority.indicator["kind"] == "observations"
    text = page(client, "priority-detail", priority.pk)
    assert "Inget problem är knutet hit: vad är det som ska lösas?" in text
    assert "Ingen åtgärd är knuten hit: vad görs åt det?" in text
    assert "saknar problem och åtgärd" in page(client, "priority-list").casefold()
    problem = factories.problem(coordinator)
    post(client, "problem-link", priority.pk, problem=problem.pk)
    assert "Mörk tunnel" in page(client, "priority-detail", priority.pk)
    post(client, "problem-link", priority.pk, status=422, problem=problem.pk)
    post(client, "problem-unlink", priority.pk, problem.pk)
    assert "Ändra prioriteringen" in page(client, "priority-edit", priority.pk)
    post(client, "priority-edit", priority.pk, **(fields | {"title": "Färre rån"}))
    assert "Färre rån" in page(client, "priority-list", visa="alla")


def test_a_promise_from_draft_to_the_open_page(client, coordinator):
    fields = {
        "statement": "Vi går runt torget.", "measured_by": "Kvällar.",
        "owner": factories.organisation().pk,
        "promised_from": "2026-01-01", "promised_to": "2026-12-31",
    }  # fmt: skip
    page(client, "promise-start")
    typed = post(client, "promise-start", status=422, **(fields | {"promised_to": "2025-01-01"}))
    assert "Löftet slutar innan det börjar" in typed.content.decode()
    post(client, "promise-start", **fields)
    promise = CitizenPromise.objects.get()
    page(client, "promise-edit", promise.pk)
    post(client, "promise-edit", promise.pk, **(fields | {"measured_by": "Antal kvällar."}))
    page(client, "promise-detail", promise.pk)
    post(client, "promise-give", promise.pk)
    page(client, "promise-edit", promise.pk, status=422)
    assert "Antal kvällar" in page(client, "public-promises")
    page(client, "promise-detail", promise.pk)
    refused = post(client, "promise-judge", promise.pk, status=422, verdict="kept", evidence="")
    assert "Rätta det här" in refused.content.decode()
    post(client, "promise-judge", promise.pk, verdict="kept", evidence="72 kvällar.")
    assert "72 kvällar" in page(client, "public-promises")
    page(client, "promise-list")


def test_a_council_with_seats(client, coordinator):
    assert "Inga råd ännu" in page(client, "council-list")
    page(client, "council-start")
    own = factories.organisation().pk
    post(client, "council-start", kind="local", name="Rådet i norr", organisation=own)
    council = Council.objects.get()
    refused = post(
        client, "seat-add", council.pk, status=422, organisation=own, position="Anna Andersson"
    )
    assert "Anna Andersson" in refused.content.decode()
    post(client, "seat-add", council.pk, organisation=own, position="chef", is_chair="on")
    assert "ordförande" in page(client, "council-detail", council.pk)
    page(client, "council-edit", council.pk)
    post(client, "council-edit", council.pk, kind="local", name="Norra rådet", organisation=own)
    council.refresh_from_db()
    assert (council.name, council.is_active) == ("Norra rådet", False)
    post(client, "seat-remove", council.pk, council.members.get().pk)
    assert "Norra rådet" in page(client, "council-list")


def test_a_meeting_is_planned_with_its_agenda(client, coordinator):
    council = factories.council(coordinator)
    assert "Inget möte är planerat" in page(client, "meeting-list")
    assert "Planera ett möte" in page(client, "meeting-start", rad=council.pk)
    when = {"starts_at": f"{TODAY}T13:00", "ends_at": f"{TODAY}T14:00"}
    back = when | {"ends_at": f"{TODAY}T12:00"}
    post(client, "meeting-start", status=422, council=council.pk, **back)
    post(client, "meeting-start", council=council.pk, **when)
    meeting = Meeting.objects.get()
    page(client, "meeting-edit", meeting.pk)
    post(client, "meeting-edit", meeting.pk, **when, where="Sal 1")
    post(client, "item-add", meeting.pk, title="Torget")
    post(client, "item-add", meeting.pk, title="Tunneln")
    typed = post(client, "item-add", meeting.pk, status=422, title="Anna Andersson slåss")
    assert "Anna Andersson slåss" in typed.content.decode()
    _torget, tunneln = meeting.items.order_by("number")
    post(client, "item-move", tunneln.pk, "upp")
    post(client, "agenda-make", meeting.pk)
    assert "Kalla till mötet" in page(client, "meeting-detail", meeting.pk)
    post(client, "meeting-step", meeting.pk, "kalla")
    titles = list(meeting.items.order_by("number").values_list("title", flat=True))
    assert titles == ["Tunneln", "Torget"]


def test_a_meeting_without_scripts_from_its_beginning_to_minutes(client, coordinator):
    meeting = factories.meeting(coordinator, day=TODAY)
    tunneln, torget = (
        items.item_add(meeting_id=meeting.pk, title=title, actor=coordinator)
        for title in ("Tunneln", "Torget")
    )
    post(client, "meeting-step", meeting.pk, "borja")
    page(client, "minutes", meeting.pk, "csv", status=404)
    text = page(client, "meeting-detail", meeting.pk)
    assert "2 punkter är kvar att besluta om" in text
    post(client, "attendance-record", meeting.pk, other=factories.police().pk, other_count="2")
    assert "Police: 2" in page(client, "meeting-detail", meeting.pk)
    refused = post(client, "meeting-step", meeting.pk, "avsluta", status=422)
    assert "1. Tunneln; 2. Torget" in refused.content.decode()
    decision = {
        f"p{torget.pk}-decision": "Byt lampor.", f"p{torget.pk}-deadline": f"{TODAY}",
        f"p{torget.pk}-owner": factories.police().pk,
    }  # fmt: skip
    answer = post(client, "item-save", torget.pk, **decision)
    assert answer.url.endswith(f"#punkt-{torget.pk}")
    post(client, "item-save", tunneln.pk, **{f"p{tunneln.pk}-no_action_because": "Byggs om."})
    post(client, "meeting-step", meeting.pk, "avsluta")
    meeting.refresh_from_db()
    assert meeting.status == MeetingStatus.CLOSED
    assert "Byt lampor." in page(client, "meeting-detail", meeting.pk)
    for file_format in ("pdf", "docx"):
        answer = client.get(reverse("partnership:minutes", args=[meeting.pk, file_format]))
        assert answer.status_code == 200
    assert AuditRecord.objects.filter(kind="partnership.meeting.exported").count() == 2
    page(client, "meeting-list")
    page(client, "meeting-edit", meeting.pk)
    post(client, "meeting-step", meeting.pk, "okant", status=404)


def test_each_item_is_saved_by_itself_and_comes_back_alone(client, coordinator):
    meeting = factories.held(coordinator, ("Torget", "Tunneln"))
    item, other = meeting.items.order_by("number")
    address = reverse("partnership:item-save", args=[item.pk])
    half = {f"p{item.pk}-decision": "Byt lampor."}
    answer = client.post(address, half, headers=HTMX)
    text = answer.content.decode()
    assert answer.status_code == 200
    assert faults_of_part(text) == []
    assert f'id="punkt-{item.pk}"' in text
    assert f"punkt-{other.pk}" not in text
    assert "2 punkter är kvar" in text
    assert "Inte beslutad ännu" in text
    item.refresh_from_db()
    assert (item.status, item.decision) == (ItemStatus.OPEN, "Byt lampor.")
    late = half | {
        f"p{item.pk}-owner": factories.police().pk,
        f"p{item.pk}-deadline": f"{TODAY - timedelta(days=1)}",
    }
    answer = client.post(address, late, headers=HTMX)
    assert answer.status_code == 422
    assert "Välj en senare dag" in answer.content.decode()
    both = half | {f"p{item.pk}-no_action_because": "Nej."}
    assert client.post(address, both, headers=HTMX).status_code == 422
    whole = late | {f"p{item.pk}-deadline": f"{TODAY + timedelta(days=5)}"}
    answer = client.post(address, whole, headers=HTMX)
    assert "Beslutad" in answer.content.decode()
    assert "1 punkt är kvar" in answer.content.decode()
    emptied = client.post(address, {f"p{item.pk}-notes": "Oj."}, headers=HTMX)
    assert emptied.status_code == 422
    item.refresh_from_db()
    assert item.status == ItemStatus.DECIDED
    plain = client.post(address, both)
    assert plain.status_code == 422
    assert faults_of_page(plain.content.decode()) == []


def test_an_owner_reports_and_sees_only_its_own(client, coordinator):
    meeting = factories.held(coordinator, ("Torget", "Tunneln"))
    item, other = meeting.items.order_by("number")
    owner = factories.organisation("housing", "property_owner")
    factories.decided(coordinator, item, owner)
    factories.decided(coordinator, other)
    client.force_login(factories.person(Role.PROPERTY_OWNER, owner, "owner"))
    text = page(client, "item-list", visa="beslutade")
    assert "Torget" in text
    assert "Tunneln" not in text
    page(client, "item-detail", other.pk, status=404)
    page(client, "meeting-detail", meeting.pk, status=404)
    assert "Rapportera hur det gick" in page(client, "item-detail", item.pk)
    refused = post(client, "item-report", item.pk, status=422, status_="", result="")
    assert "Rätta det här" in refused.content.decode()
    answer = client.post(
        reverse("partnership:item-report", args=[item.pk]), {"status": "done", "result": "Bytt."}
    )
    assert answer.status_code == 302
    assert "Bytt." in page(client, "item-detail", item.pk)
    client.post(
        reverse("partnership:item-report", args=[item.pk]), {"status": "done", "result": "Igen."}
    )
    item.refresh_from_db()
    assert item.result == "Bytt."


def test_overdue_items_are_listed_and_exported_by_organisation(client, coordinator):
    meeting = factories.held(coordinator, ("Torget",), day=TODAY - timedelta(days=40))
    factories.decided(
        coordinator, meeting.items.get(), factories.police(), TODAY - timedelta(days=10)
    )
    assert "Försenade beslut" in page(client, "meeting-list")
    text = page(client, "item-list")
    assert "Försenade per organisation" in text
    assert "Torget" in text
    assert "Torget" not in page(client, "item-list", ansvarig=factories.organisation().pk)
    answer = client.get(reverse("partnership:item-list"), {"export": "csv"})
    assert "Torget;Byt lamporna.;Police" in answer.content.decode()
    assert ";10;" in answer.content.decode()
    record = AuditRecord.objects.get(kind="partnership.items.exported")
    assert record.after["row_count"] == 1


@pytest.mark.parametrize(
    "name", ["agreement-list", "priority-list", "promise-list", "meeting-list", "council-list",
             "item-list", "coverage"],
)  # fmt: skip
def test_lists_ask_as_many_questions_however_long(
    client, coordinator, name, django_assert_max_num_queries
):
    agreement = factories.signed(coordinator)
    council = factories.council(coordinator)
    for number in range(6):
        factories.draft(coordinator, title=f"Nr {number}", parent=agreement)
        factories.priority(coordinator, agreement)
        factories.promise(coordinator)
        meeting = factories.held(coordinator, group=council, day=TODAY - timedelta(days=30))
        item = meeting.items.filter(status="open").first()
        factories.decided(coordinator, item, deadline=TODAY - timedelta(days=3))
        factories.meeting(coordinator, council)
    with django_assert_max_num_queries(25):
        client.get(reverse(f"partnership:{name}"))


def test_a_meeting_of_many_items_asks_few_questions(
    client, coordinator, django_assert_max_num_queries
):
    meeting = factories.held(coordinator, tuple(f"Punkt {n}" for n in range(12)))
    with django_assert_max_num_queries(25):
        client.get(reverse("partnership:meeting-detail", args=[meeting.pk]))


def test_steps_are_posted(client, coordinator):
    meeting = factories.meeting(coordinator)
    agreement = factories.draft(coordinator)
    item = AgendaItem.objects.create(meeting=meeting, number=1, title="Torget")
    for name, *arguments in (
        ("party-add", agreement.pk), ("agreement-sign", agreement.pk),
        ("agreement-end", agreement.pk), ("agreement-replace", agreement.pk),
        ("meeting-step", meeting.pk, "kalla"), ("agenda-make", meeting.pk),
        ("attendance-record", meeting.pk), ("item-add", meeting.pk), ("item-save", item.pk),
        ("item-strike", item.pk), ("item-move", item.pk, "upp"), ("item-report", item.pk),
        ("calendar-revoke",),
    ):  # fmt: skip
        page(client, name, *arguments, status=405)
    post(client, "item-strike", item.pk)
    meetings.meeting_cancel(meeting_id=meeting.pk, actor=coordinator)
    page(client, "meeting-detail", meeting.pk)
