"""What became of each area when the boundaries changed: split, merged, redrawn, gone or new."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from samhandling.space.areas import AreaSet
from samhandling.space.crosswalk import overlaps


class Change(StrEnum):
    """What happened to an area. Values are stored: never rename or reuse one."""

    UNCHANGED = "unchanged"
    SPLIT = "split"
    """One area became several that together cover it."""
    MERGED = "merged"
    """Several areas became one."""
    REDRAWN = "redrawn"
    """Borders moved between areas, or the area grew or shrank."""
    NEW = "new"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Lineage:
    """One change, with the areas before and after it.

    Attributes
    ----------
    change : Change
    before, after : tuple of str
        Codes, in the order of their divisions; one of them is empty for what is new or gone.
    kept : float
        Common surface over the surface of all of them together, 0 to 1.
    """

    change: Change
    before: tuple[str, ...]
    after: tuple[str, ...]
    kept: float

    def summary(self) -> str:
        """Return one sentence a person can read."""
        before, after = " + ".join(self.before) or "nothing", " + ".join(self.after) or "nothing"
        return f"{before} → {after}: {self.change}, {self.kept:.0%} of the surface in common."


def lineage(before: AreaSet, after: AreaSet, *, tolerance: float = 0.05) -> list[Lineage]:
    """Find what became of each area of one division in a later one.

    Parameters
    ----------
    before, after : AreaSet
        The earlier and the later division.
    tolerance : float, default 0.05
        Share of an area's surface that drawing may differ by. Less than this in common is no
        overlap; all but this in common is the same.

    Returns
    -------
    list of Lineage
        Every area of both divisions stands in exactly one entry. Entries come in the order of
        their first area before, then the new ones.

    Raises
    ------
    ValueError
        If the tolerance is not between 0 and one half.

    Notes
    -----
    Only surface is compared; codes and names may stay the same while the area changes, and the
    other way round. Areas that trade surface with each other end up in one entry, redrawn.
    """
    if not 0 <= tolerance < 0.5:
        msg = f"tolerance is {tolerance}; give a share from 0 to below 0.5."
        raise ValueError(msg)
    i, j, surface, old, new = overlaps(before, after)
    # A part counts when it is a noticeable part of the area before or of the area after.
    real = (surface > tolerance * old[i]) | (surface > tolerance * new[j])
    i, j, surface = i[real], j[real], surface[real]
    group = _connected(i, j, len(before), len(after))
    found = []
    for label in dict.fromkeys(group.tolist()):
        olds = np.flatnonzero(group[: len(before)] == label)
        news = np.flatnonzero(group[len(before) :] == label)
        common = float(surface[group[i] == label].sum())
        whole = float(old[olds].sum() + new[news].sum()) - common
        change = _change(len(olds), len(news), common / whole, tolerance)
        codes_before = tuple(before.codes[at] for at in olds)
        codes_after = tuple(after.codes[at] for at in news)
        found.append(Lineage(change, codes_before, codes_after, common / whole))
    return found


def _connected(
    i: NDArray[np.int64], j: NDArray[np.int64], before: int, after: int
) -> NDArray[np.int64]:
    """Label areas of both divisions so that those tied by an overlap share a label."""
    size = before + after
    links = coo_array((np.ones(len(i)), (i, before + j)), shape=(size, size))
    return np.asarray(connected_components(links, directed=False)[1], dtype=np.int64)


def _change(olds: int, news: int, kept: float, tolerance: float) -> Change:
    if olds == 0:
        return Change.NEW
    if news == 0:
        return Change.GONE
    same = kept >= (1 - tolerance) / (1 + tolerance)
    if olds == 1 and news == 1:
        return Change.UNCHANGED if same else Change.REDRAWN
    if same and olds == 1:
        return Change.SPLIT
    if same and news == 1:
        return Change.MERGED
    return Change.REDRAWN
