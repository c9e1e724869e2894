"""Group-time effects with covariates and their averages, beside another program's."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samhandling.evaluation import (
    NEVER,
    Aggregation,
    ComparedWith,
    ConditionalOn,
    Panel,
    aggregated_effects,
    event_study,
    group_time_effects,
    simultaneous_band,
)
from samhandling.evaluation.tests.panels import growing
from samhandling.execution import Replicates

FEW = Replicates(499)


def town(seed: int = 7, areas: int = 240) -> tuple[Panel, np.ndarray]:
    """Return areas whose trends and starts both follow two covariates; effects 1, 1.5, 2, 2.5."""
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(areas, 2))
    odds = np.exp(np.column_stack([
        np.zeros(areas), -0.4 + 0.8 * x[:, 0], -0.6 + 0.5 * x[:, 1]
    ]))  # fmt: skip
    below = rng.uniform(size=areas)[:, None] > np.cumsum(odds / odds.sum(1, keepdims=True), axis=1)
    starts = np.array([NEVER, 2, 4])[below.sum(axis=1).clip(max=2)]
    time = np.arange(6)
    y = rng.normal(size=(areas, 1)) + time * 0.3 + (0.5 * x[:, :1] + 0.3 * x[:, 1:]) * time
    y += rng.normal(size=(areas, 6))
    since = time - starts[:, None]
    y += np.where((starts[:, None] != NEVER) & (since >= 0), 1 + 0.5 * since, 0)
    return Panel(y, starts), x


# Value and standard error of town() by csdid 0.4.3 (Python), universal base period, no bootstrap.
REG, IPW, DR = (
    ConditionalOn.OUTCOME_REGRESSION, ConditionalOn.PROPENSITY_WEIGHTING,
    ConditionalOn.DOUBLY_ROBUST,
)  # fmt: skip
CSDID = {
    (REG, ComparedWith.NEVER_TREATED): {
        "simple": (1.916154, 0.152998), "dynamic": (2.049979, 0.160691),
        "group": (1.841402, 0.147053), "calendar": (1.840830, 0.160266),
    },
    (REG, ComparedWith.NOT_YET_TREATED): {
        "simple": (1.907262, 0.149732), "dynamic": (2.043039, 0.157064),
        "group": (1.834462, 0.146991), "calendar": (1.828458, 0.154724),
    },
    (IPW, ComparedWith.NEVER_TREATED): {
        "simple": (1.930717, 0.175654), "dynamic": (2.056844, 0.190888),
        "group": (1.853087, 0.165406), "calendar": (1.865345, 0.178955),
    },
    (IPW, ComparedWith.NOT_YET_TREATED): {
        "simple": (1.934196, 0.170581), "dynamic": (2.059559, 0.185335),
        "group": (1.855803, 0.164880), "calendar": (1.870185, 0.170793),
    },
    (DR, ComparedWith.NEVER_TREATED): {
        "simple": (1.979233, 0.156797), "dynamic": (2.110509, 0.163440),
        "group": (1.899607, 0.152290), "calendar": (1.910272, 0.163876),
    },
    (DR, ComparedWith.NOT_YET_TREATED): {
        "simple": (1.973841, 0.156753), "dynamic": (2.106302, 0.162065),
        "group": (1.895399, 0.154995), "calendar": (1.902771, 0.162586),
    },
}  # fmt: skip
CSDID_CELLS = {
    (2, 0): (0.327242, 0.206998), (2, 2): (1.283636, 0.232337), (2, 5): (3.037552, 0.231174),
    (4, 1): (0.270552, 0.295691), (4, 4): (1.431744, 0.281964), (4, 5): (1.801242, 0.264914),
}  # fmt: skip


@pytest.mark.parametrize(("how", "numbers"), CSDID.items())
def test_averages_and_errors_are_those_of_csdid(how, numbers) -> None:
    panel, x = town()
    effects = group_time_effects(panel, compared_with=how[1], covariates=x, estimator=how[0])
    for over, (value, error) in numbers.items():
        found = effects.average(Aggregation(over))
        assert found.value == pytest.approx(value, abs=1e-6)
        assert found.standard_error == pytest.approx(error, abs=1e-6)


def test_cells_are_those_of_csdid() -> None:
    panel, x = town()
    effects = group_time_effects(panel, covariates=x)
    places = list(zip(effects.start.tolist(), effects.period.tolist(), strict=True))
    for cell, (value, error) in CSDID_CELLS.items():
        at = places.index(cell)
        assert effects.values[at] == pytest.approx(value, abs=1e-6)
        assert effects.standard_errors[at] == pytest.approx(error, abs=1e-6)
    assert dict(effects.method.parameters)["estimator"] == "doubly_robust"


@pytest.mark.parametrize("estimator", list(ConditionalOn))
def test_covariates_take_away_a_bias_that_is_there_without(estimator: ConditionalOn) -> None:
    truth, plain, held = [], [], []
    for seed in range(30):
        panel, x = town(seed, 400)
        treated, since = panel.treated, np.arange(6) - panel.starts[:, None]
        truth.append((1 + 0.5 * since)[treated].mean())
        plain.append(group_time_effects(panel).average(Aggregation.SIMPLE).value)
        effects = group_time_effects(panel, covariates=x, estimator=estimator)
        held.append(effects.average(Aggregation.SIMPLE).value)
    assert np.mean(plain) > np.mean(truth) + 0.5
    assert np.mean(held) == pytest.approx(np.mean(truth), abs=0.1)


def test_of_covariates_over_time_the_last_before_the_start_counts() -> None:
    panel, x = town()
    table = np.repeat(x.T[:, :, None], 6, axis=2)
    plain = group_time_effects(panel, covariates=x)
    assert group_time_effects(panel, covariates=table).values == pytest.approx(plain.values)
    table[:, :, [0, 2, 4, 5]] = np.random.default_rng(0).normal(size=(2, 240, 4))
    assert group_time_effects(panel, covariates=table).values == pytest.approx(plain.values)


def test_areas_treated_from_the_beginning_leave_with_their_covariates() -> None:
    panel, x = town()
    early = Panel(np.vstack([panel.y[:3] + 9, panel.y]), [0, 0, 0, *panel.starts])
    found = group_time_effects(early, covariates=np.vstack([x[:3] + 5, x]))
    assert found.values == pytest.approx(group_time_effects(panel, covariates=x).values)


def test_parts_are_by_hand_and_average_to_the_average() -> None:
    panel, _ = growing(areas=60)
    effects = group_time_effects(panel)
    calendar = aggregated_effects(effects, Aggregation.CALENDAR, replicates=FEW)
    dynamic = aggregated_effects(effects, Aggregation.DYNAMIC, replicates=FEW)
    group = aggregated_effects(effects, Aggregation.GROUP, replicates=FEW)
    cells = dict(zip(zip(effects.start, effects.period, strict=True), effects.values, strict=True))
    assert calendar.key.tolist() == [3, 4, 5, 6, 7]
    assert calendar.values[-1] == pytest.approx((cells[3, 7] + cells[5, 7]) / 2)
    assert dynamic.values[0] == pytest.approx((cells[3, 3] + cells[5, 5]) / 2)
    assert group.values == pytest.approx(
        [np.mean([cells[3, t] for t in range(3, 8)]), np.mean([cells[5, t] for t in range(5, 8)])]
    )
    for found in (calendar, dynamic, group):
        assert found.value == pytest.approx(found.values.mean())
        assert found.value == effects.average(found.over).value
    study = event_study(effects)
    assert dynamic.values == pytest.approx(study.values[study.after])
    assert "By periods since the start: 5 of 5" in dynamic.summary()


def test_a_band_of_one_effect_is_its_normal_interval() -> None:
    panel, x = town()
    one_group = Panel(panel.y, np.where(panel.starts == 4, NEVER, panel.starts))
    effects = group_time_effects(one_group, covariates=x)
    found = aggregated_effects(effects, replicates=Replicates(20_000))
    half = (found.band_high - found.band_low)[0] / 2
    assert half == pytest.approx(1.96 * found.standard_errors[0], rel=0.03)


def test_a_band_holds_all_effects_at_once_as_often_as_it_says() -> None:
    inside = []
    for seed in range(120):
        panel, x = town(1_000 + seed, 300)
        effects = group_time_effects(panel, covariates=x, estimator=REG)
        found = aggregated_effects(effects, Aggregation.DYNAMIC, replicates=FEW)
        truth = 1 + 0.5 * found.key
        inside.append(((found.band_low <= truth) & (truth <= found.band_high)).all())
    assert np.mean(inside) >= 0.88


def test_a_study_of_effects_with_covariates_has_a_band_too() -> None:
    panel, x = town(areas=150)
    study = event_study(group_time_effects(panel, covariates=x))
    low, high = simultaneous_band(study, replicates=FEW)
    assert (high - low >= 2 * 1.96 * study.standard_errors - 1e-12).all()


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 30), st.floats(-5, 5), st.sampled_from(list(ConditionalOn)))
def test_what_every_area_shares_makes_no_difference(seed, shift, estimator) -> None:
    panel, x = town(seed, 150)
    moved = panel.with_outcome(panel.y + shift * np.arange(6) ** 2)
    plain = group_time_effects(panel, covariates=x, estimator=estimator)
    other = group_time_effects(moved, covariates=3 * x - shift, estimator=estimator)
    assert other.values == pytest.approx(plain.values, abs=1e-6)
    assert other.standard_errors == pytest.approx(plain.standard_errors, rel=1e-5, abs=1e-9)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"covariates": np.ones((3, 1))}, r"shape \(3, 1\); give one row for each of the 90"),
        ({"covariates": np.ones((2, 90, 5))}, r"shape \(2, 90, 5\)"),
        ({"covariates": np.full((90, 1), np.nan)}, r"covariates\[0, 0\] is nan"),
        ({"covariates": np.full((1, 90, 8), np.nan)}, r"covariates\[0, 0, 0\] is nan"),
        ({"covariates": np.ones((90, 1))}, "starts in 3, effect in 0: 1 covariates cannot be"),
        ({"covariates": (np.arange(90) % 3 == 0) * 1.0 + np.arange(90) / 900}, "no overlap"),
        ({"estimator": "nearest"}, "estimator is 'nearest'"),
    ],
)
def test_bad_covariates_are_named(options, said) -> None:
    with pytest.raises(ValueError, match=said):
        group_time_effects(growing()[0], **options)


def test_what_cannot_be_aggregated_is_refused() -> None:
    effects = group_time_effects(growing()[0])
    with pytest.raises(ValueError, match="simple average has no parts"):
        aggregated_effects(effects, Aggregation.SIMPLE)
    with pytest.raises(ValueError, match="confidence is 2"):
        aggregated_effects(effects, confidence=2)
    with pytest.raises(ValueError, match="replicates is 0"):
        aggregated_effects(effects, replicates=Replicates(0))
