import pytest
from hypothesis import given
from hypothesis import strategies as st

from samhandling.patterns import Direction
from samhandling.survey import change_between_waves, published_proportion


def simple(yes, n):
    return published_proportion(100 * yes / n, n, design_effect=1)


@pytest.mark.parametrize(
    ("one", "other", "low", "high"),
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((10, 10), (0, 20), 0.6791, 1.0),
        ((6, 7), (2, 7), 0.0582, 0.8062),
    ],
)
def test_matches_newcombes_published_intervals(one, other, low, high):
    """Newcombe (1998), table II, method 10."""
    change = change_between_waves(simple(*other), simple(*one))
    assert change.low == pytest.approx(100 * low, abs=0.01)
    assert change.high == pytest.approx(100 * high, abs=0.01)


def test_rinkeby_kista_fell_far_outside_sampling_error():
    """21 % in 2017 and 11 % in 2020 with some 1,280 answers each: z about 6."""
    change = change_between_waves(published_proportion(21, 1_280), published_proportion(11, 1_280))
    assert change.direction is Direction.LOWER
    assert change.value / change.standard_error == pytest.approx(-6, abs=0.5)


def test_a_small_area_shows_no_clear_change():
    change = change_between_waves(published_proportion(11, 137), published_proportion(9, 137))
    assert change.direction is Direction.NO_CLEAR_DIFFERENCE
    assert change.summary().endswith("no clear difference.")


shares = st.tuples(st.floats(0, 100), st.integers(2, 5_000))


@given(shares, shares)
def test_the_other_way_round_is_the_opposite(one, other):
    a, b = published_proportion(*one), published_proportion(*other)
    there, back = change_between_waves(a, b), change_between_waves(b, a)
    assert there.value == pytest.approx(-back.value, abs=1e-9)
    assert there.low == pytest.approx(-back.high, abs=1e-9)
    assert there.low <= there.value <= there.high


def test_bad_confidence_is_named():
    with pytest.raises(ValueError, match="confidence is 2"):
        change_between_waves(simple(1, 2), simple(1, 2), confidence=2)
