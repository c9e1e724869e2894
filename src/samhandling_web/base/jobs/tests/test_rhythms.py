"""When recurring work falls due: by the clock on the wall, once a period, over summer time."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samhandling_web.base.jobs.rhythms import Rhythm, daily, weekly

HERE = ZoneInfo("Europe/Stockholm")
MONDAY_AT_SIX = weekly(weekday=0, at=time(6))


def here(*when: int) -> datetime:
    return datetime(*when, tzinfo=HERE)


@pytest.mark.parametrize(
    ("now", "period", "moment"),
    [
        (here(2026, 3, 30, 5, 59), "2026-W13", datetime(2026, 3, 23, 5, tzinfo=UTC)),
        (here(2026, 3, 30, 6, 0), "2026-W14", datetime(2026, 3, 30, 4, tzinfo=UTC)),
        (here(2026, 4, 5, 23, 59), "2026-W14", datetime(2026, 3, 30, 4, tzinfo=UTC)),
    ],
)
def test_monday_at_six_is_monday_at_six_on_both_sides_of_summer_time(now, period, moment):
    """Summer time began on 29 March 2026 (directive 2000/84/EC): from 5 to 4 in UTC."""
    found = MONDAY_AT_SIX.latest(now, HERE)
    assert (found.period, found.moment) == (period, moment)


def test_an_hour_that_the_clock_skips_comes_an_hour_later():
    found = daily(at=time(2, 30)).latest(here(2026, 3, 29, 12), HERE)
    assert found.period == "2026-03-29"
    assert found.moment == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert found.moment.astimezone(HERE).time() == time(3, 30)


def test_an_hour_that_the_clock_shows_twice_counts_once():
    """Summer time ended on 25 October 2026 at 3, which became 2."""
    rhythm = daily(at=time(2, 30))
    first, second = (datetime(2026, 10, 25, hour, 30, tzinfo=UTC) for hour in (0, 1))
    assert rhythm.latest(first, HERE).moment == rhythm.latest(second, HERE).moment == first
    assert rhythm.following(first, HERE).period == "2026-10-26"


@pytest.mark.parametrize(
    ("day", "period"),
    [
        (date(2026, 12, 28), "2026-W53"),
        (date(2027, 1, 1), "2026-W53"),
        (date(2027, 1, 4), "2027-W01"),
        (date(2024, 12, 30), "2025-W01"),
    ],
)
def test_weeks_are_numbered_by_iso_8601(day, period):
    noon = datetime.combine(day, time(12), tzinfo=HERE)
    assert weekly(weekday=day.weekday(), at=time(6)).latest(noon, HERE).period == period


def test_a_rhythm_says_itself_in_words():
    assert str(MONDAY_AT_SIX) == "varje måndag kl. 06:00"
    assert str(daily(at=time(16, 5))) == "varje dag kl. 16:05"


@pytest.mark.parametrize("weekday", [-1, 7])
def test_a_weekday_that_there_is_not_is_named(weekday):
    with pytest.raises(ValueError, match=f"not {weekday}"):
        weekly(weekday=weekday, at=time(6))


def test_a_time_with_a_zone_of_its_own_is_refused():
    with pytest.raises(ValueError, match="no zone of its own"):
        daily(at=time(6, tzinfo=UTC))


rhythms = st.builds(Rhythm, st.times(), st.none() | st.integers(0, 6))
zones = st.sampled_from(["Europe/Stockholm", "UTC", "America/New_York", "Australia/Lord_Howe"])
moments = st.integers(0, 5_000_000).map(
    lambda minutes: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


@given(rhythms, zones.map(ZoneInfo), moments)
def test_now_lies_between_the_latest_and_the_following(rhythm, zone, now):
    latest, following = rhythm.latest(now, zone), rhythm.following(now, zone)
    assert latest.moment <= now < following.moment
    assert latest.period < following.period
    assert rhythm.latest(following.moment, zone) == following
    assert rhythm.following(latest.moment, zone) == following


steps = st.lists(st.integers(-180, 23 * 60).map(lambda m: timedelta(minutes=m)), max_size=60)


@given(rhythms, zones.map(ZoneInfo), moments, steps)
def test_no_step_of_the_clock_gives_a_period_twice_or_passes_one_over(rhythm, zone, now, steps):
    """A worker that asks at least daily, with a clock that is set back by hours now and then."""
    run, asked = [rhythm.latest(now, zone)], now
    for step in steps:
        now += step
        found = rhythm.latest(now, zone)
        if found.period not in {one.period for one in run}:
            run.append(found)
        asked = max(asked, now)
    for before, after in pairwise(sorted(run, key=lambda one: one.moment)):
        assert rhythm.following(before.moment, zone) == after
    assert len({one.moment for one in run}) == len({one.period for one in run}) == len(run)
    assert rhythm.latest(asked, zone) in run
