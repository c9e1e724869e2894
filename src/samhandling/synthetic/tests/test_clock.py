"""Local minutes become UTC, also in the nights when summer time begins and ends."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from samhandling.synthetic.clock import month_clock

STOCKHOLM = ZoneInfo("Europe/Stockholm")


def utc(year, month, day, hour, minute=0):
    return int(datetime(year, month, day, hour, minute, tzinfo=UTC).timestamp()) // 60


@pytest.mark.parametrize(
    ("day", "hour", "expected"),
    [
        (31, 1, utc(2024, 3, 31, 0)),
        (31, 2, utc(2024, 3, 31, 1)),
        (31, 3, utc(2024, 3, 31, 1)),
        (1, 0, utc(2024, 2, 29, 23)),
        (32, 0, utc(2024, 3, 31, 22)),
    ],
)
def test_the_night_that_loses_an_hour(day, hour, expected):
    clock = month_clock(2024, 3, STOCKHOLM)
    assert clock.to_utc(np.array([(day - 1) * 1440 + hour * 60]))[0] == expected


def test_the_night_that_gains_an_hour():
    clock = month_clock(2024, 10, STOCKHOLM)
    minutes = 26 * 1440 + 60 * np.array([1, 2, 3])
    assert clock.to_utc(minutes).tolist() == [
        utc(2024, 10, 26, 23),
        utc(2024, 10, 27, 0),
        utc(2024, 10, 27, 2),
    ]


def test_every_month_agrees_with_the_time_zone_database():
    rng = np.random.default_rng(0)
    for month in range(1, 13):
        clock = month_clock(2023, month, STOCKHOLM)
        minutes = rng.integers(0, clock.days * 1440, 200)
        for minute, found in zip(minutes, clock.to_utc(minutes), strict=True):
            local = datetime(
                2023, month, 1 + minute // 1440, minute // 60 % 24, minute % 60, tzinfo=STOCKHOLM
            )
            assert found == int(local.timestamp()) // 60
