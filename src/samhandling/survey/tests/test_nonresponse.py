from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samhandling.survey import (
    Reading,
    ResponseStrata,
    maximal_bias,
    nonresponse_check,
    r_indicator,
)

AGES = [("age", ["young", "middle", "old"])]


def four(invited, answered, population, yes=None):
    variables = [("age", ["y", "y", "o", "o"]), ("sex", ["m", "w", "m", "w"])]
    return ResponseStrata(invited, answered, population, variables, yes)


def test_r_worked_by_hand():
    """Rates 0.3 and 0.6 in halves of the population: S = 0.15, R = 0.7; sampling adds
    (0.21 + 0.24) / 399 / 4 to S squared."""
    strata = ResponseStrata([400, 400], [120, 240], [5, 5], [("age", ["young", "old"])])
    found = r_indicator(strata)
    assert found.unadjusted == pytest.approx(0.7)
    assert found.value == pytest.approx(1 - 2 * np.sqrt(0.15**2 - 0.45 / 399 / 4))
    assert found.response_rate == pytest.approx(0.45)
    assert found.partial[0].categories[1] == ("young", pytest.approx(-np.sqrt(0.5) * 0.15))
    assert "age tells most of who answers" in found.summary()


def test_r_of_four_hospitals():
    """Rates of Fleiss (1981), p. 139; the standard deviation from R."""
    patients = [86, 93, 136, 82]
    strata = ResponseStrata(patients, [83, 90, 129, 70], patients, [("hospital", list("1234"))])
    assert r_indicator(strata).unadjusted == pytest.approx(0.913447808, abs=1e-9)


@pytest.mark.parametrize("asked", [40, 300])
def test_the_interval_holds_r_and_the_adjustment_takes_the_sampling_error_away(asked):
    drawn = np.random.default_rng(6)
    share, rate = np.array([0.1, 0.3, 0.4, 0.2]), np.array([0.3, 0.6, 0.4, 0.5])
    true = 1 - 2 * np.sqrt((share * (rate - share @ rate) ** 2).sum())
    held, squares = [], []
    for _ in range(300):
        found = r_indicator(four([asked] * 4, drawn.binomial(asked, rate), share))
        held.append(found.low <= true <= found.high)
        squares.append(((1 - found.value) / 2) ** 2 - ((1 - true) / 2) ** 2)
    assert 0.92 <= np.mean(held) <= 0.99
    assert abs(np.mean(squares)) < 3 * np.std(squares) / np.sqrt(300) + 2e-4


def test_asking_in_clusters_makes_r_less_sure():
    strata = four([100] * 4, [30, 40, 50, 60], [1, 1, 1, 1])
    plain, clustered = r_indicator(strata), r_indicator(strata, design_effect=2)
    assert clustered.standard_error > plain.standard_error
    assert nonresponse_check(strata, design_effect=2).chi_square == pytest.approx(
        nonresponse_check(strata).chi_square / 2
    )


counted = st.lists(
    st.tuples(st.integers(2, 200), st.floats(0.01, 1), st.floats(1, 1_000), st.floats(0, 1)),
    min_size=4, max_size=4,
)  # fmt: skip


@given(counted)
def test_parts_add_up_and_bounds_hold_what_they_should(drawn):
    invited, rate, people, share = (np.array(column) for column in zip(*drawn, strict=True))
    answered = np.maximum(np.round(invited * rate), 1)
    yes = np.floor(answered * share)
    found = nonresponse_check(four(invited, answered, people, yes))
    age, sex = found.indicator.partial
    whole = ((1 - found.indicator.unadjusted) / 2) ** 2
    assert age.unconditional**2 + sex.conditional**2 == pytest.approx(whole, abs=1e-12)
    assert sex.unconditional**2 + age.conditional**2 == pytest.approx(whole, abs=1e-12)
    assert sum(part**2 for _, part in age.categories) == pytest.approx(age.unconditional**2)
    assert found.answer_share.sum() == pytest.approx(1)
    bounds = found.bounds
    assert bounds.low - 1e-9 <= bounds.of_answers <= bounds.high + 1e-9
    assert bounds.low - 1e-9 <= bounds.weighted <= bounds.high + 1e-9
    assert bounds.low_by_strata - 1e-9 <= bounds.of_answers <= bounds.high_by_strata + 1e-9
    assert found.indicator.low <= found.indicator.value <= found.indicator.high <= 1
    assert found.maximal_bias <= found.maximal_bias_high
    assert found.weight_effect >= 1 - 1e-9


