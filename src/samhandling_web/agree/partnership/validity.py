"""When an agreement holds, and how long a chain of them lasts. Plain Python."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from samhandling_web.agree.partnership.rules import RENEWAL_NOTICE, AgreementKind
from samhandling_web.base.common.text import Text, _

COVERING = frozenset({AgreementKind.COOPERATION_AGREEMENT, AgreementKind.LOCAL_AGREEMENT})
"""Kinds that are written agreements on co-operation in the sense of 8-9 §§ lag (2023:196)."""

ONE_DAY = timedelta(days=1)


class Cover(StrEnum):
    """Whether an area has an agreement on a day. The order here is the order of need."""

    MISSING = "missing"
    EXPIRING = "expiring"
    VALID = "valid"


COVERS: dict[Cover, Text] = {
    Cover.MISSING: _("saknar giltig"),
    Cover.EXPIRING: _("går ut inom ett halvår"),
    Cover.VALID: _("giltig"),
}


@dataclass(frozen=True, slots=True)
class Term:
    """The days on which a signed agreement holds, both counted."""

    first: date
    last: date

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last


def term_of(
    signed_on: date | None, valid_from: date | None, valid_to: date | None, ended_on: date | None
) -> Term | None:
    """Return when a signed agreement holds; None if it never does.

    It binds nobody before it is signed. `ended_on` is the first day on which it no longer holds.
    """
    if signed_on is None or valid_from is None or valid_to is None:
        return None
    first = max(signed_on, valid_from)
    last = valid_to if ended_on is None else min(valid_to, ended_on - ONE_DAY)
    return Term(first, last) if first <= last else None


def last_day_covered(terms: Iterable[Term], day: date) -> date | None:
    """Return the last day in an unbroken row of terms from `day`; None if nothing holds then."""
    covered: date | None = None
    for term in sorted(terms, key=lambda one: (one.first, one.last)):
        if covered is None:
            covered = term.last if term.holds(day) else None
        elif term.first <= covered + ONE_DAY:
            covered = max(covered, term.last)
    return covered


def cover_on(day: date, last_day: date | None) -> Cover:
    """Return how an area is covered on `day` by agreements that last until `last_day`."""
    if last_day is None:
        return Cover.MISSING
    return Cover.EXPIRING if last_day < day + RENEWAL_NOTICE else Cover.VALID
