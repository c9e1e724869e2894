"""Ways of saying what to expect: three naive ones, and those that must beat them to be used."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.spatial import cKDTree

from samhandling.forecast.history import CountHistory
from samhandling.patterns.smoothing import smoothed_rate_likelihood

Floats = NDArray[np.float64]

REACH_IN_BANDWIDTHS = 4.0
MOST_STEPS = 50
CLOSE_ENOUGH = 1e-8
LEAST_CURVE = 1e-9


class Forecaster(Protocol):
    """Says how many events to expect in each area over the next periods, from history alone."""

    @property
    def name(self) -> str:
        """Return a slug of the method."""
        ...

    def expected(self, history: CountHistory, periods: int) -> Floats:
        """Return the expected count of each area over the next `periods`."""
        ...


@dataclass(frozen=True, slots=True)
class SameAsLastYear:
    """The count of the same periods a year ago."""

    name: str = "same_as_last_year"

    def expected(self, history: CountHistory, periods: int) -> Floats:
        """Return the expected count of each area over the next `periods`."""
        year = history.periods_per_year
        _needs(history, year)
        ahead = [history.counts[:, history.periods - year + at % year] for at in range(periods)]
        total: Floats = np.sum(ahead, axis=0).astype(np.float64)
        return total


@dataclass(frozen=True, slots=True)
class LongTermMean:
    """The mean of everything known."""

    name: str = "long_term_mean"

    def expected(self, history: CountHistory, periods: int) -> Floats:
        """Return the expected count of each area over the next `periods`."""
        _needs(history, 1)
        mean: Floats = history.counts.mean(axis=1) * periods
        return mean


@dataclass(frozen=True, slots=True)
class TwelveMonthCount:
    """The count of the last year, spread evenly: what a map of last year's events says."""

    name: str = "twelve_month_count"

    def expected(self, history: CountHistory, periods: int) -> Floats:
        """Return the expected count of each area over the next `periods`."""
        year = history.periods_per_year
        _needs(history, year)
        return history.last(year).astype(np.float64) * (periods / year)


NAIVE: tuple[Forecaster, ...] = (SameAsLastYear(), LongTermMean(), TwelveMonthCount())


@dataclass(frozen=True, slots=True)
class EmpiricalBayes:
    """Last years' counts per square kilometre, drawn towards the mean where there are few.

    Attributes
    ----------
    years : int
    """

    years: int = 2
    name: str = "empirical_bayes"

    def expected(self, history: CountHistory, periods: int) -> Floats:
        """Return the expected count of each area over the next `periods`."""
        used = min(self.years * history.periods_per_year, history.periods)
        _needs(history, 1)
        counts = history.last(used)
        if not counts.sum():
            return np.zeros(len(counts))
        exposure = history.area_km2 * used
        rate = smoothed_rate_likelihood(counts, exposure).rate / 1_000
        return np.asarray(rate * history.area_km2 * periods)


@dataclass(frozen=True, slots=True)
class KernelSmoothed:
    """Counts spread over near areas and weighted by how recent they are.

    Attributes
    ----------
    bandwidth_m : float
        Standard deviation of the Gaussian in space.
    half_life_periods : float
        After so many periods a count weighs half as much.
    """

    bandwidth_m: float
    half_life_periods: float = 12.0
    name: str = "kernel"

    def expected(self, history: CountHistory, periods: int) -> Floats:
        """Return the expected count of each area over the next `periods`."""
        for what, value in (("bandwidth_m", self.bandwidth_m),
                            ("half_life_periods", self.half_life_periods)):  # fmt: skip
            if not value > 0:
                message = f"{what} is {value:g}; give a number above zero."
                raise ValueError(message)
        _needs(history, 1)
        ages = np.arange(history.periods)[::-1]
        weights = 0.5 ** (ages / self.half_life_periods)
        recent = history.counts @ weights / weights.sum()
        spread = nearness(history, self.bandwidth_m)
        # Each area gives away all it has, to others in proportion to their surface.
        given = spread.multiply(history.area_km2[None, :]).tocsr()
        totals = np.asarray(given.sum(axis=1)).ravel()
        shared: Floats = given.T @ (recent / totals) * periods
        return shared


