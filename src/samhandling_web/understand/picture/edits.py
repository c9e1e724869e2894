"""Two people in the same draft: whose words are kept. Plain Python.

A page that is sent back carries a mark of each text as it was when the page was shown. Only
texts that the writer has changed are written; where somebody else has changed the same text
in the meantime, nothing is, until the writer has seen both.
"""

import hashlib
from collections.abc import Iterable, Mapping

MARK_LENGTH = 16


def mark_of(value: object) -> str:
    """Return a short mark that differs whenever the text does."""
    return hashlib.sha256(str(value).encode()).hexdigest()[:MARK_LENGTH]


def marks_of(values: Mapping[str, object]) -> dict[str, str]:
    return {name: mark_of(value) for name, value in values.items()}


def marks_as_text(marks: Mapping[str, str]) -> str:
    """Write marks for a hidden field."""
    return ";".join(f"{name}:{mark}" for name, mark in marks.items())


def marks_from_text(text: str) -> dict[str, str]:
    """Read marks from a hidden field; what is not a mark is left out."""
    pairs = (part.partition(":") for part in text.split(";"))
    return {name: mark for name, _colon, mark in pairs if name and mark}


def written_by(changes: Mapping[str, object], seen: Mapping[str, str]) -> dict[str, object]:
    """Return the changes that the writer made, leaving out texts sent back as they were shown."""
    return {name: value for name, value in changes.items() if seen.get(name) != mark_of(value)}


def clashing(
    written: Mapping[str, object], current: Mapping[str, object], seen: Mapping[str, str]
) -> Iterable[str]:
    """Name every text that both the writer and somebody else changed to different words."""
    for name, value in written.items():
        if name in seen and seen[name] != mark_of(current[name]) and current[name] != value:
            yield name
