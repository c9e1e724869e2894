"""Sentences and clauses of a Swedish notice: where one statement ends and the next begins."""

import re
from collections.abc import Iterator

_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"”’)]*\s+(?=[\"”’(–-]*[^\W\d_a-zåäö]|\d)|\n+")
# A full stop after these does not end a sentence.
_ABBREVIATION = re.compile(
    r"\b(?:bl\.? ?a|t\.? ?ex|m\.? ?m|o\.? ?s\.? ?v|s\.? ?k|kl|ca|nr|tel|dvs|osv|resp|f\.? ?d)\.$",
    re.IGNORECASE,
)
_CLAUSE_BREAK = re.compile(
    r"[,;:()]\s|\s[–-]\s|"
    r"\b(?:och|men|samt|där|när|då|sedan|innan|medan|eftersom|efter|som|att|vilket)\b",
    re.IGNORECASE,
)


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of each sentence, without the space around it.

    Notes
    -----
    A sentence ends at a stop followed by a capital letter or a digit, or at a line break. A text
    without capitals comes back as one sentence.
    """
    start = 0
    for stop in _SENTENCE_END.finditer(text):
        if _ABBREVIATION.search(text, start, stop.start()):
            continue
        if text[start : stop.start()].strip():
            yield _trimmed(text, start, stop.start())
        start = stop.end()
    if text[start:].strip():
        yield _trimmed(text, start, len(text))


def clause_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Return start and end of the clause that holds a stretch of a sentence.

    Parameters
    ----------
    text : str
        One sentence.
    start, end : int
        The stretch that must not be cut.
    """
    first, last = 0, len(text)
    for stop in _CLAUSE_BREAK.finditer(text):
        if stop.end() <= start:
            first = stop.end()
        elif stop.start() >= end:
            last = stop.start()
            break
    return first, last


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    stretch = text[start:end]
    return start + len(stretch) - len(stretch.lstrip()), end - len(stretch) + len(stretch.rstrip())