@given(counted)
def test_weighting_never_moves_a_share_by_more_than_r_allows(drawn):
    """Where not answering depends on the strata alone, weighted is the truth."""
    invited, rate, people, share = (np.array(column) for column in zip(*drawn, strict=True))
    answered = np.maximum(np.round(invited * rate), 1)
    yes = np.round(answered * share)
    found = nonresponse_check(four(invited, answered, people, yes))
    bound = maximal_bias(found.indicator.unadjusted, found.indicator.response_rate)
    assert abs(found.bounds.of_answers - found.bounds.weighted) <= bound + 1e-9


def test_bounds_worked_by_hand():
    """Half of 60 % answered yes: between 30 % and 70 %."""
    strata = ResponseStrata([100, 100], [60, 60], [1, 1], [("a", ["x", "y"])], [30, 30])
    bounds = nonresponse_check(strata).bounds
    assert (bounds.low, bounds.high) == (pytest.approx(0.3), pytest.approx(0.7))


def test_alike_response_is_read_as_it_stands():
    found = nonresponse_check(ResponseStrata([20_000] * 3, [9_000, 9_010, 8_990], [1, 2, 3], AGES))
    assert found.reading is Reading.AS_THEY_STAND
    assert found.p_value > 0.5
    assert "may be read as the population's as they stand" in found.summary()


def test_response_that_differs_is_read_weighted():
    found = nonresponse_check(ResponseStrata([900] * 3, [200, 400, 600], [1, 1, 1], AGES))
    assert found.reading is Reading.WEIGHTED
    assert found.p_value < 1e-6
    assert found.effective_answers == pytest.approx(1_200 / found.weight_effect)
    assert "only when weighted" in found.summary()
    low, high = found.confidence_interval()
    assert ((low < found.rates) & (found.rates < high)).all()


@pytest.mark.parametrize("few", [0, 10])
def test_a_stratum_that_hardly_answers_is_not_read_as_the_population(few):
    found = nonresponse_check(
        ResponseStrata([900] * 3, [few, 400, 600], [1, 1, 1], AGES, [0, 100, 100])
    )
    assert found.reading is Reading.NOT_AS_POPULATION
    assert ("Nobody answered among: young" in found.summary()) == (few == 0)
    assert np.isnan(found.bounds.weighted) == (few == 0)


def test_everybody_answered():
    found = nonresponse_check(ResponseStrata([50, 50], [50, 50], [1, 1], [("a", ["x", "y"])]))
    assert found.indicator.value == 1
    assert (found.chi_square, found.p_value) == (0, 1)
    assert "tells most" not in found.indicator.summary()


def strata(invited=(9, 9, 9), answered=(3, 3, 3), population=(1, 1, 1), variables=AGES, yes=None):
    return ResponseStrata(invited, answered, population, variables, yes)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: ResponseStrata([], [], [], []), "invited and answered and population are empty"),
        (lambda: strata([9], [3], [1]), "One stratum has nothing"),
        (lambda: strata(invited=[9, 1, 9]), r"invited\[1\] is 1; join it"),
        (lambda: strata(invited=[9, -1, 9]), r"invited\[1\] is -1"),
        (lambda: strata(answered=[3, 3, 10]), r"answered\[2\] is 10"),
        (lambda: strata(answered=[3, np.nan, 1]), r"answered\[1\] is nan"),
        (lambda: strata(answered=[0, 0, 0]), "answered is 0 in every stratum"),
        (lambda: strata(population=[1, 0, 1]), r"population\[1\] is 0"),
        (lambda: strata(population=[1, 1]), "population has 2"),
        (lambda: strata(yes=[1, 1, 4]), r"yes\[2\] is 4"),
        (lambda: strata(yes=[1, 1]), "yes has 2"),
        (lambda: strata(variables=[]), "variables is empty"),
        (lambda: strata(variables=[("a", ["x", "y", "x"])]), "Strata 0 and 2 are both x"),
        (lambda: strata(variables=[("a", ["x", "y"])]), r"a has shape \(2,\)"),
        (lambda: r_indicator(strata(), design_effect=0), "design_effect is 0"),
        (lambda: r_indicator(strata(), confidence=1), "confidence is 1"),
        (lambda: nonresponse_check(strata(), design_effect=-1), "design_effect is -1"),
        (lambda: nonresponse_check(strata(), tolerable_bias=3), "tolerable_bias is 3"),
        (lambda: maximal_bias(1.1, 0.5), r"r is 1\.1"),
        (lambda: maximal_bias(0.9, 0), "response_rate 0"),
        (lambda: maximal_bias(np.nan, 0.5), "r is nan"),
    ],
)
def test_bad_input_is_named_with_a_way_out(call: Callable[[], Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        call()
