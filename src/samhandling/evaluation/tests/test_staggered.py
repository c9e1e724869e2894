"""Group-time effects and event studies, beside brute force and a known truth."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samhandling.evaluation.difference_in_differences import difference_in_differences
from samhandling.evaluation.event_study import (
    event_study,
    pre_trend_test,
    simultaneous_band,
)
from samhandling.evaluation.panel import NEVER, Panel
from samhandling.evaluation.staggered import (
    Aggregation,
    ComparedWith,
    group_time_effects,
)
from samhandling.evaluation.tests.panels import growing, panel
from samhandling.execution import Processes, Replicates


def averaged(given: Panel, over: Aggregation, compared: ComparedWith) -> float:
    """Go through groups and periods one by one, as the definitions say."""
    y, starts, weight = given.y, given.starts, given.cell_weights.mean(axis=1)

    def mean(change: np.ndarray, who: np.ndarray) -> float:
        return float(np.average(change[who], weights=weight[who]))

    cells = {}
    for group in sorted(set(starts.tolist()) - {NEVER}):
        for period in range(group, given.n_periods):
            control = starts == NEVER
            if compared is ComparedWith.NOT_YET_TREATED:
                control |= starts > period
            change = y[:, period] - y[:, group - 1]
            size = weight[starts == group].sum()
            cells[group, period] = mean(change, starts == group) - mean(change, control), size
    keys = {
        Aggregation.SIMPLE: lambda _: 0, Aggregation.GROUP: lambda at: at[0],
        Aggregation.CALENDAR: lambda at: at[1], Aggregation.DYNAMIC: lambda at: at[1] - at[0],
    }[over]  # fmt: skip
    parts = {}
    for at, (value, size) in cells.items():
        parts.setdefault(keys(at), []).append((value, size))
    means = [
        np.average([v for v, _ in part], weights=[s for _, s in part]) for part in parts.values()
    ]
    sizes = [part[0][1] if over is Aggregation.GROUP else 1 for part in parts.values()]
    return float(np.average(means, weights=sizes))


@pytest.mark.parametrize("over", list(Aggregation))
@pytest.mark.parametrize("compared", list(ComparedWith))
def test_averages_equal_brute_force(over: Aggregation, compared: ComparedWith) -> None:
    given, _ = growing()
    given = Panel(given.y, given.starts, weights=np.random.default_rng(1).uniform(1, 5, 90))
    ours = group_time_effects(given, compared_with=compared).average(over)
    assert ours.value == pytest.approx(averaged(given, over, compared))


def test_growing_effects_are_found_where_two_way_fixed_effects_miss() -> None:
    given, truth = growing(noise=0.0)
    mean = truth[given.treated].mean()
    ours = group_time_effects(given).average(Aggregation.SIMPLE)
    assert ours.value == pytest.approx(mean, abs=1e-9)
    assert abs(difference_in_differences(given).value - mean) > 0.19


@pytest.mark.parametrize("over", list(Aggregation))
def test_standard_error_is_the_spread_over_panels_with_drawn_areas(over: Aggregation) -> None:
    given, _ = growing(5, areas=150)
    ours = group_time_effects(given).average(over).standard_error
    rng, values = np.random.default_rng(0), []
    for _ in range(300):
        drawn = rng.integers(0, 150, 150)
        again = Panel(given.y[drawn], given.starts[drawn])
        values.append(group_time_effects(again).average(over).value)
    assert ours == pytest.approx(np.std(values), rel=0.15)


def test_interval_covers_the_truth() -> None:
    covered = []
    for seed in range(150):
        rng = np.random.default_rng(seed)
        starts = rng.choice([3, 5, NEVER], 90)
        since = np.arange(8) - starts[:, None]
        started = (since >= 0) & (starts[:, None] != NEVER)
        effect = np.where(started, (1.0 + since) * (starts[:, None] - 2), 0)
        given = Panel(effect + rng.normal(0, 3, (90, 1)) + rng.normal(0, 1, (90, 8)), starts)
        found = group_time_effects(given).average(Aggregation.SIMPLE)
        # Five cells of 1 to 5 and three of 3, 6, 9, equally many areas in each.
        covered.append(found.low <= 33 / 8 <= found.high)
    assert 0.89 <= np.mean(covered) <= 0.99


def test_one_start_gives_the_difference_in_differences_of_means() -> None:
    given = panel(3)
    effects = group_time_effects(given, compared_with=ComparedWith.NEVER_TREATED)
    study = event_study(effects)
    change = given.y - given.y[:, 4:5]
    by_hand = change[given.ever_treated].mean(axis=0) - change[~given.ever_treated].mean(axis=0)
    assert study.values == pytest.approx(np.delete(by_hand, 4))
    assert study.average_after().value == pytest.approx(effects.average().value)


def test_anticipation_moves_the_base() -> None:
    given = panel(3)
    effects = group_time_effects(given, anticipation=1)
    change = given.y[:, 7] - given.y[:, 3]
    by_hand = change[given.ever_treated].mean() - change[~given.ever_treated].mean()
    assert effects.values[effects.period == 7] == pytest.approx(by_hand)
    assert event_study(effects).reference == -2


def test_areas_treated_from_the_beginning_are_left_out_and_told() -> None:
    given, _ = growing()
    early = Panel(np.vstack([given.y, given.y[:2]]), [*given.starts, 0, 0])
    effects = group_time_effects(early)
    assert effects.average().value == pytest.approx(group_time_effects(given).average().value)
    assert effects.warnings[-1] == "Left out, treated from the beginning: 2 areas."


def test_pre_trend_test_keeps_its_level_and_finds_a_trend() -> None:
    p = [
        pre_trend_test(event_study(group_time_effects(panel(seed)))).p_value for seed in range(300)
    ]
    assert 0.02 <= np.mean(np.array(p) <= 0.05) <= 0.09
    given = panel(1)
    drifting = given.with_outcome(given.y + 0.7 * given.ever_treated[:, None] * np.arange(10))
    assert pre_trend_test(event_study(group_time_effects(drifting))).p_value < 0.01


def test_pre_trend_statistic_is_hotellings() -> None:
    """One group against another: T squared on the changes, pooled by hand."""
    given = panel(2)
    test = pre_trend_test(event_study(group_time_effects(given)))
    change = np.delete(given.y - given.y[:, 4:5], 4, axis=1)[:, :4]
    one, two = change[given.ever_treated], change[~given.ever_treated]
    covariance = np.cov(one.T, bias=True) / 20 + np.cov(two.T, bias=True) / 20
    difference = one.mean(axis=0) - two.mean(axis=0)
    wald = difference @ np.linalg.inv(covariance) @ difference
    assert test.statistic == pytest.approx(wald * 36 / (4 * 39))


@pytest.mark.slow
def test_band_is_wider_than_each_interval_and_the_same_for_whoever_draws() -> None:
    study = event_study(group_time_effects(panel(4)))
    here = simultaneous_band(study, replicates=Replicates(3_000, 2))
    there = simultaneous_band(study, replicates=Replicates(3_000, 2, Processes(2)))
    assert [end.tolist() for end in here] == [end.tolist() for end in there]
    factor = (here[1] - study.values) / study.standard_errors
    assert 2.2 < factor.min() <= factor.max() < 3.2


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 99), st.floats(-10, 10))
def test_what_all_areas_share_changes_nothing(seed: int, shift: float) -> None:
    given, _ = growing(seed, areas=12)
    moved = given.with_outcome(given.y + shift * np.arange(8) ** 2)
    assert group_time_effects(moved).values == pytest.approx(
        group_time_effects(given).values, abs=1e-8
    )


@pytest.mark.parametrize(
    ("starts", "options", "said"),
    [
        ([NEVER] * 4, {}, "No area is treated"),
        ([0, 0, 0, 0], {}, "Every area is treated"),
        ([0, NEVER, NEVER, NEVER], {}, "before its start"),
        ([1, 1, 1, 1], {}, "Nobody is left"),
        ([1, 2, 2, 2], {"compared_with": ComparedWith.NEVER_TREATED}, "Nobody is left"),
        ([1, NEVER, NEVER, NEVER], {"anticipation": -1}, "anticipation is -1"),
        ([1, NEVER, NEVER, NEVER], {"anticipation": 1}, "before its start"),
    ],
)
def test_panels_without_a_comparison_are_refused(starts, options, said) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ValueError, match=said):
        group_time_effects(Panel(np.ones((4, 4)), starts), **options)


def test_studies_without_what_is_asked_are_refused() -> None:
    study = event_study(group_time_effects(panel()), longest=1)
    with pytest.raises(ValueError, match="no period before"):
        pre_trend_test(study)
    with pytest.raises(ValueError, match="longest is -1"):
        event_study(group_time_effects(panel()), longest=-1)
    whole = event_study(group_time_effects(panel()))
    with pytest.raises(ValueError, match="confidence is 0"):
        simultaneous_band(whole, confidence=0)
    few = event_study(group_time_effects(panel(areas=4)))
    with pytest.raises(ValueError, match="cannot test 4 periods"):
        pre_trend_test(few)
