"""A raised week gives an alarm and a usual one none; half weeks and short pasts are not judged."""

from datetime import date, timedelta

import numpy as np
import pytest

from samhandling_web.understand.picture.figures.alarms import alarms_figure
from samhandling_web.understand.picture.tests.invented_town import (
    FIRE,
    SOURCE,
    THEFT,
    event,
    made,
    west,
)

pytestmark = pytest.mark.django_db
LAST_MONDAY = date(2024, 12, 23)
LAST_SUNDAY = LAST_MONDAY + timedelta(days=6)
USUAL = 8


def town(weeks: int, *, fires_in_last: int = USUAL, after: int = 0):
    """Yield weeks of fires and thefts up to the last Sunday, and `after` days beyond it."""
    generator = np.random.default_rng(1)
    first = LAST_MONDAY - timedelta(weeks=weeks - 1)
    for week in range(weeks):
        for kind in (FIRE, THEFT):
            is_last = week == weeks - 1 and kind == FIRE
            count = fires_in_last if is_last else int(generator.poisson(USUAL))
            for turn in range(count):
                day = first + timedelta(weeks=week, days=turn % 7)
                yield event(day, 17.01, 60.005, kind=kind)
        yield event(first + timedelta(weeks=week, days=6), 17.01, 60.005, kind="rare")
    for day in range(1, after + 1):
        yield event(LAST_SUNDAY + timedelta(days=day), 17.01, 60.005)


def rows_of(figure):
    return {row[0]: row for row in figure.rows}


def test_a_raised_week_is_an_alarm_after_five_known_years(data_folder):
    snapshot = made(town(300, fires_in_last=40))
    figure = alarms_figure(west(date(2024, 1, 1), LAST_SUNDAY), snapshot, SOURCE)
    rows = rows_of(figure)
    assert figure.rows[0] == rows["Brand"]
    assert rows["Brand"][1] == 40
    assert 6 < rows["Brand"][2] < 10 < rows["Brand"][3] < 40
    assert (rows["Brand"][4], rows["Stöld"][4], rows["Alla"][4]) == ("larm", "inget larm", "larm")
    assert "rare" not in rows
    assert "Vecka 52 2024: fler än väntat av Brand" in figure.sentence
    # Three series judged, each with one chance in a hundred.
    assert "Prövade händelsetyper: 3. Slumpen ensam ger ungefär 0,03 larm" in figure.sentence
    assert figure.method["name"] == "farrington_flexible"
    assert f"–{LAST_SUNDAY}" in figure.definition


def test_a_usual_week_is_none(data_folder):
    figure = alarms_figure(west(date(2024, 1, 1), LAST_SUNDAY), made(town(300)), SOURCE)
    assert {row[4] for row in figure.rows} == {"inget larm"}
    assert "Vecka 52 2024: inget larm." in figure.sentence


def test_with_few_years_known_the_weeks_before_are_used(data_folder):
    snapshot = made(town(60, fires_in_last=40))
    figure = alarms_figure(west(date(2024, 11, 1), LAST_SUNDAY), snapshot, SOURCE)
    assert figure.method["name"] == "ears"
    assert rows_of(figure)["Brand"][4] == "larm"
    assert rows_of(figure)["Stöld"][4] == "inget larm"
    assert "EARS" in figure.definition


def test_a_week_that_is_not_over_is_not_judged(data_folder):
    snapshot = made(town(60, after=2))
    figure = alarms_figure(west(date(2024, 1, 1), date(2024, 12, 31)), snapshot, SOURCE)
    assert f"–{LAST_SUNDAY}" in figure.definition


def test_nine_weeks_are_too_few(data_folder):
    """The source began in the middle of a month: the weeks before it are not zeros."""
    scope = west(date(2024, 10, 1), LAST_SUNDAY)
    assert alarms_figure(scope, made(town(9)), SOURCE) is None


@pytest.mark.parametrize(("days", "apart"), [(0, 0), (30, 1)], ids=["the first", "a month long"])
def test_dates_of_a_month_tell_of_no_week(data_folder, days, apart):
    months = [date(year, month, 1) for year in (2023, 2024) for month in range(1, 13)]
    snapshot = made(
        event(first + timedelta(days=apart * (turn % 28)), 17.01, 60.005, days=days)
        for first in months
        for turn in range(40)
    )
    scope = west(date(2024, 1, 1), date(2024, 12, 31))
    assert alarms_figure(scope, snapshot, SOURCE) is None


def test_a_period_without_a_whole_week_has_none_to_judge(data_folder):
    scope = west(LAST_MONDAY + timedelta(days=1), LAST_SUNDAY)
    assert alarms_figure(scope, made(town(60)), SOURCE) is None
