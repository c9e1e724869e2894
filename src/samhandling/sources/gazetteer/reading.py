"""Reads a notice: from the names in it to candidates with a judgement each."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

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
_JOINS_NEXT = re.compile(r"^,?\s+(?:(?:i|på|vid)\s+)?$")
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
        notice = _Notice(
            field, title, elsewhere=bool(self._elsewhere and self._elsewhere.titles(title))
        )
        spans = iter(sentences(words))
        start, end = next(spans)
        for mention, following in zip(mentions, [*mentions[1:], None], strict=True):
            while mention.start >= end:
                start, end = next(spans)
            nested = following is not None and bool(
                following.end <= end and _JOINS_NEXT.match(words[mention.end : following.start])
            )
            sentence = words[start : max(end, mention.end)]
            inside = replace(mention, start=mention.start - start, end=mention.end - start)
            yield self._judged(notice, inside, sentence, start, nested=nested)

    def _judged(
        self, notice: "_Notice", mention: Mention, sentence: str, offset: int, *, nested: bool
    ) -> Candidate:
        setting = _setting(mention, sentence, notice.title)
        targets = self._meant(mention, sentence)
        target = targets[0]
        rule = judge(setting, RULES)
        elsewhere = notice.elsewhere or bool(self._elsewhere and self._elsewhere.places(setting))
        reason = rule.reason or (
            Reason.ELSEWHERE if elsewhere else self._other_doubt(mention, targets, setting)
        )
        certainty = _SMALL_LETTERS if mention.small_letters else 1.0
        names = [f"name_{target.kind}", rule.name]
        return Candidate(
            code=target.code,
            also=tuple(other.code for other in targets[1:]),
            confidence=0.0 if reason else TRUST[target.kind] * rule.factor * certainty,
            reason=reason,
            evidence=Evidence(
                field=notice.field,
                start=offset + mention.start,
                end=offset + mention.end,
                span=sentence[mention.start : mention.end],
                sentence=sentence,
                kind=target.kind,
                rules=(*names, *["small_letters"] * mention.small_letters, *[NESTED] * nested),
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


@dataclass(frozen=True, slots=True)
class _Notice:
    """What is the same for all names in one field of a notice."""

    field: Field
    title: str
    elsewhere: bool


def _setting(mention: Mention, sentence: str, title: str) -> Setting:
    first, last = clause_around(sentence, mention.start, mention.end)
    return Setting(
        before=sentence[first : mention.start],
        after=sentence[mention.end : last],
        sentence_before=sentence[: mention.start],
        sentence_after=sentence[mention.end :],
        notice=f"{title} | {sentence}",
    )
