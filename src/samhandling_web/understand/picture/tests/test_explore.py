"""The page of an answer: who sees it, what it says, and that its files and map say the same."""

import csv
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import numpy as np
import pytest
import shapely
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from samhandling.space.areas import AreaSet
from samhandling_web.base.accounts.rules import Role
from samhandling_web.base.areas.models import Area, AreaLevel, AreaVersion, Municipality
from samhandling_web.base.audit.models import AuditRecord
from samhandling_web.observe.events.snapshot import build
from samhandling_web.observe.events.snapshot.layout import Division
from samhandling_web.observe.events.tests.event_tables import event_tables
from samhandling_web.understand.picture.explore import presentation, saving
from samhandling_web.understand.picture.explore.estimates import Series
from samhandling_web.understand.picture.explore.page import asked
from samhandling_web.understand.picture.explore.reading import UNKNOWN
from samhandling_web.understand.picture.figures import residents
from samhandling_web.understand.picture.models import SavedView
from samhandling_web.understand.picture.tasks import figures_count
from samhandling_web.understand.picture.tests import factories
from tests.page_rules import faults_of_page, faults_of_part

pytestmark = pytest.mark.django_db
NAMES = ("Väster", "Mitten", "Öster")
COUNTS = (60, 30, 5)
MOST_QUERIES = 25


def _shapes():
    return [shapely.box(17 + at / 10, 60, 17.1 + at / 10, 60.1) for at in range(3)]


