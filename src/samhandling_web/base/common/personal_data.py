"""Finds people in free text: place-based work holds no persons.

An identity number's forms and its check digit are those of the `personnummer` library: ten or
twelve digits, with or without sign, ordinary and coordination numbers. Digits that fail the check,
such as case numbers and telephone numbers, are left alone. A person's name is a known given name
with a surname; a street or a square named after somebody is a place.
"""

import re
from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from personnummer import personnummer

from samhandling_web.base.common.person_names import (
    GIVEN_NAMES,
    PLACE_WORDS,
    SURNAME_ENDINGS,
    SURNAMES,
)

CANDIDATE = re.compile(r"(?<![\d-])(?:\d{2})?\d{6}[-+ ]?\d{4}(?![\d-])")
WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
BETWEEN = re.compile(r"^ +$")
REVERSED = re.compile(r"^, ?$")
ORDINARY_WORDS = frozenset({"per", "dan", "tim", "rolf", "said", "rune"})
"""Given names that in lower case are words of the language."""


def identity_numbers_in(text: str) -> list[str]:
    """Return every identity number in `text`, as it was written."""
    return [
        found for found in CANDIDATE.findall(text) if personnummer.valid(found.replace(" ", "-"))
    ]


def person_names_in(text: str) -> list[str]:
    """Return every name of a person in `text`, as it was written."""
    words = list(WORD.finditer(text))
    return [text[words[first].start() : words[last].end()] for first, last in _names(text, words)]


def _names(text: str, words: list[re.Match[str]]) -> Iterator[tuple[int, int]]:
    """Yield the first and last word of each name."""
    at = 0
    while at < len(words) - 1:
        last = _end_of_name(text, words, at)
        if last is None:
            at += 1
            continue
        if not _names_a_place(text, words, last):
            yield at, last
        at = last + 1


def _end_of_name(text: str, words: list[re.Match[str]], first: int) -> int | None:
    """Return where a name that begins with word `first` ends, or None."""
    if REVERSED.match(_gap(text, words, first)):
        is_reversed = _is_surname(words[first].group()) and _is_given(words[first + 1].group())
        return first + 1 if is_reversed and words[first].group()[0].isupper() else None
    at = first
    while at < len(words) - 1 and _is_given(words[at].group()):
        if not BETWEEN.match(_gap(text, words, at)):
            return None
        at += 1
        if _is_surname(words[at].group()) and _alike(words[first].group(), words[at].group()):
            return at
    return None


def _gap(text: str, words: list[re.Match[str]], at: int) -> str:
    return text[words[at].end() : words[at + 1].start()]


def _is_given(word: str) -> bool:
    parts = word.casefold().split("-")
    return word.casefold() in GIVEN_NAMES or all(part in GIVEN_NAMES for part in parts)


def _is_surname(word: str) -> bool:
    for form in {word, word.removesuffix("s")}:
        if form.casefold() in SURNAMES:
            return True
        if len(form) > 6 and form[0].isupper() and form.casefold().endswith(SURNAME_ENDINGS):
            return True
    return False


def _alike(given: str, surname: str) -> bool:
    """Whether the two stand together as a name: in haste it is written without capitals."""
    if surname[0].isupper():
        return True
    return surname.casefold().removesuffix("s") in SURNAMES and given not in ORDINARY_WORDS


def _names_a_place(text: str, words: list[re.Match[str]], last: int) -> bool:
    """Whether what follows the name says that a place bears it: Olof Palmes gata."""
    if last + 1 >= len(words) or not BETWEEN.match(_gap(text, words, last)):
        return False
    in_genitive = words[last].group().casefold().endswith("s")
    return in_genitive and words[last + 1].group().casefold() in PLACE_WORDS


def validate_no_identity_number(text: str) -> None:
    """Refuse text that holds an identity number, and say why without repeating it."""
    if identity_numbers_in(text):
        raise ValidationError(
            _(
                "Texten innehåller ett personnummer. Här registreras platser och händelser, "
                "inte personer: ta bort numret och spara igen."
            ),
            code="identity_number",
        )


def validate_no_person(text: str) -> None:
    """Refuse text that holds an identity number or a person's name, and say why."""
    validate_no_identity_number(text)
    if names := person_names_in(text):
        raise ValidationError(
            _(
                "Texten ser ut att nämna en person (%(name)s). Här registreras platser och "
                "händelser, inte personer: skriv vad som hände utan att säga vem, och spara igen."
            ),
            code="person_name",
            params={"name": names[0]},
        )
