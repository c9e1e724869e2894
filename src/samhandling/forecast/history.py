"""What has happened in each area, period by period: what forecasts are made from."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from samhandling.space import checked

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class CountHistory:
    """Counts of areas in periods of equal length.

    Attributes
    ----------
    counts : ndarray of int64, shape (n_areas, n_periods)
    area_km2 : ndarray of float64, shape (n_areas,)
    x_m, y_m : ndarray of float64, shape (n_areas,)
        A point inside each area, in metres.
    periods_per_year : int
        12 for months, 52 for weeks.
    """

    counts: Counts
    area_km2: Floats
    x_m: Floats
    y_m: Floats
    periods_per_year: int

    @classmethod
    def of(
        cls,
        counts: ArrayLike,
        area_km2: ArrayLike,
        places_m: ArrayLike,
        *,
        periods_per_year: int = 12,
    ) -> "CountHistory":
        """Return a checked history.

        Parameters
        ----------
        counts : array_like of int, shape (n_areas, n_periods)
        area_km2 : array_like of float, shape (n_areas,)
            Positive.
        places_m : array_like of float, shape (n_areas, 2)
        periods_per_year : int, default 12

        Raises
        ------
        ValueError
            If a number is missing or out of range, the shapes differ, or there are fewer than two
            areas.

        Examples
        --------
        >>> CountHistory.of([[1, 0], [0, 2]], [0.5, 0.5], [[0, 0], [700, 0]]).periods
        2
        """
        table = np.asarray(counts, dtype=np.float64)
        if table.ndim != 2 or len(table) < 2 or not table.shape[1]:
            message = (
                f"counts has the shape {table.shape}; give a row for each of at least two areas "
                "and a column for each period."
            )
            raise ValueError(message)
        whole = checked.counts(table.ravel()).reshape(table.shape)
        surface = checked.finite(area_km2, "area_km2")
        places = np.asarray(places_m, dtype=np.float64)
        if places.shape != (len(table), 2) or len(surface) != len(table):
            message = (
                f"{len(table)} areas have counts, {len(surface)} a surface and the places have the "
                f"shape {places.shape}; give each of them for every area."
            )
            raise ValueError(message)
        if not np.isfinite(places).all():
            at = int(np.flatnonzero(~np.isfinite(places).all(axis=1))[0])
            message = f"places_m[{at}] is {places[at].tolist()}; give a point inside the area."
            raise ValueError(message)
        wrong = np.flatnonzero(surface <= 0)
        if wrong.size:
            message = (
                f"area_km2[{wrong[0]}] is {surface[wrong[0]]:g}; an area has a surface above zero."
            )
            raise ValueError(message)
        if periods_per_year < 1:
            message = f"periods_per_year is {periods_per_year}; give 12 for months, 52 for weeks."
            raise ValueError(message)
        return cls(whole, surface, places[:, 0], places[:, 1], periods_per_year)

    @property
    def periods(self) -> int:
        """Return how many periods there are."""
        return int(self.counts.shape[1])

    def until(self, origin: int) -> "CountHistory":
        """Return what was known when `origin` periods had passed."""
        return CountHistory(
            self.counts[:, :origin], self.area_km2, self.x_m, self.y_m, self.periods_per_year
        )

    def last(self, periods: int) -> Counts:
        """Return each area's count over the last periods."""
        total: Counts = self.counts[:, -periods:].sum(axis=1)
        return total
