from samhandling_web.understand.places.models.candidates import Candidate
from samhandling_web.understand.places.models.places import (
    Place,
    PlaceAssessment,
    PlaceFact,
    PlaceFinding,
    PlaceObservation,
    PlacePhoto,
)
from samhandling_web.understand.places.models.problems import (
    Cause,
    CauseEvidence,
    Problem,
    ProblemStep,
    Why,
)

__all__ = [
    "Candidate",
    "Cause",
    "CauseEvidence",
    "Place",
    "PlaceAssessment",
    "PlaceFact",
    "PlaceFinding",
    "PlaceObservation",
    "PlacePhoto",
    "Problem",
    "ProblemStep",
    "Why",
]
