"""The top areas are chosen on one half of the time and judged on the other."""

from datetime import date

import numpy as np
import pytest

from samhandling_web.base.areas.models import AreaLevel
from samhandling_web.understand.picture.figures.concentrated import (
    concentration_figure,
    persistence,
)
from samhandling_web.understand.picture.tests.invented_town import (
    PER_SIDE,
    SOURCE,
    UNITS,
    event,
    made,
    west,
)

FIRST, LAST = date(2023, 1, 1), date(2024, 12, 31)
OWN = PER_SIDE * PER_SIDE
EACH, MANY = 10, 100


def town(hot_first: int, hot_later: int):
    """Ten events a year in every unit of the district, a hundred in one of them."""
    for year, hot in ((2023, hot_first), (2024, hot_later)):
        for unit in range(OWN):
            middle = UNITS[unit].centroid
            for turn in range(MANY if unit == hot else EACH):
                yield event(date(year, 1 + turn % 12, 20), middle.x, middle.y)


@pytest.mark.django_db
def test_what_stays_in_one_place_is_said_to_stay(data_folder):
    figure = concentration_figure(west(FIRST, LAST), made(town(5, 5)), SOURCE)
    whole, then, later = figure.rows
    every = EACH * (OWN - 1) + MANY
    # Two of sixteen areas: the hot one and any other.
    assert whole[2] == pytest.approx(100 * (MANY + EACH) / every)
    assert then[1] == later[1]
    assert later[1].startswith("U05, ")
    assert later[2] == pytest.approx(100 * (MANY + EACH) / every)
    assert later[4] == pytest.approx(100 * 2 / OWN)
    assert later[3][0] > later[4]
    assert figure.sentence.endswith("Det samlas på samma ställen.")


@pytest.mark.django_db
def test_what_moves_is_not(data_folder):
    figure = concentration_figure(west(FIRST, LAST), made(town(5, 9)), SOURCE)
    later = figure.rows[2]
    assert later[1].startswith("U05, ")
    assert later[2] == pytest.approx(100 * 2 * EACH / (EACH * (OWN - 1) + MANY))
    assert figure.sentence.endswith("går inte att säga.")


@pytest.mark.django_db
def test_few_events_or_areas_say_nothing(data_folder):
    snapshot = made(event(date(2023, 1 + at % 12, 3), 17.01, 60.005) for at in range(90))
    assert concentration_figure(west(FIRST, LAST), snapshot, SOURCE) is None


@pytest.mark.django_db
def test_without_base_units_nothing_is_said(data_folder):
    snapshot = made(town(5, 5))
    AreaLevel.objects.update(is_base_unit=False)
    assert concentration_figure(west(FIRST, LAST), snapshot, SOURCE) is None


@pytest.mark.django_db
def test_events_known_only_by_their_district_say_nothing_of_smaller_areas(data_folder):
    rough = [event(date(2023, 1 + at % 12, 3), 0, 0, precision="area") for at in range(2000)]
    snapshot = made([*town(5, 5), *rough])
    assert concentration_figure(west(FIRST, LAST), snapshot, SOURCE) is None


def test_chance_does_not_last():
    """Chosen on one half of even counts, the top areas hold their even share of the other."""
    generator = np.random.default_rng(3)
    shares = [
        persistence(generator.poisson(3, 100), generator.poisson(3, 100), 10)
        for _turn in range(200)
    ]
    assert np.mean([one.before for one in shares]) > 0.2
    assert np.mean([one.share for one in shares]) == pytest.approx(0.1, abs=0.01)
    assert np.mean([one.low <= one.if_alike <= one.high for one in shares]) > 0.93
