"""How a proposed place is scored, in parts that can be read, and when it is new again.

Plain Python. Every part is a number of its own, a full mark and a weight; the score is their sum,
so that nobody has to take the order of the list on trust.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from samhandling_web.base.common.text import Text, _
from samhandling_web.observe.observations.rules import Severity


class Part(StrEnum):
    """A part of a candidate's score. Values are stored: never rename or reuse one."""

    REPORTS = "reports"
    EVENTS = "events"
    FINDINGS = "findings"
    SEVERITY = "severity"
    PERSISTENCE = "persistence"


PARTS: dict[Part, Text] = {
    Part.REPORTS: _("iakttagelser här av 100 i stadsdelen"),
    Part.EVENTS: _("händelser, minst så många gånger tätare än i stadsdelen"),
    Part.FINDINGS: _("otrygga fynd på vandringar"),
    Part.SEVERITY: _("hur allvarliga iakttagelserna är, i snitt (0–1)"),
    Part.PERSISTENCE: _("månader av tolv med iakttagelser, eller med händelser"),
}
WEIGHTS: dict[Part, float] = {
    Part.REPORTS: 30,
    Part.EVENTS: 25,
    Part.FINDINGS: 15,
    Part.SEVERITY: 15,
    Part.PERSISTENCE: 15,
}
FULL: dict[Part, float] = {
    Part.REPORTS: 10,
    Part.EVENTS: 10,
    Part.FINDINGS: 5,
    Part.SEVERITY: 1,
    Part.PERSISTENCE: 8,
}
"""The number that gives all of a part's points; more gives no more."""

SEVERITY_MARKS: dict[Severity, float] = {
    Severity.GREEN: 0.0,
    Severity.YELLOW: 0.5,
    Severity.RED: 1.0,
}

# A district with few reports is thought to have this many more, spread evenly: without them two
# reports of two would be all there is, and the top of every list.
REPORTS_ADDED = 20
LEAST_OBSERVATIONS = 3
LEAST_EVENTS = 5
LEAST_TIMES_DENSER = 3.0
"""A cell stands out by its observations, or by events surely so much denser than its district."""

NEW_OBSERVATIONS = 3
GROWN_BY = 0.5
"""What was dismissed is new again with so many new observations, or so much more in all."""


@dataclass(frozen=True, slots=True)
class Scored:
    """One part: its number, the number that gives full points, its weight and its points."""

    part: Part
    value: float
    full: float
    weight: float
    points: float

    def as_json(self) -> dict[str, Any]:
        return {
            "part": str(self.part),
            "value": round(self.value, 3),
            "full": self.full,
            "weight": self.weight,
            "points": round(self.points, 2),
        }


def scored(values: Mapping[Part, float]) -> list[Scored]:
    """Return every part of the score, in the order they are explained."""
    return [
        Scored(
            part,
            values[part],
            FULL[part],
            WEIGHTS[part],
            WEIGHTS[part] * min(1.0, max(0.0, values[part]) / FULL[part]),
        )
        for part in Part
    ]


def score_of(parts: list[Scored]) -> float:
    """Return the score: between 0 and the sum of the weights, which is 100."""
    return sum(part.points for part in parts)


def reports_of_hundred(here: int, in_district: int) -> float:
    """Return how many of 100 observations in the district are from here.

    A share, not a number: when everybody reports twice as much, it stays as it is.
    """
    return 100 * here / (in_district + REPORTS_ADDED)


def times_denser(low_count: float, expected: float) -> float:
    """Return how many times denser events surely are than in the district.

    `low_count` is the lower bound of the count's interval: a few events are never many times.
    """
    return low_count / expected if expected > 0 else 0.0


Evidence = Mapping[str, Any]
"""observations and findings as numbers of rows, events as a count."""


def is_something_new(decided: Evidence, now: Evidence) -> bool:
    """Whether so much has come since the decision that a person should look again."""
    unseen = set(now["observations"]) - set(decided["observations"])
    if len(unseen) >= NEW_OBSERVATIONS:
        return True
    before, after = _amount(decided), _amount(now)
    return after > before and after >= before * (1 + GROWN_BY)


def _amount(evidence: Evidence) -> int:
    listed = len(evidence["observations"]) + len(evidence["findings"])
    return listed + int(evidence["events"])
