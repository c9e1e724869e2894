from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samhandling.survey import kish_design_effect, raking_weights, weighted_proportion

SEX = ("sex", ["m", "m", "w", "w", "w"])
AGE = ("age", ["old", "young", "old", "young", "young"])
TOTALS = {"sex": {"m": 60, "w": 40}, "age": {"old": 30, "young": 70}}


def test_one_variable_is_post_stratification():
    found = raking_weights([SEX], TOTALS)
    assert found.values == pytest.approx([30, 30, 40 / 3, 40 / 3, 40 / 3])
    assert found.rounds == 1
    assert found.effective_answers == pytest.approx(100**2 / (2 * 30**2 + 3 * (40 / 3) ** 2))


def test_two_by_two_keeps_the_odds_ratio():
    """By hand: one, one, one and two answers, margins 60, 40 and 30, 70; ratio 2 is kept."""
    found = raking_weights([SEX, AGE], TOTALS)
    old_m, young_m, old_w, *young_w = found.values
    assert old_m + young_m == pytest.approx(60)
    assert old_m + old_w == pytest.approx(30)
    assert old_m * sum(young_w) / (young_m * old_w) == pytest.approx(2)


def test_weights_carry_a_share_to_the_population():
    found = raking_weights([SEX], TOTALS)
    share = weighted_proportion([1, 1, 0, 0, 0], found.values)
    assert share.value == pytest.approx(0.6)
    assert "5 answers worth" in found.summary()


people = st.lists(
    st.tuples(st.sampled_from("abc"), st.sampled_from("xy"), st.floats(0.2, 5)), max_size=30
)


@given(people)
def test_every_margin_is_met_and_the_start_matters_not_in_scale(drawn):
    every = [(a, x, 1.0) for a in "abc" for x in "xy"] + drawn
    rows, columns, start = (list(each) for each in zip(*every, strict=True))
    variables = [("row", rows), ("column", columns)]
    totals = {"row": {"a": 20, "b": 30, "c": 50}, "column": {"x": 60, "y": 40}}
    found = raking_weights(variables, totals, start=start)
    for name, labels in variables:
        for label, total in totals[name].items():
            assert found.values[np.array(labels) == label].sum() == pytest.approx(total)
    again = raking_weights(variables, totals, start=np.multiply(start, 7))
    assert found.values == pytest.approx(again.values)
    assert 1 <= found.design_effect <= len(rows)


@given(st.lists(st.tuples(st.floats(0.1, 9), st.integers(1, 5)), min_size=1, max_size=9))
def test_the_design_effect_counts_repeated_weights(drawn):
    weights, repeated = zip(*drawn, strict=True)
    spelled = kish_design_effect(np.repeat(weights, repeated))
    assert kish_design_effect(weights, repeated) == pytest.approx(spelled)
    assert spelled >= 1 - 1e-12


def without(name, **changed):
    return {**TOTALS, name: changed}


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: raking_weights([], {}), "variables is empty"),
        (lambda: raking_weights([SEX, AGE], {"sex": TOTALS["sex"]}), "age has no totals"),
        (lambda: raking_weights([SEX], without("sex", m=60)), "sex w has answers but no total"),
        (lambda: raking_weights([SEX], without("sex", m=6, w=4, x=1)), "sex x has a total but no"),
        (lambda: raking_weights([SEX], without("sex", m=60, w=0)), r"sex\[1\] is 0"),
        (lambda: raking_weights([SEX], without("sex", m=60, w=np.nan)), r"sex\[1\] is nan"),
        (
            lambda: raking_weights([SEX, AGE], without("age", old=30, young=80)),
            "age adds up to 110",
        ),
        (lambda: raking_weights([SEX, ("age", ["old"])], TOTALS), r"age has shape \(1,\)"),
        (lambda: raking_weights([("sex", ["m", ""])], TOTALS), r"sex\[1\] is missing"),
        (lambda: raking_weights([SEX], TOTALS, start=[1, 1, 1, 1, -1]), r"start\[4\] is -1"),
        (lambda: raking_weights([SEX], TOTALS, start=[1]), "start has 1"),
        (
            lambda: raking_weights(
                [("sex", ["m", "w"]), ("age", ["old", "young"])], TOTALS, most_rounds=9
            ),
            "No weights meet all totals after 9 rounds",
        ),
        (lambda: kish_design_effect([]), "weights and repeated are empty"),
        (lambda: kish_design_effect([1, 0]), r"weights\[1\] is 0"),
        (lambda: kish_design_effect([1, np.nan]), r"weights\[1\] is nan"),
        (lambda: kish_design_effect([1, 2], [1]), "weights has 2, repeated has 1"),
        (lambda: kish_design_effect([1, 2], [0, 0]), "No answers are weighted"),
    ],
)
def test_bad_input_is_named_with_a_way_out(call: Callable[[], Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        call()
