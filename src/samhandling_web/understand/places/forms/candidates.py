"""What a person says of a proposed place."""

from typing import Any

from django.utils.translation import gettext as _

from samhandling_web.understand.places.forms.places import PlaceForm
from samhandling_web.understand.places.models import Candidate


class CandidateForm(PlaceForm):
    """The place that a proposal becomes; its whereabouts can be put right."""

    @staticmethod
    def initial_from(candidate: Candidate) -> dict[str, Any]:
        point = [round(candidate.longitude, 6), round(candidate.latitude, 6)]
        return {
            "geometry": {"type": "Point", "coordinates": point},
            "radius_m": candidate.radius_m,
            "kind": "other",
            "name": _("Ny plats"),
        }
