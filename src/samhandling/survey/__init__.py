"""Survey estimates: weighted proportions, design effects, what a survey can and cannot see."""

from samhandling.survey.change import change_between_waves
from samhandling.survey.power import answers_needed, margin, power_of_change, smallest_change_seen
from samhandling.survey.proportion import (
    Proportion,
    exact_interval,
    published_proportion,
    weighted_proportion,
    wilson_interval,
)
from samhandling.survey.small_areas import SmallAreaEstimates, fay_herriot

__all__ = [
    "Proportion",
    "SmallAreaEstimates",
    "answers_needed",
    "change_between_waves",
    "exact_interval",
    "fay_herriot",
    "margin",
    "power_of_change",
    "published_proportion",
    "smallest_change_seen",
    "weighted_proportion",
    "wilson_interval",
]
