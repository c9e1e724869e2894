"""What changed, with its interval, and words that say no more than that."""

from datetime import date

import pytest

from samhandling_web.agree.measures import indicators, results
from samhandling_web.agree.measures.results import DIFFERENCE, RATIO, Change
from samhandling_web.agree.measures.rules import EvaluationLevel
from samhandling_web.understand.places.queries import QueryKind, Reading


def reading(value, count=None, low=None, high=None, days=365, unit="händelser per år"):
    last = date(2025, 12, 31)
    return Reading(
        value=value, low=low, high=high, count=count, unit=unit,
        first_day=date.fromordinal(last.toordinal() - days + 1), last_day=last,
        source="S", definition="D", data_version="v",
    )  # fmt: skip


def test_counts_are_held_as_rates_as_rothman_does():
    """Rothman, Greenland and Lash (2008), table 14-1: 41 in 28,010 and 15 in 19,017 years."""
    change = results._ratio((41, 15), (28_010, 19_017))
    assert change.value == pytest.approx(1.86, abs=0.005)
    assert change.low == pytest.approx(1.04, abs=0.02)
    assert change.high == pytest.approx(3.48, abs=0.1)


def test_half_as_long_and_half_as_many_is_no_change():
    change = results.change_between(reading(100, 100), reading(100, 50, days=183), is_counted=True)
    assert change.kind == RATIO
    assert change.value == pytest.approx(1, abs=0.01)
    assert "Ingen tydlig förändring" in results.in_words(change)


def test_a_clear_fall_is_said_with_its_interval():
    change = results.change_between(reading(100, 100), reading(40, 40), is_counted=True)
    words = results.in_words(change)
    assert "En tydlig minskning med 60" in words
    assert "95 % intervall" in words


def test_nothing_before_gives_no_share_and_nothing_that_json_cannot_hold():
    change = results.change_between(reading(0, 0), reading(3, 3), is_counted=True)
    assert change.value is None
    assert "går inte att räkna" in results.in_words(change)


def test_answers_are_held_as_two_samples():
    """Two estimates with half-widths 3 and 4 differ with the half-width 5."""
    before, after = reading(40, low=37, high=43), reading(30, low=26, high=34)
    change = results.change_between(before, after, is_counted=False)
    assert change.kind == DIFFERENCE
    assert (change.value, change.low, change.high) == pytest.approx((-10, -15, -5))


def test_typed_figures_have_no_interval_and_it_is_said():
    change = results.change_between(reading(40), reading(30), is_counted=False)
    assert change.low is None
    assert "Osäkerheten är inte känd" in results.in_words(change)


def test_what_is_missing_gives_no_change():
    assert results.change_between(reading(None), reading(3, 3), is_counted=True) is None
    assert "ett av värdena saknas" in results.in_words(None)


def test_a_change_is_stored_as_it_was():
    change = Change(RATIO, 0.5, 0.4, 0.7, "", "rate_ratio_mid_p")
    assert Change.from_json(change.as_json()) == change


def test_reservations_follow_level_length_and_dose():
    said = results.reservations(
        EvaluationLevel.BEFORE_AFTER, reading(9, 9), reading(9, 3, days=100), is_dose_low=True
    )
    assert len(said) == 3
    assert "bero på annat" in said[0]
    assert "100 dagar" in said[1]


def test_a_baseline_is_the_year_before_the_start_or_the_last_that_is_known():
    start, today = date(2026, 3, 1), date(2026, 6, 1)
    assert indicators.baseline_period(QueryKind.EVENTS, start, today) == (
        date(2025, 3, 1), date(2026, 2, 28)
    )  # fmt: skip
    ahead = indicators.baseline_period(QueryKind.EVENTS, date(2027, 1, 1), today)
    assert ahead == (date(2025, 6, 2), today)


def test_the_time_after_is_as_long_as_before_but_never_before_the_start():
    before = reading(9, 9)
    long_after = indicators.after_period(before, date(2026, 1, 1), date(2028, 1, 1))
    assert long_after == (date(2027, 1, 2), date(2028, 1, 1))
    soon = indicators.after_period(before, date(2026, 1, 1), date(2026, 2, 1))
    assert soon == (date(2026, 1, 2), date(2026, 2, 1))
    assert indicators.after_period(before, date(2026, 1, 1), date(2026, 1, 1)) is None
