"""A true repeat is found and said with its interval; rough places and dates are refused."""

from datetime import date, timedelta

import numpy as np
import pytest

from samhandling_web.understand.picture.figures.assemble import candidates, figures_expected
from samhandling_web.understand.picture.figures.near_repeats import near_repeat_figure
from samhandling_web.understand.picture.tests.invented_town import (
    SOURCE,
    THEFT,
    anywhere,
    event,
    made,
    west,
)

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2023, 1, 1), date(2024, 12, 31)
METRE = 1 / 111_000


def alone(count: int, **other: object):
    return list(anywhere(np.random.default_rng(1), count, FIRST, LAST - timedelta(days=7), **other))


def with_repeats(count: int, **other: object):
    """Yield events, each with another within 40 metres on one of the six days after."""
    generator = np.random.default_rng(2)
    for row in alone(count, **other):
        yield row
        _source, kind, start, _end, lon, lat, precision, *_placed = row
        later = start.date() + timedelta(days=int(generator.integers(1, 6)))
        east, north = generator.uniform(-40, 40, 2) * METRE
        yield event(later, lon + east, lat + north, kind=kind, precision=precision)


def test_repeats_near_and_soon_are_found_for_the_kind_that_has_them(data_folder):
    snapshot = made([*with_repeats(100), *alone(150, kind=THEFT)])
    figure = near_repeat_figure(west(FIRST, LAST), snapshot, SOURCE)
    nearest = figure.rows[0]
    assert nearest[:3] == ("Brand", "under 100 meter", "0–6 dagar")
    assert nearest[3] >= 100
    assert nearest[5] > 10
    assert nearest[6] == pytest.approx(1 / 400)
    assert "Brand: efter en händelse följer fler inom 100 meter, mindre än 7 dagar" in (
        figure.sentence
    )
    assert "Ingen säker upprepning av de andra typer som prövats (1)." in figure.sentence
    assert [row[0] for row in figure.rows].count("Stöld") == 1
    assert [row[0] for row in figure.rows].count("Brand") == 9


def test_no_repeat_is_said_where_there_is_none(data_folder):
    figure = near_repeat_figure(west(FIRST, LAST), made(alone(400)), SOURCE)
    assert figure.sentence.startswith("Ingen säker upprepning i närheten (1 händelsetyper prövade)")
    assert len(figure.rows) == 9


def test_a_few_rough_places_are_left_out_and_counted(data_folder):
    events = [*with_repeats(100), *alone(30, precision="snapped")]
    figure = near_repeat_figure(west(FIRST, LAST), made(events), SOURCE)
    assert "200 händelser med känd punkt och dag; 30 med ungefärlig" in figure.definition


def monthly():
    return [
        event(date(2023 + at % 2, 1 + at % 12, 1), 17 + 0.0007 * (at % 97), 60.02)
        for at in range(300)
    ]


@pytest.mark.parametrize(
    "events",
    [
        list(with_repeats(100, precision="snapped")),
        alone(300, days=30),
        monthly(),
        list(with_repeats(20)),
        [event(FIRST + timedelta(days=at), 17.01, 60.01) for at in range(200)],
    ],
    ids=["snapped", "a month long", "dated the first", "too few", "on one point"],
)
def test_nothing_is_said_where_it_cannot_be_read(data_folder, events):
    assert near_repeat_figure(west(FIRST, LAST), made(events), SOURCE) is None


def test_every_figure_of_a_source_is_counted_on(data_folder):
    """The progress bar expects as many figures as there are, made or not."""
    made(with_repeats(100))
    scope = west(FIRST, LAST)
    figures = list(candidates(scope))
    assert len(figures) == figures_expected(scope)
    slugs = {figure.slug for figure in figures if figure is not None}
    assert f"near-repeats-{SOURCE}" in slugs
