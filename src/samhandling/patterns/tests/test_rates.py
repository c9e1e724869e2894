import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2, poisson

from samhandling.patterns import incident_rate, poisson_interval

areas = st.lists(st.tuples(st.integers(0, 10_000), st.floats(1, 1e6)), min_size=1, max_size=30)


def test_matches_published_interval_for_ten_events():
    """Garwood (1936): 10 events have the exact 95 % interval 4.795 to 18.390."""
    estimate = incident_rate([10], [1_000])
    assert estimate.low[0] == pytest.approx(4.795, abs=0.001)
    assert estimate.high[0] == pytest.approx(18.390, abs=0.001)


def test_agrees_with_the_chi_squared_form():
    k = np.array([1, 3, 40, 2_000])
    low, high = poisson_interval(k, confidence=0.9)
    assert low == pytest.approx(chi2.ppf(0.05, 2 * k) / 2)
    assert high == pytest.approx(chi2.ppf(0.95, 2 * k + 2) / 2)


def test_nothing_seen_is_not_nothing_there():
    estimate = incident_rate([0], [1_000])
    assert estimate.low[0] == 0
    assert estimate.high[0] == pytest.approx(-np.log(0.025))


@pytest.mark.parametrize("mean", [0.3, 2.0, 7.7])
def test_interval_covers_at_least_as_often_as_it_says(mean):
    k = np.arange(60)
    low, high = poisson_interval(k)
    covered = poisson.pmf(k, mean)[(low <= mean) & (mean <= high)].sum()
    assert covered >= 0.95


@given(areas)
def test_interval_always_holds_the_rate(areas):
    counts, residents = zip(*areas, strict=True)
    estimate = incident_rate(counts, residents)
    assert (estimate.low <= estimate.rate).all()
    assert (estimate.rate <= estimate.high).all()


@pytest.mark.parametrize(
    ("counts", "residents", "said"),
    [
        ([1, 2], [10, 0], r"residents\[1\] is 0; merge the area"),
        ([1, -2], [10, 5], r"counts\[1\] is -2"),
        ([1.5], [10], r"counts\[0\] is 1.5"),
        ([float("nan")], [10], r"counts\[0\] is nan"),
        ([1, 2], [10], "counts has 2, residents has 1"),
        ([], [], "empty"),
    ],
)
def test_bad_input_is_named(counts, residents, said):
    with pytest.raises(ValueError, match=said):
        incident_rate(counts, residents)


def test_confidence_outside_its_range_is_refused():
    with pytest.raises(ValueError, match="confidence is 95"):
        incident_rate([1], [10], confidence=95)


def test_summary_and_method_say_how():
    estimate = incident_rate([0, 12], [800, 4_000])
    assert "to 3 (1.55 to 5.24)" in estimate.summary()
    assert estimate.method.as_dict()["parameters"] == {"confidence": 0.95, "per": 1_000}
