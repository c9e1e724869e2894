from samhandling_web.observe.observations.models.compilations import WeeklyCompilation
from samhandling_web.observe.observations.models.observations import (
    Category,
    Observation,
    ObservationPhoto,
    ObservationStep,
    Sending,
)

__all__ = [
    "Category",
    "Observation",
    "ObservationPhoto",
    "ObservationStep",
    "Sending",
    "WeeklyCompilation",
]
