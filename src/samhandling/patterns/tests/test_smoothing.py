import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given
from hypothesis import strategies as st

from samhandling.patterns import smoothed_rate_likelihood, smoothed_rate_moments
from samhandling.space import Neighbours

# Lip cancer in the 56 districts of Scotland, 1975-1980: observed and expected (Clayton & Kaldor).
OBSERVED = [
    9, 39, 11, 9, 15, 8, 26, 7, 6, 20, 13, 5, 3, 8, 17, 9, 2, 7, 9, 7, 16, 31, 11, 7, 19, 15, 7,
    10, 16, 11, 5, 3, 7, 8, 11, 9, 11, 8, 6, 4, 10, 8, 2, 6, 19, 3, 2, 3, 28, 6, 1, 1, 1, 1, 0, 0,
]  # fmt: skip
EXPECTED = [
    1.4, 8.7, 3.0, 2.5, 4.3, 2.4, 8.1, 2.3, 2.0, 6.6, 4.4, 1.8, 1.1, 3.3, 7.8, 4.6, 1.1, 4.2, 5.5,
    4.4, 10.5, 22.7, 8.8, 5.6, 15.5, 12.5, 6.0, 9.0, 14.4, 10.2, 4.8, 2.9, 7.0, 8.5, 12.3, 10.1,
    12.7, 9.4, 7.2, 5.3, 18.8, 15.8, 4.3, 14.6, 50.7, 8.2, 5.6, 9.3, 88.7, 19.6, 3.4, 3.6, 5.7,
    7.0, 4.2, 1.8,
]  # fmt: skip
FOUR = ([3, 8, 0, 21], [1_000, 2_000, 500, 3_000])


def test_the_gamma_prior_is_that_of_a_negative_binomial_fit():
    ours = smoothed_rate_likelihood(OBSERVED, EXPECTED, per=1)
    peer = sm.NegativeBinomial(OBSERVED, np.ones(56), exposure=EXPECTED).fit(disp=0)
    assert ours.prior_mean[0] == pytest.approx(np.exp(peer.params[0]), rel=1e-4)
    assert ours.prior_variance[0] == pytest.approx(
        peer.params[1] * np.exp(2 * peer.params[0]), rel=1e-3
    )


def test_the_scottish_districts_are_drawn_in():
    """The posterior mean is (observed + 1.88) / (expected + 1.32): gamma shape and rate by ML."""
    ours = smoothed_rate_likelihood(OBSERVED, EXPECTED, per=1)
    by_hand = (np.array(OBSERVED) + 1.88) / (np.array(EXPECTED) + 1.32)
    np.testing.assert_allclose(ours.rate, by_hand, rtol=2e-3)


def test_marshall_worked_by_hand():
    """m = 32 / 6500; s2 weighted; A = s2 - m / 1625; the estimate m + A / (A + m / n) (r - m)."""
    k, n = (np.array(column, dtype=float) for column in FOUR)
    m = 32 / 6_500
    a = (n * (k / n - m) ** 2).sum() / 6_500 - m / 1_625
    by_hand = m + max(a, 0) / (max(a, 0) + m / n) * (k / n - m)
    assert smoothed_rate_moments(*FOUR, per=1).rate == pytest.approx(by_hand)


def test_marshall_agrees_with_esda():
    smoothing = pytest.importorskip("esda.smoothing")
    k = np.random.default_rng(3).poisson(np.linspace(2, 30, 40))
    people = np.linspace(800, 3_000, 40)
    ours = smoothed_rate_moments(k, people, per=1).rate
    np.testing.assert_allclose(ours, smoothing.Empirical_Bayes(k, people).r.ravel(), rtol=1e-9)


def test_neighbours_pull_towards_themselves():
    links = Neighbours.of_pairs(np.array([0, 1, 3, 4]), np.array([1, 2, 4, 5]), 6)
    k, people = [10, 12, 8, 50, 47, 55], [1_000] * 6
    local = smoothed_rate_moments(k, people, neighbours=links)
    assert local.rate[:3].max() < 13
    assert local.rate[3:].min() > 45
    lonely = Neighbours.of_pairs(np.array([0]), np.array([1]), 6)
    with pytest.raises(ValueError, match="Area 2 and 3 more have no neighbours"):
        smoothed_rate_moments(k, people, neighbours=lonely)
    with pytest.raises(ValueError, match="4 counts and 6 areas"):
        smoothed_rate_moments(*FOUR, neighbours=lonely)


def test_known_rates_are_covered_as_often_as_the_interval_says():
    rng = np.random.default_rng(4)
    covered = []
    for _ in range(15):
        rate = rng.gamma(4, 0.005 / 4, 130)
        people = rng.uniform(300, 3_000, 130)
        ours = smoothed_rate_likelihood(rng.poisson(rate * people), people, per=1)
        covered.append(((ours.low <= rate) & (rate <= ours.high)).mean())
    assert 0.93 <= np.mean(covered) <= 0.97


counts = st.lists(st.integers(0, 200), min_size=3, max_size=20).filter(any)


@given(counts, st.sampled_from([smoothed_rate_moments, smoothed_rate_likelihood]))
def test_an_area_is_never_pushed_beyond_its_own_figure_or_the_common_one(k, smooth):
    people = np.linspace(500, 5_000, len(k))
    ours = smooth(k, people)
    own, common = np.array(k) / people * 1_000, ours.prior_mean * 1_000
    slack = 1e-9 * (1 + own + common)
    assert (ours.rate >= np.minimum(own, common) - slack).all()
    assert (ours.rate <= np.maximum(own, common) + slack).all()
    assert ((ours.weight >= 0) & (ours.weight <= 1)).all()
    assert (ours.low <= ours.high).all()


def test_areas_that_differ_by_chance_alone_get_the_common_rate():
    ours = smoothed_rate_likelihood([10, 10, 11, 9], [1_000] * 4)
    assert ours.rate.tolist() == pytest.approx([10] * 4)
    assert "count for 0%" in ours.summary()


def test_bad_input_is_named():
    with pytest.raises(ValueError, match=r"residents\[1\] is 0"):
        smoothed_rate_moments([1, 2], [3, 0])
    with pytest.raises(ValueError, match="All 2 counts are zero"):
        smoothed_rate_likelihood([0, 0], [3, 1])
    with pytest.raises(ValueError, match="One area has nothing"):
        smoothed_rate_likelihood([1], [3])
