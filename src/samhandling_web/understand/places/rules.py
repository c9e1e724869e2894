"""Places, candidates, problems and their causes. Plain Python.

The problem triangle (offender, target, place, each with a controller): Clarke and Eck (2003),
"Become a problem-solving crime analyst". At least three whys: Brå's guidance on cause analysis.
"""

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

LEAST_WHYS = 3
USUAL_RADIUS_M = 150


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


class NowhereAtAll(DomainError):
    """A problem belongs to at least one place or an area."""

    message = _("Välj minst en plats, eller ett område, som problemet hör till.")


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


def missing_in_analysis(*, causes: int, fewest_whys: int, without_evidence: int) -> list[Text]:
    """Name everything that a cause analysis lacks."""
    missing: list[Text] = []
    if not causes:
        missing.append(_("minst en orsak"))
    elif fewest_whys < LEAST_WHYS:
        missing.append(_("minst tre varför för varje orsak"))
    if without_evidence:
        missing.append(_("underlag för varje orsak"))
    return missing
