"""Reads a notice: from the names in it to candidates with a judgement each."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from samhandling.sources.gazetteer.context import Setting, judge
from samhandling.sources.gazetteer.decision import NESTED, TRUST, Candidate
from samhandling.sources.gazetteer.matching import Mention, find_mentions
from samhandling.sources.gazetteer.placement import Evidence, Field, Reason
from samhandling.sources.gazetteer.reporting_rules import RULES
from samhandling.sources.gazetteer.sentences import clause_around, sentences
from samhandling.sources.gazetteer.vocabulary import NameKind, Target, Vocabulary, fold

_PREPOSITION_BEFORE = re.compile(
    r"\b(?:i|på|vid|utanför|till|från|mot|nära|kring|intill|invid|av|med|centrala|norra|södra|östra|"
    r"västra|stadsdelen|området)\s+$",
    re.IGNORECASE,
)
_STATION_CUE = re.compile(
    r"station|perrong|tunnelban|pendeltåg|tvärban|spår|\btåg|biljetthall", re.IGNORECASE
)
# "i Alvdal och Ekby": the second name stands in the same way as the first.
_COORDINATES = re.compile(r"^(?:,|\s+(?:och|eller|samt|respektive)(?:\s+(?:även|också))?)\s+$")
_JOINS_NEXT = re.compile(r"^,? (?:(?:i|på|vid) )?$")
_SMALL_LETTERS = 0.88
_SHORTEST_IN_SMALL_LETTERS = 5
# Where several targets share a form, the area's own name is meant before its synonyms, and those
# before something inside another area.
_PRECEDENCE = (NameKind.OWN, NameKind.EVERYDAY, NameKind.PLACE, NameKind.STATION, NameKind.STREET)


class Reader:
    """Finds the candidates of a notice.

    Parameters
    ----------
    vocabulary : Vocabulary
        The names.
    elsewhere : sequence of str
        Names of places outside the area served.
    """

    def __init__(self, vocabulary: Vocabulary, elsewhere: Sequence[str]) -> None:
        self._vocabulary = vocabulary
        names = [name for name in elsewhere if not vocabulary.targets(fold(name))]
        self._elsewhere = _Elsewhere(names) if names else None

    def candidates(self, field: Field, words: str, title: str) -> Iterator[Candidate]:
        """Yield the names in one field, judged, in the order of the text."""
        mentions = list(find_mentions(words, self._vocabulary))
        if not mentions:
            return
        outside = bool(self._elsewhere and self._elsewhere.titles(title))
        nested = {
            first.start
            for first, second in pairwise(mentions)
            if _JOINS_NEXT.match(words[first.end : second.start])
        }
        spans = iter(sentences(words))
        start, end = next(spans)
        for group in _coordinated(words, mentions):
            while group[0].start >= end:
                start, end = next(spans)
            sentence = words[start : max(end, group[-1].end)]
            inside = [replace(m, start=m.start - start, end=m.end - start) for m in group]
            for mention in inside:
                setting = _setting(mention, inside, sentence, title)
                candidate = self._judged(mention, setting, sentence, outside=outside)
                yield _in_field(candidate, field, start, nested)

    def _judged(
        self, mention: Mention, setting: Setting, sentence: str, *, outside: bool
    ) -> Candidate:
        targets = self._meant(mention, sentence)
        target = targets[0]
        rule = judge(setting, RULES)
        elsewhere = outside or bool(self._elsewhere and self._elsewhere.places(setting))
        reason = rule.reason or (
            Reason.ELSEWHERE if elsewhere else self._other_doubt(mention, targets, setting)
        )
        certainty = _SMALL_LETTERS if mention.small_letters else 1.0
        return Candidate(
            code=target.code,
            also=tuple(other.code for other in targets[1:]),
            confidence=0.0 if reason else TRUST[target.kind] * rule.factor * certainty,
            reason=reason,
            evidence=Evidence(
                field=Field.TEXT,
                start=mention.start,
                end=mention.end,
                span=sentence[mention.start : mention.end],
                sentence=sentence,
                kind=target.kind,
                rules=(f"name_{target.kind}", rule.name),
            ),
        )

    def _meant(self, mention: Mention, sentence: str) -> Sequence[Target]:
        """Return the targets that are meant, the narrowest first."""
        first = (NameKind.STATION,) if _STATION_CUE.search(sentence) else ()
        for kind in (NameKind.OWN, *first, *_PRECEDENCE[1:]):
            meant = [target for target in mention.targets if target.kind is kind]
            if meant:
                return sorted(meant, key=lambda t: -len(self._vocabulary.ancestors(t.code)))
        return sorted(mention.targets, key=lambda t: -len(self._vocabulary.ancestors(t.code)))

    def _other_doubt(
        self, mention: Mention, targets: Sequence[Target], setting: Setting
    ) -> Reason | None:
        placed = bool(_PREPOSITION_BEFORE.search(setting.before))
        short = mention.end - mention.start < _SHORTEST_IN_SMALL_LETTERS
        if mention.small_letters and (short or not placed):
            return Reason.SMALL_LETTERS
        homonym = self._vocabulary.entries[targets[0].code].homonym
        if homonym and targets[0].kind is NameKind.OWN and (mention.small_letters or not placed):
            return Reason.HOMONYM
        around = self._vocabulary.ancestors(targets[0].code)
        if any(other.code not in around for other in targets[1:]):
            return Reason.SHARED_NAME
        return None


class _Elsewhere:
    """Recognises that a text is about a place outside the area served."""

    def __init__(self, names: Sequence[str]) -> None:
        names = sorted(names, key=len, reverse=True)
        name = rf"(?:{'|'.join(re.escape(name) for name in names)})"
        self._anywhere = re.compile(rf"\b{name}s?\b")
        self._heading = re.compile(rf"^\W*{name}\s*[,.:–-]\s")
        self._next = re.compile(rf"\s*(?:,|\b(?:i|utanför|strax utanför|nära)\b)\s*{name}\b")

    def titles(self, title: str) -> bool:
        return bool(self._anywhere.search(title))

    def places(self, setting: Setting) -> bool:
        """Tell whether the sentence puts the name there: "Alvdal i Fjärrstad"."""
        return bool(
            self._next.match(setting.sentence_after) or self._heading.match(setting.sentence_before)
        )


def _coordinated(words: str, mentions: Sequence[Mention]) -> Iterator[list[Mention]]:
    """Yield names that stand in one row, "i Alvdal, Ekby och Sjövik", together."""
    group: list[Mention] = []
    for mention in mentions:
        if group and not _COORDINATES.match(words[group[-1].end : mention.start]):
            yield group
            group = []
        group.append(mention)
    yield group


def _setting(mention: Mention, group: Sequence[Mention], sentence: str, title: str) -> Setting:
    first, last = clause_around(sentence, group[0].start, group[-1].end)
    return Setting(
        before=sentence[first : group[0].start],
        after=sentence[group[-1].end : last],
        sentence_before=sentence[: mention.start],
        sentence_after=sentence[mention.end :],
        notice=f"{title} | {sentence}",
    )


def _in_field(
    candidate: Candidate, field: Field, offset: int, nested: Collection[int]
) -> Candidate:
    """Return a candidate found in a sentence with its place in the whole field."""
    found = candidate.evidence
    start, end = found.start + offset, found.end + offset
    rules = (*found.rules, NESTED) if start in nested else found.rules
    return replace(
        candidate, evidence=replace(found, field=field, start=start, end=end, rules=rules)
    )
