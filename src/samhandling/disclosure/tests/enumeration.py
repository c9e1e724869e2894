"""All tables of small counts that agree with what is published: the slow, sure attacker."""

from itertools import product

import numpy as np


def sums_of(layout, axes, tables):
    """Return the figures of a layout for each of many tables, by adding up cell after cell."""
    positions = [{code: at for at, code in enumerate(codes)} for codes in axes]
    found = np.zeros((len(tables), *layout.shape), dtype=int)
    for at in np.ndindex(layout.shape):
        groups = [layout.groups[d][at[d]][1] for d in range(3)]
        for codes in product(*groups):
            cell = tuple(positions[d][code] for d, code in enumerate(codes))
            found[(slice(None), *at)] += tables[(slice(None), *cell)]
    return found


def agreeing(ledger, axes, most):
    """Return every table with counts from 0 to `most` that all releases of the ledger allow."""
    shape = tuple(len(codes) for codes in axes)
    grid = np.indices((most + 1,) * int(np.prod(shape))).reshape(int(np.prod(shape)), -1).T
    tables = grid.reshape(-1, *shape)
    for release in ledger.releases:
        low, high = release.bounds()
        sums = sums_of(release.layout, axes, tables)
        tables = tables[((sums >= low) & (sums <= high)).all(axis=(1, 2, 3))]
    return tables


def enumerated(ledger, wanted, axes, most):
    """Return the least and the most of each wanted figure over the tables that agree."""
    sums = sums_of(wanted, axes, agreeing(ledger, axes, most))
    return sums.min(axis=0), sums.max(axis=0)
