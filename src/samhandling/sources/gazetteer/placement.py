"""What the gazetteer answers: a place with its grounds, or why there is none."""

from dataclasses import dataclass
from enum import StrEnum

from samhandling.sources.gazetteer.vocabulary import NameKind


class Reason(StrEnum):
    """Why a named place is not the place of the event. Values are stored."""

    ARREST = "arrest"
    SEARCH = "search"
    HOME = "home"
    HOSPITAL = "hospital"
    AUTHORITY = "authority"
    ORGANISATION = "organisation"
    PERSON = "person"
    MOVEMENT = "movement"
    DIRECTION = "direction"
    BETWEEN = "between"
    LATER = "later"
    OTHER_EVENT = "other_event"
    ELSEWHERE = "elsewhere"
    JOINED = "joined"
    OTHER_NAME = "other_name"
    HOMONYM = "homonym"
    SMALL_LETTERS = "small_letters"
    SHARED_NAME = "shared_name"
    WIDER = "wider"
    WEAKER = "weaker"
    COMPETING = "competing"
    UNCERTAIN = "uncertain"


class Abstention(StrEnum):
    """Why no place is given. Values are stored."""

    NO_NAME = "no_name"
    SEVERAL_EVENTS = "several_events"
    SEVERAL_PLACES = "several_places"
    NOT_THE_SCENE = "not_the_scene"
    TOO_UNCERTAIN = "too_uncertain"


REASON_TEXT: dict[Reason, str] = {
    Reason.ARREST: "Somebody was arrested there.",
    Reason.SEARCH: "A search was made there.",
    Reason.HOME: "Somebody lives there or comes from there.",
    Reason.HOSPITAL: "Somebody was taken to or cared for at a hospital there.",
    Reason.AUTHORITY: "A police station, court or other office lies there.",
    Reason.ORGANISATION: "It is part of the name of a club or an organisation.",
    Reason.PERSON: "It is the name of a person.",
    Reason.MOVEMENT: "Somebody left for or went through it.",
    Reason.DIRECTION: "It only tells the direction.",
    Reason.BETWEEN: "The place is between it and another.",
    Reason.LATER: "Somebody or something was found there afterwards.",
    Reason.OTHER_EVENT: "It is the place of another event.",
    Reason.ELSEWHERE: "The text places it outside the area served.",
    Reason.JOINED: "It is joined with another name into a wider area.",
    Reason.OTHER_NAME: "It is part of another, unknown name.",
    Reason.HOMONYM: "The name has other meanings and nothing shows that a place is meant.",
    Reason.SMALL_LETTERS: "It is written as a common word.",
    Reason.SHARED_NAME: "Several areas have the name.",
    Reason.WIDER: "It is the area around the one given.",
    Reason.WEAKER: "Another name in the text is stronger.",
    Reason.COMPETING: "The text names several places as the scene.",
    Reason.UNCERTAIN: "The connection is too weak.",
}

ABSTENTION_TEXT: dict[Abstention, str] = {
    Abstention.NO_NAME: "The text names no known place.",
    Abstention.SEVERAL_EVENTS: "The text sums up several events.",
    Abstention.SEVERAL_PLACES: "The text names several places and none is clearly the scene.",
    Abstention.NOT_THE_SCENE: "The places named are not the scene.",
    Abstention.TOO_UNCERTAIN: "What the text tells is too uncertain.",
}


class Field(StrEnum):
    """Which part of the notice a stretch stands in."""

    TITLE = "title"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words that point at an area.

    Attributes
    ----------
    field : Field
        Title or text.
    start, end : int
        Where the words stand in that field.
    span : str
        The words themselves.
    sentence : str
        The sentence they stand in.
    kind : NameKind
        Whether they are the area's own name or something that points at it.
    rules : tuple of str
        The rules that spoke, in the order they were tried.
    """

    field: Field
    start: int
    end: int
    span: str
    sentence: str
    kind: NameKind
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RejectedCandidate:
    """A named area that is not the answer, and why."""

    code: str
    reason: Reason
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a notice says that the event took place.

    Attributes
    ----------
    code : str or None
        The area, or None if the gazetteer abstains.
    level : str
        The area's level, "" if the gazetteer abstains.
    confidence : float
        Between 0 and 1; 0 if the gazetteer abstains.
    evidence : Evidence or None
        The strongest ground.
    rejected : tuple of RejectedCandidate
        Every other named area, in the order of the text.
    abstained_because : Abstention or None
        Set exactly when `code` is None.
    """

    code: str | None
    level: str
    confidence: float
    evidence: Evidence | None
    rejected: tuple[RejectedCandidate, ...]
    abstained_because: Abstention | None
