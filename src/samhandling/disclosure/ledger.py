"""What has been published so far: tables over the finest cells, one after another."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol, Self

import numpy as np
from numpy.typing import NDArray

from samhandling.disclosure.table import Mask, Whole
from samhandling.space import checked
from samhandling.space.method import Method

Floats = NDArray[np.float64]
Groups = tuple[tuple[str, tuple[str, ...]], ...]
Position = tuple[int, int, int]
DIMENSIONS = ("areas", "categories", "periods")


@dataclass(frozen=True, slots=True, eq=False)
class FinestCells:
    """Counts at the finest: no table ever cuts through one of these cells.

    Attributes
    ----------
    areas, categories, periods : tuple of str
        Codes. Where borders cut each other, the areas are the pieces; where a period is revised,
        what the revision added is a period of its own.
    count : ndarray of int64, shape (n_areas, n_categories, n_periods)

    Raises
    ------
    ValueError
        If codes are missing or repeated, or the counts are no counts or of another shape.
    """

    areas: tuple[str, ...]
    categories: tuple[str, ...]
    periods: tuple[str, ...]
    count: Whole

    def __post_init__(self) -> None:
        for name, codes in zip(DIMENSIONS, self.axes, strict=True):
            _check_codes(name, codes)
        array = np.asarray(self.count)
        shape = tuple(len(codes) for codes in self.axes)
        if array.shape != shape:
            msg = f"count has shape {array.shape}; give one for each of the cells, {shape}."
            raise ValueError(msg)
        object.__setattr__(self, "count", checked.counts(array.ravel(), "count").reshape(shape))

    @property
    def axes(self) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
        """The codes of the three dimensions."""
        return self.areas, self.categories, self.periods


@dataclass(frozen=True, slots=True)
class Layout:
    """Which figures a table has: one for each of its areas, categories and periods.

    Attributes
    ----------
    name : str
        What the table is called when something must be said of it.
    areas, categories, periods : tuple of (label, codes) pairs
        Each label with the finest codes that it is the sum of. A margin is one more label, with
        all codes; a year holds its months; a district its pieces.

    Raises
    ------
    ValueError
        If a dimension has no labels, a label is repeated, or a label has no codes or one twice.
    """

    name: str
    areas: Groups
    categories: Groups
    periods: Groups

    def __post_init__(self) -> None:
        for dimension, groups in zip(DIMENSIONS, self.groups, strict=True):
            _check_codes(f"{dimension} of {self.name!r}", [label for label, _ in groups])
            for label, codes in groups:
                _check_codes(f"{dimension} {label!r} of {self.name!r}", codes)

    @classmethod
    def of(
        cls,
        name: str,
        areas: Mapping[str, Sequence[str]] | Sequence[str],
        categories: Mapping[str, Sequence[str]] | Sequence[str],
        periods: Mapping[str, Sequence[str]] | Sequence[str],
    ) -> Self:
        """Return the layout; a plain list of codes gives each code a figure of its own.

        Examples
        --------
        >>> Layout.of("2024", with_total(["A", "B"]), ["theft"], {"2024": ["jan", "feb"]}).shape
        (3, 1, 1)
        """
        return cls(name, _groups(areas), _groups(categories), _groups(periods))

    @property
    def groups(self) -> tuple[Groups, Groups, Groups]:
        """The labels and codes of the three dimensions."""
        return self.areas, self.categories, self.periods

    @property
    def shape(self) -> Position:
        """How many areas, categories and periods, margins among them."""
        return len(self.areas), len(self.categories), len(self.periods)

    def label(self, position: Position) -> str:
        """Return the words for one figure."""
        return ", ".join(groups[at][0] for groups, at in zip(self.groups, position, strict=True))

    def split(self, dimension: str, parts: Mapping[str, Sequence[str]]) -> Self:
        """Return the same table over finer codes."""
        groups = list(self.groups)
        at = DIMENSIONS.index(dimension)
        groups[at] = tuple(
            (label, tuple(new for code in codes for new in parts.get(code, (code,))))
            for label, codes in groups[at]
        )
        return replace(self, areas=groups[0], categories=groups[1], periods=groups[2])


class Released(Protocol):
    """A table that is out: its layout, and what its figures say of the true ones."""

    @property
    def layout(self) -> Layout:
        """Which figures it has."""

    def bounds(self) -> tuple[Floats, Floats]:
        """Return the least and the most that each true figure can be, in the layout's shape."""

    def split(self, dimension: str, parts: Mapping[str, Sequence[str]]) -> Self:
        """Return the same table over finer codes."""


@dataclass(frozen=True, slots=True, eq=False)
class Release:
    """A published table with what is withheld from it.

    Attributes
    ----------
    layout : Layout
    value : ndarray of int64, shape (areas, categories, periods)
        What is withheld holds -1.
    small : ndarray of bool
        Withheld because they are small.
    complementary : ndarray of bool
        Withheld so that no small count can be worked out, from this table or with earlier ones.
    method : Method
    """

    layout: Layout
    value: Whole
    small: Mask
    complementary: Mask
    method: Method

    @property
    def withheld(self) -> Mask:
        """Which figures are not shown, for either reason."""
        return self.value < 0

    def bounds(self) -> tuple[Floats, Floats]:
        """Return each shown figure twice; of what is withheld it is known that it is a count."""
        low = np.where(self.withheld, 0, self.value).astype(np.float64)
        return low, np.where(self.withheld, np.inf, self.value)

    def split(self, dimension: str, parts: Mapping[str, Sequence[str]]) -> Self:
        """Return the same table over finer codes."""
        return replace(self, layout=self.layout.split(dimension, parts))

    def summary(self) -> str:
        """Return one sentence a person can read."""
        return (
            f"{self.layout.name}: {int(self.small.sum())} of {self.value.size} figures are "
            f"withheld because they are small and {int(self.complementary.sum())} more to protect "
            "them and what earlier tables withhold."
        )


