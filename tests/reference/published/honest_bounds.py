"""Rambachan and Roth's bounds on the event study of Benzarti and Carloni's restaurants."""

from collections.abc import Callable
from functools import cache, partial

import numpy as np

from samhandling.evaluation import EventStudy, HonestBounds, honest_bounds, smoothness_bounds
from samhandling.space.method import Method
from tests.reference.published.number import Published

RELATIVE = "samhandling.evaluation.honest_bounds"
SMOOTH = "samhandling.evaluation.smoothness_bounds"
GRID = "R HonestDiD 0.2.x, conditional and least favourable (C-LF), data BCdata_EventStudy"
SIMULATED = "R HonestDiD 0.2.x, fixed length (FLCI), data BCdata_EventStudy"
STEP = 7.6e-4
"""Between the effects that the program tries; its limits are the outermost it accepts."""
NOISE = 1.0e-3
"""The program draws its folded normal quantile and searches estimators on a grid."""

# Benzarti and Carloni (2019): restaurants' log profit in 2004 to 2007 and 2009 to 2012, against
# 2008, as estimated and stored by Rambachan and Roth (2023).
VALUES = np.array([
    0.006696351804, 0.02934503369, -0.006472972222, 0.0730149895,
    0.1959611177, 0.3120639026, 0.2395415455, 0.1260425001,
])  # fmt: skip
UPPER = np.array([
    8.428358124e-4, 4.768686777e-4, 2.618051076e-4, 2.354220342e-4, 1.676371467e-4, 1.128707663e-4,
    1.992816215e-5, -1.368265366e-4,
    6.425420288e-4, 3.987425007e-4, 2.435515198e-4, 2.201960306e-4, 1.804591157e-4, 3.84376508e-5,
    -2.960421989e-5,
    5.229949602e-4, 2.11768609e-4, 1.840722252e-4, 1.45852784e-4, 7.005197403e-5, 5.952994979e-5,
    3.089595411e-4, 1.197866077e-4, 1.334081317e-4, 1.016335009e-4, 1.079051726e-4,
    3.59970436e-4, 2.478818642e-4, 1.749579242e-4, 1.654256921e-4,
    4.263949813e-4, 2.171437809e-4, 2.892747871e-4,
    4.886697861e-4, 3.805322049e-4,
    7.61739444e-4,
])  # fmt: skip


def restaurants() -> EventStudy:
    """Return the event study, four years before the reference and four after."""
    n = len(VALUES)
    covariance = np.zeros((n, n))
    covariance[np.triu_indices(n)] = UPPER
    covariance = covariance + np.triu(covariance, 1).T
    return EventStudy(
        np.array([-5, -4, -3, -2, 0, 1, 2, 3]), VALUES, np.sqrt(np.diag(covariance)), covariance,
        np.array(n * np.linalg.cholesky(covariance).T, dtype=np.float64), -1, "log points", n, (),
        Method.of("event_study", "Benzarti and Carloni (2019)"),
    )  # fmt: skip


@cache
def relative(multiple: float) -> HonestBounds:
    return honest_bounds(restaurants(), multiple, weights=[1, 0, 0, 0])


@cache
def smooth(amount: float) -> HonestBounds:
    return smoothness_bounds(restaurants(), amount, weights=[1, 0, 0, 0])


def end_of(bounds: Callable[[float], HonestBounds], limit: float, end: str) -> float:
    low, high = bounds(limit).confidence_interval()
    return low if end == "low" else high


NUMBERS = (
    Published(RELATIVE, "Restaurants' profit in the first year, parallel trends, low",
              "R HonestDiD 0.2.x, constructOriginalCS, data BCdata_EventStudy", 0.15877494281,
              0.5e-9, lambda: relative(0.0).low),
    Published(RELATIVE, "Restaurants' profit in the first year, parallel trends, high",
              "R HonestDiD 0.2.x, constructOriginalCS, data BCdata_EventStudy", 0.23314729268,
              0.5e-9, lambda: relative(0.0).high),
    *(
        Published(RELATIVE, f"Restaurants' profit in the first year, at most {multiple:g} times, "
                  f"{end}", GRID, published, STEP,
                  partial(end_of, relative, multiple, end))
        for multiple, end, published in (
            (0.5, "low", 0.118129485782), (0.5, "high", 0.271583866026),
            (1.0, "low", 0.067231250750), (1.0, "high", 0.318683725308),
            (1.5, "low", 0.013294315120), (1.5, "high", 0.369581960340),
            (2.0, "low", -0.042161970810),
        )
    ),
    *(
        Published(SMOOTH, f"Restaurants' profit in the first year, bent at most {amount:g}, {end}",
                  SIMULATED, published, NOISE,
                  partial(end_of, smooth, amount, end))
        for amount, end, published in (
            (0.0, "low", 0.131411315964), (0.0, "high", 0.216169648210),
            (0.01, "low", 0.154965267081), (0.01, "high", 0.270384530327),
            (0.02, "low", 0.177301087900), (0.02, "high", 0.315956468195),
            (0.03, "low", 0.189404464434), (0.03, "high", 0.348547750039),
            (0.1, "low", 0.1194440001), (0.1, "high", 0.4185082143),
        )
    ),
)  # fmt: skip
