"""Effects carry their error, their comparison and their warnings."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samhandling.evaluation.design import LOG_POINTS, About, Design, Effect, effect_from_error
from samhandling.patterns.estimate import Direction
from samhandling.space.method import Method


def about(unit: str = "fires per year") -> About:
    return About(
        Design.DIFFERENCE_IN_DIFFERENCES, "average effect on the treated", unit, 3, Method("did")
    )


def test_interval_follows_students_t() -> None:
    """Student's t at 0.975 with 10 degrees of freedom is 2.228 in every printed table."""
    effect = effect_from_error(about(), 5.0, 2.0, degrees_of_freedom=10)
    assert effect.confidence_interval() == pytest.approx((5 - 4.456, 5 + 4.456), abs=0.001)
    assert effect.direction is Direction.HIGHER
    assert effect.p_value == pytest.approx(0.0316, abs=0.001)


def test_percent_change_of_log_points() -> None:
    effect = effect_from_error(about(LOG_POINTS), math.log(0.5), 0.1)
    value, low, high = effect.percent_change()
    assert value == pytest.approx(-50)
    assert low < value < high < 0
    assert effect.summary().startswith("-50 % (95% interval")


def test_only_log_points_become_percent() -> None:
    with pytest.raises(ValueError, match="fires per year"):
        effect_from_error(about(), 1.0, 1.0).percent_change()


def test_summary_ends_with_the_warnings() -> None:
    effect = effect_from_error(about(), -1.0, 1.0, warnings=("Few areas.",))
    assert effect.summary().endswith("3 treated areas. Few areas.")
    assert "no clear effect" in effect.summary()
    assert (effect.design, effect.unit, effect.n_treated) == (
        Design.DIFFERENCE_IN_DIFFERENCES, "fires per year", 3,
    )  # fmt: skip
    assert effect.estimand == "average effect on the treated"
    assert effect.method == Method("did")


def test_no_error_is_certain() -> None:
    assert effect_from_error(about(), 0.0, 0.0).p_value == 1
    assert effect_from_error(about(), 2.0, 0.0).p_value == 0


@given(st.floats(-1e6, 1e6), st.floats(1e-6, 1e6), st.floats(1, 200), st.floats(0.5, 0.99))
def test_p_and_interval_say_the_same(
    value: float, error: float, freedom: float, confidence: float
) -> None:
    effect: Effect = effect_from_error(
        about(), value, error, degrees_of_freedom=freedom, confidence=confidence
    )
    outside = not effect.low <= 0 <= effect.high
    if abs(effect.p_value - (1 - confidence)) > 1e-9:
        assert outside == (effect.p_value < 1 - confidence)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"value": math.nan}, "value"),
        ({"standard_error": math.nan}, "standard_error is nan"),
        ({"standard_error": -1.0}, "standard_error is -1"),
        ({"degrees_of_freedom": 0}, "degrees_of_freedom is 0"),
        ({"confidence": 1.0}, "confidence is 1"),
    ],
)
def test_impossible_errors_are_refused(arguments: dict[str, float], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        effect_from_error(**{"about": about(), "value": 1.0, "standard_error": 1.0, **arguments})  # type: ignore[arg-type]
