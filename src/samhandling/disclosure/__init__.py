"""Suppression of small counts before anything is shown."""

from samhandling.disclosure.attack import (
    Exposure,
    differenced,
    exposures,
    possible_range,
    table_ranges,
)
from samhandling.disclosure.rounding import round_table
from samhandling.disclosure.suppression import suppress
from samhandling.disclosure.table import PublishedTable, with_margins

__all__ = [
    "Exposure",
    "PublishedTable",
    "differenced",
    "exposures",
    "possible_range",
    "round_table",
    "suppress",
    "table_ranges",
    "with_margins",
]
