"""Measures: from a problem's cause to what came of it. Plain Python.

Brå's verdict on municipalities' work (2023): problems are not linked to measures, measures are not
followed up, and the work goes on without anybody knowing its effect. The steps here make each of
the three impossible. Lag (2023:196): 5 § the action plan, 6 § its follow-up every second year.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import IntEnum, StrEnum

from samhandling_web.base.common.errors import DomainError
from samhandling_web.base.common.text import Text, _


class Status(StrEnum):
    """Where a measure stands. Values are stored: never rename or reuse one."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    STARTED = "started"
    DONE = "done"
    STOPPED = "stopped"
    FOLLOWED_UP = "followed_up"
    WITHDRAWN = "withdrawn"


STATUSES: dict[Status, Text] = {
    Status.PROPOSED: _("föreslagen"),
    Status.APPROVED: _("beslutad"),
    Status.STARTED: _("pågår"),
    Status.DONE: _("genomförd"),
    Status.STOPPED: _("avbruten"),
    Status.FOLLOWED_UP: _("uppföljd"),
    Status.WITHDRAWN: _("återtagen"),
}
TRANSITIONS: dict[Status, frozenset[Status]] = {
    Status.PROPOSED: frozenset({Status.APPROVED, Status.WITHDRAWN}),
    # Decided but not begun, it can be taken back with a reason; begun, it is followed up.
    Status.APPROVED: frozenset({Status.STARTED, Status.WITHDRAWN}),
    Status.STARTED: frozenset({Status.DONE, Status.STOPPED}),
    Status.DONE: frozenset({Status.FOLLOWED_UP}),
    Status.STOPPED: frozenset({Status.FOLLOWED_UP}),
    # A verdict of "continue" or "change" begins a measure of its own, which points back here.
    Status.FOLLOWED_UP: frozenset(),
    Status.WITHDRAWN: frozenset(),
}
OPEN_STATUSES = frozenset(
    {Status.PROPOSED, Status.APPROVED, Status.STARTED, Status.DONE, Status.STOPPED}
)


class Horizon(StrEnum):
    """When a measure is meant to work. Values are stored."""

    HERE_AND_NOW = "here_and_now"
    LONG_TERM = "long_term"


HORIZONS: dict[Horizon, Text] = {
    Horizon.HERE_AND_NOW: _("här och nu"),
    Horizon.LONG_TERM: _("långsiktigt"),
}


class Kind(StrEnum):
    """What is done. Values are stored: never rename or reuse one."""

    LIGHTING = "lighting"
    UPKEEP = "upkeep"
    REBUILDING = "rebuilding"
    BARRIER = "barrier"
    TUNNEL = "tunnel"
    CAMERA = "camera"
    SOUND_ALARM = "sound_alarm"
    GUARDS = "guards"
    PRESENCE = "presence"
    ACTIVATION = "activation"
    SOCIAL = "social"
    SCHOOL = "school"
    PARENTS = "parents"
    INFORMATION = "information"
    COOPERATION = "cooperation"
    OTHER = "other"


KINDS: dict[Kind, Text] = {
    Kind.LIGHTING: _("belysning"),
    Kind.UPKEEP: _("skötsel och städning"),
    Kind.REBUILDING: _("ombyggnad av plats"),
    Kind.BARRIER: _("fordonshinder"),
    Kind.TUNNEL: _("säkrare gång- och cykelväg"),
    Kind.CAMERA: _("kamerabevakning"),
    Kind.SOUND_ALARM: _("ljudlarm"),
    Kind.GUARDS: _("ordningsvakter"),
    Kind.PRESENCE: _("närvaro av vuxna"),
    Kind.ACTIVATION: _("aktivering av plats"),
    Kind.SOCIAL: _("social insats"),
    Kind.SCHOOL: _("insats i skolan"),
    Kind.PARENTS: _("stöd till föräldrar"),
    Kind.INFORMATION: _("information"),
    Kind.COOPERATION: _("samverkan"),
    Kind.OTHER: _("annat"),
}


class Mechanism(StrEnum):
    """How it is meant to work. The five groups of situational prevention, and two more."""

    EFFORT = "effort"
    RISK = "risk"
    REWARD = "reward"
    PROVOCATION = "provocation"
    EXCUSES = "excuses"
    SUPPORT = "support"
    USE_OF_PLACE = "use_of_place"


MECHANISMS: dict[Mechanism, Text] = {
    Mechanism.EFFORT: _("det blir svårare"),
    Mechanism.RISK: _("det märks oftare"),
    Mechanism.REWARD: _("det lönar sig mindre"),
    Mechanism.PROVOCATION: _("mindre som retar upp"),
    Mechanism.EXCUSES: _("svårare att ursäkta"),
    Mechanism.SUPPORT: _("människor får stöd att göra annat"),
    Mechanism.USE_OF_PLACE: _("fler använder platsen"),
}


class EvaluationLevel(IntEnum):
    """How the effect will be known. The numbers are stored and ordered."""

    NONE = 0
    BEFORE_AFTER = 1
    COMPARISON = 2
    QUASI_EXPERIMENT = 3
    RANDOMISED = 4


EVALUATION_LEVELS: dict[EvaluationLevel, Text] = {
    EvaluationLevel.NONE: _("0 – ingen utvärdering"),
    EvaluationLevel.BEFORE_AFTER: _("1 – före och efter"),
    EvaluationLevel.COMPARISON: _("2 – jämförelse med en annan plats"),
    EvaluationLevel.QUASI_EXPERIMENT: _("3 – jämförelse som tål granskning"),
    EvaluationLevel.RANDOMISED: _("4 – lottning"),
}
EFFECT_KNOWN_FROM = EvaluationLevel.COMPARISON
"""Before and after alone cannot tell a measure's effect from what would have happened anyway."""


