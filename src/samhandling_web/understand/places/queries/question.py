"""What is asked, where and at which hours: stored as JSON, checked whenever it is read."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from samhandling_web.base.common.text import Text, _
from samhandling_web.observe.observations.rules import SEVERITIES
from samhandling_web.understand.places.queries.subjects import Subjects
from samhandling_web.understand.places.queries.wording import sentence
from samhandling_web.understand.places.rules import (
    LARGEST_RADIUS_M,
    SMALLEST_RADIUS_M,
    QueryInvalid,
    QueryKind,
)

HOURS_IN_DAY, DAYS_IN_WEEK = 24, 7
MOST_CHOSEN = 200


@dataclass(frozen=True, slots=True)
class LiveQuery:
    """One question. Without a place and an area it is about the whole municipality.

    `source` is where events come from; empty, the source that has the asked categories. Empty
    `categories` mean all kinds of events, or all that tell of something unsafe among observations.
    `hours` is half-open, in local time, and may pass midnight: (22, 4). Monday is weekday 0.
    `item` is a survey's question as `survey_item` writes it.
    """

    kind: QueryKind
    place_id: int | None = None
    level: str = ""
    code: str = ""
    radius_m: int | None = None
    categories: tuple[str, ...] = ()
    severities: tuple[str, ...] = ()
    item: str = ""
    hours: tuple[int, int] | None = None
    weekdays: tuple[int, ...] = ()
    source: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether it is about the whole municipality."""
        return self.place_id is None and not self.code

    def as_json(self) -> dict[str, Any]:
        """Return the question as it is stored."""
        stored = asdict(self)
        lists = ("categories", "severities", "hours", "weekdays")
        return stored | {name: list(stored[name]) for name in lists if stored[name] is not None}

    @classmethod
    def from_json(cls, stored: object) -> "LiveQuery":
        """Return the stored question.

        Raises
        ------
        QueryInvalid
            If it cannot be asked; everything that is wrong is named.
        """
        if not isinstance(stored, Mapping):
            raise QueryInvalid(faults=NOT_A_QUESTION)
        faults = [*_misshapen(stored)] or [*_contradictions(stored)]
        if faults:
            raise QueryInvalid(faults="; ".join(str(fault) for fault in faults))
        values = {name: _tupled(value) for name, value in stored.items() if value is not None}
        return cls(**(values | {"kind": QueryKind(stored["kind"])}))

    def in_words(self, subjects: Subjects | None = None) -> str:
        """Say what is counted, where and at which hours. `subjects` saves looking names up."""
        return sentence(self, subjects or Subjects([self]))


def _tupled(value: Any) -> Any:
    return tuple(value) if isinstance(value, list | tuple) else value


NOT_A_QUESTION = _("den är inte sparad som en fråga")
KIND_UNKNOWN = _("slaget {value} finns inte (välj händelser, iakttagelser eller enkätsvar)")
FIELD_UNKNOWN = _("fältet {value} finns inte")
FIELD_WRONG = _("{name} kan inte vara {value}")
HALF_AN_AREA = _("ett område anges med både nivå och kod")
PLACE_AND_AREA = _("välj antingen en plats eller ett område")
RADIUS_WITHOUT_PLACE = _("en radie hör till en plats")
RADIUS_OUTSIDE = _("radien {value} m ligger utanför {least}–{most} m")
ITEM_MISSING = _("välj vilken fråga i enkäten det gäller")
ITEM_ELSEWHERE = _("bara en fråga om enkätsvar har en enkätfråga")
SURVEY_AT_PLACE = _("enkätsvar finns för områden, inte för enstaka platser: välj ett område")
NOT_FOR_SURVEY = _("enkätsvar har varken typer, allvar, klockslag eller veckodagar")
NOT_FOR_EVENTS = _("händelser har inget allvar: välj iakttagelser, eller ta bort allvaret")
SOURCE_ELSEWHERE = _("bara händelser har en källa")

