"""What became of areas when their level changed, and the words for it. Plain Python."""

from collections.abc import Sequence
from enum import StrEnum

from samhandling_web.base.common.text import Text, _


class LineageKind(StrEnum):
    """What happened to areas. Values are stored: never rename or reuse one."""

    NEW = "new"
    GONE = "gone"
    SPLIT = "split"
    MERGE = "merge"
    REDRAW = "redraw"
    RENAME = "rename"
    SAME = "same"


LINEAGE_KINDS: dict[LineageKind, Text] = {
    LineageKind.NEW: _("nytt"),
    LineageKind.GONE: _("upphörde"),
    LineageKind.SPLIT: _("delades"),
    LineageKind.MERGE: _("slogs ihop"),
    LineageKind.REDRAW: _("fick nya gränser"),
    LineageKind.RENAME: _("bytte namn"),
    LineageKind.SAME: _("ritades på nytt"),
}

SENTENCES: dict[LineageKind, Text] = {
    LineageKind.NEW: _("{later} tillkom {day}"),
    LineageKind.GONE: _("{earlier} upphörde {day}"),
    LineageKind.SPLIT: _("{earlier} delades i {later} {day}"),
    LineageKind.MERGE: _("{earlier} blev {later} {day}"),
    LineageKind.REDRAW: _("{earlier} fick nya gränser {day}"),
    LineageKind.RENAME: _("{earlier} bytte namn till {later} {day}"),
    LineageKind.SAME: _("{earlier} ritades på nytt {day} med i stort sett samma gränser"),
}
MOVED = _("{earlier} fick nya gränser {day} och blev {later}")
AND = _("{first} och {last}")


def kind_of(earlier: Sequence[str], later: Sequence[str], *, same_surface: bool) -> LineageKind:
    """Say what happened to areas that hang together, by their names before and after.

    Numbers decide before surfaces do: two districts that became one were merged even if the new
    one is drawn without its water.
    """
    if not earlier or not later:
        return LineageKind.NEW if later else LineageKind.GONE
    if len(later) == 1 < len(earlier):
        return LineageKind.MERGE
    if len(earlier) == 1 < len(later):
        return LineageKind.SPLIT
    if not same_surface or len(earlier) > 1:
        return LineageKind.REDRAW
    return LineageKind.SAME if earlier[0] == later[0] else LineageKind.RENAME


def listed(names: Sequence[str]) -> str:
    """Join names as a sentence does: a, b och c."""
    if len(names) < 2:
        return "".join(names)
    return AND.format(first=", ".join(names[:-1]), last=names[-1])


def sentence(kind: LineageKind, earlier: Sequence[str], later: Sequence[str], day: str) -> str:
    """Say in words what happened to the named areas."""
    moved = kind is LineageKind.REDRAW and sorted(earlier) != sorted(later)
    text = MOVED if moved else SENTENCES[kind]
    return text.format(earlier=listed(sorted(earlier)), later=listed(sorted(later)), day=day)
