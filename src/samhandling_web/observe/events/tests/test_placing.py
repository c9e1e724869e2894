"""Events are placed by what they say; a person's word goes before the gazetteer's."""

from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, transaction

from samhandling_web.base.accounts.rules import Role
from samhandling_web.base.areas.models import Area, AreaLevel, AreaVersion, Municipality
from samhandling_web.base.audit.selectors import records_of
from samhandling_web.base.common.errors import NotAllowed
from samhandling_web.observe.events import rules, selectors, services
from samhandling_web.observe.events.models import EventRevision, Placement
from samhandling_web.observe.imports import services as imports
from samhandling_web.observe.imports.tests.people import person
from samhandling_web.observe.imports.tests.police_files import police_file, police_row

pytestmark = pytest.mark.django_db

TEXTS = ["En man rånades i Alvdal.", "Mannen greps i Alvdal.", "Ett larm utan plats."]


@pytest.fixture
def town():
    Municipality.objects.create(code="9999", name="Exempelstad")
    level = AreaLevel.objects.create(slug="neighbourhood", name="stadsdel", name_plural="delar")
    for code, name in (("1", "Alvdal"), ("2", "Brovik")):
        AreaVersion.objects.create(
            area=Area.objects.create(level=level, code=code),
            name=name,
            valid_from=date(2020, 1, 1),
            geometry={},
            geometry_map={},
            area_m2=1,
            west=0,
            south=0,
            east=0,
            north=0,
        )


@pytest.fixture
def events(town, tmp_path):
    rows = [police_row(number, summary=text) for number, text in enumerate(TEXTS)]
    path = police_file(tmp_path / "p.csv", rows)
    batch = imports.batch_receive(source="police_events", path=path, actor=None)
    imports.batch_run(batch_id=batch.pk)
    return [row["id"] for row in rows]


def placed():
    rows = selectors.current_event_rows(["external_id", "placed_code", "placed_method"])
    return [row[1:] for row in rows]


def place(event, code, actor):
    return services.event_place(
        source="police_events",
        external_id=event,
        area_level="neighbourhood",
        area_code=code,
        actor=actor,
    )


def test_events_are_placed_where_their_text_tells(events):
    version = selectors.data_version()
    outcome = services.events_place(actor=None)
    assert (outcome.read, outcome.placed) == (3, 1)
    assert placed() == [("1", "gazetteer"), ("", "gazetteer"), ("", "gazetteer")]
    assert selectors.data_version() != version
    silent = selectors.placement_of("police_events", events[1])
    assert silent.evidence["abstained_because"] == "not_the_scene"


def test_an_event_is_read_once_for_each_wording(events):
    services.events_place(actor=None)
    assert services.events_place(actor=None).read == 0
    assert Placement.objects.count() == 3


def test_a_person_goes_before_the_gazetteer_also_later(events):
    analyst = person(Role.ANALYST)
    services.events_place(actor=None)
    placement = place(events[0], "2", analyst)
    Placement.objects.create(
        source="police_events",
        external_id=events[0],
        area_level="neighbourhood",
        area_code="1",
        confidence=0.9,
        method="gazetteer",
        at=datetime(2030, 1, 1, tzinfo=UTC),
    )
    assert placed()[0] == ("2", "person")
    record = records_of(placement).get()
    assert (record.actor, record.before["area_code"]) == (analyst, "1")
    assert not selectors.placements_to_review().exists()


def test_a_person_may_say_that_the_text_does_not_tell(events):
    services.events_place(actor=None)
    place(events[0], "", person(Role.ANALYST))
    assert placed()[0] == ("", "person")


def test_placing_refuses_strangers_unknown_events_and_unknown_areas(events):
    analyst = person(Role.ANALYST)
    with pytest.raises(NotAllowed):
        place(events[0], "1", person(Role.GUARD))
    with pytest.raises(rules.UnknownEvent):
        place("nothing", "1", analyst)
    with pytest.raises(rules.UnknownArea):
        place(events[0], "77", analyst)
    assert not Placement.objects.exists()


def test_a_placement_is_never_edited(events):
    services.events_place(actor=None)
    with pytest.raises(DatabaseError), transaction.atomic():
        Placement.objects.update(area_code="2")
    with pytest.raises(DatabaseError), transaction.atomic():
        Placement.objects.all().delete()


def test_the_database_refuses_a_point_that_is_no_point(events):
    with pytest.raises(DatabaseError), transaction.atomic():
        EventRevision.objects.update(lon=18.0, lat=59.0)


def test_rows_stream_in_key_order_with_aware_times(events):
    rows = list(selectors.current_event_rows(["source", "external_id", "start"]))
    assert [row[1] for row in rows] == sorted(events)
    assert all(row[2].tzinfo is UTC for row in rows)
    behind = selectors.current_event_rows(["external_id"], after=("police_events", events[0]))
    assert [row[0] for row in behind] == events[1:]
    with pytest.raises(ValueError, match="hemlig"):
        list(selectors.current_event_rows(["hemlig"]))
