"""What somebody who kept every table that was ever published can work out from all of them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import linprog
from scipy.sparse import csr_array, vstack

from samhandling.disclosure import equations
from samhandling.disclosure.equations import SLACK, Equations, Floats
from samhandling.disclosure.ledger import FinestCells, Layout, Ledger, Position
from samhandling.disclosure.table import Mask
from samhandling.space.method import Method


@dataclass(frozen=True, slots=True)
class Protection:
    """When a small count is safe.

    Attributes
    ----------
    k : int, default 5
        Counts of one to `k` - 1 are small.
    width : int, optional
        A small count is safe when, for all that can be worked out, it may be zero and may be
        `width` or more. `k` when left out.

    Raises
    ------
    ValueError
        If `k` is below 2 or `width` below `k`.
    """

    k: int = 5
    width: int = 0

    def __post_init__(self) -> None:
        if self.k < 2:
            msg = f"k is {self.k}; counts from 1 to k - 1 are withheld, so it must be at least 2."
            raise ValueError(msg)
        if self.width and self.width < self.k:
            msg = f"width is {self.width}; a count must be able to reach k = {self.k}."
            raise ValueError(msg)
        object.__setattr__(self, "width", self.width or self.k)


@dataclass(frozen=True, slots=True, eq=False)
class JointRanges:
    """What each figure must lie between when all published tables hold at once.

    Attributes
    ----------
    layout : Layout
        The figures asked for.
    low, high : ndarray of float64, shape (areas, categories, periods)
        Whole numbers, both reached; `high` is infinite where nothing bounds the figure, both are
        NaN where it was not asked for.
    programs : int
        How many linear or integer programs were solved.
    method : Method
    """

    layout: Layout
    low: Floats
    high: Floats
    programs: int
    method: Method

    def summary(self) -> str:
        """Return one sentence a person can read."""
        asked = np.isfinite(self.low)
        exact = int((self.low[asked] == self.high[asked]).sum())
        return (
            f"Of {int(asked.sum())} figures, {exact} follow exactly from what is published; "
            f"{self.programs} programs were solved."
        )


@dataclass(frozen=True, slots=True)
class JointExposure:
    """A small count that all tables together narrow down too far.

    Attributes
    ----------
    label : str
        Which one.
    low, high : float
        What it must lie between.
    releases : tuple of str
        Tables that together give that away.
    """

    label: str
    low: float
    high: float
    releases: tuple[str, ...]

    def summary(self) -> str:
        """Return one sentence a person can read."""
        said = f"{self.low:g}" if self.low == self.high else f"{self.low:g} to {self.high:g}"
        return f"{self.label} must be {said}, by {' and '.join(map(repr, self.releases))}."


def joint_ranges(ledger: Ledger, wanted: Layout, *, only: ArrayLike | None = None) -> JointRanges:
    """Return what each wanted figure must lie between, given every published table.

    Parameters
    ----------
    ledger : Ledger
        What the attacker has; suppressed and rounded tables alike.
    wanted : Layout
        Any sums of finest cells, published or not.
    only : array_like of bool, shape (areas, categories, periods), optional
        Which of them to work out; all when left out.

    Returns
    -------
    JointRanges

    Raises
    ------
    ValueError
        If the published figures contradict each other or `only` has another shape.

    Notes
    -----
    The attacker knows that counts are whole and not negative and how the tables add up, and
    nothing else; somebody who knows one of the counts from elsewhere does better. Bounds are
    exact: where the continuous optimum is not whole, the integer program is solved.

    Two programs are solved for each figure that does not follow at once, over the cells that
    published figures tie to it and no others. Their size is the number of withheld cells tied
    together: it grows with withheld cells, not with the number of tables, so that months that
    are only shown month by month stay apart however many they are.

    References
    ----------
    I. P. Fellegi (1972), "On the question of statistical confidentiality", Journal of the
    American Statistical Association 67, 7-18. A. Hundepool and others (2012), "Statistical
    disclosure control", Wiley, chapter 4.

    Examples
    --------
    January to February less January is February.

    >>> from samhandling.disclosure import whole_table
    >>> cells = FinestCells(("A",), ("theft",), ("jan", "feb"), [[[9, 3]]])
    >>> year = Layout.of("so far", ["A"], ["theft"], {"jan-feb": ["jan", "feb"]})
    >>> month = Layout.of("january", ["A"], ["theft"], ["jan"])
    >>> ledger = Ledger((whole_table(year, cells), whole_table(month, cells)))
    >>> float(joint_ranges(ledger, Layout.of("february", ["A"], ["theft"], ["feb"])).high[0, 0, 0])
    3.0
    """
    asked = np.ones(wanted.shape, dtype=bool) if only is None else np.asarray(only, dtype=bool)
    if asked.shape != wanted.shape:
        msg = f"only has shape {asked.shape}; give one entry per figure, {wanted.shape}."
        raise ValueError(msg)
    axes = equations.axes_of([*(release.layout for release in ledger.releases), wanted])
    system = System.of(equations.equations_of(ledger, axes))
    targets = equations.coverage(wanted, axes)
    low, high = np.full(asked.size, np.nan), np.full(asked.size, np.nan)
    for at in np.flatnonzero(asked.ravel()):
        low[at], high[at] = system.ends(targets[[at]])
    method = Method.of("joint_attack", "Fellegi 1972", releases=ledger.names)
    shape = wanted.shape
    return JointRanges(wanted, low.reshape(shape), high.reshape(shape), system.programs[0], method)


def joint_exposures(
    ledger: Ledger, cells: FinestCells, protection: Protection | None = None
) -> list[JointExposure]:
    """Return the small counts that all published tables together give away.

    Parameters
    ----------
    ledger : Ledger
    cells : FinestCells
        The true counts, to know which are small.
    protection : Protection, optional

    Returns
    -------
    list of JointExposure
        Small finest cells and small published figures; empty when all are safe. No other sum is
        then known to be small: a small sum holds a small cell, and what that cell may reach, so
        may the sum.

    Raises
    ------
    ValueError
        If the ledger names codes that the cells lack, or figures that are not theirs.
    """
    rule = protection or Protection()
    layouts = [Layout.of("finest cells", *cells.axes)] + [r.layout for r in ledger.releases]
    known = equations.equations_of(ledger, cells.axes)
    check_true(ledger, cells)
    system, truth = System.of(known), cells.count.ravel().astype(np.float64)
    found: dict[tuple[int, ...], JointExposure | None] = {}
    for layout in layouts:
        matrix = equations.coverage(layout, cells.axes)
        sums = matrix @ truth
        for at in np.flatnonzero((sums > 0) & (sums < rule.k)):
            key = tuple(matrix[[at]].indices.tolist())
            if key in found:
                continue
            low, high = system.ends(matrix[[at]])
            found[key] = None
            if low > 0 or high < rule.width:
                label = f"{layout.name}: {layout.label(position_of(int(at), layout))}"
                given = given_away_by(ledger.names, known, matrix[[at]], rule, falls=low > 0)
                found[key] = JointExposure(label, low, high, given)
    return [exposure for exposure in found.values() if exposure is not None]


def position_of(at: int, layout: Layout) -> Position:
    """Return where in the layout's array the figure of that number stands."""
    area, category, period = np.unravel_index(at, layout.shape)
    return int(area), int(category), int(period)


