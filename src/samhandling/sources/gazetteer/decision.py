"""Weighs the names in a notice against each other and decides, or abstains."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from samhandling.sources.gazetteer.placement import (
    Abstention,
    Evidence,
    Placement,
    Reason,
    RejectedCandidate,
)
from samhandling.sources.gazetteer.vocabulary import NameKind, Vocabulary

# How far a name of each kind, plainly written as the scene, is trusted before anything else.
TRUST: dict[NameKind, float] = {
    NameKind.OWN: 0.98,
    NameKind.EVERYDAY: 0.96,
    NameKind.PLACE: 0.92,
    NameKind.STATION: 0.92,
    NameKind.STREET: 0.82,
    NameKind.FACILITY_COMPOUND: 0.55,
    NameKind.ROAD_COMPOUND: 0.35,
}
NAMES_OF_THE_AREA = frozenset({NameKind.OWN, NameKind.EVERYDAY})
COMPOUNDS = frozenset({NameKind.FACILITY_COMPOUND, NameKind.ROAD_COMPOUND})

NESTED = "nested_in_the_next_name"
OUTRANKED = 0.92
"""What is left of a name's confidence where a place that lies in another area is named too."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One name in the notice, with its judgement.

    Attributes
    ----------
    code : str
        The area it points at.
    also : tuple of str
        Other areas of the same name around that one.
    confidence : float
        How far it is trusted as the scene; 0 if `reason` is set.
    reason : Reason or None
        Why it is rejected.
    evidence : Evidence
        The words.
    """

    code: str
    also: tuple[str, ...]
    confidence: float
    reason: Reason | None
    evidence: Evidence


def decide(candidates: Sequence[Candidate], vocabulary: Vocabulary, minimum: float) -> Placement:
    """Choose the one area that the candidates agree on.

    Parameters
    ----------
    candidates : sequence of Candidate
        In the order of the text.
    vocabulary : Vocabulary
        Knows which area lies in which.
    minimum : float
        Confidence below which the gazetteer abstains.

    Notes
    -----
    In turn: an area around another one gives way; of two names that stand together the narrower
    counts; an area's own name outranks places of other areas that come after it; compounds never
    compete with names; a name without a word of place gives way to one that has it before. Two that
    are left compete, and neither is given.
    """
    if not candidates:
        return _abstain((), Abstention.NO_NAME)
    lost: dict[int, Reason] = {i: c.reason for i, c in enumerate(candidates) if c.reason}
    _drop_wider(candidates, vocabulary, lost)
    _drop_nesting(candidates, vocabulary, lost)
    _drop_outranked(candidates, lost)
    _drop_uncertain(candidates, minimum, lost)
    left = [i for i in range(len(candidates)) if i not in lost]
    codes = {candidates[i].code for i in left}
    if len(codes) > 1:
        return _abstain(_rejected(candidates, lost, Reason.COMPETING), Abstention.SEVERAL_PLACES)
    if not left:
        return _abstain(_rejected(candidates, lost, Reason.WEAKER), Abstention.NOT_THE_SCENE)
    best = max((candidates[i] for i in left), key=lambda candidate: candidate.confidence)
    confidence = _combined(best, candidates, left, lost)
    if confidence < minimum:
        return _abstain(_rejected(candidates, lost, Reason.UNCERTAIN), Abstention.TOO_UNCERTAIN)
    return Placement(
        code=best.code,
        level=vocabulary.entries[best.code].level,
        confidence=confidence,
        evidence=best.evidence,
        rejected=tuple(
            RejectedCandidate(candidates[i].code, why, candidates[i].evidence)
            for i, why in sorted(lost.items())
        ),
        abstained_because=None,
    )


def _drop_wider(
    candidates: Sequence[Candidate], vocabulary: Vocabulary, lost: dict[int, Reason]
) -> None:
    """Drop every area that lies around another named one."""
    around = {
        code
        for i, candidate in enumerate(candidates)
        if i not in lost and candidate.evidence.kind not in COMPOUNDS
        for code in vocabulary.ancestors(candidate.code)
    }
    _drop(candidates, around, Reason.WIDER, lost)


def _drop_nesting(
    candidates: Sequence[Candidate], vocabulary: Vocabulary, lost: dict[int, Reason]
) -> None:
    """Keep the narrower of two names that stand together: "Ekbacken i Alvdal".

    A name that an area shares with the one around it can be meant as the wider. A place that lies
    in another area than the one it is written together with gives way to the area's own name.
    """
    for i, first in enumerate(candidates[:-1]):
        second = candidates[i + 1]
        if NESTED not in first.evidence.rules or i in lost or i + 1 in lost:
            continue
        if first.code == second.code:
            continue
        if second.evidence.kind not in NAMES_OF_THE_AREA:
            continue
        if first.evidence.kind not in NAMES_OF_THE_AREA:
            _drop(candidates, {first.code}, Reason.WEAKER, lost)
        elif set(second.also) & set(vocabulary.ancestors(first.code)):
            _drop(candidates, {second.code}, Reason.WIDER, lost)
        elif set(first.also) & set(vocabulary.ancestors(second.code)):
            _drop(candidates, {first.code}, Reason.WIDER, lost)


def _drop_outranked(candidates: Sequence[Candidate], lost: dict[int, Reason]) -> None:
    """Drop places and compounds that point at another area than one named before them.

    A place that comes before any area's own name is the heading's place, and competes.
    """
    left = [i for i in range(len(candidates)) if i not in lost]
    own = [i for i in left if candidates[i].evidence.kind in NAMES_OF_THE_AREA]
    whole = [i for i in left if candidates[i].evidence.kind not in COMPOUNDS]
    for i in left:
        if i in own:
            continue
        if i in whole:
            above = [j for j in own if j < i or _same_sentence(candidates[i], candidates[j])]
        else:
            above = whole
        if above and candidates[i].code not in {candidates[j].code for j in above}:
            lost[i] = Reason.WEAKER


def _drop_uncertain(
    candidates: Sequence[Candidate], minimum: float, lost: dict[int, Reason]
) -> None:
    """Drop names that are too uncertain to be the scene, after one that is certain enough."""
    left = [i for i in range(len(candidates)) if i not in lost]
    certain = [i for i in left if candidates[i].confidence >= minimum]
    named = {candidates[i].code for i in certain}
    for i in left:
        if certain and certain[0] < i and candidates[i].code not in named:
            lost[i] = Reason.WEAKER


def _same_sentence(one: Candidate, other: Candidate) -> bool:
    return one.evidence.sentence == other.evidence.sentence


def _drop(
    candidates: Sequence[Candidate], codes: Collection[str], why: Reason, lost: dict[int, Reason]
) -> None:
    for i, candidate in enumerate(candidates):
        if i not in lost and candidate.code in codes:
            lost[i] = why


def _combined(
    best: Candidate, candidates: Sequence[Candidate], left: Sequence[int], lost: dict[int, Reason]
) -> float:
    """Return the confidence of the answer, after what speaks for and against it."""
    confidence = best.confidence
    spans = {(candidates[i].evidence.field, candidates[i].evidence.sentence) for i in left}
    if len(spans) > 1:
        confidence = 1 - (1 - confidence) * 0.8
    against = {candidates[i].evidence.kind for i, why in lost.items() if why is Reason.WEAKER}
    if against - COMPOUNDS:
        confidence *= OUTRANKED
    return round(min(confidence, 0.99), 3)


def _rejected(
    candidates: Sequence[Candidate], lost: dict[int, Reason], otherwise: Reason
) -> tuple[RejectedCandidate, ...]:
    return tuple(
        RejectedCandidate(candidate.code, lost.get(i, otherwise), candidate.evidence)
        for i, candidate in enumerate(candidates)
    )


def _abstain(rejected: Iterable[RejectedCandidate], why: Abstention) -> Placement:
    return Placement(None, "", 0.0, None, tuple(rejected), why)


def several_events(candidates: Sequence[Candidate]) -> Placement:
    """Abstain for a notice that sums up several events."""
    return _abstain(_rejected(candidates, {}, Reason.COMPETING), Abstention.SEVERAL_EVENTS)
