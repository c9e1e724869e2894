"""Invented towns with known truth, for demonstrations and for tests that recover the truth."""

from samhandling.synthetic.grankoping import GRANKOPING
from samhandling.synthetic.making import make_town
from samhandling.synthetic.plan import TownPlan
from samhandling.synthetic.town import EventChunk, Feature, Town
from samhandling.synthetic.towns import PLANS
from samhandling.synthetic.truth import EventTruth, TownTruth
from samhandling.synthetic.vintersele import VINTERSELE

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