def check_true(ledger: Ledger, cells: FinestCells) -> None:
    """Check that every published figure is what the cells add up to.

    Raises
    ------
    ValueError
        Naming the figure that is not.
    """
    truth = cells.count.ravel()
    for release in ledger.releases:
        sums = equations.coverage(release.layout, cells.axes) @ truth
        low, high = (end.ravel() for end in release.bounds())
        wrong = np.flatnonzero((sums < low - SLACK) | (sums > high + SLACK))
        if len(wrong):
            position = position_of(int(wrong[0]), release.layout)
            msg = (
                f"{release.layout.name!r} says that {release.layout.label(position)} is "
                f"{low[wrong[0]]:g} and the cells add up to {sums[wrong[0]]:g}; where a revision "
                "changed them, split the ledger into what was kept, removed and added."
            )
            raise ValueError(msg)


def given_away_by(
    names: tuple[str, ...],
    known: Equations,
    target: csr_array,
    rule: Protection,
    *,
    falls: bool,
) -> tuple[str, ...]:
    """Return the names of tables that together keep a sum from falling to zero, or from rising.

    They are those whose figures carry a multiplier in the dual of the bound that fails. Where
    only whole numbers bound the sum, every table that has to do with it is named.
    """
    class_of = equations.classes_of(known.matrix)
    matrix = equations.merged(known.matrix, class_of)
    inside = equations.membership(class_of) @ target.toarray().ravel()
    sign = 1.0 if falls else -1.0
    held = inside == np.bincount(class_of) if falls else inside > 0
    shown = np.isfinite(known.high)
    both = vstack([matrix[shown], -matrix], format="csr")
    found = linprog(
        sign * held.astype(float), A_ub=both, b_ub=np.r_[known.high[shown], -known.low],
        bounds=(0, None), method="highs",
    )  # fmt: skip
    if found.status == 0 and _fails(sign * float(found.fun), rule, falls=falls):
        carries = np.abs(found.ineqlin.marginals) > SLACK
        sources = np.r_[known.source[shown], known.source][carries]
    else:
        part = equations.components(matrix)
        tied = np.isin(part, part[held])
        sources = known.source[(matrix @ tied.astype(float)) > 0]
    return tuple(names[at] for at in np.unique(sources))


