"""Forms of places, problems and live questions."""

from samhandling_web.understand.places.forms.candidates import CandidateForm
from samhandling_web.understand.places.forms.live_query import LiveQueryForm
from samhandling_web.understand.places.forms.places import (
    AssessForm,
    FactForm,
    LinkForm,
    PlaceFilterForm,
    PlaceForm,
    PlacePhotosForm,
)
from samhandling_web.understand.places.forms.problems import (
    CauseForm,
    FindingEvidenceForm,
    NoteForm,
    ProblemFilterForm,
    ProblemForm,
    ReasonForm,
    StepForm,
)

__all__ = [
    "AssessForm",
    "CandidateForm",
    "CauseForm",
    "FactForm",
    "FindingEvidenceForm",
    "LinkForm",
    "LiveQueryForm",
    "NoteForm",
    "PlaceFilterForm",
    "PlaceForm",
    "PlacePhotosForm",
    "ProblemFilterForm",
    "ProblemForm",
    "ReasonForm",
    "StepForm",
]
