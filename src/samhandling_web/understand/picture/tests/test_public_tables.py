"""What is published for everyone, and an attacker who has all of it."""

from dataclasses import replace

import numpy as np
import pytest

from samhandling.disclosure import differenced, possible_range
from samhandling_web.understand.picture.figures import public_tables as published
from samhandling_web.understand.picture.public_pages import counts_of

KINDS = ("a", "b", "c")


def town(seed):
    """Three large areas with two or three small ones each; counts are often small."""
    rng = np.random.default_rng(seed)
    parents = [0, 0, 1, 1, 1, 2, 2]
    atoms = rng.poisson(rng.choice([0.4, 3, 12], (len(parents) + 4, len(KINDS))))
    owner = [*parents, 0, 1, 2, 3]
    return atoms, owner, parents


def publish(atoms, owner, parents):
    by_large = np.array([atoms[[o == d for o in owner]].sum(axis=0) for d in range(4)])
    table = published.protected("s", 2024, "large", ("A", "B", "C"), KINDS, by_large)
    small = tuple(f"s{i}" for i in range(len(parents)))
    crossed = np.zeros((4, len(small) + 1), dtype=int)
    for at, large in enumerate(owner):
        column = min(len(small), at)
        crossed[large, column] += atoms[at].sum()
    lines = published.lines_within(table, "small", small, crossed)
    return table, lines


def equations(table, lines, owner, parents):
    """Return what each published figure is the sum of, as an outsider can work out."""
    rows, values = [], []
    whole = replace(table, lines=tuple(lines))
    for _source, _year, level, code, kind, count in counts_of(whole):
        covers = np.zeros((len(owner), len(KINDS)))
        at = atoms_of(level, code, owner, parents)
        covers[np.ix_(at, [KINDS.index(kind)] if kind else range(len(KINDS)))] = 1
        rows.append(covers.ravel())
        values.append(np.nan if count == published.WITHHELD else count)
    return np.array(rows), np.array(values)


def atoms_of(level, code, owner, parents):
    if not code:
        return range(len(owner))
    if level == "large":
        number = 3 if code == "-" else "ABC".index(code)
        return [at for at, large in enumerate(owner) if large == number]
    if code.startswith("-"):
        return [len(parents) + "ABC".index(code[1])]
    return [int(code[1:])]


@pytest.mark.parametrize("seed", range(12))
def test_whoever_has_every_figure_learns_no_small_count(seed):
    atoms, owner, parents = town(seed)
    table, lines = publish(atoms, owner, parents)
    coverage, values = equations(table, lines, owner, parents)
    assert differenced(coverage, values, coverage[np.isnan(values)]) == []
    shown = ~np.isnan(values)
    true = coverage @ atoms.ravel()
    for row in coverage[~shown & (true > 0) & (true < published.LEAST_SHOWN)]:
        low, high = possible_range(coverage[shown], values[shown], row)
        assert low < 1e-6
        assert high >= published.LEAST_SHOWN - 1e-6


@pytest.mark.parametrize("seed", range(6))
def test_shown_figures_are_true_and_never_small(seed):
    atoms, owner, parents = town(seed)
    table, lines = publish(atoms, owner, parents)
    coverage, values = equations(table, lines, owner, parents)
    shown = ~np.isnan(values)
    assert (coverage @ atoms.ravel())[shown].tolist() == values[shown].tolist()
    assert not ((values[shown] > 0) & (values[shown] < published.LEAST_SHOWN)).any()


def test_areas_that_cut_across_larger_ones_are_not_published():
    table = published.protected("s", 2024, "large", ("A", "B"), ("a",), np.array([[20], [20], [0]]))
    crossed = np.array([[17, 3], [20, 0], [0, 0]])
    assert published.lines_within(table, "small", ("x",), crossed) == []
