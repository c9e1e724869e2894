"""Places, candidates, problems and their causes. Plain Python.

The problem triangle (offender, target, place, each with a controller): Clarke and Eck (2003),
"Become a problem-solving crime analyst". At least three whys: Brå's guidance on cause analysis.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from samhandling_web.base.common.errors import DomainError
from samhandling_web.base.common.text import Text, _


class PlaceKind(StrEnum):
    """What a place is. Values are stored: never rename or reuse one."""

    SQUARE = "square"
    STREET = "street"
    TUNNEL = "tunnel"
    STATION = "station"
    PARK = "park"
    PLAYGROUND = "playground"
    SCHOOL_YARD = "school_yard"
    LEISURE_CENTRE = "leisure_centre"
    SHOPPING = "shopping"
    GARAGE = "garage"
    COURTYARD = "courtyard"
    PATH = "path"
    OTHER = "other"


PLACE_KINDS: dict[PlaceKind, Text] = {
    PlaceKind.SQUARE: _("torg"),
    PlaceKind.STREET: _("gata"),
    PlaceKind.TUNNEL: _("gångtunnel"),
    PlaceKind.STATION: _("station eller hållplats"),
    PlaceKind.PARK: _("park"),
    PlaceKind.PLAYGROUND: _("lekplats eller idrottsplats"),
    PlaceKind.SCHOOL_YARD: _("skolgård"),
    PlaceKind.LEISURE_CENTRE: _("fritidsgård"),
    PlaceKind.SHOPPING: _("centrum eller butik"),
    PlaceKind.GARAGE: _("garage eller parkering"),
    PlaceKind.COURTYARD: _("bostadsgård"),
    PlaceKind.PATH: _("gång- eller cykelväg"),
    PlaceKind.OTHER: _("annat"),
}


class Standing(StrEnum):
    """How a place is judged. Values are stored."""

    UNSAFE = "unsafe"
    MIXED = "mixed"
    SAFE = "safe"
    UNKNOWN = "unknown"


STANDINGS: dict[Standing, Text] = {
    Standing.UNSAFE: _("otrygg"),
    Standing.MIXED: _("växlande"),
    Standing.SAFE: _("trygg"),
    Standing.UNKNOWN: _("inte bedömd"),
}


class FactKind(StrEnum):
    """What is known of a place beside what is seen there. Values are stored."""

    LIGHT = "light"
    SIGHT = "sight"
    UPKEEP = "upkeep"
    VISITORS = "visitors"
    ACCESS = "access"
    ACTIVITY = "activity"
    OTHER = "other"


FACT_KINDS: dict[FactKind, Text] = {
    FactKind.LIGHT: _("belysning"),
    FactKind.SIGHT: _("sikt"),
    FactKind.UPKEEP: _("skötsel"),
    FactKind.VISITORS: _("besökare"),
    FactKind.ACCESS: _("tillgänglighet"),
    FactKind.ACTIVITY: _("aktivitet"),
    FactKind.OTHER: _("annat"),
}


class CandidateStatus(StrEnum):
    """Where a proposed place stands. Values are stored: never rename or reuse one."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    DISMISSED = "dismissed"


CANDIDATE_STATUSES: dict[CandidateStatus, Text] = {
    CandidateStatus.PROPOSED: _("föreslagen"),
    CandidateStatus.ACCEPTED: _("godtagen"),
    CandidateStatus.DISMISSED: _("avfärdad"),
}
CANDIDATE_TRANSITIONS: dict[CandidateStatus, frozenset[CandidateStatus]] = {
    CandidateStatus.PROPOSED: frozenset({CandidateStatus.ACCEPTED, CandidateStatus.DISMISSED}),
    CandidateStatus.ACCEPTED: frozenset(),
    # Only something new brings a dismissed one back.
    CandidateStatus.DISMISSED: frozenset({CandidateStatus.PROPOSED}),
}


class ProblemStatus(StrEnum):
    """Where a problem stands. Values are stored: never rename or reuse one."""

    IDENTIFIED = "identified"
    ANALYSED = "analysed"
    RESOLVED = "resolved"
    CLOSED = "closed"


