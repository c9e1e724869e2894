import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint

from samhandling.survey import (
    exact_interval,
    published_proportion,
    weighted_proportion,
    wilson_interval,
)


def test_wilson_matches_the_published_examples():
    """Newcombe (1998), two-sided intervals for the single proportion, method 3."""
    published = {(81, 263): (0.2553, 0.3662), (15, 148): (0.0624, 0.1605), (0, 20): (0, 0.1611),
                 (1, 29): (0.0061, 0.1718)}  # fmt: skip
    for (yes, n), ends in published.items():
        assert wilson_interval(yes / n, n) == pytest.approx(ends, abs=6e-5)


def test_exact_matches_the_published_examples():
    """Newcombe (1998), method 5."""
    published = {(81, 263): (0.2527, 0.3676), (15, 148): (0.0578, 0.1617), (0, 20): (0, 0.1684),
                 (1, 29): (0.0009, 0.1776)}  # fmt: skip
    for (yes, n), ends in published.items():
        assert exact_interval(yes / n, n) == pytest.approx(ends, abs=6e-5)


def test_equal_weights_are_a_simple_random_sample():
    answers = np.arange(200) < 30
    ours = weighted_proportion(answers, np.full(200, 7.5))
    assert ours.value == pytest.approx(0.15)
    assert ours.design_effect == pytest.approx(200 / 199)
    # n* = n / deff = 199, as Korn and Graubard define it.
    peer = proportion_confint(0.15 * 199, 199, method="beta")
    assert ours.confidence_interval() == pytest.approx(peer)


def test_weights_worked_by_hand():
    """Weights 1 1 2 4, answers yes no no yes: share 5/8; the linearised parts are +3 -5 -10 +12
    over 64, their squares sum to 278 / 4096, and times 4/3 that is the variance."""
    ours = weighted_proportion([1, 0, 0, 1], [1, 1, 2, 4])
    assert ours.value == 5 / 8
    assert ours.standard_error**2 == pytest.approx(4 / 3 * 278 / 4_096)


def test_clusters_that_answer_alike_are_worth_one_answer_each():
    answers = np.repeat(np.arange(40) % 4 == 0, 25)
    alone = weighted_proportion(answers, np.ones(1_000))
    together = weighted_proportion(answers, np.ones(1_000), cluster=np.repeat(np.arange(40), 25))
    assert alone.design_effect == pytest.approx(1, abs=0.01)
    assert together.effective_answers == pytest.approx(39, rel=0.01)


def test_strata_that_differ_make_the_estimate_sharper():
    answers = np.r_[np.arange(100) < 90, np.arange(100) < 10]
    plain = weighted_proportion(answers, np.ones(200))
    layered = weighted_proportion(answers, np.ones(200), stratum=np.repeat([0, 1], 100))
    assert layered.standard_error < 0.7 * plain.standard_error


def test_intervals_cover_the_truth_as_often_as_they_say():
    rng = np.random.default_rng(3)
    held = {True: [], False: []}
    for _ in range(400):
        w = rng.gamma(2, 1, 150)
        answers = rng.random(150) < 0.1
        for exact, found in held.items():
            low, high = weighted_proportion(answers, w, exact=exact).confidence_interval()
            found.append(low <= 0.1 <= high)
    assert np.mean(held[True]) >= 0.94
    assert 0.92 <= np.mean(held[False]) <= 0.98


@given(st.lists(st.tuples(st.booleans(), st.floats(0.1, 50)), min_size=2, max_size=60))
def test_the_interval_holds_the_share_and_stays_within_bounds(people):
    answers, weights = zip(*people, strict=True)
    for exact in (True, False):
        ours = weighted_proportion(answers, weights, exact=exact)
        assert 0 <= ours.low <= ours.value + 1e-12
        assert ours.value - 1e-12 <= ours.high <= 1
        assert ours.low < ours.high


def test_a_published_percentage_gets_an_interval():
    ours = published_proportion(10, 137)
    assert (ours.high - ours.low) / 2 == pytest.approx(0.057, abs=0.002)
    assert "137 answers worth 105" in ours.summary()


def test_bad_input_is_named():
    with pytest.raises(ValueError, match=r"answers\[1\] is 3"):
        weighted_proportion([1, 3], [1, 1])
    with pytest.raises(ValueError, match=r"weights\[0\] is 0"):
        weighted_proportion([1, 0], [0, 1])
    with pytest.raises(ValueError, match="One answer has no interval"):
        weighted_proportion([1], [1])
    with pytest.raises(ValueError, match="Stratum 1 holds one cluster"):
        weighted_proportion([1, 0, 1], [1, 1, 1], stratum=["a", "a", "b"])
    with pytest.raises(ValueError, match=r"cluster has shape \(1,\)"):
        weighted_proportion([1, 0], [1, 1], cluster=[1])
    with pytest.raises(ValueError, match="share is 10"):
        wilson_interval(10, 100)
    with pytest.raises(ValueError, match="size is 0"):
        exact_interval(0.1, 0)
    with pytest.raises(ValueError, match="answers is 0"):
        published_proportion(10, 0)
