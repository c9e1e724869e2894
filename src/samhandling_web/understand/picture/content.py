"""What an adopted picture's checksum covers: everything a reader can see of it."""

import hashlib
import json

from samhandling_web.understand.picture.models import Picture

COVERED = (
    "kind",
    "title",
    "area_id",
    "area_name",
    "organisation_id",
    "version",
    "previous_id",
    "mapping",
    "other_information",
    "analysis",
    "see_also",
    "figures",
    "data_version",
    "code_version",
    "adopted_by_id",
    "case_number",
)
COVERED_DATES = ("period_start", "period_end", "adopted_on")


def content_hash(picture: Picture) -> str:
    """Return the SHA-256 of what the picture says and of the decision on it."""
    content = {name: getattr(picture, name) for name in COVERED}
    content |= {name: getattr(picture, name).isoformat() for name in COVERED_DATES}
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