PROBLEM_STATUSES: dict[ProblemStatus, Text] = {
    ProblemStatus.IDENTIFIED: _("uppmärksammat"),
    ProblemStatus.ANALYSED: _("analyserat"),
    ProblemStatus.RESOLVED: _("löst"),
    ProblemStatus.CLOSED: _("avskrivet"),
}
PROBLEM_TRANSITIONS: dict[ProblemStatus, frozenset[ProblemStatus]] = {
    ProblemStatus.IDENTIFIED: frozenset({ProblemStatus.ANALYSED, ProblemStatus.CLOSED}),
    ProblemStatus.ANALYSED: frozenset(
        {ProblemStatus.IDENTIFIED, ProblemStatus.RESOLVED, ProblemStatus.CLOSED}
    ),
    ProblemStatus.RESOLVED: frozenset({ProblemStatus.IDENTIFIED}),
    ProblemStatus.CLOSED: frozenset({ProblemStatus.IDENTIFIED}),
}


class TriangleSide(StrEnum):
    """Which side of the problem triangle a cause is on. Values are stored."""

    OFFENDER = "offender"
    TARGET = "target"
    PLACE = "place"


TRIANGLE_SIDES: dict[TriangleSide, Text] = {
    TriangleSide.OFFENDER: _("den som gör"),
    TriangleSide.TARGET: _("den eller det som drabbas"),
    TriangleSide.PLACE: _("platsen"),
}
CONTROLLERS: dict[TriangleSide, Text] = {
    TriangleSide.OFFENDER: _("någon som betyder något för den (handledare)"),
    TriangleSide.TARGET: _("någon som skyddar (väktare)"),
    TriangleSide.PLACE: _("någon som råder över platsen (platsansvarig)"),
}


class EvidenceKind(StrEnum):
    """What a cause rests on. Values are stored."""

    EVENTS = "events"
    OBSERVATIONS = "observations"
    FINDING = "finding"
    SURVEY = "survey"


EVIDENCE_KINDS: dict[EvidenceKind, Text] = {
    EvidenceKind.EVENTS: _("händelser"),
    EvidenceKind.OBSERVATIONS: _("iakttagelser"),
    EvidenceKind.FINDING: _("fynd på en vandring"),
    EvidenceKind.SURVEY: _("svar i en enkät"),
}


class QueryKind(StrEnum):
    """What a live question counts. Values are stored: never rename or reuse one."""

    EVENTS = "events"
    OBSERVATIONS = "observations"
    SURVEY = "survey"


QUERY_KINDS: dict[QueryKind, Text] = {
    QueryKind.EVENTS: _("händelser"),
    QueryKind.OBSERVATIONS: _("iakttagelser"),
    QueryKind.SURVEY: _("svar i en enkät"),
}

WEEKDAYS: tuple[Text, ...] = (
    _("måndagar"),
    _("tisdagar"),
    _("onsdagar"),
    _("torsdagar"),
    _("fredagar"),
    _("lördagar"),
    _("söndagar"),
)

LEAST_WHYS = 3
USUAL_RADIUS_M = 150
SMALLEST_RADIUS_M, LARGEST_RADIUS_M = 25, 2_000

# Of the events around a place, at least this share must have a known point. With fewer, a count
# within a radius says more of how the source places its events than of the place.
LEAST_PRECISE_SHARE = 0.5


ANALYSE_WITHIN = timedelta(days=30)
"""A problem that nobody has analysed for so long is asked for."""

# States that a problem comes to without further words; every other step says why.
NEEDS_NO_REASON = frozenset({ProblemStatus.ANALYSED})


class QueryInvalid(DomainError):
    """A stored or typed question cannot be asked. All that is wrong is said at once."""

    message = _("Frågan går inte att ställa: {faults}.")


class CandidateTransitionNotAllowed(DomainError):
    """The candidate cannot move there from where it stands."""

    message = _("Ett förslag som är {current} kan inte bli {target}. Ladda om sidan.")


class ProblemTransitionNotAllowed(DomainError):
    """The problem cannot move there from where it stands."""

    message = _("Ett problem som är {current} kan inte bli {target}. Ladda om sidan.")


