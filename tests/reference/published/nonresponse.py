"""Smokers among patients of four hospitals (Fleiss 1981), and a raked table (Ardilly and Tillé)."""

from functools import cache

import numpy as np

from samhandling.survey import (
    AnswerWeights,
    NonresponseCheck,
    ResponseStrata,
    nonresponse_check,
    raking_weights,
)
from tests.reference.published.number import Published

CHECK, RAKING = "samhandling.survey.nonresponse_check", "samhandling.survey.raking_weights"
FLEISS = "Fleiss (1981), p. 139, as R prop.test has it"
TILLE = "Table of Ardilly and Tillé (2006); R 4.2 loglin"
COUNTED = np.array([[80, 170, 150], [90, 80, 210], [10, 80, 130]])
ROW = np.repeat(np.repeat(list("abc"), 3), COUNTED.ravel())
COLUMN = np.repeat(np.tile(list("xyz"), 3), COUNTED.ravel())


@cache
def hospitals() -> NonresponseCheck:
    patients = [86, 93, 136, 82]
    strata = ResponseStrata(patients, [83, 90, 129, 70], patients, [("hospital", list("1234"))])
    return nonresponse_check(strata)


@cache
def raked() -> AnswerWeights:
    totals = {"row": {"a": 430, "b": 360, "c": 210}, "column": {"x": 150, "y": 300, "z": 550}}
    return raking_weights([("row", ROW), ("column", COLUMN)], totals)


def raked_cell(row: str, column: str) -> float:
    return float(raked().values[(row == ROW) & (column == COLUMN)].sum())


NUMBERS = (
    Published(
        CHECK, "four hospitals, chi-square of equal rates", FLEISS, 12.6004, 0.5e-4,
        lambda: hospitals().chi_square,
    ),
    Published(
        CHECK, "four hospitals, p", FLEISS, 0.005585, 0.5e-6, lambda: hospitals().p_value
    ),
    *(
        Published(
            RAKING, f"raked table, {row}{column}", TILLE, published, 0.5e-5,
            lambda row=row, column=column: raked_cell(row, column),
        )
        for row, column, published in (
            ("a", "x", 73.00821), ("a", "z", 189.35117), ("b", "y", 66.64927), ("c", "x", 7.60140),
        )
    ),
    Published(
        RAKING, "raked table, design effect", TILLE, 1.02231479, 0.5e-8,
        lambda: raked().design_effect,
    ),
)  # fmt: skip
