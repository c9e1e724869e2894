"""What became of areas when their level changed, told from how much they overlap. Plain Python."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from samhandling_web.base.common.text import Text, _

# An area follows another when at least half of either lies in the other: less is a moved border.
FOLLOWS = 0.5


class LineageKind(StrEnum):
    """What happened to an area. Values are stored: never rename or reuse one."""

    NEW = "new"
    GONE = "gone"
    SPLIT = "split"
    MERGE = "merge"
    REDRAW = "redraw"
    RENAME = "rename"


LINEAGE_KINDS: dict[LineageKind, Text] = {
    LineageKind.NEW: _("nytt"),
    LineageKind.GONE: _("upphörde"),
    LineageKind.SPLIT: _("delades"),
    LineageKind.MERGE: _("slogs ihop"),
    LineageKind.REDRAW: _("ritades om"),
    LineageKind.RENAME: _("bytte namn"),
}

SENTENCES: dict[LineageKind, Text] = {
    LineageKind.NEW: _("{later} tillkom {day}"),
    LineageKind.GONE: _("{earlier} upphörde {day}"),
    LineageKind.SPLIT: _("{earlier} delades i {later} {day}"),
    LineageKind.MERGE: _("{earlier} blev {later} {day}"),
    LineageKind.REDRAW: _("{earlier} fick nya gränser {day}"),
    LineageKind.RENAME: _("{earlier} bytte namn till {later} {day}"),
}
AND = _("{first} och {last}")


@dataclass(frozen=True, slots=True)
class Overlap:
    """How much an earlier and a later area have in common, as shares of each one's surface."""

    earlier: int
    later: int
    share_of_earlier: float
    share_of_later: float


@dataclass(frozen=True, slots=True)
class Descent:
    """One link between an earlier and a later area; one end is missing for new and gone ones."""

    kind: LineageKind
    earlier: int | None
    later: int | None
    share_of_earlier: float | None = None
    share_of_later: float | None = None


def descents(
    earlier: Mapping[int, str], later: Mapping[int, str], overlaps: Sequence[Overlap]
) -> list[Descent]:
    """Tell what became of each changed area.

    `earlier` and `later` hold the names of the areas that ended and began that day, by number.
    Several areas that lie mostly in one later area were merged; one that holds most of several
    later areas was split; a single follower was renamed or redrawn.
    """
    links = [o for o in overlaps if max(o.share_of_earlier, o.share_of_later) >= FOLLOWS]
    parents = Counter(link.later for link in links)
    children = Counter(link.earlier for link in links)
    found = [_linked(link, earlier, later, parents, children) for link in links]
    found += [Descent(LineageKind.GONE, i, None) for i in earlier if i not in children]
    found += [Descent(LineageKind.NEW, None, j) for j in later if j not in parents]
    return found


def _linked(
    link: Overlap,
    earlier: Mapping[int, str],
    later: Mapping[int, str],
    parents: Mapping[int, int],
    children: Mapping[int, int],
) -> Descent:
    if parents[link.later] > 1:
        kind = LineageKind.MERGE
    elif children[link.earlier] > 1:
        kind = LineageKind.SPLIT
    elif earlier[link.earlier] != later[link.later]:
        kind = LineageKind.RENAME
    else:
        kind = LineageKind.REDRAW
    return Descent(kind, link.earlier, link.later, link.share_of_earlier, link.share_of_later)


def listed(names: Sequence[str]) -> str:
    """Join names as a sentence does: a, b och c."""
    if len(names) < 2:
        return "".join(names)
    return AND.format(first=", ".join(names[:-1]), last=names[-1])


def sentence(kind: LineageKind, earlier: Sequence[str], later: Sequence[str], day: str) -> str:
    """Say in words what happened to the named areas."""
    return SENTENCES[kind].format(earlier=listed(earlier), later=listed(later), day=day)
