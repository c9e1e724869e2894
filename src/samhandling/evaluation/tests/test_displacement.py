import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from samhandling.evaluation import (
    BeforeAfter,
    events_in_rings,
    ring_changes,
    total_net_effect,
    weighted_displacement_difference,
    weighted_displacement_quotient,
)
from samhandling.execution import Processes, Replicates

COUNTS = st.builds(BeforeAfter, st.integers(1, 500), st.integers(1, 500))
TARGET, BUFFER, CONTROL = BeforeAfter(400, 200), BeforeAfter(300, 400), BeforeAfter(1000, 1000)


def test_the_quotient_is_the_ratio_of_changes_relative_to_the_control():
    found = weighted_displacement_quotient(TARGET, BUFFER, CONTROL)
    assert found.value == pytest.approx((0.4 - 0.3) / (0.2 - 0.4))
    assert found.low < found.value < found.high < 0
    assert found.target_share == 1
    assert "moved to the area around" in found.summary()


def test_the_quotient_says_when_the_gain_spread_and_when_nothing_is_sure():
    spread = weighted_displacement_quotient(TARGET, BeforeAfter(300, 150), CONTROL)
    assert spread.low > 0
    assert "spread" in spread.summary()
    unsure = weighted_displacement_quotient(BeforeAfter(20, 18), BUFFER, CONTROL)
    assert "says nothing" in unsure.summary()
    unclear = weighted_displacement_quotient(TARGET, BeforeAfter(300, 305), CONTROL)
    assert "neither" in unclear.summary()


def test_the_bootstrap_has_the_delta_methods_error():
    """A large place: the quotient's bootstrap and its linearisation must agree."""
    found = weighted_displacement_quotient(
        BeforeAfter(40_000, 20_000), BeforeAfter(30_000, 40_000), BeforeAfter(100_000, 100_000),
        replicates=Replicates(20_000, 3),
    )  # fmt: skip
    c = np.array([40_000, 20_000, 30_000, 40_000, 100_000, 100_000], dtype=float)

    def quotient(c):
        return (c[3] / c[5] - c[2] / c[4]) / (c[1] / c[5] - c[0] / c[4])

    slope = np.array([(quotient(c + e) - quotient(c - e)) / 2 for e in np.eye(6)])
    assert found.standard_error == pytest.approx(np.sqrt(slope**2 @ c), rel=0.03)


@pytest.mark.slow
def test_the_same_answer_whoever_draws():
    here = weighted_displacement_quotient(TARGET, BUFFER, CONTROL, replicates=Replicates(12_000, 4))
    there = weighted_displacement_quotient(
        TARGET, BUFFER, CONTROL, replicates=Replicates(12_000, 4, Processes(2))
    )
    assert here == there


def test_the_difference_test_by_hand():
    """20 to 10 beside 20 to 20 is -10; 70 events in all have the root 8.37."""
    found = weighted_displacement_difference(BeforeAfter(20, 10), BeforeAfter(20, 20))
    assert found.value == -10
    assert found.standard_error == pytest.approx(8.37, abs=0.005)


@given(COUNTS, COUNTS, COUNTS, COUNTS)
def test_the_difference_is_the_sum_of_its_two_parts(target, control, buffer, other):
    both = weighted_displacement_difference(target, control, buffer, other)
    parts = [
        weighted_displacement_difference(target, control),
        weighted_displacement_difference(buffer, other),
    ]
    assert both.value == sum(part.value for part in parts)
    assert both.standard_error**2 == pytest.approx(sum(part.standard_error**2 for part in parts))


@given(COUNTS, COUNTS, COUNTS)
def test_the_net_effect_is_zero_when_all_change_alike(target, buffer, control):
    found = total_net_effect(target, buffer, control)
    earlier, later = target.before + buffer.before, target.after + buffer.after
    assert found.value == pytest.approx(later - earlier * control.after / control.before)
    same = total_net_effect(control, BeforeAfter(0, 0), control)
    assert same.value == pytest.approx(0)


def test_the_net_effects_error_is_that_of_simulated_counts():
    rng = np.random.default_rng(2)
    t0, t1, c0, c1 = (rng.poisson(mean, 200_000) for mean in (700, 600, 1000, 1000))
    found = total_net_effect(TARGET, BUFFER, CONTROL)
    assert found.standard_error == pytest.approx((t1 - t0 * c1 / c0).std(), rel=0.02)


def test_rings_are_read_beside_the_control():
    found = ring_changes([400, 300], [200, 330], BeforeAfter(1000, 1100))
    assert found[0].value == pytest.approx(np.log(0.5 / 1.1))
    assert found[1].value == pytest.approx(0)
    assert found[0].confidence == pytest.approx(0.975)
    assert "target area" in found[0].estimand
    assert "ring 1" in found[1].estimand


def test_small_counts_are_said_to_be_small():
    found = weighted_displacement_difference(BeforeAfter(3, 1), BeforeAfter(8, 9))
    assert "only 1" in found.summary()


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: BeforeAfter(-1, 2), r"before\[0\]"),
        (lambda: BeforeAfter(1, float("nan")), r"after\[0\]"),
        (
            lambda: weighted_displacement_quotient(TARGET, BUFFER, BeforeAfter(0, 3)),
            "larger control",
        ),
        (lambda: weighted_displacement_quotient(CONTROL, BUFFER, CONTROL), "no gain"),
        (lambda: total_net_effect(TARGET, BUFFER, BeforeAfter(3, 0)), "larger control"),
        (lambda: weighted_displacement_difference(TARGET, CONTROL, BUFFER), "both"),
        (lambda: ring_changes([], [], CONTROL), "empty"),
        (lambda: ring_changes([3, 0], [2, 2], CONTROL), "Ring 1"),
        (lambda: ring_changes([3], [2, 2], CONTROL), "do not match"),
    ],
)
def test_bad_input_is_named(call, words):
    with pytest.raises(ValueError, match=words):
        call()


@given(st.lists(st.tuples(st.floats(-100, 100), st.floats(-100, 100)), min_size=1, max_size=40))
def test_every_event_is_in_one_ring(places):
    x, y = zip(*places, strict=True)
    area = shapely.box(-10, -10, 10, 10)
    assert events_in_rings(x, y, area, [20, 40]).sum() == len(places)


def test_rings_hold_their_outer_edge():
    found = events_in_rings(
        [10, 30, 30.1, 50, 51], [0] * 5, shapely.box(-10, -10, 10, 10), [20, 40]
    )
    assert found.tolist() == [1, 1, 2, 1]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (([], [], shapely.box(0, 0, 1, 1), [5]), "empty"),
        (([np.nan], [0], shapely.box(0, 0, 1, 1), [5]), r"x\[0\]"),
        (([0], [0], shapely.box(0, 0, 1, 1), [5, 5]), "beyond the last"),
        (([0], [0], shapely.box(0, 0, 1, 1), []), "at least one edge"),
        (([0], [0], shapely.Polygon(), [5]), "not valid"),
    ],
)
def test_bad_rings_are_named(arguments, words):
    with pytest.raises(ValueError, match=words):
        events_in_rings(*arguments)
