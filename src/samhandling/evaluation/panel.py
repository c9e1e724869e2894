"""Outcomes by area and period, with the period from which each area had the measure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from samhandling.space import checked

Floats = NDArray[np.float64]

NEVER = -1
"""Where `treated_from` says that an area never had the measure."""


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """A complete table of outcomes: every area in every period, nothing missing.

    Attributes
    ----------
    outcome : ndarray of float64, shape (n_areas, n_periods)
        What is measured; periods in order of time.
    treated_from : ndarray of int64, shape (n_areas,)
        Index of the first period with the measure; `NEVER` for areas that never had it. Once it
        has come it stays.
    areas, periods : tuple
        Names, in order; their places if not given.
    weights : ndarray of float64, shape (n_areas, n_periods)
        Positive importance of each cell, such as its residents; ones if not given. An array of
        shape (n_areas,) holds for all periods.
    exposure : ndarray of float64, shape (n_areas, n_periods)
        What a count is a share of, such as residents or days, for Poisson methods; ones if not
        given. An array of shape (n_areas,) holds for all periods.

    Raises
    ------
    ValueError
        If there are fewer than two areas or periods, a value is missing, a weight or an exposure is
        not positive, a name comes twice, or a treatment starts outside the periods. The message
        names the place.

    Notes
    -----
    Arrays given are copied and the copies cannot be written to. A period with no events is a zero
    and must be told so: missing and zero are never confused.

    Examples
    --------
    >>> panel = Panel([[5, 6, 3, 2], [4, 5, 5, 6]], [2, NEVER], areas=("Torget", "Parken"))
    >>> panel.treated.astype(int).tolist()
    [[0, 0, 1, 1], [0, 0, 0, 0]]
    """

    outcome: ArrayLike
    treated_from: ArrayLike
    areas: tuple[Any, ...] = ()
    periods: tuple[Any, ...] = ()
    weights: ArrayLike | None = None
    exposure: ArrayLike | None = None

    def __post_init__(self) -> None:
        """Check and freeze what was given."""
        outcome = _table(self.outcome, "outcome")
        areas, periods = _names(self, outcome.shape)
        _check_finite(outcome, "outcome", areas, periods)
        kept = {
            "outcome": outcome,
            "areas": areas,
            "periods": periods,
            "treated_from": _starts(self.treated_from, areas, periods),
            "weights": _positive(self.weights, "weights", areas, periods),
            "exposure": _positive(self.exposure, "exposure", areas, periods),
        }
        for name, value in kept.items():
            if isinstance(value, np.ndarray):
                value.flags.writeable = False
            object.__setattr__(self, name, value)

    @property
    def y(self) -> Floats:
        """The outcome as the array it is."""
        return np.asarray(self.outcome, dtype=np.float64)

    @property
    def starts(self) -> NDArray[np.int64]:
        """`treated_from` as the array it is."""
        return np.asarray(self.treated_from, dtype=np.int64)

    @property
    def cell_weights(self) -> Floats:
        """`weights` as the array it is."""
        return np.asarray(self.weights, dtype=np.float64)

    @property
    def cell_exposure(self) -> Floats:
        """`exposure` as the array it is."""
        return np.asarray(self.exposure, dtype=np.float64)

    @property
    def n_areas(self) -> int:
        """Number of areas."""
        return int(self.y.shape[0])

    @property
    def n_periods(self) -> int:
        """Number of periods."""
        return int(self.y.shape[1])

    @property
    def ever_treated(self) -> NDArray[np.bool_]:
        """Which areas got the measure within the periods; shape (n_areas,)."""
        return np.asarray(self.starts != NEVER)

    @property
    def n_treated(self) -> int:
        """Number of areas that got the measure."""
        return int(self.ever_treated.sum())

    @property
    def treated(self) -> NDArray[np.bool_]:
        """Which cells had the measure; shape (n_areas, n_periods)."""
        reached = np.arange(self.n_periods) >= self.starts[:, None]
        return np.asarray(reached & self.ever_treated[:, None])

    @property
    def n_before(self) -> int:
        """Periods before any area was treated; all of them if none was."""
        starts = self.starts[self.ever_treated]
        return int(starts.min()) if starts.size else self.n_periods

    def with_outcome(self, outcome: ArrayLike) -> "Panel":
        """Return the same panel with another outcome, such as its logarithm."""
        return Panel(
            outcome, self.starts, self.areas, self.periods, self.cell_weights, self.cell_exposure
        )

    def before(self) -> "Panel":
        """Return the periods before any area was treated, where nobody is.

        Raises
        ------
        ValueError
            If there are fewer than two such periods.
        """
        n = self.n_before
        if n < 2:
            message = f"There are {n} periods before the first treatment; at least two are needed."
            raise ValueError(message)
        return Panel(
            self.y[:, :n], np.full(self.n_areas, NEVER), self.areas, self.periods[:n],
            self.cell_weights[:, :n], self.cell_exposure[:, :n],
        )  # fmt: skip

    def summary(self) -> str:
        """Return one sentence a person can read."""
        return (
            f"{self.n_areas} areas in {self.n_periods} periods ({self.periods[0]} to "
            f"{self.periods[-1]}); {self.n_treated} treated, the first from "
            f"{self.periods[self.n_before] if self.n_treated else 'never'}."
        )


def panel_from_rows(
    area: Sequence[Any],
    period: Sequence[Any],
    outcome: ArrayLike,
    treated: ArrayLike,
    *,
    weights: ArrayLike | None = None,
    exposure: ArrayLike | None = None,
) -> Panel:
    """Build a panel from one row per area and period.

    Parameters
    ----------
    area, period : sequence, length n
        Which cell a row is; sorted into order.
    outcome : array_like of float, shape (n,)
        What was measured.
    treated : array_like of bool, shape (n,)
        Whether the area had the measure in the period; once true it must stay so.
    weights, exposure : array_like of float, shape (n,), optional
        As in `Panel`.

    Returns
    -------
    Panel

    Raises
    ------
    ValueError
        If a cell is missing or comes twice, a treatment ends, or a value is not valid.

    Examples
    --------
    >>> panel_from_rows("AABB", [1, 2, 1, 2], [5, 3, 4, 4], [0, 1, 0, 0]).starts.tolist()
    [1, -1]
    """
    columns = {"outcome": outcome, "treated": treated, "weights": weights, "exposure": exposure}
    given = {
        name: checked.finite(values, name) for name, values in columns.items() if values is not None
    }
    places = np.arange(len(area)), np.arange(len(period))
    checked.same_length(area=places[0], period=places[1], **given)
    areas, row = np.unique(np.array(list(area)), return_inverse=True)
    periods, column = np.unique(np.array(list(period)), return_inverse=True)
    where = np.full((len(areas), len(periods)), -1)
    for at, cell in enumerate(zip(row, column, strict=True)):
        if where[cell] >= 0:
            message = (
                f"Rows {where[cell]} and {at} are both {areas[cell[0]]} in {periods[cell[1]]}; "
                "give one row per area and period."
            )
            raise ValueError(message)
        where[cell] = at
    _check_complete(where, areas, periods)
    tables = {name: values[where] for name, values in given.items()}
    starts = _starts_of(tables.pop("treated") != 0, areas, periods)
    return Panel(
        tables["outcome"], starts, tuple(areas.tolist()), tuple(periods.tolist()),
        tables.get("weights"), tables.get("exposure"),
    )  # fmt: skip


def _check_complete(where: NDArray[np.int64], areas: NDArray[Any], periods: NDArray[Any]) -> None:
    missing = np.argwhere(where < 0)
    if missing.size:
        row, column = missing[0]
        message = (
            f"{areas[row]} has no row for {periods[column]} ({len(missing)} cells are missing in "
            "all). A period without events is a row with 0; otherwise leave out the area or the "
            "period."
        )
        raise ValueError(message)


def _starts_of(
    treated: NDArray[np.bool_], areas: NDArray[Any], periods: NDArray[Any]
) -> NDArray[np.int64]:
    ended = np.argwhere(treated[:, :-1] & ~treated[:, 1:])
    if ended.size:
        row, column = ended[0]
        message = (
            f"{areas[row]} is treated in {periods[column]} but not in {periods[column + 1]}. "
            "A measure that comes and goes needs randomisation_test with its schedule."
        )
        raise ValueError(message)
    return np.where(treated.any(axis=1), treated.argmax(axis=1), NEVER)


def _table(values: ArrayLike, name: str) -> Floats:
    try:
        table = np.array(values, dtype=np.float64)
    except ValueError:
        message = f"{name} is no table: every area needs one number for each period."
        raise ValueError(message) from None
    if table.ndim != 2 or min(table.shape) < 2:
        message = (
            f"{name} has shape {table.shape}; give a table of at least two areas by two periods."
        )
        raise ValueError(message)
    return table


def _names(panel: Panel, shape: tuple[int, ...]) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    named = []
    for what, given, size in (
        ("areas", panel.areas, shape[0]), ("periods", panel.periods, shape[1]),
    ):  # fmt: skip
        names = tuple(given) or tuple(range(size))
        if len(names) != size:
            message = f"There are {len(names)} names of {what} and {size} {what} in the outcome."
            raise ValueError(message)
        if len(set(names)) < size:
            twice = next(name for name in names if names.count(name) > 1)
            message = f"{what} names {twice!r} twice; give every one a name of its own."
            raise ValueError(message)
        named.append(names)
    return named[0], named[1]


def _check_finite(
    table: Floats, name: str, areas: tuple[Any, ...], periods: tuple[Any, ...]
) -> None:
    bad = np.argwhere(~np.isfinite(table))
    if bad.size:
        row, column = bad[0]
        message = (
            f"{name}[{row}, {column}] ({areas[row]}, {periods[column]}) is {table[row, column]}; "
            "give a number, or leave out the area or the period."
        )
        raise ValueError(message)


def _positive(
    values: ArrayLike | None, name: str, areas: tuple[Any, ...], periods: tuple[Any, ...]
) -> Floats:
    shape = (len(areas), len(periods))
    if values is None:
        return np.ones(shape)
    table = np.array(values, dtype=np.float64)
    if table.shape == shape[:1]:
        table = np.repeat(table[:, None], shape[1], axis=1)
    if table.shape != shape:
        message = f"{name} has shape {table.shape} and the outcome {shape}; give one per cell."
        raise ValueError(message)
    _check_finite(table, name, areas, periods)
    bad = np.argwhere(table <= 0)
    if bad.size:
        row, column = bad[0]
        message = (
            f"{name}[{row}, {column}] ({areas[row]}, {periods[column]}) is "
            f"{table[row, column]:g}; it must be positive: leave out the area or merge it."
        )
        raise ValueError(message)
    return table


def _starts(
    values: ArrayLike, areas: tuple[Any, ...], periods: tuple[Any, ...]
) -> NDArray[np.int64]:
    given = checked.finite(values, "treated_from")
    if len(given) != len(areas):
        message = f"treated_from has {len(given)} entries and there are {len(areas)} areas."
        raise ValueError(message)
    bad = (given != np.floor(given)) | (given < NEVER) | (given >= len(periods))
    if bad.any():
        at = int(np.flatnonzero(bad)[0])
        message = (
            f"treated_from[{at}] ({areas[at]}) is {given[at]:g}; give the index of a period, 0 to "
            f"{len(periods) - 1}, or {NEVER} (NEVER) for an area never treated."
        )
        raise ValueError(message)
    return given.astype(np.int64)
