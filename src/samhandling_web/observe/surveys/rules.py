"""What a survey result's figures rest on, and what may be compared. Plain Python."""

from enum import StrEnum

from samhandling_web.base.common.errors import DomainError
from samhandling_web.base.common.text import Text, _


class NBasis(StrEnum):
    """What a published number of answers counts. Values are stored."""

    ITEM = "item"
    WHOLE_SURVEY = "whole_survey"
    UNKNOWN = "unknown"


N_BASES: dict[NBasis, Text] = {
    NBasis.ITEM: _("svar på frågan"),
    NBasis.WHOLE_SURVEY: _("svar på hela undersökningen"),
    NBasis.UNKNOWN: _("okänt"),
}


class IntervalOrigin(StrEnum):
    """Where an interval comes from. Values are stored."""

    PUBLISHED = "published"
    COMPUTED = "computed"
    NONE = "none"


INTERVAL_ORIGINS: dict[IntervalOrigin, Text] = {
    IntervalOrigin.PUBLISHED: _("publicerat"),
    IntervalOrigin.COMPUTED: _("beräknat här"),
    IntervalOrigin.NONE: _("saknas"),
}

# Stratified surveys with unequal allocation and weights for non-response lose some precision;
# without the publisher's own design effect this is taken, and shown beside the interval.
ASSUMED_DESIGN_EFFECT = 1.3


class WordingsDiffer(DomainError):
    message = _(
        "Resultaten kommer från frågor med olika lydelse eller olika svar som räknas. "
        "De kan visas bredvid varandra men inte jämföras."
    )


def check_comparable(first: tuple[str, str], second: tuple[str, str]) -> None:
    """Raise WordingsDiffer unless two (wording, cut) are the same question."""
    if first != second:
        raise WordingsDiffer
