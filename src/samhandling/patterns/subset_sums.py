"""The exact law of the sum of some counts drawn without replacement from given ones."""

from dataclasses import dataclass
from math import exp, lgamma

import numpy as np
from numpy.typing import NDArray

from samhandling.execution.compiled import compiled

Floats = NDArray[np.float64]

RECOMPUTE_LIMIT = 2e8
MOST_FACTORS = 500


@dataclass(frozen=True, slots=True, eq=False)
class CountValues:
    """Distinct counts, how often each comes, and which one each cell holds."""

    value: NDArray[np.int64]
    times: NDArray[np.int64]
    which: NDArray[np.int64]

    @classmethod
    def of(cls, counts: NDArray[np.int64]) -> "CountValues":
        """Return the distinct values of an array."""
        value, which, times = np.unique(counts, return_inverse=True, return_counts=True)
        return cls(value, times.astype(np.int64), which)

    def without(self, at: int) -> NDArray[np.int64]:
        """Return how often each value comes once one of value number `at` is set aside."""
        left = self.times.copy()
        left[at] -= 1
        return left

    def largest_sum(self, most: int) -> int:
        """Return the largest sum that `most` of the counts can have."""
        taken = np.minimum(np.cumsum(self.times[::-1]), most)
        return int((np.diff(taken, prepend=0) * self.value[::-1]).sum())

    def work(self, most: int) -> float:
        """Return the number of multiplications that one law costs."""
        return 0.5 * len(self.value) * (most + 1) ** 2 * (self.largest_sum(most) + 1)


def subset_sum_law(
    value: NDArray[np.int64], times: NDArray[np.int64], most: int, top: int
) -> NDArray[np.float64]:
    """Return the law of the sum of `t` counts drawn without replacement, for every t up to `most`.

    Parameters
    ----------
    value, times : ndarray of int64, shape (n_values,)
        Distinct counts and how often each comes.
    most : int
        Largest number drawn.
    top : int
        Largest sum to keep; nothing may exceed it.

    Returns
    -------
    ndarray of float64, shape (most + 1, top + 1)
        Row `t`, column `s`: probability that `t` draws sum to `s`. Rows beyond the number of
        counts are zero.

    Notes
    -----
    Values are brought in one at a time. How many of `t` draws come from the new value is
    hypergeometric, so that every weight lies between 0 and 1 and nothing overflows.
    """
    law = np.zeros((most + 1, top + 1))
    law[0, 0] = 1.0
    seen = 0
    for v, m in zip(value.tolist(), times.tolist(), strict=True):
        if m:
            law = with_value(law, v, m, seen)
        seen += m
    return law


@compiled
def with_value(law: Floats, v: int, m: int, seen: int) -> Floats:
    """Return the law once `m` counts of `v` have joined those `seen` before."""
    most, top = law.shape[0] - 1, law.shape[1] - 1
    new = np.zeros_like(law)
    for t in range(min(most, seen + m) + 1):
        for u in range(max(0, t - seen), min(t, m) + 1):
            weight, shift = hypergeometric(u, t, m, seen), u * v
            for total in range(shift, top + 1):
                new[t, total] += weight * law[t - u, total - shift]
    return new


@compiled
def hypergeometric(u: int, t: int, m: int, seen: int) -> float:
    """Return the probability that `u` of `t` draws are among `m` new and not `seen` old."""
    if t > MOST_FACTORS:
        return exp(log_choose(m, u) + log_choose(seen, t - u) - log_choose(m + seen, t))
    # Logarithms of factorials of a million have lost nine digits; quotients one by one lose none.
    share = 1.0
    for at in range(u):
        share *= (m - at) / (m + seen - at) * ((t - at) / (u - at))
    for at in range(t - u):
        share *= (seen - at) / (m + seen - u - at)
    return share


@compiled
def log_choose(n: int, k: int) -> float:
    """Return the logarithm of the number of ways to choose `k` of `n`."""
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)


def laws_without_own(counts: CountValues, most: int) -> "LawsWithoutOwn":
    """Return the laws for cells that keep their own count while the others are shuffled.

    Parameters
    ----------
    counts : CountValues
        All counts of the map.
    most : int
        Largest number of neighbours.

    Returns
    -------
    LawsWithoutOwn
    """
    top = counts.largest_sum(most)
    every = None
    if counts.work(most) * len(counts.value) > RECOMPUTE_LIMIT:
        every = subset_sum_law(counts.value, counts.times, most, top)
    return LawsWithoutOwn(counts, most, top, every)


@dataclass(frozen=True, slots=True, eq=False)
class LawsWithoutOwn:
    """One law per distinct own count, made when asked for."""

    counts: CountValues
    most: int
    top: int
    every: NDArray[np.float64] | None

    def law(self, at: int) -> NDArray[np.float64]:
        """Return the law of sums of the others, for a cell that holds value number `at`."""
        if self.every is None:
            return subset_sum_law(self.counts.value, self.counts.without(at), self.most, self.top)
        return self._taken_out(self.every, at)

    def _taken_out(self, every: NDArray[np.float64], at: int) -> NDArray[np.float64]:
        """Undo the last step of the convolution: draws from all, less those that took this one.

        A draw of t from all n either leaves the cell out (n - t of n) or takes it and t - 1 others.
        """
        n, v = int(self.counts.times.sum()), int(self.counts.value[at])
        law = np.zeros_like(every)
        law[0, 0] = 1.0
        for t in range(1, min(self.most, n - 1) + 1):
            law[t] = every[t] * n
            law[t, v:] -= t * law[t - 1, : self.top + 1 - v]
            law[t] = np.maximum(law[t] / (n - t), 0.0)
        return law
