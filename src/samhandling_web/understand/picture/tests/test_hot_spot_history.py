"""Lasting and new hot cells are told apart; nothing is said of periods that cannot be compared."""

from datetime import date

import numpy as np
import pytest

from samhandling_web.understand.picture.figures.hot_spot_history import (
    HALF_YEAR,
    YEAR,
    hot_spot_history_figure,
    periods_of,
)
from samhandling_web.understand.picture.tests.invented_town import (
    SOURCE,
    anywhere,
    event,
    made,
    west,
)

YEARS = (2021, 2022, 2023, 2024)
LASTING, RECENT = (17.02, 60.01), (17.06, 60.03)


def scattered(year: int, **other: object):
    generator = np.random.default_rng(year)
    return anywhere(generator, 60, date(year, 1, 1), date(year, 12, 31), **other)


def heap(place: tuple[float, float], year: int, **other: object):
    """Yield forty events within some hundred metres, at the same addresses every year."""
    generator = np.random.default_rng(7)
    for turn in range(40):
        lon, lat = generator.normal(place, (0.002, 0.001))
        yield event(date(year, 1 + turn % 12, 15), lon, lat, **other)


def town(**other: object):
    for year in YEARS:
        yield from scattered(year, **other)
        yield from heap(LASTING, year, **other)
    yield from heap(RECENT, YEARS[-1], **other)


@pytest.mark.django_db
def test_a_lasting_and_a_new_hot_spot_are_told_apart(data_folder):
    snapshot = made(town())
    figure = hot_spot_history_figure(west(date(2021, 1, 1), date(2024, 12, 31)), snapshot, SOURCE)
    rows = {row[0]: row[2:] for row in figure.rows}
    lasting, new = rows["Bestående"], rows["Nya"]
    # Most of the heaps' forty a year, in a few cells of some two hundred.
    assert 0 < lasting[0] < 20
    assert lasting[1] >= 4 * 20
    assert 0 < new[0] < 20
    assert 20 <= new[2] <= new[1] < 2 * new[2]
    # Cells at the edge of a heap come and go by chance, with few events.
    assert rows["Avtagande"][1] < lasting[1] / 5
    assert sum(row[1] for row in rows.values()) == 4 * 100 + 40
    assert f"{lasting[0]} består" in figure.sentence
    assert "år för år" in figure.heading


@pytest.mark.django_db
@pytest.mark.parametrize("precision", ["area", "municipality"])
def test_events_without_points_have_no_history(data_folder, precision):
    snapshot = made(town(precision=precision))
    scope = west(date(2021, 1, 1), date(2024, 12, 31))
    assert hot_spot_history_figure(scope, snapshot, SOURCE) is None


@pytest.mark.django_db
def test_a_source_that_began_to_give_points_has_no_new_hot_spots(data_folder):
    """Thirty and more points in every year, but in the first two only for one event in three."""

    def rows():
        for year in YEARS:
            yield from scattered(year)
            if year < 2023:
                yield from (event(date(year, 1 + at % 12, 9), 0, 0, precision="area")
                            for at in range(120))  # fmt: skip

    snapshot = made(rows())
    assert (
        hot_spot_history_figure(west(date(2021, 1, 1), date(2024, 12, 31)), snapshot, SOURCE)
        is None
    )


def test_years_are_counted_back_from_the_end_and_half_years_used_for_short_times():
    months, periods = periods_of(date(2021, 3, 1), date(2024, 12, 31))
    assert (months, [start.year for start, _end in periods]) == (YEAR, [2022, 2023, 2024])
    months, periods = periods_of(date(2023, 1, 1), date(2024, 12, 31))
    assert months == HALF_YEAR
    assert periods[0] == (date(2023, 1, 1), date(2023, 6, 30))
    assert periods[-1] == (date(2024, 7, 1), date(2024, 12, 31))
    assert periods_of(date(2024, 1, 1), date(2024, 12, 31)) == (0, [])