@dataclass(frozen=True, slots=True)
class Ledger:
    """Every table that is out, in the order of publication.

    A table that has been taken back stays: whoever read it knows it.

    Attributes
    ----------
    releases : tuple of Release or RoundedRelease
    """

    releases: tuple[Released, ...] = ()

    def with_release(self, release: Released) -> "Ledger":
        """Return the ledger with one more table.

        Raises
        ------
        ValueError
            If a table of that name is there already; a new version has a name of its own.
        """
        if release.layout.name in self.names:
            msg = f"{release.layout.name!r} is in the ledger; give the new version its own name."
            raise ValueError(msg)
        return Ledger((*self.releases, release))

    @property
    def names(self) -> tuple[str, ...]:
        """What the tables are called."""
        return tuple(release.layout.name for release in self.releases)

    def split(self, dimension: str, parts: Mapping[str, Sequence[str]]) -> "Ledger":
        """Return the ledger over finer codes, when a new table cuts through old cells.

        Parameters
        ----------
        dimension : {"areas", "categories", "periods"}
        parts : mapping of code to its parts
            A district that gives a strip away is split in the rest and the strip; a month whose
            revision removes rows is split in what was kept and what was removed.

        Raises
        ------
        ValueError
            If there is no such dimension, or a code has no parts.

        Examples
        --------
        >>> cells = FinestCells(("A",), ("theft",), ("jan",), [[[9]]])
        >>> ledger = Ledger((whole_table(Layout.of("one", ["A"], ["theft"], ["jan"]), cells),))
        >>> ledger.split("areas", {"A": ("rest", "strip")}).releases[0].layout.areas
        (('A', ('rest', 'strip')),)
        """
        if dimension not in DIMENSIONS:
            msg = f"dimension is {dimension!r}; choose one of {', '.join(DIMENSIONS)}."
            raise ValueError(msg)
        for code, own in parts.items():
            _check_codes(f"parts of {code!r}", own)
        return Ledger(tuple(release.split(dimension, parts) for release in self.releases))


def with_total(codes: Sequence[str], label: str = "all") -> dict[str, tuple[str, ...]]:
    """Return every code as a label of its own and one more label for their sum.

    Raises
    ------
    ValueError
        If there are no codes, one is repeated, or one is called like the total.

    Examples
    --------
    >>> with_total(["A", "B"])
    {'A': ('A',), 'B': ('B',), 'all': ('A', 'B')}
    """
    _check_codes("codes", [*codes, label] if codes else codes)
    return {code: (code,) for code in codes} | {label: tuple(codes)}


def figures(layout: Layout, cells: FinestCells) -> Whole:
    """Return the true figures of a table, in the layout's shape.

    Raises
    ------
    ValueError
        If the layout names a code that the cells lack.
    """
    count = cells.count
    for dimension, codes in enumerate(cells.axes):
        groups = columns_of(layout, dimension, codes)
        count = np.stack(
            [count.take(own, axis=dimension).sum(axis=dimension) for own in groups], axis=dimension
        )
    return count


def whole_table(layout: Layout, cells: FinestCells) -> Release:
    """Return the table with nothing withheld, as somebody may have published it before.

    Examples
    --------
    >>> cells = FinestCells(("A",), ("theft",), ("jan", "feb"), [[[9, 3]]])
    >>> year = Layout.of("so far", ["A"], ["theft"], with_total(["jan", "feb"]))
    >>> whole_table(year, cells).value.tolist()
    [[[9, 3, 12]]]
    """
    value = figures(layout, cells)
    nothing = np.zeros(value.shape, dtype=bool)
    return Release(layout, value, nothing, nothing, Method.of("nothing_withheld"))


def columns_of(layout: Layout, dimension: int, codes: Sequence[str]) -> list[list[int]]:
    """Return where each label's codes stand among `codes`.

    Raises
    ------
    ValueError
        If one is not there.
    """
    column_of = {code: at for at, code in enumerate(codes)}
    found = []
    for _, own in layout.groups[dimension]:
        for code in own:
            if code not in column_of:
                msg = (
                    f"{layout.name!r} names {code!r} among its {DIMENSIONS[dimension]}, which the "
                    "finest cells lack; split the ledger, or give the cells that it is made of."
                )
                raise ValueError(msg)
        found.append([column_of[code] for code in own])
    return found


def _groups(groups: Mapping[str, Sequence[str]] | Sequence[str]) -> Groups:
    if not isinstance(groups, Mapping):
        return tuple((code, (code,)) for code in _listed("The codes", groups))
    return tuple((label, tuple(_listed(repr(label), codes))) for label, codes in groups.items())


def _listed(name: str, codes: Sequence[str]) -> Sequence[str]:
    """Return the codes; a text would be taken for a list of its letters."""
    if isinstance(codes, str):
        msg = f"{name} is the text {codes!r}; give a list of codes, such as [{codes!r}]."
        raise ValueError(msg)  # noqa: TRY004
    return codes


def _check_codes(name: str, codes: Sequence[str]) -> None:
    if not codes:
        msg = f"{name} has no codes; give a list of at least one."
        raise ValueError(msg)
    seen: set[str] = set()
    for at, code in enumerate(codes):
        if code in seen:
            msg = f"{name}[{at}] is {code!r} for the second time; name each code once."
            raise ValueError(msg)
        seen.add(code)
