"""Tables published one after another, and an attacker who kept them all."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samhandling.disclosure import (
    AlreadyGivenAway,
    FinestCells,
    Layout,
    Ledger,
    Protection,
    exposures,
    figures,
    joint_exposures,
    joint_ranges,
    round_over_time,
    suppress,
    suppress_over_time,
    whole_table,
    with_total,
)
from samhandling.disclosure.tests.enumeration import agreeing, sums_of

AREAS, KINDS, MONTHS = ("A", "B", "C"), ("theft", "fire"), ("m1", "m2", "m3")


def town(seed, mean=6, shape=(3, 2, 3)):
    rng = np.random.default_rng(seed)
    mu = rng.choice([0.5, mean, 4 * mean], (*shape[:2], 1))
    count = rng.poisson(np.broadcast_to(mu, shape))
    return FinestCells(AREAS[: shape[0]], KINDS[: shape[1]], MONTHS[: shape[2]], count)


def every_table(cells):
    """Months, cumulative tables, the quarter, and areas over other borders."""
    areas, kinds, months = (with_total(codes) for codes in cells.axes)
    found = [Layout.of(m, areas, kinds, [m]) for m in cells.periods]
    found += [
        Layout.of(f"first {n}", areas, kinds, {"so far": cells.periods[:n]})
        for n in range(2, len(cells.periods) + 1)
    ]
    two = {"A+B": cells.areas[:2]}
    found += [
        Layout.of("all kinds", areas, {"all": cells.categories}, months),
        Layout.of("A+B", two, with_total(cells.categories), cells.periods),
    ]
    return found


def published(cells, layouts, rule=None):
    ledger = Ledger()
    for layout in layouts:
        try:
            ledger = ledger.with_release(suppress_over_time(ledger, layout, cells, rule))
        except AlreadyGivenAway:  # then this table is not published
            continue
    return ledger


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 2**32 - 1), st.randoms(use_true_random=False))
def test_whoever_kept_every_table_learns_no_small_count(seed, random):
    cells = town(seed)
    layouts = every_table(cells)
    random.shuffle(layouts)
    ledger = published(cells, layouts[:5])
    assert joint_exposures(ledger, cells) == []
    for release in ledger.releases:
        true = figures(release.layout, cells)
        shown = ~release.withheld
        assert (release.value[shown] == true[shown]).all()
        assert not ((true > 0) & (true < 5) & shown).any()


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_no_difference_of_two_published_figures_is_known_to_be_small(seed):
    """Every two figures of which one holds the other, in whatever tables they stand."""
    cells = town(seed)
    ledger = published(cells, every_table(cells)[:5])
    boxes = [
        [frozenset(r.layout.groups[d][at[d]][1]) for d in range(3)]
        for r in ledger.releases for at in np.ndindex(r.layout.shape)
    ]  # fmt: skip
    differences = set()
    for whole in boxes:
        for part in boxes:
            unlike = [d for d in range(3) if whole[d] != part[d]]
            if len(unlike) == 1 and part[unlike[0]] < whole[unlike[0]]:
                box = list(whole)
                box[unlike[0]] = whole[unlike[0]] - part[unlike[0]]
                differences.add(tuple(tuple(sorted(codes)) for codes in box))
    for box in sorted(differences):
        wanted = Layout.of("difference", *({"it": codes} for codes in box))
        if 0 < figures(wanted, cells).item() < 5:
            assert joint_ranges(ledger, wanted).high.item() >= 5


@settings(max_examples=10, deadline=None)
@given(st.lists(st.integers(0, 6), min_size=4, max_size=4))
def test_enumeration_finds_both_witnesses_of_every_small_count(counts):
    """Two areas and two months: of all tables with counts to 15 that agree, some have zero."""
    cells = FinestCells(("A", "B"), ("c",), ("m1", "m2"), np.reshape(counts, (2, 1, 2)))
    layouts = [
        Layout.of("m1", with_total(["A", "B"]), ["c"], ["m1"]),
        Layout.of("so far", with_total(["A", "B"]), ["c"], {"so far": ["m1", "m2"]}),
    ]
    ledger = published(cells, layouts)
    tables = agreeing(ledger, cells.axes, 15)
    for layout in [Layout.of("finest", *cells.axes), *(r.layout for r in ledger.releases)]:
        true, sums = figures(layout, cells), sums_of(layout, cells.axes, tables)
        small = (true > 0) & (true < 5)
        assert (sums.min(axis=0)[small] == 0).all()
        assert (sums.max(axis=0)[small] >= 5).all()


def test_a_cumulative_table_withholds_what_would_give_a_month_away():
    cells = FinestCells(("A", "B"), ("c",), ("m1", "m2"), [[[40, 3]], [[50, 60]]])
    ledger = Ledger((whole_table(Layout.of("m1", ["A", "B"], ["c"], ["m1"]), cells),))
    so_far = Layout.of("so far", with_total(["A", "B"]), ["c"], {"so far": ["m1", "m2"]})
    release = suppress_over_time(ledger, so_far, cells)
    assert release.value.ravel().tolist() == [-1, -1, 153]
    assert not release.small.any()
    assert "0 of 3 figures are withheld because they are small and 2 more" in release.summary()
    assert joint_exposures(ledger.with_release(release), cells) == []


def test_tables_that_give_it_away_already_are_named():
    """January to February and January are out: February follows, whatever is withheld of it."""
    cells = FinestCells(("A", "B"), ("c",), ("m1", "m2"), [[[40, 3]], [[50, 60]]])
    other = whole_table(Layout.of("about B", ["B"], ["c"], ["m1"]), cells)
    so_far = whole_table(Layout.of("so far", ["A"], ["c"], {"so far": ["m1", "m2"]}), cells)
    january = whole_table(Layout.of("January", ["A"], ["c"], ["m1"]), cells)
    february = Layout.of("February", ["A", "B"], ["c"], ["m2"])
    with pytest.raises(AlreadyGivenAway, match="February: A, c, m2 must be 3, by") as refused:
        suppress_over_time(Ledger((other, so_far, january)), february, cells)
    assert refused.value.exposure.releases == ("so far", "January")


def test_a_revision_with_three_more_rows_is_withheld():
    """Version 1 said 40 and 50; version 2 would say 43 and 59."""
    cells = FinestCells(("A", "B"), ("c",), ("m1", "m1, added"), [[[40, 3]], [[50, 9]]])
    first = whole_table(Layout.of("v1", with_total(["A", "B"]), ["c"], ["m1"]), cells)
    second = Layout.of("v2", with_total(["A", "B"]), ["c"], {"m1": ["m1", "m1, added"]})
    release = suppress_over_time(Ledger((first,)), second, cells)
    assert release.value.ravel().tolist() == [-1, -1, 102]


def test_a_strip_between_old_and_new_borders_is_withheld():
    """District A was 120 and gave a strip with 3 to B: the new A cannot be shown as 117."""
    before = FinestCells(("A", "B"), ("c",), ("2023",), [[[120]], [[60]]])
    ledger = Ledger((whole_table(Layout.of("old borders", ["A", "B"], ["c"], ["2023"]), before),))
    ledger = ledger.split("areas", {"A": ("rest", "strip")})
    cells = FinestCells(("rest", "strip", "B"), ("c",), ("2023",), [[[117]], [[3]], [[60]]])
    new = {"A": ("rest",), "B": ("strip", "B"), "all": ("rest", "strip", "B")}
    release = suppress_over_time(ledger, Layout.of("new borders", new, ["c"], ["2023"]), cells)
    assert release.value.ravel().tolist() == [-1, -1, 180]


def test_a_wider_interval_can_be_asked_for():
    cells = FinestCells(AREAS, KINDS[:1], ("m1",), [[[3]], [[5]], [[40]]])
    layout = Layout.of("m1", with_total(AREAS), KINDS[:1], ["m1"])
    assert suppress_over_time(Ledger(), layout, cells).withheld.sum() == 2
    wide = suppress_over_time(Ledger(), layout, cells, Protection(5, 12))
    assert joint_ranges(Ledger((wide,)), layout).high[0, 0, 0] >= 12


def test_a_rounded_table_and_suppression_do_not_mix():
    """A rounded 5 says that the count is 1 to 9, so that it cannot be kept able to be zero."""
    cells = FinestCells(("A", "B"), ("c",), ("m1",), [[[3]], [[40]]])
    layout = Layout.of("m1", ["A", "B"], ["c"], ["m1"])
    rounded = round_over_time(Layout.of("r", ["A", "B"], ["c"], ["m1"]), cells, b"0" * 16)
    with pytest.raises(AlreadyGivenAway, match="by 'r'"):
        suppress_over_time(Ledger((rounded,)), layout, cells)


def test_a_single_table_is_about_as_full_as_cox_leaves_it():
    shown = {"loops": 0, "programs": 0}
    for seed in range(5):
        rng = np.random.default_rng(seed)
        counts = rng.poisson(rng.gamma(0.7, 20, (8, 6)))
        areas, kinds = tuple("ABCDEFGH"), tuple("abcdef")
        cells = FinestCells(areas, kinds, ("m",), counts[..., None])
        layout = Layout.of("m", with_total(areas), with_total(kinds), ["m"])
        release = suppress_over_time(Ledger(), layout, cells)
        cox = suppress(counts)
        assert exposures(cox) == []
        assert (release.small[..., 0] == cox.small).all()
        shown["loops"] += int((~cox.withheld).sum())
        shown["programs"] += int((~release.withheld).sum())
    assert shown["programs"] >= 0.95 * shown["loops"]


def test_bad_input_is_named():
    cells = town(1)
    layout = Layout.of("m", ["Z"], KINDS, MONTHS)
    with pytest.raises(ValueError, match="'Z' among its areas"):
        suppress_over_time(Ledger(), layout, cells)
    other = FinestCells(AREAS, KINDS, MONTHS, cells.count + 1)
    ledger = Ledger((whole_table(Layout.of("m", ["A"], KINDS, MONTHS), cells),))
    with pytest.raises(ValueError, match="split the ledger"):
        suppress_over_time(ledger, Layout.of("n", ["A"], KINDS, MONTHS), other)
