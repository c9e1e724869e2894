"""From one division into areas to another: shares that carry a series over a boundary change."""

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_array

from samhandling.space import checked
from samhandling.space.areas import AreaSet
from samhandling.space.assignment import OUTSIDE
from samhandling.space.method import Method
from samhandling.space.projection import SWEREF99_TM, WGS84

Floats = NDArray[np.float64]
SLIVER_SHARE = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class Crosswalk:
    """How each area of one division is shared out among the areas of another.

    Attributes
    ----------
    from_codes, to_codes : tuple of str
        Areas of the two divisions.
    origin, target : ndarray of int64, shape (n_rows,)
        Positions in the two lists.
    share : ndarray of float64, shape (n_rows,)
        Positive, and summing to one over the rows of each area that has any.
    unmatched : tuple of str
        Areas that nothing of the other division covers; they have no rows.
    method : Method
    """

    from_codes: tuple[str, ...]
    to_codes: tuple[str, ...]
    origin: NDArray[np.int64]
    target: NDArray[np.int64]
    share: Floats
    unmatched: tuple[str, ...]
    method: Method

    def __post_init__(self) -> None:
        total = np.bincount(self.origin, weights=self.share, minlength=len(self.from_codes))
        has = np.bincount(self.origin, minlength=len(self.from_codes)) > 0
        wrong = np.flatnonzero(has & (np.abs(total - 1) > 1e-9))
        if wrong.size or (self.share <= 0).any():
            at = int(wrong[0]) if wrong.size else int(self.origin[self.share <= 0][0])
            msg = f"The shares of {self.from_codes[at]!r} are not positive with sum 1: {total[at]}."
            raise ValueError(msg)

    def rows(self) -> list[tuple[str, str, float]]:
        """Return (from code, to code, share), in the order of the codes."""
        triples = zip(self.origin.tolist(), self.target.tolist(), self.share.tolist(), strict=True)
        return [(self.from_codes[i], self.to_codes[j], share) for i, j, share in triples]

    def apply(self, values: ArrayLike) -> Floats:
        """Carry numbers that can be added (events, residents) over to the other division.

        Parameters
        ----------
        values : array_like of float, shape (n_from,)
            One per area, zero where an area is unmatched.

        Returns
        -------
        ndarray of float64, shape (n_to,)
            The sum is that of `values`, to rounding in the last digit.

        Raises
        ------
        ValueError
            If an unmatched area has a value: it would be lost. If the length is wrong.

        Notes
        -----
        Inside an area everything is taken to be spread as the weights are. Rates and percentages
        cannot be carried over: carry numerator and denominator and divide again.
        """
        numbers = checked.finite(values, "values")
        if len(numbers) != len(self.from_codes):
            msg = f"values has {len(numbers)} entries, the division {len(self.from_codes)} areas."
            raise ValueError(msg)
        for code in self.unmatched:
            at = self.from_codes.index(code)
            if numbers[at] != 0:
                msg = f"values[{at}] ({code!r}) is {numbers[at]:g}, but no new area covers it."
                raise ValueError(msg)
        shape = (len(self.to_codes), len(self.from_codes))
        return np.asarray(csr_array((self.share, (self.target, self.origin)), shape) @ numbers)

    def apply_whole(self, counts: ArrayLike) -> NDArray[np.int64]:
        """Carry counts over so that they stay whole and their sum is exactly the same.

        Raises
        ------
        ValueError
            As `apply`; also if a count is not whole.

        Notes
        -----
        Each area is rounded down and what is left goes to those with the largest remainders.
        """
        numbers = checked.counts(counts)
        carried = self.apply(numbers)
        whole = np.floor(carried + 1e-9).astype(np.int64)
        left = int(numbers.sum() - whole.sum())
        order = np.argsort(-(carried - whole), kind="stable")
        whole[order[:left]] += 1
        return whole


def crosswalk_by_area(origin: AreaSet, target: AreaSet) -> Crosswalk:
    """Share each area out by how much of its surface lies in each area of the other division.

    Parameters
    ----------
    origin, target : AreaSet
        The division that the numbers are in, and the one they are wanted in.

    Returns
    -------
    Crosswalk
        Overlaps smaller than a millionth of the area are taken for drawing errors.

    Notes
    -----
    People do not live evenly over a surface. Where there are parks, water or industry prefer
    `crosswalk_by_population`.
    """
    i, j, surface, _, _ = overlaps(origin, target)
    method = Method.of("crosswalk_by_area", origin=origin.level, target=target.level)
    return _from_weights(origin.codes, target.codes, i, j, surface, method)


