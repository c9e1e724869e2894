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
GOOD_KINDS = frozenset({CategoryKind.SAFE, CategoryKind.POSITIVE})
"""What is good is not more or less serious: nobody is asked, and it is stored as the mildest."""


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
COMPARED_WEEKS = 8
"""A week is compared with the same district's mean over so many weeks before it."""

ANSWER_DAYS = 7
"""So many days after it came, an observation that nobody has answered is overdue."""
MOST_PHOTOS = 3
MOST_IN_SENDING = 30
# A telephone's clock may be a little fast.
CLOCK_SLACK = timedelta(minutes=15)


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


class HasJoined(DomainError):
    """Others stand on this one; it is they that would be left without."""

    message = _(
        "{count} andra iakttagelser hör ihop med den här. Slå ihop åt andra hållet, eller dela "
        "dem först."
    )


class UnknownCategory(DomainError):
    """The category is not among those in use."""

    message = _("Kategorin {category} används inte längre. Välj en annan.")


class InTheFuture(DomainError):
    """Only what is coming may lie ahead."""

    message = _(
        "Tiden {start} ligger framåt. Välj en tidigare tid, eller kategorin för något som är på "
        "gång."
    )


class NotAPlaceOnTheMap(DomainError):
    """The geometry cannot be drawn."""

    message = _("Läget går inte att rita. Peka på kartan igen, eller skriv platsens namn.")


class NotNear(DomainError):
    """What an observation is joined to as it is sent must be one that was shown as near."""

    message = _("Den iakttagelsen är inte längre en av dem intill. Skicka din som en egen.")


class TooManyInSending(DomainError):
    """More than somebody has seen."""

    message = _("{count} iakttagelser är fler än {most} på en gång. Skicka dem i flera omgångar.")


class TooManyPhotos(DomainError):
    """A few pictures say what there is to see."""

    message = _("Iakttagelsen har redan {most} foton. Välj de viktigaste.")


class WrittenByAnother(DomainError):
    """A telephone may be shared; a report is sent by the person who wrote it."""

    message = _(
        "Rapporten skrevs av någon annan. Den ligger kvar i telefonen tills den personen loggar in."
    )
    status = 403


class ChooseOrganisation(DomainError):
    """A report comes from an organisation."""

    message = _("Välj vilken av dina organisationer du rapporterar för.")


class CategoryExists(DomainError):
    """Two categories of one name cannot be told apart."""

    message = _("Det finns redan en kategori som heter {name}. Välj ett annat namn.")


class LastOfItsKind(DomainError):
    """Reporters must be able to say every kind of thing."""

    message = _(
        "{name} är den enda kategorin för {kind}. Lägg till en annan innan du tar den ur bruk."
    )


class WeekNotOver(DomainError):
    """A week is compiled when it is over, once."""

    message = _("Veckan som börjar {week} är inte slut. Den sammanställs måndagen efter.")


class NotAMonday(DomainError):
    """A week is named by its Monday."""

    message = _("{day} är ingen måndag. Ange den måndag då veckan börjar.")


class TooManyToExport(DomainError):
    """A file that no program opens helps nobody."""

    message = _("{count} iakttagelser är fler än {limit}. Välj en kortare tid eller ett område.")


def check_transition(current: Status, target: Status) -> None:
    """Raise TransitionNotAllowed unless `current` may become `target`."""
    if target not in TRANSITIONS[current]:
        raise TransitionNotAllowed(current=STATUSES[current], target=STATUSES[target])


def check_interval(start: datetime, end: datetime) -> None:
    """Raise EndsBeforeStart unless the interval runs forwards."""
    if end < start:
        raise EndsBeforeStart(start=f"{start:%Y-%m-%d %H:%M}", end=f"{end:%Y-%m-%d %H:%M}")


def severity_of(kind: CategoryKind, said: Severity) -> Severity:
    """Return how serious something of a kind is, given what was said of it."""
    return Severity.GREEN if kind in GOOD_KINDS else said


def check_answer(target: Status, answer: str) -> None:
    """Raise AnswerMissing if the reporter would be told nothing of how it ended."""
    if target in ANSWER_NEEDED and not answer.strip():
        raise AnswerMissing


def check_not_ahead(kind: CategoryKind, start: datetime, now: datetime) -> None:
    """Raise InTheFuture unless it has begun, or is something that is coming."""
    if kind is not CategoryKind.UPCOMING and start > now + CLOCK_SLACK:
        raise InTheFuture(start=f"{start:%Y-%m-%d %H:%M}")


def check_week(week: date, today: date) -> None:
    """Raise NotAMonday or WeekNotOver unless the week that begins on `week` can be compiled."""
    if week.weekday():
        raise NotAMonday(day=week)
    if today < week + timedelta(days=7):
        raise WeekNotOver(week=week)


def due_day(received: date) -> date:
    """Return the last day on which an observation should have got its answer."""
    return received + timedelta(days=ANSWER_DAYS)


def week_of(day: date) -> date:
    """Return the Monday of the week that `day` is in."""
    return day - timedelta(days=day.weekday())