def _fails(bound: float, rule: Protection, *, falls: bool) -> bool:
    return bound > SLACK if falls else bound < rule.width - SLACK


@dataclass(frozen=True, slots=True, eq=False)
class System:
    """Classes of cells that are always published together, what is settled, and what is left."""

    class_of: NDArray[np.int64]
    size: NDArray[np.int64]
    fixed: Mask
    value: Floats
    free: NDArray[np.int64]
    left: Equations
    part: NDArray[np.int64]
    bounded: Mask
    programs: list[int]

    @classmethod
    def of(cls, known: Equations) -> "System":
        """Return the system with what follows at once settled.

        Raises
        ------
        ValueError
            If the published figures contradict each other.
        """
        class_of = equations.classes_of(known.matrix)
        matrix = equations.merged(known.matrix, class_of)
        known = Equations(matrix, known.low, known.high, known.source)
        fixed, value = equations.settled(known)
        left = equations.reduced(known, fixed, value)
        bounded = np.asarray(left.matrix[np.isfinite(left.high)].sum(axis=0) > 0)
        return cls(
            class_of, np.bincount(class_of), fixed, value, np.cumsum(~fixed) - 1, left,
            equations.components(left.matrix), bounded, [0],
        )  # fmt: skip

    def ends(self, target: csr_array) -> tuple[float, float]:
        """Return the least and the most that a sum of finest cells can be.

        A class that the sum holds only in part may lie outside it altogether, or inside it.
        """
        touched, inside = np.unique(self.class_of[target.indices], return_counts=True)
        wholly = touched[inside == self.size[touched]]
        return self._end(wholly, 1.0), self._end(touched, -1.0)

    def _end(self, classes: NDArray[np.int64], sign: float) -> float:
        settled = float(self.value[classes][self.fixed[classes]].sum())
        unknown = self.free[classes[~self.fixed[classes]]]
        if sign < 0 and not self.bounded[unknown].all():
            return float(np.inf)
        return settled + sum(
            self._part_end(unknown[self.part[unknown] == part], part, sign)
            for part in np.unique(self.part[unknown])
        )

    def _part_end(self, unknown: NDArray[np.int64], part: int, sign: float) -> float:
        own = np.flatnonzero(self.part == part)
        matrix = csr_array(self.left.matrix[:, own])
        rows = np.flatnonzero(np.diff(matrix.indptr) > 0)
        known = Equations(
            csr_array(matrix[rows]), self.left.low[rows], self.left.high[rows],
            self.left.source[rows],
        )  # fmt: skip
        wanted = np.isin(own, unknown).astype(float)
        self.programs[0] += 1
        counts = equations.solved(sign * wanted, known)
        if counts is None:
            raise ValueError(equations.CONTRADICTION)
        return float(np.rint(wanted @ counts))
