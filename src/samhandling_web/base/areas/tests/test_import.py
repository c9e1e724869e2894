"""Divisions read in: versions, idempotence, any order, undoing, refusals."""

from datetime import date, timedelta

import pytest
import shapely
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from samhandling_web.base.accounts.rules import Role
from samhandling_web.base.areas import rules, selectors, services
from samhandling_web.base.areas.models import Area, AreaBatch, AreaChange, AreaVersion
from samhandling_web.base.areas.rules import Span, Wanted, division_plan
from samhandling_web.base.areas.tests.town import (
    EARLY,
    LATE,
    block,
    blocks,
    division,
    person,
    table,
)
from samhandling_web.base.audit.models import AuditRecord
from samhandling_web.base.common.errors import NotAllowed

pytestmark = pytest.mark.django_db
FIRST = [("W", "Väst", block(0, 3)), ("M", "Mitt", block(3, 4)), ("E", "Öst", block(4, 6))]
MERGED = [("W", "Väst", block(0, 3)), ("ME", "Nya Öst", block(3, 6))]


@pytest.fixture(autouse=True)
def _level():
    services.level_set(slug="district", name="Stadsdelsområde", actor=None)


def everything():
    fields = [field.attname for field in AreaVersion._meta.fields]
    return sorted(map(repr, AreaVersion.objects.values_list(*fields)))


def validity():
    rows = AreaVersion.objects.order_by("area__code", "valid_from")
    return list(rows.values_list("area__code", "valid_from", "valid_to"))


def test_a_division_is_stored_with_its_surface_and_bounds():
    outcome = division("district", FIRST)
    assert (outcome.created, outcome.unchanged) == (3, 0)
    version = selectors.areas_on("district", EARLY).get(area__code="W")
    assert version.name == "Väst"
    assert (version.west, version.south) == pytest.approx((17.0, 59.0))
    # Three hundredths of a degree by one, at 59 degrees north.
    assert version.area_m2 == pytest.approx(1723 * 1114, rel=0.01)


def test_the_same_division_again_changes_nothing():
    division("district", FIRST)
    before, records = everything(), AuditRecord.objects.count()
    outcome = division("district", FIRST, batch="again")
    assert outcome.is_empty
    assert outcome.unchanged == 3
    assert everything() == before
    assert AuditRecord.objects.count() == records
    assert not AreaBatch.objects.filter(key="again").exists()


def test_the_same_ring_drawn_from_another_corner_is_the_same_area():
    division("district", FIRST)
    corners = list(block(0, 3).exterior.coords)[:-1]
    turned = shapely.Polygon(corners[2:] + corners[:2])
    assert division("district", [("W", "Väst", turned), *FIRST[1:]], batch="again").is_empty


def test_a_new_division_ends_what_changed_and_keeps_what_did_not():
    division("district", FIRST)
    division("district", MERGED, LATE, "second")
    assert validity() == [
        ("E", EARLY, LATE),
        ("M", EARLY, LATE),
        ("ME", LATE, None),
        ("W", EARLY, None),
    ]
    assert selectors.areas_on("district", LATE - timedelta(days=1)).count() == 3
    assert selectors.areas_on("district", LATE).count() == 2


def test_divisions_may_be_read_in_any_order():
    division("district", FIRST)
    division("district", MERGED, LATE, "second")
    expected = [
        (day, sorted(selectors.areas_on("district", day).values_list("area__code", "name")))
        for day in (EARLY, LATE, date(2030, 1, 1))
    ]
    services.area_versions_withdraw("second", actor=None)
    services.area_versions_withdraw("first", actor=None)
    division("district", MERGED, LATE, "second")
    division("district", FIRST)
    for day, areas in expected:
        found = selectors.areas_on("district", day).values_list("area__code", "name")
        assert sorted(found) == areas


def test_a_corrected_file_for_the_same_day_replaces_what_it_corrects():
    division("district", FIRST)
    outcome = division("district", [("W", "Västra", block(0, 3)), *FIRST[1:]], batch="fix")
    assert (outcome.corrected, outcome.unchanged) == (1, 2)
    assert AreaVersion.objects.count() == 3
    assert selectors.area_by_name("VÄSTRA", "district", EARLY).area.code == "W"


def test_rows_may_carry_days_of_their_own():
    services.level_set(slug="listed", name="Listat område", is_overlay=True, actor=None)
    rows = [
        ("A", "Aspen", block(0, 1), date(2017, 1, 1), date(2019, 1, 1)),
        ("B", "Björken", block(2, 3), date(2017, 1, 1), date(2019, 1, 1)),
        ("A", "Aspen", block(0, 2), date(2019, 1, 1), None),
    ]
    division("listed", rows, None)
    assert validity() == [
        ("A", date(2017, 1, 1), date(2019, 1, 1)),
        ("A", date(2019, 1, 1), None),
        ("B", date(2017, 1, 1), date(2019, 1, 1)),
    ]
    assert division("listed", rows, None, "again").is_empty


@pytest.mark.parametrize(
    "second",
    [MERGED, FIRST[:2], [("W", "Annat namn", block(0, 3)), *FIRST[1:]], [("X", "X", block(0, 6))]],
)
@pytest.mark.parametrize("day", [EARLY - timedelta(days=400), EARLY, LATE, date(2022, 2, 2)])
def test_undoing_restores_every_version_exactly(second, day):
    division("district", FIRST)
    division("district", [*FIRST[:2], ("E", "Öst", block(4, 7))], LATE, "between")
    before = everything()
    revision = selectors.level_by_slug("district").revision
    assert not division("district", second, day, "second").is_empty
    assert everything() != before
    assert services.area_versions_withdraw("second", actor=None) > 0
    assert everything() == before
    assert selectors.level_by_slug("district").revision == revision
    assert not AreaChange.objects.filter(batch__key="second").exists()