def crosswalk_by_population(
    origin: AreaSet,
    target: AreaSet,
    x: ArrayLike,
    y: ArrayLike,
    population: ArrayLike,
    *,
    crs: str = WGS84,
) -> Crosswalk:
    """Share each area out by where its residents live.

    Parameters
    ----------
    origin, target : AreaSet
        The division that the numbers are in, and the one they are wanted in.
    x, y : array_like of float, shape (n_units,)
        A point inside each small unit that lies wholly in one area of each division, or nearly.
    population : array_like of float, shape (n_units,)
        Residents of each unit, at least zero.
    crs : str
        Coordinate system of the points.

    Returns
    -------
    Crosswalk
        An area whose units hold nobody is shared out by surface.

    Raises
    ------
    ValueError
        If a population is negative or missing, or the lists differ in length.

    Notes
    -----
    Each unit goes whole to the area that holds its point, which is wrong by up to a unit's
    residents along every moved border.
    """
    people = _residents(population)
    old, new = origin.assign(x, y, crs=crs), target.assign(x, y, crs=crs)
    checked.same_length(x=old, population=people)
    both = (old != OUTSIDE) & (new != OUTSIDE) & (people > 0)
    key = old[both].astype(np.int64) * len(target) + new[both]
    pairs, inverse = np.unique(key, return_inverse=True)
    weight = np.bincount(inverse, weights=people[both], minlength=len(pairs))
    i, j = pairs // len(target), pairs % len(target)
    empty = np.setdiff1d(np.arange(len(origin)), i)
    a, b, surface, _, _ = overlaps(origin, target)
    fill = np.isin(a, empty)
    method = Method.of(
        "crosswalk_by_population", origin=origin.level, target=target.level, units=len(people)
    )
    return _from_weights(
        origin.codes,
        target.codes,
        np.concatenate([i, a[fill]]),
        np.concatenate([j, b[fill]]),
        np.concatenate([weight, surface[fill]]),
        method,
    )


def crosswalk_by_units(
    origin: AreaSet, target: AreaSet, units: AreaSet, population: ArrayLike
) -> Crosswalk:
    """Share each area out by the residents of small units that may lie across its borders.

    Parameters
    ----------
    origin, target : AreaSet
        The division that the numbers are in, and the one they are wanted in.
    units : AreaSet
        Small areas with known numbers of residents.
    population : array_like of float, shape (n_units,)
        Residents of each unit, at least zero.

    Returns
    -------
    Crosswalk
        Residents are taken to live evenly over their own unit. An area in which nobody lives is
        shared out by surface.

    Raises
    ------
    ValueError
        If a population is negative or missing, or their number is not that of the units.

    Notes
    -----
    Needs the units' borders, and is right where `crosswalk_by_population` is wrong: for units that
    a moved border cuts in two.
    """
    people = _residents(population)
    checked.same_length(units=np.asarray(units.codes), population=people)
    i, j, surface, _, _ = overlaps(origin, target)
    old, new, small = (a.project(SWEREF99_TM).geometries for a in (origin, target, units))
    pieces = shapely.intersection(old[i], new[j])
    piece, unit = shapely.STRtree(small).query(pieces, predicate="intersects")
    part = shapely.area(shapely.intersection(pieces[piece], small[unit]))
    living = part / shapely.area(small)[unit] * people[unit]
    weight = np.bincount(piece, weights=living, minlength=len(i))
    inhabited = np.bincount(i, weights=weight, minlength=len(origin))[i] > 0
    keep = ~inhabited | (weight > 0)
    method = Method.of(
        "crosswalk_by_units", origin=origin.level, target=target.level, units=units.level
    )
    chosen = np.where(inhabited, weight, surface)[keep]
    return _from_weights(origin.codes, target.codes, i[keep], j[keep], chosen, method)


def _residents(population: ArrayLike) -> Floats:
    people = checked.finite(population, "population")
    if (people < 0).any():
        at = int(np.flatnonzero(people < 0)[0])
        msg = f"population[{at}] is {people[at]:g}; it cannot be negative."
        raise ValueError(msg)
    return people


def overlaps(
    origin: AreaSet, target: AreaSet
) -> tuple[NDArray[np.int64], NDArray[np.int64], Floats, Floats, Floats]:
    """Return which areas overlap and by how much.

    Parameters
    ----------
    origin, target : AreaSet
        Two divisions.

    Returns
    -------
    i, j : ndarray of int64, shape (n_pairs,)
        Positions in the two divisions, rising.
    surface : ndarray of float64, shape (n_pairs,)
        Common surface in square metres.
    origin_surface, target_surface : ndarray of float64
        Surface of every area of each division.
    """
    old, new = (areas.project(SWEREF99_TM).geometries for areas in (origin, target))
    old_surface, new_surface = np.asarray(shapely.area(old)), np.asarray(shapely.area(new))
    i, j = shapely.STRtree(new).query(old, predicate="intersects")
    surface = np.asarray(shapely.area(shapely.intersection(old[i], new[j])))
    real = surface > SLIVER_SHARE * np.minimum(old_surface[i], new_surface[j])
    i, j, surface = i[real], j[real], surface[real]
    order = np.lexsort((j, i))
    return i[order], j[order], surface[order], old_surface, new_surface


def _from_weights(
    from_codes: tuple[str, ...],
    to_codes: tuple[str, ...],
    i: NDArray[np.int64],
    j: NDArray[np.int64],
    weight: Floats,
    method: Method,
) -> Crosswalk:
    order = np.lexsort((j, i))
    i, j, weight = i[order].astype(np.int64), j[order].astype(np.int64), weight[order]
    total = np.bincount(i, weights=weight, minlength=len(from_codes))
    share = weight / total[i]
    missing = np.setdiff1d(np.arange(len(from_codes)), i)
    unmatched = tuple(from_codes[at] for at in missing)
    return Crosswalk(from_codes, to_codes, i, j, share, unmatched, method)
