"""What a trained reporter saw, where and when, and what became of it. Plain Python."""

from datetime import date, datetime, timedelta
from enum import StrEnum

from samhandling_web.base.common.errors import DomainError
from samhandling_web.base.common.text import Text, _


class CategoryKind(StrEnum):
    """What sort of thing a category is. Values are stored: never rename or reuse one."""

    EVENT = "event"
    ENVIRONMENT = "environment"
    SAFE = "safe"
    POSITIVE = "positive"
    RUMOUR = "rumour"
    UPCOMING = "upcoming"


CATEGORY_KINDS: dict[CategoryKind, Text] = {
    CategoryKind.EVENT: _("händelse"),
    CategoryKind.ENVIRONMENT: _("otrygg miljö"),
    CategoryKind.SAFE: _("trygg plats"),
    CategoryKind.POSITIVE: _("positiv förändring"),
    CategoryKind.RUMOUR: _("rykte eller oro"),
    CategoryKind.UPCOMING: _("kommande händelse"),
}
UNSAFE_KINDS = frozenset({CategoryKind.EVENT, CategoryKind.ENVIRONMENT})


class Severity(StrEnum):
    """How serious it was, as the reporter judges. Values are stored."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"


SEVERITIES: dict[Severity, Text] = {
    Severity.GREEN: _("lindrigt"),
    Severity.YELLOW: _("allvarligt"),
    Severity.RED: _("mycket allvarligt"),
}


class Precision(StrEnum):
    """How well the place is known. Values are stored."""

    EXACT = "exact"
    NEAR = "near"
    AROUND = "around"
    NAMED = "named"


PRECISIONS: dict[Precision, Text] = {
    Precision.EXACT: _("just här (inom 25 m)"),
    Precision.NEAR: _("i närheten (inom 100 m)"),
    Precision.AROUND: _("i området (inom 500 m)"),
    Precision.NAMED: _("på en plats med namn"),
}
RADIUS_M: dict[Precision, int] = {
    Precision.EXACT: 25,
    Precision.NEAR: 100,
    Precision.AROUND: 500,
    Precision.NAMED: 250,
}


class Status(StrEnum):
    """What has become of an observation. Values are stored: never rename or reuse one."""

    RECEIVED = "received"
    TAKEN_UP = "taken_up"
    DONE = "done"
    NO_ACTION = "no_action"
    JOINED = "joined"


STATUSES: dict[Status, Text] = {
    Status.RECEIVED: _("mottagen"),
    Status.TAKEN_UP: _("tas upp"),
    Status.DONE: _("åtgärdad"),
    Status.NO_ACTION: _("ingen åtgärd"),
    Status.JOINED: _("hör ihop med en annan"),
}
TRANSITIONS: dict[Status, frozenset[Status]] = {
    Status.RECEIVED: frozenset({Status.TAKEN_UP, Status.DONE, Status.NO_ACTION, Status.JOINED}),
    Status.TAKEN_UP: frozenset({Status.DONE, Status.NO_ACTION}),
    Status.DONE: frozenset({Status.TAKEN_UP}),
    Status.NO_ACTION: frozenset({Status.TAKEN_UP}),
    Status.JOINED: frozenset({Status.RECEIVED}),
}
ANSWER_NEEDED = frozenset({Status.DONE, Status.NO_ACTION})
"""States that are told to the reporter in words."""


# Coded and seen by few: the word itself can endanger somebody.
RESTRICTED_CATEGORIES = frozenset({"honour"})

DUPLICATE_RADIUS_M = 150
DUPLICATE_HOURS = 12
"""Within this distance and time, and of the same category, two observations may be one."""

ACTIVE_WEEKS = 4
"""A reporter is active who has sent something, also that nothing happened, in so many weeks."""


class TransitionNotAllowed(DomainError):
    """The observation cannot move there from where it stands."""

    message = _("En iakttagelse som är {current} kan inte bli {target}. Ladda om sidan.")


class AnswerMissing(DomainError):
    """The reporter is told what became of it, and why."""

    message = _("Skriv vad rapportören ska få veta: vad som gjordes, eller varför inget görs.")


class EndsBeforeStart(DomainError):
    """An interval runs forwards."""

    message = _("Tiden slutar {end} innan den börjar {start}. Välj en senare sluttid.")


class NothingInSending(DomainError):
    """A sending holds at least one observation, or says that there was nothing."""

    message = _(
        "Sändningen är tom. Lägg till en iakttagelse, eller rapportera att det inte hände något."
    )


class PlaceMissing(DomainError):
    """An observation is somewhere."""

    message = _("Säg var det var: peka på kartan, eller skriv namnet på en plats.")


class JoinsItself(DomainError):
    """An observation is joined to another that stands on its own."""

    message = _(
        "Iakttagelsen kan inte höra ihop med sig själv eller med en som redan är hopslagen."
    )


def check_transition(current: Status, target: Status) -> None:
    """Raise TransitionNotAllowed unless `current` may become `target`."""
    if target not in TRANSITIONS[current]:
        raise TransitionNotAllowed(current=STATUSES[current], target=STATUSES[target])


def check_interval(start: datetime, end: datetime) -> None:
    """Raise EndsBeforeStart unless the interval runs forwards."""
    if end < start:
        raise EndsBeforeStart(start=start, end=end)


def week_of(day: date) -> date:
    """Return the Monday of the week that `day` is in."""
    return day - timedelta(days=day.weekday())