class Verdict(StrEnum):
    """What the follow-up leads to. Values are stored."""

    CONTINUE = "continue"
    CHANGE = "change"
    END = "end"


VERDICTS: dict[Verdict, Text] = {
    Verdict.CONTINUE: _("fortsätt"),
    Verdict.CHANGE: _("ändra"),
    Verdict.END: _("avsluta"),
}


class Carried(StrEnum):
    """Whether it was done. "Not done" is another thing than "no effect". Values are stored."""

    AS_PLANNED = "as_planned"
    PARTLY = "partly"
    NOT = "not"


CARRIED: dict[Carried, Text] = {
    Carried.AS_PLANNED: _("som planerat"),
    Carried.PARTLY: _("delvis"),
    Carried.NOT: _("inte alls"),
}


class PlanStatus(StrEnum):
    """Where an action plan stands. Values are stored: never rename or reuse one."""

    DRAFT = "draft"
    ADOPTED = "adopted"
    FOLLOWED_UP = "followed_up"


PLAN_STATUSES: dict[PlanStatus, Text] = {
    PlanStatus.DRAFT: _("utkast"),
    PlanStatus.ADOPTED: _("antagen"),
    PlanStatus.FOLLOWED_UP: _("uppföljd"),
}
PLAN_TRANSITIONS: dict[PlanStatus, frozenset[PlanStatus]] = {
    PlanStatus.DRAFT: frozenset({PlanStatus.ADOPTED}),
    PlanStatus.ADOPTED: frozenset({PlanStatus.FOLLOWED_UP}),
    PlanStatus.FOLLOWED_UP: frozenset(),
}

# 6 § lag (2023:196): the plan is followed up at least every second year, counted as 730 days.
LONGEST_WITHOUT_FOLLOW_UP = timedelta(days=730)

# What a measure must say before it is approved, in the order in which it is asked for.
NEEDED_FOR_APPROVAL: dict[str, Text] = {
    "problem": _("vilket problem den ska lösa"),
    "cause": _("vilken orsak den angriper"),
    "mechanism": _("hur den är tänkt att verka"),
    "kind": _("vad som görs"),
    "horizon": _("om den är här och nu eller långsiktig"),
    "portfolio": _("vems politiska ansvar den är"),
    "owner": _("vilken organisation som genomför den"),
    "where": _("vilken plats eller vilket område"),
    "cost": _("vad den kostar, också om det är noll"),
    "start_on": _("när den börjar"),
    "end_on": _("när den slutar"),
    "indicator": _("vilken indikator som ska ändras"),
    "evaluation_level": _("hur effekten ska utvärderas"),
    "follow_up_on": _("när den följs upp"),
}


class TransitionNotAllowed(DomainError):
    """The measure cannot move there from where it stands."""

    message = _("En åtgärd som är {current} kan inte bli {target}. Ladda om sidan.")


class PlanTransitionNotAllowed(DomainError):
    """The plan cannot move there from where it stands."""

    message = _("En åtgärdsplan som är {current} kan inte bli {target}. Ladda om sidan.")


class NotReadyForApproval(DomainError):
    """No measure without a problem, a cause, a mechanism, an indicator, an owner and a date."""

    message = _("Åtgärden kan inte beslutas än. Det saknas: {missing}.")


class NoDosePlanned(DomainError):
    """What is not counted while it goes on cannot be followed up after."""

    message = _(
        "Åtgärden kan inte börja förrän det är bestämt vad som ska räknas medan den pågår: hur "
        "många timmar, lampor, tillfällen eller annat, och hur mycket som är planerat."
    )


class FollowUpIncomplete(DomainError):
    """A follow-up says whether it was done, how much, what changed and what now."""

    message = _("Uppföljningen är inte fullständig. Det saknas: {missing}.")


class MeasureIsFixed(DomainError):
    """What was decided is not edited: the baseline would move with it."""

    message = _(
        "Åtgärden är {current} och kan inte ändras. Återta den eller följ upp den, och föreslå "
        "en ny."
    )


class ReasonMissing(DomainError):
    """Whoever comes next must know why."""

    message = _("Skriv varför, så att den som kommer efter vet.")


class DatesBackwards(DomainError):
    """A measure ends after it begins and is followed up after that."""

    message = _("Datumen går inte ihop: {explanation}")


class PlanIncomplete(DomainError):
    """An action plan rests on a picture and holds approved measures."""

    message = _("Åtgärdsplanen kan inte antas. Det saknas: {missing}.")


def check_transition(current: Status, target: Status) -> None:
    """Raise TransitionNotAllowed unless `current` may become `target`."""
    if target not in TRANSITIONS[current]:
        raise TransitionNotAllowed(current=STATUSES[current], target=STATUSES[target])


def check_plan_transition(current: PlanStatus, target: PlanStatus) -> None:
    """Raise PlanTransitionNotAllowed unless `current` may become `target`."""
    if target not in PLAN_TRANSITIONS[current]:
        raise PlanTransitionNotAllowed(current=PLAN_STATUSES[current], target=PLAN_STATUSES[target])


def missing_for_approval(has: Mapping[str, bool]) -> list[Text]:
    """Name everything that a measure lacks, all at once; `has` answers for each need."""
    return [label for need, label in NEEDED_FOR_APPROVAL.items() if not has.get(need, False)]


def check_dates(start_on: date | None, end_on: date | None, follow_up_on: date | None) -> None:
    """Raise DatesBackwards unless the days that are known come in order."""
    if start_on and end_on and end_on < start_on:
        raise DatesBackwards(explanation=str(_("den slutar innan den börjar.")))
    if end_on and follow_up_on and follow_up_on < end_on:
        raise DatesBackwards(explanation=str(_("den följs upp innan den är slut.")))
