"""Invented towns with known truth, for demonstrations and for tests that recover the truth."""

from samhandling.synthetic.plan import TownPlan
from samhandling.synthetic.town import EventChunk, Feature, Town, make_town
from samhandling.synthetic.towns import GRANKOPING, PLANS, VINTERSELE
from samhandling.synthetic.truth import EventTruth, TownTruth

__all__ = [
    "GRANKOPING",
    "PLANS",
    "VINTERSELE",
    "EventChunk",
    "EventTruth",
    "Feature",
    "Town",
    "TownPlan",
    "TownTruth",
    "make_town",
]
