"""Safety walks: three meetings, findings, and an answer to each finding. Plain Python.

Method: Boverket's and Brå's guidance on safety walks: meet before, walk, and meet again two to
three weeks later, where those responsible say what they will do.
"""

from datetime import date, timedelta
from enum import StrEnum

from samhandling_web.base.common.errors import DomainError
from samhandling_web.base.common.text import Text, _
from samhandling_web.base.common.working_days import add_working_days


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
    FindingStatus.OPEN: frozenset(
        {FindingStatus.WILL_DO, FindingStatus.WILL_NOT, FindingStatus.DONE}
    ),
    FindingStatus.WILL_DO: frozenset({FindingStatus.DONE, FindingStatus.WILL_NOT}),
    FindingStatus.WILL_NOT: frozenset({FindingStatus.WILL_DO}),
    FindingStatus.DONE: frozenset(),
}

# Through a link an organisation answers once, and may later say that it is done.
LINK_ANSWERS: dict[FindingStatus, frozenset[FindingStatus]] = {
    FindingStatus.OPEN: FINDING_TRANSITIONS[FindingStatus.OPEN],
    FindingStatus.WILL_DO: frozenset({FindingStatus.DONE}),
    FindingStatus.WILL_NOT: frozenset(),
    FindingStatus.DONE: frozenset(),
}
# While people walk, and until what they saw has been answered in front of them.
TAKING_FINDINGS = frozenset({Status.PLANNED, Status.WALKED})
# What is promised is also done, and told, after the walk is closed.
ANSWERING = frozenset({Status.WALKED, Status.FED_BACK, Status.CLOSED})
NOTIFYING = frozenset({Status.FED_BACK, Status.CLOSED})


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

# What is recorded of a walk, as its history tells it.
ACTS: dict[str, Text] = {
    "walks.walk.planned": _("Planerad"),
    "walks.walk.edited": _("Planen ändrad"),
    "walks.walk.cancelled": _("Inställd"),
    "walks.walk.walked": _("Genomförd"),
    "walks.walk.fed_back": _("Återkopplad"),
    "walks.walk.notified": _("Besked lämnat till deltagarna"),
    "walks.walk.closed": _("Avslutad"),
    "walks.walk.exported": _("Hämtad som fil"),
}

MOST_PARTICIPANTS = 20
MOST_PHOTOS = 2
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


class WalkIncomplete(DomainError):
    """A walk that has been walked says when, in what light and who came."""

    message = _("Uppgifterna räcker inte. Det saknas: {missing}.")


class DayNotPossible(DomainError):
    """A day lies before what it follows, or ahead of what has happened."""

    message = _("Dagen {day} går inte: {why}.")


class PlanIsFixed(DomainError):
    """What people were asked to is not rewritten afterwards."""

    message = _("Vandringen är {current} och planen kan inte ändras. Planera en ny vandring.")


class HasFindings(DomainError):
    """A walk with findings has been walked."""

    message = _(
        "Vandringen har {count} fynd och kan inte ställas in. Registrera den som genomförd."
    )


class NotTakingFindings(DomainError):
    """Findings are made on the walk."""

    message = _(
        "Vandringen tar inte emot fynd: den är {current}. Fynd läggs till från vandringens dag "
        "till återkopplingsmötet. Skicka annars en iakttagelse."
    )


class NotYetWalked(DomainError):
    """Findings are answered when all of them are known."""

    message = _(
        "Vandringen är {current}. Fynd besvaras när den är genomförd: registrera det först."
    )


class PlaceMissing(DomainError):
    """A finding is somewhere."""

    message = _("Säg var det är: använd telefonens läge, eller skriv namnet på platsen.")


class FindingElsewhere(DomainError):
    """The finding's own mark belongs to a finding of another walk."""

    message = _("Fyndet är redan mottaget på en annan vandring. Lägg till det på nytt.")


class RepeatsAnother(DomainError):
    """Found again is what was found on the walk that is repeated."""

    message = _("Fyndet som ses igen hör inte till den förra vandringen. Välj ur dess lista.")


