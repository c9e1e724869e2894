"""The part of a question that its source can answer: where it knows nothing there is no zero."""

from dataclasses import replace

from samhandling_web.base.common.text import Text, _
from samhandling_web.understand.picture.explore.question import Against, Period, Question

NOTHING_KNOWN = _(
    "Källan har inga uppgifter från perioden. Välj en period mellan {first} och {last}."
)
CUT = _("Källan har uppgifter från {first} till {last}. Svaret gäller den delen av perioden.")
NOT_COMPARED = _("Ingen jämförelse: källan har inte uppgifter från hela jämförelseperioden.")


def known_part(question: Question, known: Period) -> tuple[Question, tuple[Text | str, ...]]:
    """Return the question cut to what its source knows, and what was cut, in words.

    `known` is the time that the source tells of, whole months.
    """
    first, last = known
    if question.end < first or last < question.start:
        return question, (NOTHING_KNOWN.format(first=first, last=last),)
    said: list[Text | str] = []
    before = question.before
    if not (first <= question.start and question.end <= last):
        said.append(CUT.format(first=first, last=last))
        question = replace(question, start=max(question.start, first), end=min(question.end, last))
        before = question.before
    if before is not None and not (first <= before[0] and before[1] <= last):
        said.append(NOT_COMPARED)
        question = replace(question, against=Against.NOTHING)
    return question, tuple(said)
