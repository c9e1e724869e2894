"""Milk expenditure in 43 areas: Arora and Lahiri (1997), as You and Chapman (2006) print it."""

from functools import cache

import numpy as np

from samhandling.patterns.variance_components import Tau2
from samhandling.survey import SmallAreaEstimates, fay_herriot
from tests.reference.published.number import Published

SOURCE = "Milk expenditure (Arora and Lahiri 1997); R sae eblupFH, mseFH"
MEANS = (
    1.099, 1.075, 1.105, 0.628, 0.753, 0.981, 1.257, 1.095, 1.405, 1.356, 0.615, 1.460, 1.338,
    0.854, 1.176, 1.111, 1.257, 1.430, 1.278, 1.292, 1.002, 1.183, 1.044, 1.267, 1.193, 0.791,
    0.795, 0.759, 0.796, 0.565, 0.886, 0.952, 0.807, 0.582, 0.684, 0.787, 0.440, 0.759, 0.770,
    0.800, 0.756, 0.865, 0.640,
)  # fmt: skip
ERRORS = (
    0.163, 0.080, 0.083, 0.109, 0.119, 0.141, 0.202, 0.127, 0.168, 0.178, 0.100, 0.201, 0.148,
    0.143, 0.149, 0.145, 0.135, 0.172, 0.137, 0.163, 0.125, 0.247, 0.140, 0.171, 0.106, 0.121,
    0.121, 0.259, 0.106, 0.089, 0.225, 0.205, 0.119, 0.067, 0.106, 0.126, 0.092, 0.132, 0.100,
    0.113, 0.083, 0.121, 0.129,
)  # fmt: skip
REGIONS = np.repeat([1, 2, 3, 4], [7, 7, 11, 18])


@cache
def milk(how: Tau2) -> SmallAreaEstimates:
    columns = [(f"region {region}", region == REGIONS) for region in (2, 3, 4)]
    return fay_herriot(MEANS, np.square(ERRORS), columns, how=how)


NUMBERS = (
    *(
        Published(
            "samhandling.survey.fay_herriot", f"milk, {how.value}, variance between areas", SOURCE,
            published, tolerance, lambda how=how: milk(how).between_areas,
        )
        for how, published, tolerance in (
            (Tau2.REML, 0.01855, 0.5e-5),
            (Tau2.MAXIMUM_LIKELIHOOD, 0.015518, 0.5e-5),
            (Tau2.PAULE_MANDEL, 0.016420, 0.5e-5),
        )
    ),
    *(
        Published(
            "samhandling.survey.fay_herriot", f"milk, area {at + 1}, estimate", SOURCE, published,
            0.5e-5, lambda at=at: float(milk(Tau2.REML).values[at]),
        )
        for at, published in enumerate((1.02197, 1.04760, 1.06795))
    ),
    *(
        Published(
            "samhandling.survey.fay_herriot", f"milk, area {at + 1}, mean squared error", SOURCE,
            published, 0.5e-6, lambda at=at: float(milk(Tau2.REML).mean_squared_error[at]),
        )
        for at, published in enumerate((0.013460, 0.005373, 0.005702))
    ),
)  # fmt: skip
