"""Every change of places, candidates and problems."""

from samhandling_web.understand.places.services.candidates import (
    candidate_accept,
    candidate_dismiss,
    candidates_find,
    candidates_find_enqueue,
)
from samhandling_web.understand.places.services.causes import (
    CauseDetails,
    cause_add,
    cause_edit,
    cause_remove,
    evidence_add,
    evidence_remove,
)
from samhandling_web.understand.places.services.links import (
    findings_link,
    findings_unlink,
    observations_link,
    observations_unlink,
)
from samhandling_web.understand.places.services.places import (
    PlaceDetails,
    place_assess,
    place_create,
    place_edit,
    place_fact_add,
    place_photo_remove,
    place_photos_add,
    places_export_record,
)
from samhandling_web.understand.places.services.problems import (
    ProblemDetails,
    problem_create,
    problem_edit,
    problem_step,
    problems_export_record,
)

__all__ = [
    "CauseDetails",
    "PlaceDetails",
    "ProblemDetails",
    "candidate_accept",
    "candidate_dismiss",
    "candidates_find",
    "candidates_find_enqueue",
    "cause_add",
    "cause_edit",
    "cause_remove",
    "evidence_add",
    "evidence_remove",
    "findings_link",
    "findings_unlink",
    "observations_link",
    "observations_unlink",
    "place_assess",
    "place_create",
    "place_edit",
    "place_fact_add",
    "place_photo_remove",
    "place_photos_add",
    "places_export_record",
    "problem_create",
    "problem_edit",
    "problem_step",
    "problems_export_record",
]
