"""A question is cut to what its source knows, and says so; small rates keep two digits."""

from datetime import date

import pytest

from samhandling_web.understand.picture.explore.known import known_part
from samhandling_web.understand.picture.explore.question import Against, Question
from samhandling_web.understand.picture.figures.content import Figure, FigureColumn
from samhandling_web.understand.picture.figures.decimals import with_enough_decimals
from samhandling_web.understand.picture.figures.wording import decimals_for

KNOWN = (date(2022, 9, 1), date(2024, 12, 31))


def question(first: date, last: date, against: Against = Against.YEAR_BEFORE) -> Question:
    return Question("reports", "district", first, last, against=against)


def test_a_question_inside_what_is_known_is_left_alone():
    asked = question(date(2024, 1, 1), date(2024, 12, 31))
    assert known_part(asked, KNOWN) == (asked, ())


def test_a_period_that_begins_before_the_source_is_cut_and_not_compared():
    asked = question(date(2020, 1, 1), date(2023, 12, 31))
    answered, said = known_part(asked, KNOWN)
    assert answered.period == (date(2022, 9, 1), date(2023, 12, 31))
    assert answered.before is None
    assert "2022-09-01" in str(said[0])
    assert "jämförelse" in str(said[1])


def test_a_comparison_period_half_known_is_no_comparison():
    answered, said = known_part(question(date(2023, 1, 1), date(2023, 12, 31)), KNOWN)
    assert answered.period == (date(2023, 1, 1), date(2023, 12, 31))
    assert answered.against is Against.NOTHING
    assert len(said) == 1


def test_a_period_outside_what_is_known_is_said_with_the_days_that_are():
    asked = question(date(2019, 1, 1), date(2019, 12, 31))
    answered, said = known_part(asked, KNOWN)
    assert answered == asked
    assert "2022-09-01" in str(said[0])
    assert "2024-12-31" in str(said[0])


@pytest.mark.parametrize(
    ("rate", "decimals"), [(12.3, 1), (1.0, 1), (0.9, 2), (0.1, 2), (0.099, 3), (1e-9, 4), (0, 1)]
)
def test_two_digits_of_a_rate_are_seen(rate, decimals):
    assert decimals_for(rate) == decimals


def test_every_column_of_rates_follows_the_largest_rate():
    columns = (
        FigureColumn("count", "Antal", "int"),
        FigureColumn("rate", "Takt", "decimal", 1),
        FigureColumn("rate_interval", "Intervall", "interval", 1),
    )
    figure = Figure("s", "h", "", columns, ((1, 0.03, [0.01, 0.09]),), "", "", "")
    assert [c.decimals for c in with_enough_decimals(figure).columns] == [0, 3, 3]