def test_undoing_the_first_import_leaves_no_areas():
    division("district", FIRST)
    services.area_versions_withdraw("first", actor=None)
    assert not AreaVersion.objects.exists()
    assert not Area.objects.exists()
    kinds = AuditRecord.objects.values_list("kind", flat=True)
    assert list(kinds)[-2:] == ["areas.division.imported", "areas.division.withdrawn"]


def test_undoing_goes_backwards():
    division("district", FIRST)
    division("district", MERGED, LATE, "second")
    with pytest.raises(rules.LaterImportFirst, match="second"):
        services.area_versions_withdraw("first", actor=None)


def test_an_import_nobody_made_cannot_be_undone():
    with pytest.raises(rules.UnknownImport):
        services.area_versions_withdraw("nothing", actor=None)


@pytest.mark.parametrize(
    ("areas", "error"),
    [
        ([], rules.NoAreaRows),
        ([("W", "Väst", block(0, 1)), ("W", "Väst", block(1, 2))], rules.AreaCodeTwice),
        ([("W", "Väst", shapely.Point(17, 59))], rules.AreaRowsInvalid),
        (
            [("W", "Väst", shapely.box(674_000, 6_580_000, 675_000, 6_581_000))],
            rules.AreaRowsInvalid,
        ),
        ([("W", "Väst", shapely.Polygon())], rules.AreaRowsInvalid),
        ([("W", "Väst", block(0, 1), LATE, EARLY)], rules.AreaRowsInvalid),
        (
            [("W", "Väst", shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)]))],
            rules.AreaRowsInvalid,
        ),
    ],
)
def test_rows_that_are_no_division_are_refused_whole(areas, error):
    with pytest.raises(error):
        division("district", areas)
    assert not AreaVersion.objects.exists()


def test_an_unknown_level_is_refused():
    with pytest.raises(rules.UnknownLevel, match="ward"):
        division("ward", FIRST)


def test_only_some_roles_may_read_in_areas():
    arguments = {"batch_key": "b", "level": "district", "rows": table("district", FIRST)}
    arguments |= {"source": "test", "valid_from": EARLY}
    with pytest.raises(NotAllowed):
        services.area_versions_import(**arguments, actor=person(Role.GUARD))
    analyst = person(Role.ANALYST, email="utredare@exempel.se")
    assert services.area_versions_import(**arguments, actor=analyst).created == 3
    record = AuditRecord.objects.order_by("-sequence").first()
    assert record.kind == "areas.division.imported"
    assert record.actor == analyst
    assert record.after["created"] == 3
    with pytest.raises(NotAllowed):
        services.area_versions_withdraw("b", actor=person(Role.GUARD, email="b@exempel.se"))


def test_the_database_refuses_a_version_that_ends_before_it_starts():
    division("district", FIRST)
    with pytest.raises(Exception, match="areas_version_ends_after_start"), connection.cursor() as c:
        c.execute("UPDATE areas_areaversion SET valid_to = '2001-01-01'")


days = st.integers(0, 6).map(lambda n: EARLY + timedelta(days=n))
divisions = st.lists(
    st.tuples(days, st.dictionaries(st.sampled_from("ABC"), st.sampled_from("xyz"), min_size=1)),
    max_size=6,
)


def carried_out(spans, plan, wanted, start):
    """Apply a plan to plain spans, as the service does to rows."""
    stored = {span.version_id: span for span in spans}
    originals = dict(stored)
    number = max(stored, default=0)
    for pk in plan.removed:
        del stored[pk]
    for pk, begin, end in plan.moved:
        stored[pk] = Span(pk, stored[pk].code, stored[pk].content_hash, begin, end)
    for pk, begin, end in plan.copied:
        number += 1
        stored[number] = Span(number, originals[pk].code, originals[pk].content_hash, begin, end)
    for pk, code, end in plan.rewritten:
        stored[pk] = Span(pk, code, wanted[code].content_hash, stored[pk].start, end)
    for code, end in plan.created:
        number += 1
        stored[number] = Span(number, code, wanted[code].content_hash, start, end)
    return list(stored.values())


@settings(deadline=None)
@given(divisions)
def test_each_day_shows_the_division_read_for_it_last(read):
    """Against the plainest model: a division holds from its day until the next known change."""
    spans: list[Span] = []
    model: dict[date, dict[str, str]] = {}
    every_day = [EARLY + timedelta(days=n) for n in range(8)]

    def shown(day):
        return {span.code: span.content_hash for span in spans if span.holds_on(day)}

    for start, areas in read:
        wanted = {code: Wanted(text) for code, text in areas.items()}
        end = rules.division_end(spans, start)
        for day in every_day:
            if start <= day and (end is None or day < end):
                model[day] = areas
        spans = carried_out(spans, division_plan(spans, wanted, start), wanted, start)
        assert division_plan(spans, wanted, start).is_empty
        assert all(span.end is None or span.start < span.end for span in spans)
        assert len({(span.code, span.start) for span in spans}) == len(spans)
        assert {day: shown(day) for day in every_day} == {
            day: model.get(day, {}) for day in every_day
        }


def test_blocks_of_the_town_do_not_overlap():
    division("district", blocks())
    assert selectors.area_at(17.005, 59.005, "district", EARLY).area.code == "B0"
    assert selectors.area_at(18.5, 59.005, "district", EARLY) is None
