from samhandling_web.observe.walks.models.findings import (
    Finding,
    FindingLink,
    FindingPhoto,
    FindingStep,
)
from samhandling_web.observe.walks.models.walks import Invitation, Participants, Walk

__all__ = [
    "Finding",
    "FindingLink",
    "FindingPhoto",
    "FindingStep",
    "Invitation",
    "Participants",
    "Walk",
]
