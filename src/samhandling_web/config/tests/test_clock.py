"""The demo's clock and diary."""

from datetime import date, timedelta

import numpy as np
import pytest
from django.utils import timezone

from samhandling_web.config.demo.lived.clock import Diary, at_hour, living_at

DAY = date(2026, 3, 2)


def test_it_is_another_time_inside_and_the_real_one_after():
    real = timezone.now
    with living_at(at_hour(DAY, 9.5)):
        assert timezone.localdate() == DAY
        assert timezone.localtime().hour == 9
        with living_at(at_hour(DAY + timedelta(days=1), 8)):
            assert timezone.localdate() == DAY + timedelta(days=1)
        assert timezone.localdate() == DAY
    assert timezone.now is real


def test_the_real_time_comes_back_after_a_fault():
    real = timezone.now
    with pytest.raises(RuntimeError), living_at(at_hour(DAY, 9)):
        raise RuntimeError
    assert timezone.now is real


def test_a_moment_without_zone_is_refused():
    naive = timezone.make_naive(at_hour(DAY, 9))
    with pytest.raises(ValueError, match="no time zone"), living_at(naive):
        pass


def test_acts_happen_in_order_of_time_and_write_in_what_follows():
    diary = Diary(DAY, at_hour(DAY + timedelta(days=10), 0), np.random.default_rng(1))
    lived = []

    def act(name):
        lived.append((name, timezone.localdate()))
        if name == "first":
            diary.write(DAY + timedelta(days=2), 12, act, "follows")

    diary.write(DAY + timedelta(days=5), 8, act, "last")
    diary.write(DAY, 8, act, "first")
    diary.write(DAY + timedelta(days=11), 8, act, "not yet")
    assert diary.play() == 3
    assert lived == [
        ("first", DAY),
        ("follows", DAY + timedelta(days=2)),
        ("last", DAY + timedelta(days=5)),
    ]


def test_office_hours_are_no_weekends():
    diary = Diary(DAY, at_hour(DAY + timedelta(days=30), 0), np.random.default_rng(2))
    lived = []
    for number in range(14):
        diary.write_office(DAY + timedelta(days=number), lambda: lived.append(timezone.localtime()))
    diary.play()
    assert len(lived) == 14
    assert all(moment.weekday() < 5 and 8 <= moment.hour < 17 for moment in lived)
