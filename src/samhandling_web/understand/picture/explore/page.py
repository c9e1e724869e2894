"""Everything that the page of an answer needs, put together once."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.dateparse import parse_datetime

from samhandling_web.base.accounts.permissions import Actor
from samhandling_web.base.areas import selectors as areas
from samhandling_web.base.common.text import Text
from samhandling_web.observe.events.snapshot import rebuild
from samhandling_web.observe.events.snapshot.queries import Snapshot, snapshot_in_use
from samhandling_web.understand.picture.collation import collated
from samhandling_web.understand.picture.explore import drawings, presentation
from samhandling_web.understand.picture.explore.answer import Answer, answer, border_day
from samhandling_web.understand.picture.explore.choices import Choices, choices_for
from samhandling_web.understand.picture.explore.form import form_of
from samhandling_web.understand.picture.explore.known import known_part
from samhandling_web.understand.picture.explore.presentation import COLUMNS, Heading
from samhandling_web.understand.picture.explore.question import Fields, Measure, Question
from samhandling_web.understand.picture.explore.reading import UNKNOWN, read

ROWS_PER_PAGE = 50
SPARSE_SHARE = 0.2


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """A question as it was asked, and what it can be asked of."""

    snapshot: Snapshot
    choices: Choices
    question: Question
    problems: tuple[Text | str, ...]
    actor: Actor

    def answered(self) -> Answer:
        return answer(self.question, self.snapshot, self.actor, self._reference())

    def border_day(self) -> date:
        return border_day(self.snapshot, self.question, self._reference())

    def _reference(self) -> str:
        """Return the level asked about, or one that covers the municipality if it does not."""
        level = self.choices.levels[self.question.level]
        return self.choices.reference_level if level.is_overlay else level.slug


def asked(fields: Fields, actor: Actor) -> Asked:
    """Read the fields of an address; raises NoSnapshot where there is nothing to ask about."""
    snapshot = snapshot_in_use()
    choices = choices_for(actor, snapshot)
    found = read(fields, choices)
    question, cut = known_part(found.question, choices.sources[found.question.source].known)
    return _inside_what_is_seen(Asked(snapshot, choices, question, (*found.problems, *cut), actor))


def _inside_what_is_seen(asked_: Asked) -> Asked:
    """Leave out chosen areas that are not there, or that the person may not see, and say so."""
    chosen = asked_.question.within
    if not chosen:
        return asked_
    seen = areas.areas_visible_to(asked_.actor, chosen[0].level, asked_.border_day())
    codes = set(seen.values_list("area__code", flat=True))
    within = tuple(place for place in chosen if place.code in codes)
    if within == chosen:
        return asked_
    problems = tuple(dict.fromkeys((*asked_.problems, UNKNOWN)))
    return replace(asked_, question=replace(asked_.question, within=within), problems=problems)


def content_of(asked_: Asked, page_number: str | None) -> dict[str, Any]:
    """Return what the page shows: words, facts, map, charts, table and how we know."""
    found = asked_.answered()
    question = found.question
    table = Paginator(presentation.rows(found), ROWS_PER_PAGE).get_page(page_number)
    measure = question.measure
    return {
        "question": question,
        "query": question.as_query(),
        "problems": asked_.problems,
        "form": form_of(question, asked_.choices, _places(asked_, found)),
        "words": presentation.in_words(question, asked_.choices, found.place_name),
        "compared": presentation.compared_in_words(question),
        "facts": list(presentation.facts(found)),
        "level": asked_.choices.levels[question.level],
        "on": found.on,
        "border_day": found.on.isoformat(),
        "area_link": reverse("picture:area", args=(question.level, "CODE")).replace(
            "CODE", "{code}"
        ),
        "answer": found,
        "unplaced": found.found.now.unplaced,
        "unplaced_is_much": found.found.now.unplaced > SPARSE_SHARE * found.found.now.total,
        "uncertain_count": int(found.estimates.uncertain(measure)[found.shown()].sum()),
        "unit": presentation.UNITS[measure],
        "uncertain_label": presentation.uncertain_label(found),
        "breaks": ",".join(f"{value:g}" for value in presentation.breaks(found)),
        "middle": presentation.UNCHANGED if measure is Measure.CHANGE else "",
        "headings": list(headings(question)),
        "rows": table,
        "drawings": [drawings.months(found), drawings.kinds(found, asked_.choices)],
        "source": asked_.choices.source_names[question.source],
        "made_at": parse_datetime(asked_.snapshot.meta.made_at),
        "is_current": rebuild.is_current(),
    }


def headings(question: Question) -> Iterator[Heading]:
    """Return the table's columns, each with the address that sorts by it."""
    for key, label in COLUMNS:
        if not key:
            yield Heading("", str(label), "", "")
            continue
        is_here = question.sort.removeprefix("-") == key
        falls = question.sort.startswith("-")
        order = ("descending" if falls else "ascending") if is_here else "none"
        # Names are first read from the top, figures from the largest.
        first = key if key == "namn" else f"-{key}"
        turned = key if falls else f"-{key}"
        query = replace(question, sort=turned if is_here else first).as_query()
        yield Heading(key, str(label), query, order)


def _places(asked_: Asked, found: Answer) -> list[tuple[str, str]]:
    """Return what can be looked inside: the largest areas, and any others that are chosen."""
    level = asked_.choices.reference_level
    largest = areas.areas_visible_to(asked_.actor, level, found.on)
    places = [(f"{level}:{code}", name) for code, name in largest.values_list("area__code", "name")]
    places.sort(key=lambda place: collated(place[1]))
    known = {place for place, _name in places}
    chosen = [place for place in asked_.question.within if str(place) not in known]
    if chosen:
        codes = [place.code for place in chosen]
        others = areas.areas_visible_to(asked_.actor, chosen[0].level, found.on)
        names = dict(others.filter(area__code__in=codes).values_list("area__code", "name"))
        places += [(str(place), names.get(place.code, place.code)) for place in chosen]
    return places
