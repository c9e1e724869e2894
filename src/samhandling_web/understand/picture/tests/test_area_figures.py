"""Like areas are the nearest ones, and seasons are said only when they are certain."""

from datetime import date

import numpy as np
import pytest
from django.utils import translation

from samhandling.patterns.seasonality import weekday_index
from samhandling_web.observe.events.snapshot.queries import snapshot_in_use
from samhandling_web.understand.picture.figures import seasons, trends, unsafety
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


def test_no_two_wordings_share_a_letter():
    letters = [unsafety._letter(at) for at in range(60)]
    assert letters[:2] + letters[25:28] == ["A", "B", "Z", "A2", "B2"]
    assert len(set(letters)) == 60


@pytest.fixture
def scope(town):  # noqa: F811
    return Scope("district", "D0", "Väster", "Provstad", date(2024, 1, 1), date(2024, 12, 31))


def test_every_day_is_there_and_the_sum_is_the_areas(scope):
    days, counts = daily(scope, snapshot_in_use(), "reports")
    assert (str(days[0]), str(days[-1]), len(days)) == ("2024-01-01", "2024-12-31", 366)
    assert counts.sum() == COUNTS[0]


def test_few_events_say_nothing_of_weekdays(scope):
    assert weekday_figure(scope, snapshot_in_use(), "reports") is None


@pytest.fixture
def quiet_sundays(monkeypatch):
    """Two years of ten events a day, two on Sundays, in a source that covers them alike."""
    days = np.arange("2023-01-01", "2025-01-01", dtype="datetime64[D]")
    is_sunday = (days.astype(int) + 3) % 7 == 6
    counts = np.where(is_sunday, 2, 10) + np.random.default_rng(1).integers(-1, 2, len(days))
    monkeypatch.setattr(seasons, "daily", lambda *_asked: (days, counts))
    monkeypatch.setattr(seasons, "months_placed_alike", lambda *asked: np.ones(1, dtype=bool))
    assert weekday_index(days, counts).p_value < 0.001


@pytest.mark.parametrize(("language", "name"), [("sv", "söndag"), ("en", "Sunday")])
def test_what_stands_out_is_named_as_the_language_writes_it(scope, quiet_sundays, language, name):
    with translation.override(language):
        figure = weekday_figure(scope, snapshot_in_use(), "reports")
    assert name in figure.sentence
    assert figure.rows[0][0] in {"Måndag", "Monday"}


@pytest.mark.parametrize(("empty_month", "words"), [(None, "och årstid"), (6, "utan årstid")])
def test_a_trend_says_whether_seasons_are_in_it(empty_month, words):
    months = np.arange("2022-01", "2025-01", dtype="datetime64[M]")
    counts = np.where(months.astype(int) % 12 == empty_month, 0, 5)
    seasonal = trends._has_seasons(months, counts)
    fitted = trends._fitted(months, counts)
    assert words in trends._uncertainty(fitted, seasonal=seasonal)
