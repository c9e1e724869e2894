"""Numbers and dates as Swedes write them."""

import math
import re
from datetime import date
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samhandling_web.base.common.charts import swedish

figures = st.floats(allow_nan=False, allow_infinity=False, min_value=-1e15, max_value=1e15)


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        (0, 0, "0"),
        (1234567, 0, "1\u00a0234\u00a0567"),
        (-1234.56, 1, "−1\u00a0234,6"),
        (0.125, 2, "0,13"),
        (2.5, 0, "3"),
        (-0.04, 1, "0,0"),
        (999.95, 1, "1\u00a0000,0"),
        (Decimal("1.005"), 2, "1,01"),
        (np.float64(3.5), 1, "3,5"),
        (np.int64(1200), 0, "1\u00a0200"),
        (1e300, 0, "1" + "\u00a0000" * 100),
    ],
)
def test_numbers(value, decimals, expected):
    assert swedish.number(value, decimals) == expected


@given(figures, st.integers(0, 4))
def test_a_written_number_reads_back_within_half_a_step(value, decimals):
    words = swedish.number(value, decimals)
    assert re.fullmatch(r"−?\d{1,3}(\u00a0\d{3})*(,\d+)?", words)
    back = Decimal(words.replace("\u00a0", "").replace(",", ".").replace("−", "-"))
    assert abs(back - Decimal(repr(value))) <= Decimal("0.5").scaleb(-decimals)


@given(figures)
def test_nothing_is_never_negative(value):
    words = swedish.number(value, 1)
    assert words != "−0,0"
    assert words.startswith("−") == (value <= -0.05)


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_what_is_no_number_is_refused(value):
    with pytest.raises(ValueError, match="is not a number"):
        swedish.number(value)


def test_intervals_with_a_minus_are_told_with_a_word():
    assert swedish.between(1, 2.25, 1) == "1,0–2,3"
    assert swedish.between(-1, 2) == "−1\u00a0till\u00a02"


def test_dates():
    assert swedish.long_date(date(2025, 3, 3)) == "3\u00a0mars 2025"
    assert swedish.short_month(date(2025, 9, 1)) == "sep 2025"
    assert swedish.percent(12.5, 1) == "12,5\u00a0%"
