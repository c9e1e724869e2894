from itertools import pairwise

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from samhandling.space import AreaSet, Change, lineage


def areas(boxes):
    shapes = [
        shapely.box(5e5 + 100 * a, 6.5e6 + 100 * s, 5e5 + 100 * b, 6.5e6 + 100 * n)
        for a, s, b, n in boxes.values()
    ]
    return AreaSet.of("x", list(boxes), list(boxes), shapes, "EPSG:3006")


def changes(before, after):
    found = lineage(areas(before), areas(after))
    return {(entry.before, entry.after): entry.change for entry in found}


def test_every_kind_of_change():
    before = {
        "same": (0, 0, 1, 1), "whole": (2, 0, 4, 1), "left": (5, 0, 6, 1), "right": (6, 0, 7, 1),
        "gone": (8, 0, 9, 1), "grown": (12, 0, 13, 1), "p": (0, 5, 2, 6), "q": (2, 5, 4, 6),
    }  # fmt: skip
    after = {
        "SAME": (0, 0, 1.01, 1), "half1": (2, 0, 3, 1), "half2": (3, 0, 4, 1), "both": (5, 0, 7, 1),
        "new": (10, 0, 11, 1), "GROWN": (12, 0, 13.5, 1), "P": (0, 5, 1, 6), "Q": (1, 5, 4, 6),
    }  # fmt: skip
    assert changes(before, after) == {
        (("same",), ("SAME",)): Change.UNCHANGED,
        (("whole",), ("half1", "half2")): Change.SPLIT,
        (("left", "right"), ("both",)): Change.MERGED,
        (("gone",), ()): Change.GONE,
        (("grown",), ("GROWN",)): Change.REDRAWN,
        (("p", "q"), ("P", "Q")): Change.REDRAWN,
        ((), ("new",)): Change.NEW,
    }


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.integers(1, 11), unique=True, max_size=5),
    st.lists(st.integers(1, 11), unique=True, max_size=5),
)
def test_every_area_stands_in_exactly_one_entry(old, new):
    def strips(edges):
        cuts = [0, *sorted(edges), 12]
        pairs = pairwise(cuts)
        return areas({f"{a}-{b}": (a, 0, b, 1) for a, b in pairs})

    before, after = strips(old), strips(new)
    found = lineage(before, after)
    assert sorted(c for entry in found for c in entry.before) == sorted(before.codes)
    assert sorted(c for entry in found for c in entry.after) == sorted(after.codes)
    assert all(0 <= entry.kept <= 1 + 1e-9 for entry in found)


def test_summary_and_bad_tolerance():
    one = areas({"A": (0, 0, 1, 1)})
    assert lineage(one, one)[0].summary() == "A → A: unchanged, 100% of the surface in common."
    with pytest.raises(ValueError, match=r"tolerance is 0\.5"):
        lineage(one, one, tolerance=0.5)