class AnalysisIncomplete(DomainError):
    """A problem is analysed when it has a cause, three whys and something that it rests on."""

    message = _("Orsaksanalysen är inte fullständig. Det saknas: {missing}.")


class ReasonMissing(DomainError):
    """Whoever comes next must know why."""

    message = _("Skriv varför, så att den som kommer efter vet.")


class AnalysisClosed(DomainError):
    """What was analysed stands as it was analysed."""

    message = _(
        "Orsaker och underlag ändras bara medan problemet är uppmärksammat; nu är det {current}. "
        "Öppna problemet igen först."
    )


class CauseInUse(DomainError):
    """A measure was decided because of it."""

    message = _("En åtgärd bygger på orsaken, som därför inte kan tas bort. Ändra den i stället.")


class EvidenceUnclear(DomainError):
    """Evidence is one live question or one finding."""

    message = _("Välj antingen en fråga eller ett fynd som underlag.")


class RadiusOutside(DomainError):
    """A place is a place, not a part of town."""

    message = _("Radien {radius} m ligger utanför {least}–{most} m. Välj en däremellan.")


class NothingChosen(DomainError):
    """Linking needs something to link."""

    message = _("Kryssa för minst en rad att koppla.")


class NotHere(DomainError):
    """What is asked for does not exist, or is not for this person to see."""

    message = _("Det finns inte, eller så får du inte se det. Gå tillbaka och ladda om sidan.")
    status = 404


class AreaIsProtected(DomainError):
    """What is written about a problem is read by more than may see a protected area."""

    message = _(
        "Området är skyddat, och problemet läses av fler än de som får se det. Välj området runt "
        "om, eller en plats."
    )


class NowhereAtAll(DomainError):
    """A problem belongs to at least one place or an area."""

    message = _("Välj minst en plats, eller ett område, som problemet hör till.")


def check_radius(radius_m: int) -> None:
    """Raise RadiusOutside unless the radius is that of a place."""
    if not SMALLEST_RADIUS_M <= radius_m <= LARGEST_RADIUS_M:
        raise RadiusOutside(radius=radius_m, least=SMALLEST_RADIUS_M, most=LARGEST_RADIUS_M)


def check_candidate_transition(current: CandidateStatus, target: CandidateStatus) -> None:
    """Raise CandidateTransitionNotAllowed unless `current` may become `target`."""
    if target not in CANDIDATE_TRANSITIONS[current]:
        raise CandidateTransitionNotAllowed(
            current=CANDIDATE_STATUSES[current], target=CANDIDATE_STATUSES[target]
        )


def check_problem_transition(current: ProblemStatus, target: ProblemStatus) -> None:
    """Raise ProblemTransitionNotAllowed unless `current` may become `target`."""
    if target not in PROBLEM_TRANSITIONS[current]:
        raise ProblemTransitionNotAllowed(
            current=PROBLEM_STATUSES[current], target=PROBLEM_STATUSES[target]
        )


def check_reason(reason: str) -> None:
    """Raise ReasonMissing unless something is written."""
    if not reason.strip():
        raise ReasonMissing


@dataclass(frozen=True, slots=True)
class Analysis:
    """What there is of a cause analysis: of each cause, how many whys and how much evidence."""

    has_to_whom: bool
    has_when: bool
    whys: tuple[int, ...]
    evidence: tuple[int, ...]


def missing_in_analysis(analysis: Analysis) -> list[Text]:
    """Name everything that a cause analysis lacks."""
    missing: list[Text] = []
    if not analysis.has_to_whom:
        missing.append(_("vem eller vad som drabbas"))
    if not analysis.has_when:
        missing.append(_("när det händer"))
    if not analysis.whys:
        missing.append(_("minst en orsak"))
    if any(number < LEAST_WHYS for number in analysis.whys):
        missing.append(_("minst tre varför för varje orsak"))
    if any(not number for number in analysis.evidence):
        missing.append(_("underlag för varje orsak"))
    return missing


def check_analysis(analysis: Analysis) -> None:
    """Raise AnalysisIncomplete, naming all that is missing, unless the analysis is whole."""
    if missing := missing_in_analysis(analysis):
        raise AnalysisIncomplete(missing="; ".join(str(text) for text in missing))
