"""Places an event in the neighbourhood that its own text names, or abstains.

Names come in as data; the rules here are those of the Swedish language and of police notices.
"""

from samhandling.sources.gazetteer.gazetteer import MINIMUM_CONFIDENCE, Gazetteer
from samhandling.sources.gazetteer.placement import (
    ABSTENTION_TEXT,
    REASON_TEXT,
    Abstention,
    Evidence,
    Field,
    Placement,
    Reason,
    RejectedCandidate,
)
from samhandling.sources.gazetteer.vocabulary import Alias, Entry, NameKind

__all__ = [
    "ABSTENTION_TEXT",
    "MINIMUM_CONFIDENCE",
    "REASON_TEXT",
    "Abstention",
    "Alias",
    "Entry",
    "Evidence",
    "Field",
    "Gazetteer",
    "NameKind",
    "Placement",
    "Reason",
    "RejectedCandidate",
]
