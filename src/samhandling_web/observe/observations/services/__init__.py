"""Every change to observations, their steps and photos, categories and weeks."""

from samhandling_web.observe.observations.services.categories import (
    categories_ensure,
    category_add,
    category_change,
    category_restore,
    category_retire,
)
from samhandling_web.observe.observations.services.exporting import observations_export_record
from samhandling_web.observe.observations.services.photos import photo_receive, photo_remove
from samhandling_web.observe.observations.services.sendings import sending_receive
from samhandling_web.observe.observations.services.steps import (
    observation_done,
    observation_join,
    observation_no_action,
    observation_split,
    observation_take_up,
)
from samhandling_web.observe.observations.services.weeks import week_compile, weeks_compile_lacking

__all__ = [
    "categories_ensure",
    "category_add",
    "category_change",
    "category_restore",
    "category_retire",
    "observation_done",
    "observation_join",
    "observation_no_action",
    "observation_split",
    "observation_take_up",
    "observations_export_record",
    "photo_receive",
    "photo_remove",
    "sending_receive",
    "week_compile",
    "weeks_compile_lacking",
]
