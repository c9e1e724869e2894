"""Reading observations, what lies near them, and the weeks."""

from samhandling_web.observe.observations.selectors.categories import (
    categories_all,
    categories_in_use,
    categories_to_choose,
)
from samhandling_web.observe.observations.selectors.nearness import (
    Near,
    near_observation,
    near_places,
)
from samhandling_web.observe.observations.selectors.observations import (
    ObservationChoice,
    district_names,
    districts_to_choose,
    observations_chosen,
    observations_of_reporter,
    observations_visible_to,
    unanswered_for,
    with_names,
)
from samhandling_web.observe.observations.selectors.reporting import (
    district_of,
    known_place_names,
    organisations_reported_for,
    receipt_of,
)
from samhandling_web.observe.observations.selectors.weeks import (
    compilation_of,
    compilations_of_week,
    weeks_compiled,
    weeks_lacking,
)

__all__ = [
    "Near",
    "ObservationChoice",
    "categories_all",
    "categories_in_use",
    "categories_to_choose",
    "compilation_of",
    "compilations_of_week",
    "district_names",
    "district_of",
    "districts_to_choose",
    "known_place_names",
    "near_observation",
    "near_places",
    "observations_chosen",
    "observations_of_reporter",
    "observations_visible_to",
    "organisations_reported_for",
    "receipt_of",
    "unanswered_for",
    "weeks_compiled",
    "weeks_lacking",
    "with_names",
]
