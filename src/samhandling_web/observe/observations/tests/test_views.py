"""Pages and answers: what each shows, to whom, and in how many queries."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from samhandling_web.base.accounts.rules import Role
from samhandling_web.base.audit.models import AuditRecord
from samhandling_web.base.common import inbox as inboxes
from samhandling_web.base.photos.tests.pictures import telephone_jpeg
from samhandling_web.observe.observations import inbox, services
from samhandling_web.observe.observations.models import Category, Observation, Sending
from samhandling_web.observe.observations.rules import week_of
from samhandling_web.observe.observations.tests.town import NOW, at, make_town, one, person
from tests.page_rules import faults_of_page

pytestmark = pytest.mark.django_db
MOST_QUERIES = 25


@pytest.fixture(autouse=True)
def districts(data_folder):
    return make_town()


@pytest.fixture
def reporter():
    return person(Role.REPORTER, at="skolan")


@pytest.fixture
def coordinator():
    return person(Role.DISTRICT_COORDINATOR, at="norr")


@pytest.fixture
def signed_in(client):
    def sign_in(actor):
        client.force_login(actor)
        return client

    return sign_in


def typed(**changes):
    return {
        "client_id": str(uuid4()),
        "category": "dark",
        "place_name": "Torget",
        "when": "now",
        "severity": "yellow",
        "text": "Lampan är trasig",
        **changes,
    }


def as_sent(**changes):
    return {
        "category": "dark",
        "severity": "yellow",
        "start": NOW.isoformat(),
        "end": NOW.isoformat(),
        "text": "Lampan är trasig",
        "geometry": at(0),
        "precision": "exact",
        "place_name": "",
        "joins": None,
        **changes,
    }


def post(client, actor, *observations, **changes):
    content = {
        "client_id": str(uuid4()),
        "reporter": actor.pk,
        "organisation": None,
        "nothing": not observations,
        "typed_at": NOW.isoformat(),
        "observations": list(observations),
        **changes,
    }
    return client.post(
        reverse("report:receive"), json.dumps(content), content_type="application/json"
    )


def test_the_report_page_keeps_to_the_rules(signed_in, reporter, django_assert_max_num_queries):
    client = signed_in(reporter)
    with django_assert_max_num_queries(MOST_QUERIES):
        page = client.get(reverse("report:report"))
    html = page.content.decode()
    assert faults_of_page(html) == []
    assert page.cookies["csrftoken"]
    assert html.count('name="category"') == Category.objects.filter(is_active=True).count()


def test_without_scripts_one_is_sent_with_its_photo(signed_in, reporter):
    photo = SimpleUploadedFile("torget.jpg", telephone_jpeg())
    told = typed(photos=photo, nobody_recognisable="on")
    page = signed_in(reporter).post(reverse("report:report"), told)
    assert page.status_code == 302
    sent = Observation.objects.get()
    assert (sent.place_name, sent.precision, sent.photos.count()) == ("Torget", "named", 1)
    signed_in(reporter).post(reverse("report:report"), told)
    assert Observation.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"text": "Anna Andersson slog"}, "nämna en person"),
        ({"place_name": "19811218-9876"}, "personnummer"),
        ({"place_name": ""}, "Säg var det var"),
        ({"severity": ""}, "hur allvarligt"),
        ({"when": "chosen"}, "när det började"),
        ({"category": "no_such"}, "no_such"),
        ({"when": "chosen", "start": "2026-11-18T12:00", "end": "2026-11-18T11:00"}, "slutar"),
    ],
)
def test_what_is_refused_stays_on_the_page(signed_in, reporter, changes, says):
    page = signed_in(reporter).post(reverse("report:report"), typed(**changes))
    html = page.content.decode()
    assert page.status_code == 422
    assert says in html
    assert faults_of_page(html) == []
    assert not Sending.objects.exists()


def test_what_is_good_is_not_asked_how_serious(signed_in, reporter):
    told = typed(category="safe_place", severity="")
    assert signed_in(reporter).post(reverse("report:report"), told).status_code == 302
    assert Observation.objects.get().severity == "green"


def test_earlier_today_is_an_interval(signed_in, reporter):
    signed_in(reporter).post(reverse("report:report"), typed(when="today"))
    sent = Observation.objects.get()
    assert timezone.localtime(sent.start).hour == 0
    assert sent.end > sent.start


def test_what_may_be_the_same_is_shown_whole_and_can_be_joined(signed_in, reporter):
    now = timezone.now()
    first = one(person(Role.GUARD), "dark", start=now, end=now, geometry=None, place_name="Torget")
    client, told = signed_in(reporter), typed()
    page = client.post(reverse("report:report"), told)
    assert page.status_code == 200
    assert "Det är samma" in page.content.decode()
    assert first.text in page.content.decode()
    assert Observation.objects.count() == 1
    client.post(reverse("report:report"), {**told, "joins": first.pk})
    assert Observation.objects.get(joined_to=first).status == "joined"
    client.post(reverse("report:report"), typed(joins=0))
    assert Observation.objects.filter(joined_to=None).count() == 2


def test_nothing_to_report_by_one_button(signed_in, reporter):
    client = signed_in(reporter)
    address, told = reverse("report:nothing"), {"client_id": str(uuid4())}
    assert client.post(address, told).status_code == 302
    assert Sending.objects.get().is_nothing_to_report
    assert client.post(address, {}).status_code == 404
    assert client.get(address).status_code == 405


def test_a_telephones_sending_gets_the_same_receipt_twice(signed_in, reporter):
    client, mark = signed_in(reporter), str(uuid4())
    first = post(client, reporter, as_sent(), as_sent(category="safe_place"), client_id=mark)
    again = post(client, reporter, as_sent(), as_sent(category="safe_place"), client_id=mark)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert [row["number"] for row in first.json()["observations"]] == [1, 2]
    assert Observation.objects.count() == 2


def test_a_refused_sending_says_where_and_why(signed_in, reporter):
    wrong = as_sent(text="Anna Andersson slog"), as_sent(category="gone"), as_sent(start="igår")
    answer = post(signed_in(reporter), reporter, as_sent(), *wrong)
    assert answer.status_code == 422
    found = {(fault["number"], fault["field"]) for fault in answer.json()["faults"]}
    assert found >= {(2, "text"), (4, "start")}
    only_category = post(signed_in(reporter), reporter, as_sent(category="gone"))
    assert only_category.json()["faults"][0]["field"] == "category"
    assert not Sending.objects.exists()


@pytest.mark.parametrize(
    "body", ["", "[]", "{}", "null", '{"observations": 3}', '{"client_id": 1}']
)
def test_what_is_no_sending_is_refused(signed_in, reporter, body):
    client = signed_in(reporter)
    answer = client.post(reverse("report:receive"), body, content_type="application/json")
    assert answer.status_code == 422
    assert answer.json()["error"]


def test_names_beside_a_geometry_are_not_stored(signed_in, reporter):
    geometry = {**at(0), "properties": {"name": "Anna Andersson"}}
    assert post(signed_in(reporter), reporter, as_sent(geometry=geometry)).status_code == 201
    assert Observation.objects.get().geometry == at(0)


def test_who_borrows_a_telephone_does_not_send_what_another_wrote(signed_in, reporter):
    other = person(Role.GUARD)
    answer = post(signed_in(other), reporter, as_sent())
    assert answer.status_code == 403
    assert not Sending.objects.exists()


def test_the_receipt_is_for_those_who_report_and_needs_a_token(client, reporter):
    board = person(Role.BOARD_MEMBER)
    client.force_login(board)
    assert post(client, board, as_sent()).status_code == 403
    client.logout()
    assert post(client, reporter, as_sent()).status_code == 302
    strict = client.__class__(enforce_csrf_checks=True)
    strict.force_login(reporter)
    assert post(strict, reporter, as_sent()).status_code == 403
    assert not Sending.objects.exists()


def test_near_answers_whole_and_not_what_is_restricted(signed_in, reporter):
    shown = one(reporter, "dark")
    one(reporter, "honour")
    where = dict(zip(("longitude", "latitude"), at(0)["coordinates"], strict=True))
    told = {"start": NOW.isoformat(), "end": NOW.isoformat(), **where}
    client = signed_in(person(Role.GUARD))
    rows = client.get(reverse("report:near"), {**told, "category": "dark"}).json()["near"]
    assert [(row["id"], row["text"]) for row in rows] == [(shown.pk, shown.text)]
    assert client.get(reverse("report:near"), {**told, "category": "honour"}).json() == {"near": []}
    assert client.get(reverse("report:near"), {"category": "dark"}).json() == {"near": []}


def test_the_reporter_reads_what_became_of_it(signed_in, reporter, coordinator):
    first, second = one(reporter), one(reporter, geometry=at(0, 0.1))
    services.observation_join(observation_id=second.pk, to_id=first.pk, actor=coordinator)
    services.observation_done(observation_id=first.pk, answer="Väggen är målad.", actor=coordinator)
    html = signed_in(reporter).get(reverse("report:mine")).content.decode()
    assert faults_of_page(html) == []
    assert html.count("Väggen är målad.") == 2
    assert "Fler har sett samma sak, och det är åtgärdat." in html


@pytest.mark.parametrize("step", ["take-up", "done", "no-action", "split", "join"])
def test_steps_are_posts_for_those_who_handle_it(signed_in, reporter, coordinator, step):
    observation = one(reporter)
    address = reverse(f"observations:observation-{step}", args=[observation.pk])
    assert signed_in(coordinator).get(address).status_code == 405
    told = {"answer": "Lagad.", "to": observation.pk}
    assert signed_in(reporter).post(address, told).status_code == 403
    assert signed_in(person(Role.SCHOOL)).post(address, told).status_code == 404
    expected = 422 if step in {"split", "join"} else 302
    assert signed_in(coordinator).post(address, told).status_code == expected


def test_a_refused_step_says_why_on_the_page(signed_in, reporter, coordinator):
    observation = one(reporter)
    client = signed_in(coordinator)
    for step, told, says in (
        ("done", {}, "Skriv vad rapportören ska få veta"),
        ("done", {"answer": "Anna Andersson slog"}, "nämna en person"),
        ("join", {"to": 999_999}, "Kontrollera numret"),
        ("join", {"to": "x"}, "Kontrollera numret"),
    ):
        address = reverse(f"observations:observation-{step}", args=[observation.pk])
        page = client.post(address, told)
        html = page.content.decode()
        assert page.status_code == 422
        assert says in html
        assert faults_of_page(html) == []
    observation.refresh_from_db()
    assert observation.status == "received"


def test_the_list_filters_and_exports_and_says_so_in_the_log(signed_in, reporter, coordinator):
    for category, column in (("dark", 0), ("litter", 0), ("dark", 2)):
        one(reporter, category, column=column)
    client = signed_in(coordinator)
    page = client.get(reverse("observations:observation-list"), {"category": "dark"})
    assert faults_of_page(page.content.decode()) == []
    assert "1 väntar" not in page.content.decode()
    assert page.context["table"].rows[0].record.category.slug == "dark"
    assert len(page.context["table"].rows) == 1
    for kind in ("csv", "xlsx", "geojson"):
        answer = client.get(reverse("observations:observation-list"), {"export": kind})
        assert answer.status_code == 200
        assert "attachment" in answer["Content-Disposition"]
    rows = client.get(reverse("observations:observation-list"), {"export": "csv"}).content.decode()
    assert rows.count("\n") == 3
    log = AuditRecord.objects.filter(kind="observations.observations.exported")
    assert [entry.after["row_count"] for entry in log] == [2, 2, 2, 2]
    points = client.get(reverse("observations:points"), {"category": "dark"}).json()
    assert len(points["features"]) == 1


def test_the_week_is_read_by_politicians_who_read_no_report(signed_in, reporter):
    last = week_of(timezone.localdate()) - timedelta(weeks=1)
    when = timezone.now() - timedelta(days=timezone.localdate().weekday() + 3)
    sent = one(reporter, start=when, end=when, place_name="Torget")
    services.week_compile(week=last)
    client = signed_in(person(Role.BOARD_MEMBER))
    assert client.get(reverse("weeks:latest")).status_code == 302
    for address in (
        reverse("weeks:week", args=[last]),
        reverse("weeks:district", args=[last, "D0"]),
    ):
        html = client.get(address).content.decode()
        assert faults_of_page(html) == []
    assert "Torget" in html
    assert reverse("observations:observation-detail", args=[sent.pk]) not in html
    assert client.get(reverse("observations:observation-list")).status_code == 403
    assert client.get(reverse("weeks:district", args=[last, "D9"])).status_code == 404
    missing = reverse("weeks:week", args=[last - timedelta(weeks=1)])
    assert client.get(missing).status_code == 404


def test_before_any_week_the_page_says_when_it_comes(signed_in):
    client = signed_in(person(Role.CITY_STRATEGIST))
    html = client.get(reverse("weeks:latest")).content.decode()
    assert "måndag morgon" in html
    assert faults_of_page(html) == []
    assert client.post(reverse("weeks:compile")).status_code == 302


def test_what_waits_for_the_coordinator(reporter, coordinator, monkeypatch):
    monkeypatch.setattr(inbox, "MOST_SHOWN", 2)
    rows = [one(reporter) for _number in range(4)]
    one(reporter, column=2)
    today = timezone.localdate()
    items = [item for item in inboxes.inbox_of(coordinator, today) if item.code == inbox.CODE]
    assert {item.key for item in items} == {str(rows[0].pk), str(rows[1].pk), "more"}
    assert {item.due_on for item in items} == {today + timedelta(days=7), None}
    assert items[0].urgency(today + timedelta(days=8)) == inboxes.Urgency.OVERDUE
    services.observation_take_up(observation_id=rows[0].pk, actor=coordinator)
    left = [item.key for item in inboxes.inbox_of(coordinator, today)]
    assert str(rows[0].pk) not in left
    assert inboxes.inbox_of(reporter, today) == []
    one(reporter, geometry=None, place_name="Baksidan")
    strategist = inboxes.inbox_of(person(Role.CITY_STRATEGIST), today)
    assert len([item for item in strategist if item.code == inbox.CODE]) == 1


def test_categories_are_kept_on_pages(signed_in):
    client = signed_in(person(Role.ADMINISTRATOR))
    dark = Category.objects.get(slug="dark")
    new = reverse("observations:category-new")
    assert client.post(new, {"name": "Halka", "kind": "environment", "order": 7}).status_code == 302
    assert client.post(new, {"name": "Halka", "kind": "event", "order": 7}).status_code == 422
    edit = reverse("observations:category-edit", args=[dark.pk])
    assert client.post(edit, {"name": "Mörkt", "order": 3}).status_code == 302
    assert client.post(edit, {"name": "halka", "order": 3}).status_code == 422
    use = reverse("observations:category-use", args=[dark.pk])
    assert client.post(use).status_code == 302
    assert not Category.objects.get(slug="dark").is_active
    safe = reverse("observations:category-use", args=[Category.objects.get(slug="safe_place").pk])
    page = client.post(safe)
    assert page.status_code == 422
    for shown in (page, client.get(new), client.get(edit)):
        assert faults_of_page(shown.content.decode()) == []


def test_every_page_stays_within_its_queries(
    signed_in, reporter, coordinator, django_assert_max_num_queries
):
    when = timezone.now() - timedelta(days=timezone.localdate().weekday() + 3)
    rows = [
        one(reporter, "dark", start=when, end=when, place_name=f"Plats {number}")
        for number in range(60)
    ]
    week = week_of(timezone.localdate()) - timedelta(weeks=1)
    services.week_compile(week=week)
    pages = (
        reverse("observations:observation-list"),
        reverse("observations:observation-detail", args=[rows[0].pk]),
        reverse("observations:points"),
        reverse("weeks:week", args=[week]),
        reverse("weeks:district", args=[week, "D0"]),
        reverse("report:mine"),
        reverse("report:report"),
    )
    for address in pages:
        actor = reporter if address == reverse("report:mine") else coordinator
        client = signed_in(actor)
        with django_assert_max_num_queries(MOST_QUERIES):
            assert client.get(address).status_code == 200
