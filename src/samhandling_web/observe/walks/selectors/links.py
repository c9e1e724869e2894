"""Finding the link that a key opens. Of the key, only its checksum is stored."""

from datetime import datetime
from hashlib import sha256

from samhandling_web.observe.walks.models import FindingLink
from samhandling_web.observe.walks.rules import LinkNotValid


def key_hash(key: str) -> str:
    """Return what is stored of a key."""
    return sha256(key.encode()).hexdigest()


def link_by_key(key: str, now: datetime) -> FindingLink:
    """Return the link that the key opens.

    Raises
    ------
    LinkNotValid
        If there is none, or it is withdrawn or too old.
    """
    links = FindingLink.objects.select_related(
        "organisation", "finding__category", "finding__walk__organiser", "finding__owner"
    )
    link = links.filter(
        key_hash=key_hash(key), withdrawn_at__isnull=True, expires_at__gt=now
    ).first()
    if link is None:
        raise LinkNotValid
    return link