FIELD_NAMES: dict[str, Text] = {
    "place_id": _("platsen"),
    "level": _("områdesnivån"),
    "code": _("områdeskoden"),
    "radius_m": _("radien"),
    "categories": _("typerna"),
    "severities": _("allvaret"),
    "item": _("enkätfrågan"),
    "hours": _("klockslagen"),
    "weekdays": _("veckodagarna"),
    "source": _("källan"),
}


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_list(value: object, is_right: Callable[[Any], bool]) -> bool:
    return (
        isinstance(value, list | tuple)
        and len(value) <= MOST_CHOSEN
        and all(is_right(one) for one in value)
        and len(set(value)) == len(value)
    )


def _is_hours(value: object) -> bool:
    """Two different hours; midnight may be written 0 or 24."""
    if not isinstance(value, list | tuple) or len(value) != 2:
        return False
    if not all(_is_number(hour) and 0 <= hour <= HOURS_IN_DAY for hour in value):
        return False
    return int(value[0]) % HOURS_IN_DAY != int(value[1]) % HOURS_IN_DAY


RIGHT: dict[str, Callable[[Any], bool]] = {
    "place_id": lambda value: _is_number(value) and value > 0,
    "level": _is_text,
    "code": _is_text,
    "radius_m": _is_number,
    "categories": lambda value: _is_list(value, _is_text),
    "severities": lambda value: _is_list(value, lambda one: one in set(SEVERITIES)),
    "item": _is_text,
    "hours": _is_hours,
    "weekdays": lambda value: _is_list(
        value, lambda one: _is_number(one) and 0 <= one < DAYS_IN_WEEK
    ),
    "source": _is_text,
}
MAY_BE_NONE = frozenset({"place_id", "radius_m", "hours"})


def _misshapen(stored: Mapping[str, Any]) -> list[str]:
    """Name every field that is unknown or holds something of the wrong sort."""
    faults = []
    kind = stored.get("kind")
    if kind not in set(QueryKind):
        faults.append(KIND_UNKNOWN.format(value=kind))
    known = {field.name for field in fields(LiveQuery)}
    faults += [FIELD_UNKNOWN.format(value=name) for name in sorted(set(stored) - known)]
    for name, is_right in RIGHT.items():
        value = stored.get(name)
        if name not in stored or (value is None and name in MAY_BE_NONE):
            continue
        if not is_right(value):
            faults.append(FIELD_WRONG.format(name=FIELD_NAMES[name], value=value))
    return faults


def _contradictions(stored: Mapping[str, Any]) -> list[str]:
    """Name everything that does not go together."""
    said = {name: stored.get(name) for name in RIGHT}
    kind, radius = QueryKind(stored["kind"]), said["radius_m"]
    is_survey, has_item = kind is QueryKind.SURVEY, bool(said["item"])
    wrong: list[tuple[bool, Text]] = [
        (bool(said["level"]) != bool(said["code"]), HALF_AN_AREA),
        (bool(said["place_id"] and said["code"]), PLACE_AND_AREA),
        (radius is not None and said["place_id"] is None, RADIUS_WITHOUT_PLACE),
        (is_survey and not has_item, ITEM_MISSING),
        (has_item and not is_survey, ITEM_ELSEWHERE),
        (is_survey and said["place_id"] is not None, SURVEY_AT_PLACE),
        (
            is_survey
            and any(said[name] for name in ("categories", "severities", "hours", "weekdays")),
            NOT_FOR_SURVEY,
        ),
        (kind is QueryKind.EVENTS and bool(said["severities"]), NOT_FOR_EVENTS),
        (kind is not QueryKind.EVENTS and bool(said["source"]), SOURCE_ELSEWHERE),
    ]
    faults = [str(text) for is_wrong, text in wrong if is_wrong]
    if radius is not None and not SMALLEST_RADIUS_M <= radius <= LARGEST_RADIUS_M:
        faults.append(
            RADIUS_OUTSIDE.format(value=radius, least=SMALLEST_RADIUS_M, most=LARGEST_RADIUS_M)
        )
    return faults
