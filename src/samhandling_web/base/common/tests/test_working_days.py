"""Working days know Swedish holidays."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samhandling_web.base.common.working_days import (
    add_working_days,
    is_working_day,
    working_days_between,
)

days = st.dates(date(2000, 1, 1), date(2060, 12, 31))


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 1, 6), False),  # Epiphany
        (date(2026, 4, 3), False),  # Good Friday
        (date(2026, 4, 6), False),  # Easter Monday
        (date(2026, 5, 1), False),
        (date(2026, 5, 14), False),  # Ascension Day
        (date(2026, 6, 19), False),  # Midsummer's eve, lag (1930:173) 2 §
        (date(2026, 6, 18), True),
        (date(2026, 12, 24), False),
        (date(2026, 12, 23), True),
        (date(2026, 11, 24), True),
        (date(2026, 11, 22), False),
    ],
)
def test_free_days_are_those_of_the_law(day, works):
    assert is_working_day(day) is works


def test_ten_working_days_over_christmas():
    """Counted by hand: 28-30 Dec, 4, 5, 7, 8, 11, 12 and 13 Jan; 31 Dec, 1 and 6 Jan are free."""
    assert add_working_days(date(2026, 12, 23), 10) == date(2027, 1, 13)


@given(days, st.integers(0, 60))
def test_days_added_are_days_counted(day, count):
    later = add_working_days(day, count)
    assert working_days_between(day, later) == count
    assert count == 0 or is_working_day(later)


@given(days, st.integers(1, 60))
def test_going_back_from_the_day_after_is_going_forward(day, count):
    earlier = add_working_days(day, -count)
    assert earlier < day
    assert working_days_between(earlier - timedelta(days=1), day - timedelta(days=1)) == count
