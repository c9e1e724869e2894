"""Finds names in a text: whole words, longest name first, with case and joining noted."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from samhandling.sources.gazetteer.vocabulary import QUALIFIERS, WORD, Target, Vocabulary, fold


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of text that is written like a name in the gazetteer.

    Attributes
    ----------
    start, end : int
        Where it stands in the text.
    targets : tuple of Target
        What it may point at.
    small_letters : bool
        True if it is written without the capital that a name has.
    """

    start: int
    end: int
    targets: tuple[Target, ...]
    small_letters: bool = False


def find_mentions(text: str, vocabulary: Vocabulary) -> Iterator[Mention]:
    """Yield the names in a text, in order and never overlapping.

    Notes
    -----
    The longest name wins: "Norra Alvdal" is never also "Alvdal". Only whole words count, so that
    "Alvdalshöjden" is not "Alvdal"; a compound with the ending of a street or a building is
    kept as a hint.
    """
    words = list(WORD.finditer(text))
    at = 0
    while at < len(words):
        word = words[at].group().casefold()
        found = None
        for length in vocabulary.lengths_from(word):
            if found := _name_at(text, words[at : at + length], length, vocabulary):
                at += length
                break
        else:
            found = _compound_at(words[at], vocabulary)
            at += 1
        if found:
            yield found


def _name_at(
    text: str, words: Sequence[re.Match[str]], length: int, vocabulary: Vocabulary
) -> Mention | None:
    if len(words) < length:
        return None
    start, end = words[0].start(), words[-1].end()
    form = fold(text[start:end])
    targets = vocabulary.targets(form)
    if not targets or "\n" in text[start:end]:
        return None
    written = form in vocabulary.small_letters or _has_capital([word.group() for word in words])
    return Mention(start, end, tuple(targets), small_letters=not written)


def _compound_at(word: re.Match[str], vocabulary: Vocabulary) -> Mention | None:
    if not word.group()[0].isupper():
        return None
    targets = vocabulary.compound_targets(word.group().casefold())
    return Mention(word.start(), word.end(), tuple(targets)) if targets else None


def _has_capital(words: Sequence[str]) -> bool:
    if words[0][0].isupper() or words[0][0].isdigit():
        return True
    return words[0] in QUALIFIERS and len(words) > 1 and words[1][0].isupper()
