"""Safety walks: three meetings, findings, and an answer to each finding. Plain Python.

Method: Boverket's and Brå's guidance on safety walks: meet before, walk, and meet again two to
three weeks later, where those responsible say what they will do.
"""

from datetime import date, timedelta
from enum import StrEnum

from samhandling_web.base.common.errors import DomainError
from samhandling_web.base.common.text import Text, _


class Status(StrEnum):
    """Where a walk stands. Values are stored: never rename or reuse one."""

    PLANNED = "planned"
    WALKED = "walked"
    FED_BACK = "fed_back"
    CLOSED = "closed"
    CANCELLED = "cancelled"


STATUSES: dict[Status, Text] = {
    Status.PLANNED: _("planerad"),
    Status.WALKED: _("genomförd"),
    Status.FED_BACK: _("återkopplad"),
    Status.CLOSED: _("avslutad"),
    Status.CANCELLED: _("inställd"),
}
TRANSITIONS: dict[Status, frozenset[Status]] = {
    Status.PLANNED: frozenset({Status.WALKED, Status.CANCELLED}),
    Status.WALKED: frozenset({Status.FED_BACK}),
    Status.FED_BACK: frozenset({Status.CLOSED}),
    Status.CLOSED: frozenset(),
    Status.CANCELLED: frozenset(),
}


class FindingStatus(StrEnum):
    """Where a finding stands. Values are stored: never rename or reuse one."""

    OPEN = "open"
    WILL_DO = "will_do"
    WILL_NOT = "will_not"
    DONE = "done"


FINDING_STATUSES: dict[FindingStatus, Text] = {
    FindingStatus.OPEN: _("utan svar"),
    FindingStatus.WILL_DO: _("ska göras"),
    FindingStatus.WILL_NOT: _("görs inte"),
    FindingStatus.DONE: _("gjord"),
}
FINDING_TRANSITIONS: dict[FindingStatus, frozenset[FindingStatus]] = {
    FindingStatus.OPEN: frozenset({FindingStatus.WILL_DO, FindingStatus.WILL_NOT}),
    FindingStatus.WILL_DO: frozenset({FindingStatus.DONE, FindingStatus.WILL_NOT}),
    FindingStatus.WILL_NOT: frozenset({FindingStatus.WILL_DO}),
    FindingStatus.DONE: frozenset(),
}


class Light(StrEnum):
    """How light it was. Values are stored."""

    DAYLIGHT = "daylight"
    DUSK = "dusk"
    DARK = "dark"


LIGHTS: dict[Light, Text] = {
    Light.DAYLIGHT: _("dagsljus"),
    Light.DUSK: _("skymning"),
    Light.DARK: _("mörker"),
}


class Sex(StrEnum):
    """Who came, as a count. Values are stored."""

    WOMEN = "women"
    MEN = "men"
    OTHER = "other"


SEXES: dict[Sex, Text] = {
    Sex.WOMEN: _("kvinnor och flickor"),
    Sex.MEN: _("män och pojkar"),
    Sex.OTHER: _("annat eller okänt"),
}


class AgeBand(StrEnum):
    """How old they were, as bands. Values are stored."""

    UNDER_16 = "0-15"
    YOUNG = "16-24"
    ADULT = "25-64"
    OLD = "65-"


AGE_BANDS: dict[AgeBand, Text] = {
    AgeBand.UNDER_16: _("0–15 år"),
    AgeBand.YOUNG: _("16–24 år"),
    AgeBand.ADULT: _("25–64 år"),
    AgeBand.OLD: _("65 år och äldre"),
}


class CostClass(StrEnum):
    """How much the suggestion costs, roughly. Values are stored."""

    NONE = "none"
    UPKEEP = "upkeep"
    INVESTMENT = "investment"
    UNKNOWN = "unknown"


COST_CLASSES: dict[CostClass, Text] = {
    CostClass.NONE: _("kostar inget"),
    CostClass.UPKEEP: _("ryms i skötseln"),
    CostClass.INVESTMENT: _("kräver en investering"),
    CostClass.UNKNOWN: _("vet inte"),
}


class PhotoMoment(StrEnum):
    """Whether a photo shows how it was or how it became. Values are stored."""

    BEFORE = "before"
    AFTER = "after"


PHOTO_MOMENTS: dict[PhotoMoment, Text] = {
    PhotoMoment.BEFORE: _("före"),
    PhotoMoment.AFTER: _("efter"),
}

MOST_PARTICIPANTS = 20
FEEDBACK_WITHIN = timedelta(weeks=3)
ANSWER_WITHIN_WORKING_DAYS = 15
LINK_LASTS = timedelta(days=60)


class TransitionNotAllowed(DomainError):
    """The walk cannot move there from where it stands."""

    message = _("En trygghetsvandring som är {current} kan inte bli {target}. Ladda om sidan.")


class FindingTransitionNotAllowed(DomainError):
    """The finding cannot move there from where it stands."""

    message = _("Ett fynd som är {current} kan inte bli {target}. Ladda om sidan.")


class DecisionIncomplete(DomainError):
    """An answer says who and when, or why not."""

    message = _("Svaret är inte fullständigt. Det saknas: {missing}.")


class FindingsUnanswered(DomainError):
    """A walk is over when everybody who came can be told what became of what they said."""

    message = _(
        "{count} fynd saknar svar. Be ansvarig organisation svara, eller besluta att inget görs "
        "och skriv varför."
    )


class LinkNotValid(DomainError):
    """The link is old, withdrawn or not one of ours."""

    message = _(
        "Länken gäller inte längre. Be den som bjöd in dig om en ny, eller svara på mejlet."
    )
    status = 404


def check_transition(current: Status, target: Status) -> None:
    """Raise TransitionNotAllowed unless `current` may become `target`."""
    if target not in TRANSITIONS[current]:
        raise TransitionNotAllowed(current=STATUSES[current], target=STATUSES[target])


def check_finding_transition(current: FindingStatus, target: FindingStatus) -> None:
    """Raise FindingTransitionNotAllowed unless `current` may become `target`."""
    if target not in FINDING_TRANSITIONS[current]:
        raise FindingTransitionNotAllowed(
            current=FINDING_STATUSES[current], target=FINDING_STATUSES[target]
        )


def check_decision(
    target: FindingStatus, *, why: str, deadline: date | None, has_owner: bool
) -> None:
    """Raise DecisionIncomplete naming everything an answer lacks."""
    missing: list[Text] = []
    if target == FindingStatus.WILL_NOT and not why.strip():
        missing.append(_("varför inget görs"))
    if target == FindingStatus.WILL_DO and deadline is None:
        missing.append(_("när det är klart"))
    if target == FindingStatus.WILL_DO and not has_owner:
        missing.append(_("vem som gör det"))
    if missing:
        raise DecisionIncomplete(missing="; ".join(str(text) for text in missing))