def _rows():
    number = 0
    for year in (2023, 2024):
        for at, count in enumerate(COUNTS):
            for turn in range(count if year == 2024 else 30):
                number += 1
                start = datetime(year, 1, 1, 12, tzinfo=UTC) + timedelta(days=turn * 363 // 59)
                yield (number, "reports", "fire", start, start, 17.05 + at / 10, 60.05, "point",
                       "", "", 1, "9999")  # fmt: skip


@pytest.fixture
def town(data_folder):
    """Three districts of equal size, one with many events, one with few."""
    Municipality.objects.create(code="9999", name="Provstad", is_invented=True)
    level = AreaLevel.objects.create(slug="district", name="Stadsdel", name_plural="Stadsdelar")
    for at, shape in enumerate(_shapes()):
        area = Area.objects.create(level=level, code=f"D{at}")
        border = shapely.geometry.mapping(shape)
        AreaVersion.objects.create(
            area=area,
            name=NAMES[at],
            valid_from="2020-01-01",
            geometry=border,
            geometry_map=border,
            area_m2=1.0,
            **dict(zip(("west", "south", "east", "north"), shape.bounds, strict=True)),
        )
    areas = AreaSet.of("district", [f"D{at}" for at in range(3)], list(NAMES), _shapes())
    division = Division("v0", areas, date(2020, 1, 1), None)
    writer = build.SnapshotWriter([division], {"v0": {}}, "Europe/Stockholm", "9999")
    made_at = datetime(2025, 1, 2, tzinfo=UTC)
    build.build(event_tables(_rows()), writer, data_version="a" * 64, made_at=made_at)


@pytest.fixture
def analyst(client):
    person = factories.person(Role.ANALYST)
    client.force_login(person)
    return person


def test_the_page_answers_within_its_queries(client, town, analyst):
    client.get(reverse("picture:explore"))
    with CaptureQueriesContext(connection) as queries:
        response = client.get(reverse("picture:explore"), {"matt": "antal"})
    assert faults_of_page(response.content.decode()) == []
    assert "Väster" in response.content.decode()
    assert len(queries) <= MOST_QUERIES


def test_htmx_gets_the_answer_alone_and_the_address_in_full(client, town, analyst):
    response = client.get(reverse("picture:explore"), headers={"HX-Request": "true"})
    text = response.content.decode()
    assert "<html" not in text
    assert faults_of_part(text) == []
    assert "fran=2024-01-01" in response.headers["HX-Push-Url"]


def test_going_back_gets_the_whole_page(client, town, analyst):
    headers = {"HX-Request": "true", "HX-History-Restore-Request": "true"}
    assert "<html" in client.get(reverse("picture:explore"), headers=headers).content.decode()


PAGES = ("explore", "explore-values", "explore-cells", "explore-week", "area-list")


@pytest.mark.parametrize("name", PAGES)
def test_others_do_not_see_internal_figures(client, town, name):
    assert client.get(reverse(f"picture:{name}")).status_code == 302
    client.force_login(factories.person(Role.REPORTER))
    assert client.get(reverse(f"picture:{name}")).status_code == 403


@pytest.mark.parametrize("name", PAGES)
def test_asking_changes_nothing(client, town, analyst, name):
    assert client.post(reverse(f"picture:{name}")).status_code == 405


def test_the_map_gets_no_colour_where_the_interval_holds_the_expected(client, town, analyst):
    values = client.get(reverse("picture:explore-values"), {"matt": "antal"}).json()
    assert [values[code]["uncertain"] for code in ("D0", "D1", "D2")] == [False, True, False]
    changed = client.get(reverse("picture:explore-values"), {"matt": "forandring"}).json()
    assert [changed[code]["uncertain"] for code in ("D0", "D1", "D2")] == [False, True, False]
    assert changed["D0"]["value"] == pytest.approx(2, abs=0.02)


@pytest.mark.parametrize(("measure", "middle"), [("forandring", "1.0"), ("antal", "")])
def test_only_change_is_coloured_about_a_middle(client, town, analyst, measure, middle):
    text = client.get(reverse("picture:explore"), {"matt": measure}).content.decode()
    assert f'data-middle="{middle}"' in text
    assert (' middle="1.0"' in text) == bool(middle)


def test_without_residents_counts_are_held_against_equal_shares(client, town, analyst):
    text = client.get(reverse("picture:explore"), {"matt": "antal"}).content.decode()
    assert 'data-text-withheld="Ingen säker skillnad mot en lika stor del"' in text
    assert "väntat av invånarna" not in text


def test_without_residents_no_rate_is_given(client, town, analyst):
    values = client.get(reverse("picture:explore-values"), {"matt": "takt"}).json()
    assert all(one["value"] is None and one["uncertain"] for one in values.values())


def test_only_the_chosen_part_is_shown(client, town, analyst):
    values = client.get(reverse("picture:explore-values"), {"inom": "district:D1"}).json()
    assert list(values) == ["D1"]


@pytest.mark.parametrize("code", ["D1", "D9"], ids=["protected", "unknown"])
def test_areas_that_one_may_not_see_are_not_asked_about(client, town, analyst, code):
    Area.objects.filter(code="D1").update(visibility="protected")
    question = asked({"inom": [f"district:{code}"]}, analyst)
    assert question.question.within == ()
    assert UNKNOWN in question.problems
    page = client.get(reverse("picture:explore"), {"inom": f"district:{code}"}).content.decode()
    assert "Mitten" not in page


def test_the_file_says_what_the_page_says_and_is_recorded(client, town, analyst):
    url = reverse("picture:explore-file", args=["csv"])
    text = client.get(url).content.decode("utf-8-sig")
    rows = [
        row for row in csv.reader(text.splitlines(), delimiter=";") if row[:1] and row[0][:1] == "D"
    ]
    written = {row[0]: row[1] for row in rows if row[0] in {"D0", "D1", "D2"}}
    page = presentation.rows(asked({}, analyst).answered())
    assert written == {row.code: row.name for row in page}
    counts = next(row for row in rows if row[0] == "D0")
    assert "60" in counts
    record = AuditRecord.objects.get(kind="understand.explore.exported")
    assert record.after["row_count"] == 3


@pytest.mark.parametrize("file_format", ["xlsx", "geojson", "gpkg"])
def test_every_format_is_made(client, town, analyst, file_format):
    response = client.get(reverse("picture:explore-file", args=[file_format]))
    assert (response.status_code, bool(response.content)) == (200, True)


@pytest.mark.parametrize(
    ("low", "high", "holds"), [(1, 3, True), (2, 3, True), (2.1, 3, False), (0, 1.9, False)]
)
def test_an_interval_holds_its_centre(low, high, holds):
    series = Series(*(np.array([value]) for value in (2.0, low, high)))
    assert bool(series.holds(2.0)[0]) is holds


def test_a_view_is_kept_renamed_shared_and_removed(client, town, analyst):
    client.post(reverse("picture:saved-view-save"), {"namn": "Kvällar", "urval": "timme_fran=18"})
    view = SavedView.objects.get()
    assert "timme_fran=18" in view.query
    client.post(reverse("picture:saved-view-rename", args=[view.pk]), {"namn": "Sena kvällar"})
    view.refresh_from_db()
    assert view.name == "Sena kvällar"
    client.post(reverse("picture:saved-view-remove", args=[view.pk]))
    assert not SavedView.objects.exists()
    kinds = AuditRecord.objects.filter(kind__startswith="understand.view.")
    assert [k.rsplit(".", 1)[1] for k in kinds.values_list("kind", flat=True)] == [
        "saved",
        "renamed",
        "removed",
    ]


def test_a_view_is_seen_where_it_is_shared_and_changed_only_by_its_owner(client, town, analyst):
    here = factories.organisation()
    colleague = factories.person(Role.ANALYST, here, "kollega")
    stranger = factories.person(Role.ANALYST, factories.organisation("elsewhere"), "annan")
    shared = saving.saved_view_save(name="Torget", query="", shared_with=here, actor=analyst)
    assert saving.views_visible_to(colleague).get() == shared
    assert not saving.views_visible_to(stranger).exists()
    client.force_login(colleague)
    url = reverse("picture:saved-view-remove", args=[shared.pk])
    assert client.post(url).status_code == 404


@pytest.mark.parametrize("number", ["x", "²", "999999"])
def test_a_view_is_not_shared_with_what_is_no_organisation(client, town, analyst, number):
    sent = {"namn": "Torget", "urval": "", "delad_med": number}
    text = client.post(reverse("picture:saved-view-save"), sent, follow=True).content.decode()
    assert str(saving.NotYourOrganisation()) in text
    assert not SavedView.objects.exists()


@pytest.mark.parametrize(
    ("name", "refusal"), [(" ", saving.NameMissing), ("torget", saving.NameTaken)]
)
def test_a_view_needs_a_name_of_its_own(town, analyst, name, refusal):
    saving.saved_view_save(name="Torget", query="", shared_with=None, actor=analyst)
    with pytest.raises(refusal):
        saving.saved_view_save(name=name, query="", shared_with=None, actor=analyst)


def test_an_area_is_shown_and_given_out(client, town, analyst):
    url = reverse("picture:area", args=["district", "D0"])
    text = client.get(url).content.decode()
    assert faults_of_page(text) == []
    assert "Det viktigaste" in text
    data = client.get(reverse("picture:area-file", args=["district", "D0", "json"]))
    assert data.status_code == 200
    assert AuditRecord.objects.filter(kind="understand.area.exported").count() == 1


def test_a_backward_period_is_refused(client, town, analyst):
    url = reverse("picture:area", args=["district", "D0"])
    asked_for = {"first_day": "2024-12-31", "last_day": "2024-01-01"}
    assert client.get(url, asked_for).status_code == 422


@pytest.fixture
def told_residents(monkeypatch):
    """A thousand residents in two of the districts; what is kept of them goes with the test."""
    years = {"district": 2024}
    monkeypatch.setattr(residents, "_latest_year", lambda level, _day: years.get(level))
    monkeypatch.setattr(residents, "_totals", lambda *_asked: {"D0": 900.0, "D1": 100.0})
    residents._residents.cache_clear()
    yield
    residents._residents.cache_clear()


def test_an_overlay_has_no_residents_carried_to_it(town, told_residents):
    AreaLevel.objects.create(slug="list", name="Lista", name_plural="Listor", is_overlay=True)
    day = date(2024, 12, 31)
    assert residents.residents_on("list", day) is None
    assert residents.residents_on("district", day).total == 1000


def _rows_with_areas_from_2024():
    for number, year in enumerate((2023, 2024) * 40, start=1):
        day = datetime(year, 1 + number // 2 % 12, 2, 12, tzinfo=UTC)
        area = ("district", "D0") if year == 2024 else ("", "")
        yield (number, "reports", "fire", day, day, None, None, "area", *area, 1, "9999")


@pytest.mark.parametrize("within", [{}, {"inom": "district:D0"}], ids=["whole", "part"])
def test_years_before_events_had_areas_are_not_compared_with(client, town, analyst, within):
    areas = AreaSet.of("district", [f"D{at}" for at in range(3)], list(NAMES), _shapes())
    division = Division("v0", areas, date(2020, 1, 1), None)
    links = {"v0": {("district", f"D{at}"): at for at in range(3)}}
    writer = build.SnapshotWriter([division], links, "Europe/Stockholm", "9999")
    made_at = datetime(2025, 1, 3, tzinfo=UTC)
    rows = event_tables(_rows_with_areas_from_2024())
    build.build(rows, writer, data_version="b" * 64, made_at=made_at)
    question = {"fran": "2024-01-01", "till": "2024-12-31", **within}
    text = client.get(reverse("picture:explore"), question).content.decode()
    assert "lika väl i båda perioderna" in text
    assert "Mot jämförelseperioden" not in text


@pytest.mark.parametrize("name", ["explore-file", "area-file"])
def test_files_are_in_swedish_whoever_takes_them_out(client, town, analyst, name, monkeypatch):
    # Without a batch the data are from now, and the clock must not be what differs.
    for module in ("explore.files", "views.area"):
        name_of_clock = f"samhandling_web.understand.picture.{module}.data_time"
        monkeypatch.setattr(name_of_clock, lambda: datetime(2025, 1, 2, tzinfo=UTC))
    where = ["csv"] if name == "explore-file" else ["district", "D0", "docx"]
    address = reverse(f"picture:{name}", args=where)
    swedish = client.get(address).content
    client.cookies.load({settings.LANGUAGE_COOKIE_NAME: "en"})
    assert client.get(address).content == swedish


def test_figures_are_frozen_in_swedish_whoever_asks_for_them(town, analyst):
    picture = factories.draft(analyst, period=(date(2024, 1, 1), date(2024, 12, 31)))
    progress = SimpleNamespace(report=lambda *_said: None)
    with translation.override("en"):
        figures_count(progress, {"picture_id": picture.pk, "actor_id": analyst.pk})
    picture.refresh_from_db()
    levels = next(one for one in picture.figures if one["slug"] == "levels-reports")
    assert levels["heading"].startswith("Hur mycket")
    assert "95 % intervall" in [column["label"] for column in levels["columns"]]
