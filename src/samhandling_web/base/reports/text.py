"""From what a person has typed to text that is literal in every format. Plain Python."""

import re
from collections.abc import Iterable

from samhandling_web.base.common.charts.canvas import clean as clean_for_xml
from samhandling_web.base.reports.content import Block, BulletList, Emphasis, Paragraph, Run

# Private characters that the Word writer uses as its own signs; nobody can type their meaning.
PRIVATE = re.compile("[\ue000-\ue00f]")
STRONG_OR_EMPHASIS = re.compile(
    r"\*\*(?=\S)(.+?)(?<=\S)\*\*|\*(?=[^\s*])([^*]+?)(?<=\S)\*", re.DOTALL
)
BULLET = re.compile(r"\s*[-•–]\s+")


def clean(text: str) -> str:
    """Drop characters that no format can hold, and the house's own signs."""
    return PRIVATE.sub("", clean_for_xml(text))


def one_line(text: str) -> str:
    """Clean text on one line: for titles, headers and labels."""
    return " ".join(part for part in re.split("[ \t\r\n\v\f\u2028\u2029]+", clean(text)) if part)


def runs(text: str) -> tuple[Run, ...]:
    """Read `**strong**` and `*emphasis*`; everything else, other markup included, is literal.

    Examples
    --------
    >>> [(run.text, str(run.emphasis)) for run in runs("Fler *rån* i år")]
    [('Fler ', 'none'), ('rån', 'emphasis'), (' i år', 'none')]
    """
    text = one_line(text) if "\n" in text or "\r" in text else clean(text)
    found: list[Run] = []
    place = 0
    for match in STRONG_OR_EMPHASIS.finditer(text):
        if match.start() > place:
            found.append(Run(text[place : match.start()]))
        strong, emphasis = match.groups()
        found.append(Run(strong, Emphasis.STRONG) if strong else Run(emphasis, Emphasis.EMPHASIS))
        place = match.end()
    if place < len(text):
        found.append(Run(text[place:]))
    return tuple(found)


def paragraph(text: str) -> Paragraph:
    """One paragraph of typed text."""
    return Paragraph(runs(text))


def blocks(text: str) -> tuple[Block, ...]:
    """Typed text as paragraphs and lists: an empty line parts paragraphs, a dash starts an item."""
    made: list[Block] = []
    for part in re.split(r"\n\s*\n", text.replace("\r\n", "\n").replace("\r", "\n")):
        lines = [line for line in part.split("\n") if line.strip()]
        made.extend(blocks_of(lines))
    return tuple(made)


def blocks_of(lines: Iterable[str]) -> Iterable[Block]:
    """Lines that stand together: running text, then items, in the order they come."""
    running: list[str] = []
    items: list[str] = []
    for line in lines:
        if BULLET.match(line):
            if running:
                yield paragraph(" ".join(running))
                running = []
            items.append(BULLET.sub("", line, count=1))
        elif items:
            items[-1] += " " + line.strip()
        else:
            running.append(line.strip())
    if running:
        yield paragraph(" ".join(running))
    if items:
        yield BulletList(tuple(runs(item) for item in items))
