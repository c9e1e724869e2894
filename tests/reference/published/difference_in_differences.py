"""Proposition 99, the castle doctrine, laws on carrying guns, and the power of one year's fires."""

from functools import cache

import numpy as np
import pandas as pd

from samhandling.evaluation import (
    Effect,
    FixedEffects,
    detectable_change_in_counts,
    detectable_from_error,
    difference_in_differences,
    panel_from_rows,
)
from tests.reference.published.number import Published
from tests.shared_data import shared_file

EFFECT = "samhandling.evaluation.difference_in_differences"
CHENG = "Cheng and Hoekstra (2013), data of causaldata; two-way fixed effects clustered by state"
STOCK = "Stock and Watson, Introduction to Econometrics, table 10.1"
CONTROLS = ("prisoners", "density", "income", "population", "afam", "cauc", "male")


def proposition_99() -> float:
    rows = pd.read_csv(shared_file("utv_kalifornien_prop99/california_prop99.csv"), sep=";")
    panel = panel_from_rows(rows.State, rows.Year, rows.PacksPerCapita, rows.treated)
    return difference_in_differences(panel, unit="packs per head").value


@cache
def castle(*, weighted: bool) -> Effect:
    rows = pd.read_csv(shared_file("utv_castle_doctrine/castle.csv"))
    weights = rows.popwt if weighted else None
    panel = panel_from_rows(rows.sid, rows.year, rows.l_homicide, rows.post, weights=weights)
    return difference_in_differences(panel)


@cache
def guns(effects: FixedEffects, *, controlled: bool = True) -> Effect:
    rows = pd.read_csv(shared_file("utv_guns_usa/Guns.csv"))
    where, law = (rows.state, rows.year), rows.law == "yes"
    panel = panel_from_rows(*where, np.log(rows.violent), law)
    covariates = np.stack([panel_from_rows(*where, rows[name], law).y for name in CONTROLS])
    return difference_in_differences(
        panel, covariates=covariates if controlled else None, effects=effects
    )


NUMBERS = (
    Published(EFFECT, "Proposition 99, packs per head", "Arkhangelsky et al. (2021), table 1",
              -27.349, 0.5e-3, proposition_99),
    Published(EFFECT, "Castle doctrine, log homicide, weighted by population", CHENG, 0.0755,
              0.5e-4, lambda: castle(weighted=True).value),
    Published(EFFECT, "Castle doctrine, weighted, standard error", CHENG, 0.0348, 0.5e-4,
              lambda: castle(weighted=True).standard_error),
    Published(EFFECT, "Castle doctrine, log homicide, unweighted", CHENG, 0.0694, 0.5e-4,
              lambda: castle(weighted=False).value),
    Published(EFFECT, "Castle doctrine, unweighted, standard error", CHENG, 0.0586, 0.5e-4,
              lambda: castle(weighted=False).standard_error),
    Published(EFFECT, "Shall-issue laws, log violent crime, pooled", STOCK, -0.443, 0.5e-3,
              lambda: guns(FixedEffects.NONE, controlled=False).value),
    Published(EFFECT, "Shall-issue laws, pooled with controls", STOCK, -0.368, 0.5e-3,
              lambda: guns(FixedEffects.NONE).value),
    Published(EFFECT, "Shall-issue laws, state effects", STOCK, -0.046, 0.5e-3,
              lambda: guns(FixedEffects.AREA).value),
    Published(EFFECT, "Shall-issue laws, state effects, standard error", STOCK, 0.043, 0.5e-3,
              lambda: guns(FixedEffects.AREA).standard_error),
    Published(EFFECT, "Shall-issue laws, state and year effects", STOCK, -0.028, 0.5e-3,
              lambda: guns(FixedEffects.AREA_AND_PERIOD).value),
    Published(EFFECT, "Shall-issue laws, state and year effects, standard error", STOCK, 0.042,
              0.5e-3, lambda: guns(FixedEffects.AREA_AND_PERIOD).standard_error),
    Published("samhandling.evaluation.detectable_change_in_counts",
              "48 fires a year in the treated areas: smallest decrease seen, percent",
              "Stated with the data: about 50 % at 42 to 55 fires a year and 80 % power",
              -50, 5, lambda: detectable_change_in_counts(48, 48).decrease_percent),
    Published("samhandling.evaluation.detectable_from_error",
              "80 % power at 5 %, in standard errors", "Bloom (1995), table 1", 2.80, 0.5e-2,
              lambda: detectable_from_error(1.0)),
)  # fmt: skip