@dataclass(frozen=True, slots=True)
class CountRegression:
    """Poisson regression on what was counted before, here and nearby.

    Attributes
    ----------
    bandwidth_m : float
        How near "nearby" is.
    penalty : float
        Ridge on the standardised columns.
    """

    bandwidth_m: float
    penalty: float = 1.0
    name: str = "count_regression"

    def expected(self, history: CountHistory, periods: int) -> Floats:
        """Return the expected count of each area over the next `periods`."""
        year = history.periods_per_year
        _needs(history, year + periods + 1)
        spread = nearness(history, self.bandwidth_m)
        rows, answers = [], []
        for origin in range(year, history.periods - periods + 1):
            rows.append(_columns(history.until(origin), spread))
            answers.append(history.counts[:, origin : origin + periods].sum(axis=1))
        columns, now = np.concatenate(rows), _columns(history, spread)
        centre, scale = columns.mean(axis=0), columns.std(axis=0)
        scale[scale == 0] = 1.0
        coefficients = _poisson_ridge(
            (columns - centre) / scale, np.concatenate(answers).astype(np.float64), self.penalty
        )
        line = coefficients[0] + ((now - centre) / scale) @ coefficients[1:]
        rate: Floats = np.exp(np.clip(line, -30, 30))
        return rate


def nearness(history: CountHistory, bandwidth_m: float) -> csr_matrix:
    """Return Gaussian weights between areas within four bandwidths; shape (n_areas, n_areas)."""
    places = np.column_stack([history.x_m, history.y_m])
    tree = cKDTree(places)
    found = tree.sparse_distance_matrix(
        tree, REACH_IN_BANDWIDTHS * bandwidth_m, output_type="coo_matrix"
    )
    weights = np.exp(-0.5 * (found.data / bandwidth_m) ** 2)
    n = len(places)
    spread = csr_matrix((weights, (found.row, found.col)), shape=(n, n))
    # The distance of an area to itself is zero, which a sparse matrix leaves out.
    spread.setdiag(1.0)
    return spread.tocsr()


def _columns(history: CountHistory, spread: csr_matrix) -> Floats:
    """Return what is known of each area at an origin, on a scale on which it is about linear."""
    year = history.periods_per_year
    near = spread @ history.last(year)
    parts = [
        history.last(1),
        history.last(max(1, year // 4)),
        history.last(year),
        history.counts.mean(axis=1) * year,
        near,
    ]
    return np.column_stack([*(np.log1p(part) for part in parts), np.log(history.area_km2)])


def _poisson_ridge(columns: Floats, answers: Floats, penalty: float) -> Floats:
    """Fit by Newton's method; the intercept is not penalised."""
    design = np.column_stack([np.ones(len(columns)), columns])
    ridge = np.diag([0.0] + [penalty] * columns.shape[1])
    coefficients = np.zeros(design.shape[1])
    coefficients[0] = np.log(max(answers.mean(), 1e-9))
    for _ in range(MOST_STEPS):
        mean = np.exp(np.clip(design @ coefficients, -30, 30))
        slope = design.T @ (answers - mean) - ridge @ coefficients
        curve = (design * mean[:, None]).T @ design + ridge + LEAST_CURVE * np.eye(len(ridge))
        step = np.linalg.solve(curve, slope)
        coefficients += np.clip(step, -2, 2)
        if np.abs(step).max() < CLOSE_ENOUGH:
            break
    return coefficients


def _needs(history: CountHistory, periods: int) -> None:
    if history.periods < periods:
        message = (
            f"{history.periods} periods are known and this forecast needs {periods}; use a longer "
            "history or another forecast."
        )
        raise ValueError(message)
