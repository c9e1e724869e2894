"""Proposition 99, the castle doctrine, laws on carrying guns, and the power of one year's fires."""

from functools import cache

import numpy as np
import pandas as pd

from samhandling.evaluation import (
    ConditionalDifference,
    ConditionalOn,
    Effect,
    FixedEffects,
    conditional_difference,
    detectable_change_in_counts,
    detectable_from_error,
    difference_in_differences,
    panel_from_rows,
)
from tests.reference.published.number import Published
from tests.shared_data import shared_file

CONDITIONAL = "samhandling.evaluation.conditional_difference"
DRDID = "drdid 1.1.7 (Python), panel estimators without trimming"
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


@cache
def castle_given_incomes(estimator: ConditionalOn, *, weighted: bool) -> ConditionalDifference:
    """Compare 2005 with 2010 in states that passed the law in 2006 or 2007 and in those never."""
    rows = pd.read_csv(shared_file("utv_castle_doctrine/castle.csv"))
    homicide = rows.pivot(index="sid", columns="year", values="l_homicide")
    before = rows[rows.year == 2005].set_index("sid").loc[homicide.index]
    first = rows[rows.post > 0].groupby("sid").year.min().reindex(homicide.index, fill_value=0)
    kept = first.isin([0, 2006, 2007])
    return conditional_difference(
        (homicide[2010] - homicide[2005])[kept],
        (first > 0)[kept],
        before.loc[kept, ["l_income", "poverty"]],
        weights=before.popwt[kept] if weighted else None,
        estimator=estimator,
    )


def _castle(
    estimator: ConditionalOn, value: float, error: float, *, weighted: bool
) -> tuple[Published, ...]:
    what = f"Castle doctrine 2005-2010 given income and poverty, {estimator.value}"
    what += ", weighted by population" if weighted else ""
    return (
        Published(CONDITIONAL, what, DRDID, value, 0.5e-6,
                  lambda: castle_given_incomes(estimator, weighted=weighted).value),
        Published(CONDITIONAL, f"{what}, standard error", DRDID, error, 0.5e-6,
                  lambda: castle_given_incomes(estimator, weighted=weighted).standard_error),
    )  # fmt: skip


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
    *_castle(ConditionalOn.OUTCOME_REGRESSION, 0.131118, 0.074245, weighted=False),
    *_castle(ConditionalOn.PROPENSITY_WEIGHTING, 0.144971, 0.074649, weighted=False),
    *_castle(ConditionalOn.DOUBLY_ROBUST, 0.148078, 0.068293, weighted=False),
    *_castle(ConditionalOn.OUTCOME_REGRESSION, 0.141250, 0.071322, weighted=True),
    *_castle(ConditionalOn.PROPENSITY_WEIGHTING, 0.206905, 0.070876, weighted=True),
    *_castle(ConditionalOn.DOUBLY_ROBUST, 0.193244, 0.065914, weighted=True),
    Published("samhandling.evaluation.detectable_change_in_counts",
              "48 fires a year in the treated areas: smallest decrease seen, percent",
              "Stated with the data: about 50 % at 42 to 55 fires a year and 80 % power",
              -50, 5, lambda: detectable_change_in_counts(48, 48).decrease_percent),
    Published("samhandling.evaluation.detectable_from_error",
              "80 % power at 5 %, in standard errors", "Bloom (1995), table 1", 2.80, 0.5e-2,
              lambda: detectable_from_error(1.0)),
)  # fmt: skip
