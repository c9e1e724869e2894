import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samhandling.patterns import aoristic_hours

EVENING = [(0, 21), (0, 22), (0, 23), (1, 0)]

# Ten intervals in local winter time (UTC+1), Monday 8 January 2024, worked out by hand: from, to
# (UTC) and the weight in (weekday, local hour).
BY_HAND = [
    ("2024-01-08T09:00", "2024-01-08T09:00", {(0, 10): 1}),
    ("2024-01-08T09:00", "2024-01-08T10:00", {(0, 10): 1}),
    ("2024-01-08T09:30", "2024-01-08T10:30", {(0, 10): 0.5, (0, 11): 0.5}),
    ("2024-01-08T09:15", "2024-01-08T09:45", {(0, 10): 1}),
    ("2024-01-08T09:45", "2024-01-08T11:15", {(0, 10): 1 / 6, (0, 11): 4 / 6, (0, 12): 1 / 6}),
    ("2024-01-08T20:00", "2024-01-09T00:00", dict.fromkeys(EVENING, 0.25)),
    ("2024-01-14T22:00", "2024-01-15T00:00", {(6, 23): 0.5, (0, 0): 0.5}),
    ("2024-01-08T23:00", "2024-01-09T23:00", {(1, hour): 1 / 24 for hour in range(24)}),
    ("2024-01-08T10:50", "2024-01-08T11:10", {(0, 11): 0.5, (0, 12): 0.5}),
    ("2024-01-07T23:00", "2024-01-14T23:00", dict.fromkeys(np.ndindex(7, 24), 1 / 168)),
]  # fmt: skip


@pytest.mark.parametrize(("start", "end", "weights"), BY_HAND)
def test_ratcliffe_by_hand(start, end, weights):
    pattern = aoristic_hours([start], [end])
    expected = np.zeros((7, 24))
    for slot, weight in weights.items():
        expected[slot] += weight
    np.testing.assert_allclose(pattern.weight, expected, atol=1e-12)


def test_all_ten_together_are_the_sum_of_each():
    starts, ends, _ = zip(*BY_HAND, strict=True)
    alone = sum(aoristic_hours([s], [e]).weight for s, e, _ in BY_HAND)
    np.testing.assert_allclose(aoristic_hours(starts, ends).weight, alone, atol=1e-12)


def test_the_night_clocks_go_back_has_two_hours_called_two():
    """27 October 2024: local 00 to 04 is five real hours, two of them between 02 and 03."""
    pattern = aoristic_hours(["2024-10-26T22:00"], ["2024-10-27T03:00"])
    np.testing.assert_allclose(pattern.by_hour()[:5], [0.2, 0.2, 0.4, 0.2, 0], atol=1e-12)


def test_the_night_clocks_go_forward_has_no_hour_called_two():
    """31 March 2024: local 00 to 04 is three real hours."""
    pattern = aoristic_hours(["2024-03-30T23:00"], ["2024-03-31T02:00"])
    np.testing.assert_allclose(pattern.by_hour()[:5], [1 / 3, 1 / 3, 0, 1 / 3, 0], atol=1e-12)


@given(
    st.lists(
        st.tuples(st.integers(0, 400_000), st.integers(0, 50_000), st.floats(0, 9)),
        min_size=1,
        max_size=40,
    )
)
def test_no_event_is_lost_or_doubled(rows):
    minutes, length, weight = (np.array(column) for column in zip(*rows, strict=True))
    start = np.datetime64("2024-01-01", "us") + minutes.astype("m8[m]")
    pattern = aoristic_hours(start, start + length.astype("m8[m]"), weight=weight)
    assert pattern.weight.sum() == pytest.approx(weight.sum(), abs=1e-9)
    assert (pattern.weight >= 0).all()
    assert pattern.exact.sum() <= pattern.placed + 1e-9


def test_vague_intervals_are_left_out_and_counted():
    start = ["2024-01-08T09:00", "2024-01-08T09:00"]
    pattern = aoristic_hours(start, ["2024-01-08T09:30", "2024-02-08T09:00"], longest_hours=24)
    assert (pattern.placed, pattern.left_out) == (1, 1)
    assert pattern.known_share() == 1
    assert "1 were too vague" in pattern.summary()


@pytest.mark.parametrize(
    ("start", "end", "options", "said"),
    [
        (["2024-01-08", "NaT"], ["2024-01-08", "2024-01-08"], {}, r"start\[1\] is missing"),
        (["2024-01-08"], ["2024-01-07"], {}, r"end\[0\] 2024-01-07 00:00:00 comes before"),
        (["2024-01-08"], ["2024-01-08"], {"weight": [-1]}, r"weight\[0\] is -1"),
        (["2024-01-08"], ["2024-01-08"], {"timezone": "Asia/Kolkata"}, "Asia/Kolkata is not"),
        ([], [], {}, "empty"),
    ],
)
def test_bad_input_is_named(start, end, options, said):
    start, end = np.array(start, dtype="M8[us]"), np.array(end, dtype="M8[us]")
    with pytest.raises(ValueError, match=said):
        aoristic_hours(start, end, **options)
