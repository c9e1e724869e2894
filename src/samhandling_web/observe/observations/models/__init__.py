from samhandling_web.observe.observations.models.compilations import WeeklyCompilation
from samhandling_web.observe.observations.models.observations import (
    Category,
    Observation,
    ObservationStep,
    Sending,
)

__all__ = ["Category", "Observation", "ObservationStep", "Sending", "WeeklyCompilation"]
