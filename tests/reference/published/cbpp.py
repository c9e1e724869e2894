"""Bovine pleuropneumonia in 15 herds of Ethiopia: Lesnoff et al. (2004), as lme4 has it."""

from functools import cache

import numpy as np

from samhandling.survey import RandomInterceptLogit, random_intercept_logit
from tests.reference.published.number import Published

SOURCE = "Herds (Lesnoff et al. 2004); R lme4 1.1-31 glmer"
INCIDENCE = (
    2, 3, 4, 0, 3, 1, 1, 8, 2, 0, 2, 2, 0, 2, 0, 5, 0, 0, 1, 3, 0, 0, 1, 8, 1, 3, 0, 12, 2, 0, 0, 0,
    1, 1, 0, 2, 0, 5, 3, 1, 2, 1, 0, 0, 1, 2, 0, 0, 11, 0, 0, 0, 1, 1, 1, 0,
)  # fmt: skip
SIZE = (
    14, 12, 9, 5, 22, 18, 21, 22, 16, 16, 20, 10, 10, 9, 6, 18, 25, 24, 4, 17, 17, 18, 20, 16, 10,
    9, 5, 34, 9, 6, 8, 6, 22, 22, 18, 22, 25, 27, 22, 22, 10, 8, 6, 5, 21, 24, 19, 23, 19, 2, 3, 2,
    19, 15, 15, 15,
)  # fmt: skip
HERD = np.repeat(np.arange(1, 16), (4, 3, 4, 4, 4, 4, 4, 1, 4, 4, 4, 4, 4, 4, 4))
PERIOD = list("1234" + "123" + "1234" * 5 + "1" + "1234" * 7)


@cache
def herds(nodes: int) -> RandomInterceptLogit:
    return random_intercept_logit(INCIDENCE, SIZE, HERD, [("period", PERIOD)], nodes=nodes)


def _rows(nodes: int, how: str, fixed: tuple[float, ...], sd: float) -> tuple[Published, ...]:
    method = "samhandling.survey.random_intercept_logit"
    # glmer stops within some 3e-5 of the maximum, however tight its tolerances are set.
    rows = [
        Published(
            method, f"herds, {how}, coefficient {at + 1}", SOURCE, published, 0.5e-4,
            lambda at=at: float(herds(nodes).values[at]),
        )
        for at, published in enumerate(fixed)
    ]  # fmt: skip
    last = Published(
        method, f"herds, {how}, standard deviation between herds", SOURCE, sd, 0.5e-4,
        lambda: herds(nodes).between_areas,
    )  # fmt: skip
    return (*rows, last)


NUMBERS = (
    *_rows(1, "Laplace", (-1.39853, -0.99232, -1.12866, -1.58032), 0.64227),
    *_rows(25, "25 nodes", (-1.39923, -0.99139, -1.12783, -1.57944), 0.64751),
    Published(
        "samhandling.survey.random_intercept_logit", "herds, Laplace, log likelihood", SOURCE,
        -92.02628, 0.5e-5, lambda: herds(1).log_likelihood,
    ),
)  # fmt: skip
