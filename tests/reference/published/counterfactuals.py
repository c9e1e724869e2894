"""California's tobacco programme, Britain's seat belt law, and a displacement test."""

from collections.abc import Callable
from functools import cache

import numpy as np
import pandas as pd

from samhandling.evaluation import (
    BeforeAfter,
    Errors,
    InterruptedTimeSeries,
    Panel,
    SegmentedModel,
    SyntheticControl,
    SyntheticDifference,
    interrupted_time_series,
    panel_from_rows,
    synthetic_control,
    synthetic_difference_in_differences,
    weighted_displacement_difference,
)
from tests.reference.published.number import Published
from tests.shared_data import shared_file

CONTROL = "samhandling.evaluation.synthetic_control"
DIFFERENCE = "samhandling.evaluation.synthetic_difference_in_differences"
SERIES = "samhandling.evaluation.interrupted_time_series"
WDD = "samhandling.evaluation.weighted_displacement_difference"
PUBLISHED = "Published synthetic control, as told by the data set's description"
DESCRIPTION = "The data set's description, outcomes only"
ARKHANGELSKY = "Arkhangelsky et al. (2021); R synthdid"
LAW_AT = 169
"""February 1983 in a series that begins in January 1969."""


@cache
def california() -> Panel:
    rows = pd.read_csv(shared_file("utv_kalifornien_prop99/california_prop99.csv"), sep=";")
    return panel_from_rows(rows.State, rows.Year, rows.PacksPerCapita, rows.treated)


@cache
def control() -> SyntheticControl:
    return synthetic_control(california())


@cache
def difference() -> SyntheticDifference:
    return synthetic_difference_in_differences(california())


def share(state: str) -> float:
    found = control()
    return float(found.weights[found.names.index(state)])


def year(name: int) -> float:
    found = difference()
    return float(found.time_weights[found.periods.index(name)])


@cache
def seat_belts(series: str) -> InterruptedTimeSeries:
    months = pd.read_csv(shared_file("utv_seatbelts/Seatbelts.csv"))
    around = np.log(months[["PetrolPrice", "kms"]])
    model = SegmentedModel(season=12, lags=12, errors=Errors.NEWEY_WEST, corrected=False)
    return interrupted_time_series(months[series], LAW_AT, model=model, covariates=around)


def percent(series: str) -> Callable[[], float]:
    return lambda: seat_belts(series).effect.percent_change()[0]


def _belts(series: str, change: float, coefficient: float, error: float) -> tuple[Published, ...]:
    source = "The data set's description: log OLS, HAC 12"
    return (
        Published(SERIES, f"seat belt law, {series}, change in per cent", source, change, 0.05,
                  percent(series)),
        Published(SERIES, f"seat belt law, {series}, coefficient", source, coefficient, 0.0005,
                  lambda: seat_belts(series).value),
        Published(SERIES, f"seat belt law, {series}, standard error", source, error, 0.0005,
                  lambda: seat_belts(series).standard_error),
    )  # fmt: skip


NUMBERS: tuple[Published, ...] = (
    Published(CONTROL, "Proposition 99, effect, published", PUBLISHED, -19.6, 0.1,
              lambda: control().value),
    Published(CONTROL, "Proposition 99, effect, outcomes only", DESCRIPTION, -19.51,
              0.005, lambda: control().value),
    Published(CONTROL, "Proposition 99, gap in 2000", DESCRIPTION, -26.6, 0.05,
              lambda: float(control().gap[-1])),
    *(
        Published(CONTROL, f"Proposition 99, weight of {state}", DESCRIPTION, weight,
                  0.006, lambda state=state: share(state))
        for state, weight in (
            ("Utah", 0.39), ("Montana", 0.23), ("Nevada", 0.21), ("Connecticut", 0.11)
        )
    ),
    Published(DIFFERENCE, "Proposition 99, effect", ARKHANGELSKY, -15.604, 0.0015,
              lambda: difference().value),
    *(
        Published(DIFFERENCE, f"Proposition 99, time weight of {name}", ARKHANGELSKY, weight, 0.005,
                  lambda name=name: year(name))
        for name, weight in ((1986, 0.37), (1987, 0.21), (1988, 0.43))
    ),
    Published(DIFFERENCE, "Proposition 99, placebo standard error",
              "R synthdid: 7.0 to 10.2 in three runs, 8.4 printed", 8.4, 1.8,
              lambda: difference().standard_error),
    *_belts("drivers", -14.0, -0.150, 0.029),
    *_belts("front", -20.0, -0.223, 0.040),
    *_belts("rear", 11.9, 0.113, 0.036),
    Published(WDD, "counts 20 to 10 beside 20 to 20, standard error",
              "Wheeler & Ratcliffe (2018): the root of the sum of counts", 8.37, 0.005,
              lambda: weighted_displacement_difference(
                  BeforeAfter(20, 10), BeforeAfter(20, 20)).standard_error),
)  # fmt: skip
