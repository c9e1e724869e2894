"""Survey estimates: proportions, small areas, what a survey can see, and who did not answer."""

from samhandling.survey.change import change_between_waves
from samhandling.survey.nonresponse import (
    NonresponseCheck,
    Reading,
    ShareBounds,
    maximal_bias,
    nonresponse_check,
)
from samhandling.survey.poststratification import (
    PoststratifiedAreas,
    SurveyCells,
    multilevel_poststratification,
)
from samhandling.survey.power import answers_needed, margin, power_of_change, smallest_change_seen
from samhandling.survey.proportion import (
    Proportion,
    exact_interval,
    published_proportion,
    weighted_proportion,
    wilson_interval,
)
from samhandling.survey.random_intercept import RandomInterceptLogit, random_intercept_logit
from samhandling.survey.representativity import (
    PartialIndicator,
    ResponseStrata,
    RIndicator,
    r_indicator,
)
from samhandling.survey.small_areas import SmallAreaEstimates, fay_herriot
from samhandling.survey.weights import AnswerWeights, kish_design_effect, raking_weights

__all__ = [
    "AnswerWeights",
    "NonresponseCheck",
    "PartialIndicator",
    "PoststratifiedAreas",
    "Proportion",
    "RIndicator",
    "RandomInterceptLogit",
    "Reading",
    "ResponseStrata",
    "ShareBounds",
    "SmallAreaEstimates",
    "SurveyCells",
    "answers_needed",
    "change_between_waves",
    "exact_interval",
    "fay_herriot",
    "kish_design_effect",
    "margin",
    "maximal_bias",
    "multilevel_poststratification",
    "nonresponse_check",
    "power_of_change",
    "published_proportion",
    "r_indicator",
    "raking_weights",
    "random_intercept_logit",
    "smallest_change_seen",
    "weighted_proportion",
    "wilson_interval",
]
