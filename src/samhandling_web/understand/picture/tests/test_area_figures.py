"""Like areas are the nearest ones, and seasons are said only when they are certain."""

from datetime import date

import numpy as np
import pytest

from samhandling_web.observe.events.snapshot.queries import snapshot_in_use
from samhandling_web.understand.picture.figures.like_areas import like
from samhandling_web.understand.picture.figures.scope import Scope
from samhandling_web.understand.picture.figures.seasons import daily, weekday_figure
from samhandling_web.understand.picture.tests.test_explore import COUNTS, town  # noqa: F401

pytestmark = pytest.mark.django_db


def test_like_areas_are_near_in_residents_and_density():
    residents = np.array([1000.0, 1010, 9000, 990, 1000])
    density = np.array([500.0, 505, 500, 495, 90_000])
    group = like(residents, density, 0).tolist()
    assert group[0] == 0
    assert set(group[1:3]) == {1, 3}


@pytest.fixture
def scope(town):  # noqa: F811
    return Scope("district", "D0", "Väster", "Provstad", date(2024, 1, 1), date(2024, 12, 31))


def test_every_day_is_there_and_the_sum_is_the_areas(scope):
    days, counts = daily(scope, snapshot_in_use(), "reports")
    assert (str(days[0]), str(days[-1]), len(days)) == ("2024-01-01", "2024-12-31", 366)
    assert counts.sum() == COUNTS[0]


def test_few_events_say_nothing_of_weekdays(scope):
    assert weekday_figure(scope, snapshot_in_use(), "reports") is None
