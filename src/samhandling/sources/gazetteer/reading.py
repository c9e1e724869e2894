"""Reads a notice: from the names in it to candidates with a judgement each."""

import re
from collections.abc import Iterator, Sequence

from samhandling.sources.gazetteer.context import Rule, Setting, judge
from samhandling.sources.gazetteer.decision import NESTED, TRUST, Candidate
from samhandling.sources.gazetteer.matching import Mention, find_mentions
from samhandling.sources.gazetteer.placement import Evidence, Field, Reason
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
        alternatives = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
        self._elsewhere = re.compile(rf"\b(?:{alternatives})s?\b") if names else None

    def is_elsewhere(self, title: str) -> bool:
        """Tell whether the title names a place outside the area served."""
        return bool(self._elsewhere and self._elsewhere.search(title))

    def candidates(self, field: Field, words: str, title: str) -> Iterator[Candidate]:
        """Yield the names in one field, judged, in the order of the text."""
        mentions = list(find_mentions(words, self._vocabulary))
        if not mentions:
            return
        outside = self.is_elsewhere(title)
        spans = iter(sentences(words))
        start, end = next(spans)
        for mention, following in zip(mentions, [*mentions[1:], None], strict=True):
            while mention.start >= end:
                start, end = next(spans)
            nested = following is not None and bool(
                following.end <= end and _JOINS_NEXT.match(words[mention.end : following.start])
            )
            sentence = words[start : max(end, mention.end)]
            inside = Mention(
                mention.start - start, mention.end - start, mention.targets, mention.small_letters
            )
            yield self._judged(inside, sentence, (field, start, title), nested, outside)

    def _judged(
        self,
        mention: Mention,
        sentence: str,
        place: tuple[Field, int, str],
        nested: bool,
        outside: bool,
    ) -> Candidate:
        field, offset, title = place
        setting = _setting(mention, sentence, title)
        targets = self._meant(mention, sentence)
        target = targets[0]
        rule = judge(setting)
        reason = rule.reason or self._other_doubt(mention, targets, setting, outside)
        confidence = TRUST[target.kind] * rule.factor * (_SMALL_LETTERS if mention.small_letters else 1)
        return Candidate(
            code=target.code,
            also=tuple(other.code for other in targets[1:]),
            confidence=0.0 if reason else confidence,
            reason=reason,
            evidence=Evidence(
                field=field,
                start=offset + mention.start,
                end=offset + mention.end,
                span=sentence[mention.start : mention.end],
                sentence=sentence,
                kind=target.kind,
                rules=_rule_names(target, rule, mention, nested),
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
        self, mention: Mention, targets: Sequence[Target], setting: Setting, outside: bool
    ) -> Reason | None:
        placed = bool(_PREPOSITION_BEFORE.search(setting.before))
        if outside or (self._elsewhere and self._elsewhere.search(setting.after)):
            return Reason.ELSEWHERE
        if mention.small_letters and (
            not placed or mention.end - mention.start < _SHORTEST_IN_SMALL_LETTERS
        ):
            return Reason.SMALL_LETTERS
        entry = self._vocabulary.entries[targets[0].code]
        if targets[0].kind is NameKind.OWN and entry.homonym:
            if mention.small_letters or not placed:
                return Reason.HOMONYM
        narrowest = self._vocabulary.ancestors(targets[0].code)
        if any(other.code not in narrowest for other in targets[1:]):
            return Reason.SHARED_NAME
        return None


def _setting(mention: Mention, sentence: str, title: str) -> Setting:
    first, last = clause_around(sentence, mention.start, mention.end)
    return Setting(
        before=sentence[first : mention.start],
        after=sentence[mention.end : last],
        sentence_before=sentence[: mention.start],
        sentence_after=sentence[mention.end :],
        notice=f"{title} | {sentence}",
    )


def _rule_names(target: Target, rule: Rule, mention: Mention, nested: bool) -> tuple[str, ...]:
    names = [f"name_{target.kind}", rule.name]
    if mention.small_letters:
        names.append("small_letters")
    if nested:
        names.append(NESTED)
    return tuple(names)
