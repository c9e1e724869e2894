"""A source that began to give areas in one year does not make an area look as if it turned bad."""

from dataclasses import replace
from datetime import UTC, date, datetime

import numpy as np
import pytest
import shapely

from samhandling.space.areas import AreaSet
from samhandling_web.base.accounts.rules import Role
from samhandling_web.observe.events.snapshot import build, queries
from samhandling_web.observe.events.snapshot.layout import Division
from samhandling_web.observe.events.tests.event_tables import event_tables
from samhandling_web.understand.picture.documents import public_document_of
from samhandling_web.understand.picture.figures.assemble import figures_for
from samhandling_web.understand.picture.figures.coverage import (
    coverage,
    known_scope,
    months_placed_alike,
)
from samhandling_web.understand.picture.figures.scope import Scope
from samhandling_web.understand.picture.tests import factories

SOURCE = "reports"


def row(number: int, year: int, month: int, *, placed: bool) -> tuple[object, ...]:
    when = datetime(year, month, 10, 12, tzinfo=UTC)
    area = ("district", "W") if placed else ("", "")
    precision = "area" if placed else "municipality"
    return (number, SOURCE, "fire", when, when, None, None, precision, *area, 1, "9999")


@pytest.fixture
def snapshot(data_folder):
    """Make four years of one event a month: without areas at first, with areas from 2022 on."""
    months = [(year, month) for year in range(2020, 2024) for month in range(1, 13)]
    return made_of([row(at, y, m, placed=y >= 2022) for at, (y, m) in enumerate(months, 1)])


def made_of(rows):
    boxes = [shapely.box(17, 60, 17.5, 61), shapely.box(17.5, 60, 18, 61)]
    areas = AreaSet.of("district", ["W", "E"], ["Väster", "Öster"], boxes)
    division = Division("v0", areas, date(2015, 1, 1), None)
    links = {"v0": {("district", "W"): 0, ("district", "E"): 1}}
    writer = build.SnapshotWriter([division], links, "Europe/Stockholm", "9999")
    build.build(
        event_tables(rows), writer, data_version="c" * 64, made_at=datetime(2024, 1, 1, tzinfo=UTC)
    )
    return queries.snapshot_in_use()


def scope(code: str = "W", first: int = 2022, last: int = 2023) -> Scope:
    return Scope("district", code, "Väster", "Staden", date(first, 1, 1), date(last, 12, 31))


def test_an_area_is_not_compared_with_years_before_it_had_a_code(snapshot):
    found = coverage(scope(), snapshot, SOURCE)
    assert (found.now, found.before, found.months_before) == (1, 0, 1)
    assert not found.is_comparable


def test_the_whole_municipality_is(snapshot):
    assert coverage(scope(code=""), snapshot, SOURCE).is_comparable


def test_nothing_is_compared_with_years_the_source_knows_nothing_of(snapshot):
    assert not coverage(scope(code="", first=2020, last=2021), snapshot, SOURCE).is_comparable


def test_like_years_are_compared(snapshot):
    assert coverage(scope(first=2023), snapshot, SOURCE).is_comparable


def test_months_before_the_break_are_told_apart(snapshot):
    months = np.arange("2020-01", "2024-01", dtype="datetime64[M]")
    alike = months_placed_alike(scope(first=2020), snapshot, SOURCE, months)
    assert not alike[:12].any()
    assert alike[-12:].all()
    assert months_placed_alike(scope(code="", first=2020), snapshot, SOURCE, months).all()


@pytest.mark.django_db
def test_the_open_document_hides_answers_that_are_too_few(data_folder):
    writer = factories.person(Role.ANALYST)
    registrar = factories.person(Role.CITY_STRATEGIST)
    columns = [
        {"name": name, "label": name, "kind": kind}
        for name, kind in (("value", "percent"), ("interval", "interval"), ("n", "int"))
    ]
    figure = {
        "slug": "unsafety",
        "heading": "Upplevd otrygghet",
        "sentence": "",
        "columns": columns,
        "rows": [[40.0, [20.0, 60.0], 12], [41.0, [38.0, 44.0], 900]],
        "source": "enkät",
        "definition": "andel",
        "uncertainty": "urval",
        "is_public": True,
    }
    picture = factories.adopted(writer, registrar, figures=[figure])
    (table,) = [t for t in public_document_of(picture).tables() if len(t.rows) == 2]
    assert table.rows[0][0].name == "SUPPRESSED"
    assert table.rows[1][2] == 900


def test_where_the_source_knows_nothing_the_period_is_cut(snapshot):
    whole = known_scope(scope(code="", first=2018, last=2025), snapshot, SOURCE)
    assert (whole.start, whole.end) == (date(2020, 1, 1), date(2023, 12, 31))
    part = known_scope(scope(first=2020), snapshot, SOURCE)
    assert (part.start, part.end) == (date(2022, 1, 1), date(2023, 12, 31))
    assert known_scope(scope(code="", first=2010, last=2015), snapshot, "another") is None


@pytest.mark.parametrize("code", ["W", ""])
def test_a_quiet_week_is_not_silence(snapshot, code):
    quiet = replace(scope(code=code), start=date(2023, 5, 15), end=date(2023, 5, 21))
    assert known_scope(quiet, snapshot, SOURCE) == quiet


def test_a_stray_date_is_not_the_beginning_of_a_source(data_folder):
    months = [(2015, 3)] + [(year, month) for year in (2022, 2023) for month in range(1, 13)] * 20
    rows = [row(at, y, m, placed=True) for at, (y, m) in enumerate(months, 1)]
    known = known_scope(scope(code="", first=2014), made_of(rows), SOURCE)
    assert known.start == date(2022, 1, 1)


@pytest.mark.django_db
def test_a_rate_is_counted_over_the_years_the_source_knows(snapshot):
    asked = scope(code="", first=2012, last=2023)
    figures = [f for f in figures_for(asked) if f.slug.startswith("trend")]
    months = [row[0] for row in figures[0].rows]
    assert (months[0], len(months)) == ("2020-01-01", 48)
    assert "2020-01-01–2023-12-31" in figures[0].definition
