import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samhandling.patterns import concentration, gini


def rng():
    return np.random.default_rng(5)


def test_gini_of_bernasco_and_steenbeek_by_hand():
    """Five events in ten places, two of them in one: ranks 7 8 9 hold 1 and rank 10 holds 2.

    Sum of rank times share = (7 + 8 + 9 + 20) / 5 = 8.8; (1/5)(17.6 - 11) - 2 + 1 = 0.32.
    """
    assert gini([0, 0, 0, 0, 0, 0, 1, 1, 1, 2]) == pytest.approx(0.32)


def test_gini_with_more_events_than_places_is_the_ordinary_one():
    k = np.array([1, 5, 9, 30])
    differences = np.abs(k[:, None] - k[None, :]).sum() / (2 * 4 * k.sum())
    assert gini(k) == pytest.approx(differences)


@given(st.lists(st.integers(0, 50), min_size=1, max_size=40).filter(any))
def test_gini_lies_between_even_and_all_in_one(k):
    assert -1e-9 <= gini(k) <= 1 + 1e-9


def test_few_events_look_concentrated_and_are_said_to_be_chance():
    """Sixty events over a thousand equal areas: the top 5 % hold most of them by chance alone."""
    k = rng().multinomial(60, np.full(1_000, 1 / 1_000))
    result = concentration(k, np.ones(1_000), rng=rng())
    assert result.share > 0.8
    assert result.share == pytest.approx(result.by_chance, abs=0.08)
    assert result.low < 0.3
    assert "chance alone would give" in result.summary()


def test_a_known_concentration_lies_in_its_interval():
    generator = np.random.default_rng(8)
    held = []
    for _ in range(20):
        risk = generator.gamma(0.8, 4, 400)
        truth = np.sort(risk)[-20:].sum() / risk.sum()
        result = concentration(generator.poisson(risk), np.ones(400), rng=generator, draws=400)
        held.append(result.low <= truth <= result.high)
    assert np.mean(held) >= 0.85


def test_the_same_seed_gives_the_same_figures():
    k = rng().poisson(2, 50)
    assert concentration(k, np.ones(50), rng=rng()) == concentration(k, np.ones(50), rng=rng())


def test_bad_input_is_named():
    with pytest.raises(ValueError, match="5 areas with 5 events"):
        concentration(np.ones(5), np.ones(5), rng=rng())
    with pytest.raises(ValueError, match="top is 5"):
        concentration(np.ones(10), np.ones(10), rng=rng(), top=5)
    with pytest.raises(ValueError, match="draws is 10"):
        concentration(np.ones(10), np.ones(10), rng=rng(), draws=10)
    with pytest.raises(ValueError, match="All 2 counts are zero"):
        gini([0, 0])
