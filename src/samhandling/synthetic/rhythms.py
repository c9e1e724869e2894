"""When in the week things happen: weekday and hour profiles of the invented towns."""

import numpy as np

from samhandling.synthetic.terrain import Floats


def _bell(centre: float, width: float) -> Floats:
    """Return 24 hourly weights around `centre` on the clock's circle."""
    hours = np.arange(24) + 0.5
    apart = np.abs((hours - centre + 12) % 24 - 12)
    return np.asarray(np.exp(-0.5 * (apart / width) ** 2), dtype=np.float64)


def _week(day: Floats, weekend: Floats, by_weekday: tuple[float, ...]) -> Floats:
    """Return a (7, 24) table summing to one; Friday and Saturday use the weekend's hours."""
    table = np.stack([weekend if weekday in {4, 5} else day for weekday in range(7)])
    table = table / table.sum(axis=1, keepdims=True) * np.array(by_weekday)[:, None]
    return np.asarray(table / table.sum(), dtype=np.float64)


RHYTHMS: dict[str, Floats] = {
    "nightlife": _week(
        0.2 + _bell(21.5, 3.0), 0.1 + 2.5 * _bell(0.5, 2.6), (0.8, 0.8, 0.9, 1.0, 1.7, 2.0, 1.0)
    ),
    "evening": _week(
        0.15 + _bell(20.0, 3.2), 0.15 + _bell(21.5, 3.2), (0.9, 0.9, 1.0, 1.0, 1.3, 1.3, 0.9)
    ),
    "shopping": _week(
        0.02 + _bell(15.0, 3.0), 0.02 + _bell(14.5, 2.8), (1.0, 1.0, 1.0, 1.0, 1.2, 1.3, 0.6)
    ),
    "commute": _week(
        0.2 + _bell(8.0, 1.4) + 1.3 * _bell(16.8, 1.8),
        0.2 + _bell(14.0, 3.5),
        (1.1, 1.1, 1.1, 1.1, 1.1, 0.8, 0.7),
    ),
    "away_from_home": _week(
        0.15 + _bell(11.0, 2.5) + 0.8 * _bell(18.5, 2.2),
        0.2 + 0.7 * _bell(12.0, 3.0) + _bell(20.0, 2.8),
        (1.0, 1.0, 1.0, 1.0, 1.3, 1.2, 0.9),
    ),
    "night": _week(
        0.15 + _bell(1.5, 3.0), 0.15 + _bell(2.0, 3.2), (0.9, 0.9, 0.9, 1.0, 1.2, 1.3, 1.0)
    ),
}
"""Share of a week's events in each hour, by name: rows are weekdays from Monday, columns hours."""
