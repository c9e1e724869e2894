"""The way of a file through the pages: handed in, tried, started, undone, mended."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from samhandling.sources.registry import registry
from samhandling_web.base.accounts.rules import Role
from samhandling_web.base.audit.selectors import records_of
from samhandling_web.base.jobs.models import Job
from samhandling_web.observe.events.selectors import events_current
from samhandling_web.observe.imports import services
from samhandling_web.observe.imports.models import Batch, Mapping, RejectedRow
from samhandling_web.observe.imports.rules import NotCorrectable
from samhandling_web.observe.imports.source_texts import CAVEATS
from samhandling_web.observe.imports.tests.people import person
from samhandling_web.observe.imports.tests.police_files import police_file, police_row

pytestmark = [
    pytest.mark.django_db,
]
TABLE = "Datum;Händelsetyp;Ärendenummer\n2024-05-01 21:10;Bråk;A1\n2024-05-02 02:30;Klotter;A2\n"


@pytest.fixture
def analyst(client):
    user = person(Role.ANALYST)
    client.force_login(user)
    return user


def uploaded(tmp_path, rows, name="polisen.csv"):
    content = police_file(tmp_path / name, rows).read_bytes()
    return SimpleUploadedFile(name, content, "text/csv")


def page(client, name, *arguments, status=200, **query):
    answer = client.get(reverse(name, args=arguments), query)
    assert answer.status_code == status
    return answer.content.decode()


def hand_in(client, slug, file, **more):
    return client.post(reverse("imports:source-detail", args=[slug]), {"file": file, **more})


def test_a_file_goes_from_upload_to_applied_and_back(client, analyst, tmp_path):
    rows = [police_row(1), police_row(2, datetime="oläslig"), police_row(3)]
    answer = hand_in(client, "police_events", uploaded(tmp_path, rows))
    batch = Batch.objects.get()
    assert answer.url == reverse("imports:batch-detail", args=[batch.pk])
    text = page(client, "imports:batch-detail", batch.pk)
    assert "oläslig" in text
    assert "De första raderna" in text
    assert not events_current().exists()

    client.post(reverse("imports:batch-start", args=[batch.pk]))
    assert Job.objects.get().state == "queued"
    services.batch_run(batch_id=batch.pk)
    assert "gäller" in page(client, "imports:batch-detail", batch.pk).lower()
    assert events_current().count() == 2

    client.post(reverse("imports:batch-undo", args=[batch.pk]), {"reason": "fel fil"})
    assert not events_current().exists()
    assert records_of(batch).last().actor == analyst


def test_the_same_file_leads_to_the_batch_it_already_has(client, analyst, tmp_path):
    for _attempt in range(2):
        hand_in(client, "police_events", uploaded(tmp_path, [police_row(1)]))
    assert Batch.objects.count() == 1


def test_an_unreadable_file_says_why_and_is_not_imported(client, analyst):
    file = SimpleUploadedFile("fel.csv", b"a,b\n1,2\n")
    hand_in(client, "police_events", file)
    assert "kolumnerna" in page(client, "imports:batch-detail", Batch.objects.get().pk)


def test_a_refused_row_is_mended_and_counts(client, analyst, tmp_path):
    hand_in(client, "police_events", uploaded(tmp_path, [police_row(1, datetime="oläslig")]))
    services.batch_run(batch_id=Batch.objects.get().pk)
    row = RejectedRow.objects.get()
    assert "polisen.csv" in page(client, "imports:row-list", state="open")
    assert "oläslig" in page(client, "imports:row-detail", row.pk)

    address = reverse("imports:row-detail", args=[row.pk])
    fields = {f"field_{at}": value for at, value in enumerate(row.raw.values())}
    assert client.post(address, fields).status_code == 422
    right = police_row(1)
    fields = {f"field_{at}": right.get(name, "") for at, name in enumerate(row.raw)}
    assert client.post(address, fields).status_code == 302
    row.refresh_from_db()
    assert row.state == "corrected"
    assert row.corrected_batch.corrects == row.batch
    assert events_current().get().external_id == right["id"]

    services.batch_undo(batch_id=row.corrected_batch_id, actor=analyst)
    row.refresh_from_db()
    assert (row.state, row.corrected_batch) == ("open", None)


def test_a_row_whose_columns_are_not_kept_is_mended_in_its_file(client, analyst, tmp_path):
    told = police_row(1, summary="Mannen, 19121212-1212, greps.")
    hand_in(client, "police_events", uploaded(tmp_path, [told]))
    services.batch_run(batch_id=Batch.objects.get().pk)
    row = RejectedRow.objects.get()
    text = page(client, "imports:row-detail", row.pk)
    assert "rättas i filen" in text
    assert "Läs raden igen" not in text
    with pytest.raises(NotCorrectable):
        services.rejected_row_correct(row_id=row.pk, fields=row.raw, actor=analyst)


def test_a_refused_row_is_left_out_for_a_reason(client, analyst, tmp_path):
    hand_in(client, "police_events", uploaded(tmp_path, [police_row(1, datetime="?")]))
    services.batch_run(batch_id=Batch.objects.get().pk)
    row = RejectedRow.objects.get()
    address = reverse("imports:row-dismiss", args=[row.pk])
    assert client.post(address, {"reason": " "}).status_code == 422
    client.post(address, {"reason": "dubblett i källan"})
    row.refresh_from_db()
    assert (row.state, row.dismissed_reason) == ("dismissed", "dubblett i källan")
    assert records_of(row).get().kind == "imports.row.dismissed"


def test_a_table_is_described_tried_saved_and_used_again(client, analyst):
    file = SimpleUploadedFile("rapporter.csv", TABLE.encode())
    address = hand_in(client, "mapped_table", file).url
    form = client.get(address).context["form"]
    told = {name: field.initial or "" for name, field in form.fields.items()}
    told |= {"name": "Ordningsvakter", "column_external_id": "Ärendenummer"}
    told["kind"], told["decimal_comma"] = "events", ""
    assert form.fields["column_category"].initial == "Händelsetyp"
    tried = client.post(address, {**told, "try": "1"})
    assert tried.context["preview"]["tried"].rows_accepted == 2
    assert not Mapping.objects.exists()

    client.post(address, {**told, "save": "1"})
    batch = Batch.objects.get()
    assert services.batch_run(batch_id=batch.pk).rows_new == 2
    assert (batch.source, batch.kind) == ("mapped_table:ordningsvakter", "events")

    more = SimpleUploadedFile("fler.csv", TABLE.replace("A2", "A3").encode())
    hand_in(client, "mapped_table", more, mapping=Mapping.objects.get().pk)
    again = services.batch_run(batch_id=Batch.objects.latest("pk").pk)
    assert (again.rows_new, again.rows_unchanged) == (1, 1)


def test_a_draft_is_only_found_by_its_own_token(client, analyst):
    page(client, "imports:mapping", "påhittad", status=422)


def test_every_source_is_listed_with_what_to_know(client, analyst):
    text = page(client, "imports:source-list")
    assert all(source.name in text for source in registry().values())
    assert set(registry()) == set(CAVEATS)
    for slug in registry():
        page(client, "imports:source-detail", slug)
    page(client, "imports:source-detail", "nowhere", status=404)


@pytest.mark.parametrize("role", [Role.GUARD, Role.BOARD_MEMBER, Role.REPORTER])
def test_other_roles_are_turned_away(client, role):
    client.force_login(person(role))
    for name, arguments in (("source-list", []), ("row-list", []), ("row-detail", [1])):
        page(client, f"imports:{name}", *arguments, status=403)


def test_who_is_not_signed_in_is_asked_to(client):
    assert client.get(reverse("imports:source-list")).status_code == 302


@pytest.mark.parametrize("name", ["batch-start", "batch-cancel", "batch-undo", "row-dismiss"])
def test_what_changes_things_is_never_done_by_a_link(client, analyst, name):
    assert client.get(reverse(f"imports:{name}", args=[1])).status_code == 405


def test_the_list_of_sources_needs_few_queries(client, analyst, django_assert_max_num_queries):
    with django_assert_max_num_queries(14):
        page(client, "imports:source-list")
