"""Panels are complete or refused, and say where they are not."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from samhandling.evaluation.panel import NEVER, Panel, panel_from_rows

TABLE = [[5.0, 6, 3, 2], [4, 5, 5, 6], [1, 2, 3, 4]]


def test_cells_are_treated_from_their_start_on() -> None:
    panel = Panel(TABLE, [2, NEVER, 1])
    assert panel.treated.tolist() == [
        [False, False, True, True], [False] * 4, [False, True, True, True],
    ]  # fmt: skip
    assert (panel.n_treated, panel.n_before, panel.n_areas, panel.n_periods) == (2, 1, 3, 4)


def test_names_default_to_places_and_weights_to_one() -> None:
    panel = Panel(TABLE, [NEVER] * 3)
    assert panel.areas == (0, 1, 2)
    assert panel.cell_weights.tolist() == np.ones((3, 4)).tolist()
    assert panel.n_before == 4
    assert "never" in panel.summary()


def test_what_is_given_is_copied_and_kept_from_change() -> None:
    given = np.array(TABLE)
    panel = Panel(given, [2, NEVER, NEVER], weights=[1.0, 2.0, 3.0])
    given[0, 0] = 99
    assert panel.y[0, 0] == 5
    assert panel.cell_weights[2].tolist() == [3.0] * 4
    with pytest.raises(ValueError, match="read-only"):
        panel.y[0, 0] = 1


def test_before_holds_only_periods_where_nobody_is_treated() -> None:
    before = Panel(TABLE, [3, 2, NEVER], periods=(2020, 2021, 2022, 2023)).before()
    assert before.periods == (2020, 2021)
    assert not before.treated.any()


def test_another_outcome_keeps_the_rest() -> None:
    panel = Panel(TABLE, [2, NEVER, NEVER], areas=("a", "b", "c"), exposure=[1.0, 2, 3])
    logged = panel.with_outcome(np.log(panel.y))
    assert logged.areas == panel.areas
    assert logged.cell_exposure.tolist() == panel.cell_exposure.tolist()
    assert logged.y[1, 0] == pytest.approx(np.log(4))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"outcome": []}, "shape"),
        ({"outcome": [[1.0, 2.0]]}, "two areas"),
        ({"outcome": [[1.0], [2.0]]}, "two periods"),
        ({"outcome": [[1.0, 2.0], [1.0]]}, "no table"),
        ({"outcome": [*TABLE[:2], [1, np.nan, 2, 3]]}, r"outcome\[2, 1\] \(2, 1\) is nan"),
        ({"treated_from": [2, NEVER]}, "2 entries"),
        ({"treated_from": [2, NEVER, 4]}, r"treated_from\[2\]"),
        ({"treated_from": [2, NEVER, 1.5]}, "1.5"),
        ({"treated_from": [2, NEVER, np.nan]}, "nan"),
        ({"areas": ("a", "b")}, "2 names of areas"),
        ({"areas": ("a", "b", "a")}, "'a' twice"),
        ({"weights": [1.0, 0.0, 1.0]}, r"weights\[1, 0\]"),
        ({"weights": [[1.0, 2.0]]}, "shape"),
        ({"exposure": [1.0, np.nan, 1.0]}, r"exposure\[1, 0\]"),
        ({"exposure": [1.0, 1.0, -2.0]}, r"exposure\[2, 0\] .* is -2"),
    ],
)
def test_what_is_no_panel_is_refused_with_its_place(
    arguments: dict[str, object], said: str
) -> None:
    with pytest.raises(ValueError, match=said):
        Panel(**{"outcome": TABLE, "treated_from": [2, NEVER, NEVER], **arguments})  # type: ignore[arg-type]


@given(
    arrays(np.float64, (4, 5), elements=st.floats(-1e6, 1e6)),
    st.lists(st.sampled_from([NEVER, 0, 1, 2, 3, 4]), min_size=4, max_size=4),
    st.randoms(use_true_random=False),
)
def test_rows_in_any_order_give_the_same_panel(outcome, starts, random) -> None:  # type: ignore[no-untyped-def]
    panel = Panel(outcome, starts, tuple("abcd"), tuple(range(2020, 2025)))
    cells = [(row, column) for row in range(4) for column in range(5)]
    random.shuffle(cells)
    again = panel_from_rows(
        [panel.areas[row] for row, _ in cells],
        [panel.periods[column] for _, column in cells],
        [outcome[cell] for cell in cells],
        [panel.treated[cell] for cell in cells],
    )
    assert again.areas == panel.areas
    assert again.periods == panel.periods
    assert again.y.tolist() == panel.y.tolist()
    assert again.starts.tolist() == panel.starts.tolist()


@pytest.mark.parametrize(
    ("area", "period", "outcome", "treated", "said"),
    [
        ([], [], [], [], "empty"),
        ("AAB", [1, 2, 1], [1, 2, 3], [0, 0, 0], "B has no row for 2"),
        ("AABB", [1, 1, 1, 2], [1, 2, 3, 4], [0] * 4, "Rows 0 and 1 are both A in 1"),
        ("AABB", [1, 2, 1, 2], [1, 2, 3, np.nan], [0] * 4, r"outcome\[3\]"),
        ("AABB", [1, 2, 1, 2], [1, 2, 3, 4], [1, 0, 0, 0], "A is treated in 1 but not in 2"),
        ("AABB", [1, 2, 1, 2], [1, 2, 3], [0] * 4, "do not match"),
        ("AA", [1, 2], [1, 2], [0, 0], "two areas"),
    ],
)
def test_incomplete_rows_are_refused(area, period, outcome, treated, said) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ValueError, match=said):
        panel_from_rows(list(area), period, outcome, treated)