class TooManyPhotos(DomainError):
    """A few pictures say what there is to see."""

    message = _("Högst {most} foton åt gången till ett fynd. Välj de tydligaste.")


class OwnerIsFixed(DomainError):
    """Who answered keeps the answer."""

    message = _("Fyndet är {current} och byter inte ansvarig. Det görs innan det har besvarats.")


class LinkForAnother(DomainError):
    """A link goes to the organisation that should answer."""

    message = _("Fyndet ligger hos {owner}. Byt ansvarig först, eller skicka länken dit.")


class AnsweredAlready(DomainError):
    """Through a link there is one answer, and later that it is done."""

    message = _("Fyndet är redan besvarat: {current}. Svara på mejlet om svaret ska ändras.")


class ReasonMissing(DomainError):
    """Those who were asked to come are told why."""

    message = _("Skriv varför vandringen ställs in, så att de inbjudna kan få veta det.")


class NoticeMissing(DomainError):
    """Nobody is told by an empty text."""

    message = _("Beskedet är tomt. Skriv vad deltagarna ska få veta, eller ta fram ett förslag.")


class NoticeTooEarly(DomainError):
    """Participants are told when those responsible have answered."""

    message = _(
        "Vandringen är {current}. Beskedet lämnas efter återkopplingsmötet: registrera det först."
    )


class TooManyTries(DomainError):
    """Somebody, or a program, asks more often than a person does."""

    message = _("Det blev för många försök. Vänta en stund och öppna länken igen.")
    status = 429


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
    target: FindingStatus,
    *,
    why: str,
    deadline: date | None,
    has_owner: bool,
    done_on: date | None = None,
) -> None:
    """Raise DecisionIncomplete naming everything an answer lacks."""
    asked: dict[FindingStatus, list[tuple[object, Text]]] = {
        FindingStatus.WILL_NOT: [(why.strip(), _("varför inget görs"))],
        FindingStatus.WILL_DO: [
            (deadline, _("när det är klart")),
            (has_owner, _("vem som gör det")),
        ],
        FindingStatus.DONE: [(done_on, _("vilken dag det blev gjort"))],
    }
    missing = [str(text) for value, text in asked.get(target, []) if not value]
    if missing:
        raise DecisionIncomplete(missing="; ".join(missing))


def check_days(
    *, deadline: date | None, done_on: date | None, walked_on: date, today: date
) -> None:
    """Raise DayNotPossible if a promise lies behind us, or what is done ahead of us."""
    if deadline is not None and deadline < today:
        raise DayNotPossible(day=deadline, why=_("det ska vara klart i dag eller senare"))
    if done_on is not None and done_on > today:
        raise DayNotPossible(day=done_on, why=_("den ligger i framtiden"))
    if done_on is not None and done_on < walked_on:
        raise DayNotPossible(day=done_on, why=_("den ligger före vandringen"))


def check_taking_findings(current: Status, planned_on: date, today: date) -> None:
    """Raise NotTakingFindings unless it is the walk's day, or later but not yet fed back."""
    if current not in TAKING_FINDINGS or today < planned_on:
        raise NotTakingFindings(current=STATUSES[current])


def check_answering(current: Status) -> None:
    """Raise NotYetWalked unless the walk's findings may be answered."""
    if current not in ANSWERING:
        raise NotYetWalked(current=STATUSES[current])


def check_link_answer(current: FindingStatus, target: FindingStatus) -> None:
    """Raise AnsweredAlready unless a link may still give that answer."""
    if target not in LINK_ANSWERS[current]:
        raise AnsweredAlready(current=FINDING_STATUSES[current])


def needs_answer(*, is_safe: bool, suggestion: str) -> bool:
    """Whether somebody has to answer: not for a safe place where nothing is asked for."""
    return not is_safe or bool(suggestion.strip())


def answer_due(walked_on: date, feedback_on: date | None) -> date:
    """Return the day of the meeting where it is answered, or a fixed time after the walk."""
    return feedback_on or add_working_days(walked_on, ANSWER_WITHIN_WORKING_DAYS)
