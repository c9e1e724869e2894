"""Measures: from a problem's cause to what came of it. Plain Python.

Brå's verdict on municipalities' work (2023): problems are not linked to measures, measures are not
followed up, and the work goes on without anybody knowing its effect. The steps here make each of
the three impossible. Lag (2023:196): 5 § the action plan, 6 § its follow-up every second year.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from enum import IntEnum, StrEnum

from samhandling_web.agree.measures.refusals import (
    DatesBackwards,
    DayWrong,
    PlanTransitionNotAllowed,
    TransitionNotAllowed,
)
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
    # 6 §: at least every second year, and a plan may be in force for longer than that.
    PlanStatus.FOLLOWED_UP: frozenset({PlanStatus.FOLLOWED_UP}),
}

# What may be said of the effect at each level: before and after is not an effect.
EFFECT_WORDS: dict[EvaluationLevel, Text] = {
    EvaluationLevel.NONE: _(
        "Ingen utvärdering är gjord. Vad åtgärden har betytt går inte att säga: förändringen kan "
        "bero på annat."
    ),
    EvaluationLevel.BEFORE_AFTER: _(
        "Före och efter visar om något har ändrats, inte vad det beror på: förändringen kan bero "
        "på annat, som årstid, anmälningsvilja eller andra insatser."
    ),
    EvaluationLevel.COMPARISON: _(
        "Jämförelsen med en annan plats gör det troligare att förändringen hör ihop med åtgärden. "
        "Platserna kan skilja sig åt på annat sätt."
    ),
    EvaluationLevel.QUASI_EXPERIMENT: _(
        "Jämförelsen tål granskning. Säg effekten med dess osäkerhet, inte bara dess riktning."
    ),
    EvaluationLevel.RANDOMISED: _(
        "Lottningen gör att skillnaden kan tillskrivas åtgärden, inom osäkerhetsintervallet."
    ),
}
NEEDED_FOR_FOLLOW_UP: dict[str, Text] = {
    "carried": _("om den blev gjord"),
    "result": _("vad som ändrades"),
    "outcome": _("indikatorns värde efteråt, med källa och dag"),
    "reached_level": _("på vilken nivå den är utvärderad"),
    "verdict": _("slutsatsen: fortsätt, ändra eller avsluta"),
    "verdict_reason": _("varför slutsatsen är den"),
}
NEEDED_FOR_PLAN: dict[str, Text] = {
    "picture": _("en antagen lägesbild som den bygger på"),
    "introduction": _("en inledning"),
    "measures": _("minst en beslutad åtgärd"),
    "body": _("vilket organ som beslutat"),
    "day": _("beslutsdatum"),
    "case_number": _("diarienummer"),
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
    "where": _("var den görs: en plats, ett område eller hela kommunen"),
    "cost": _("vad den kostar, också om det är noll"),
    "start_on": _("när den börjar"),
    "end_on": _("när den slutar"),
    "indicator": _("vilken indikator som ska ändras"),
    "evaluation_level": _("hur effekten ska utvärderas"),
    "follow_up_on": _("när den följs upp"),
}


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
    return missing_in(NEEDED_FOR_APPROVAL, has)


def check_dates(start_on: date | None, end_on: date | None, follow_up_on: date | None) -> None:
    """Raise DatesBackwards unless the days that are known come in order."""
    if start_on and end_on and end_on < start_on:
        raise DatesBackwards(explanation=str(_("den slutar innan den börjar.")))
    if end_on and follow_up_on and follow_up_on < end_on:
        raise DatesBackwards(explanation=str(_("den följs upp innan den är slut.")))


def check_follow_up_day(
    on: date, adopted_on: date | None, followed_on: date | None, today: date
) -> None:
    """Raise DayWrong unless `on` is not ahead and comes after what is followed up already.

    A follow-up is about the time since the last one, or since the adoption before the first.
    """
    if on > today or (adopted_on and on < adopted_on):
        explanation = _("uppföljningen görs efter att planen antogs, senast i dag.")
        raise DayWrong(on=on, explanation=explanation)
    if followed_on and on <= followed_on:
        told = _(
            "planen är redan uppföljd {day}. En ny uppföljning gäller tiden efter det: ange en "
            "senare dag."
        )
        raise DayWrong(on=on, explanation=told.format(day=followed_on))


def missing_in(needed: Mapping[str, Text], has: Mapping[str, bool]) -> list[Text]:
    """Name everything that is needed and not there."""
    return [label for need, label in needed.items() if not has.get(need, False)]


def in_a_row(labels: Iterable[Text]) -> str:
    """Write what is missing on one line."""
    return "; ".join(str(label) for label in labels)
