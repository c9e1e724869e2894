"""Suppression of small counts before anything is shown."""

from samhandling.disclosure.attack import (
    Exposure,
    differenced,
    exposures,
    possible_range,
    table_ranges,
)
from samhandling.disclosure.cell_key import RoundedRelease, round_over_time
from samhandling.disclosure.joint_attack import (
    JointExposure,
    JointRanges,
    Protection,
    joint_exposures,
    joint_ranges,
)
from samhandling.disclosure.ledger import (
    FinestCells,
    Layout,
    Ledger,
    Release,
    figures,
    whole_table,
    with_total,
)
from samhandling.disclosure.rounding import round_table
from samhandling.disclosure.suppression import suppress
from samhandling.disclosure.suppression_over_time import AlreadyGivenAway, suppress_over_time
from samhandling.disclosure.table import PublishedTable, with_margins

__all__ = [
    "AlreadyGivenAway",
    "Exposure",
    "FinestCells",
    "JointExposure",
    "JointRanges",
    "Layout",
    "Ledger",
    "Protection",
    "PublishedTable",
    "Release",
    "RoundedRelease",
    "differenced",
    "exposures",
    "figures",
    "joint_exposures",
    "joint_ranges",
    "possible_range",
    "round_over_time",
    "round_table",
    "suppress",
    "suppress_over_time",
    "table_ranges",
    "whole_table",
    "with_margins",
    "with_total",
]
