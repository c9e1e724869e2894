"""The answer to a question: every area with its figures and intervals, months, kinds, totals."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import shapely
from numpy.typing import NDArray

from samhandling_web.base.accounts.permissions import Actor
from samhandling_web.base.areas import selectors as areas
from samhandling_web.observe.events.snapshot.overview import Overview, overview
from samhandling_web.observe.events.snapshot.queries import Selection, Snapshot
from samhandling_web.understand.picture.explore.estimates import (
    AreaEstimates,
    Whole,
    estimates,
)
from samhandling_web.understand.picture.explore.question import Against, Question
from samhandling_web.understand.picture.figures.coverage import placed_alike, share_placed
from samhandling_web.understand.picture.figures.residents import Residents, residents_on
from samhandling_web.understand.picture.figures.scope import DAYS_IN_YEAR, days


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """What the page, the map and the exports are all made from.

    `inside` says which areas of the level belong to the chosen part of the municipality, and
    `may_see` which the person may know of; the rest are counted in totals and shown nowhere.
    """

    question: Question
    on: date
    found: Overview
    names: Mapping[str, str]
    inside: NDArray[np.bool_]
    estimates: AreaEstimates
    place_name: str
    people_year: int | None
    not_placed_alike: bool

    @property
    def whole(self) -> Whole:
        """The chosen part of the municipality as one."""
        return self.estimates.chosen

    def shown(self) -> list[int]:
        """Return the positions of the areas to show, in the division's order."""
        codes = self.found.codes
        return [at for at, code in enumerate(codes) if self.inside[at] and code in self.names]


def answer(question: Question, snapshot: Snapshot, actor: Actor, reference: str) -> Answer:
    """Answer a question from the snapshot, with the names that the person may see.

    `reference` is a level that covers the municipality: what areas are compared with.
    """
    on = border_day(snapshot, question, reference)
    found = overview(snapshot, selection_of(question, on), question.before, question.level)
    not_alike = found.before is not None and not _placed_alike(question, snapshot, on, reference)
    if not_alike:
        # A source that began to give areas would make every area look as if crime began then.
        question, found = replace(question, against=Against.NOTHING), replace(found, before=None)
    # One level is often two of these three; each question to the database is asked once.
    levels = {question.level, reference, *(place.level for place in question.within)}
    known = {level: residents_on(level, on) for level in levels}
    people = known[question.level]
    inside = _inside(question, found.codes, on)
    figures = estimates(
        question,
        found,
        residents=_by_position(people, found.codes),
        here=_people_here(question, known, reference),
        municipality=_municipality(question, snapshot, found, on, (reference, known[reference])),
    )
    named = areas.areas_visible_to(actor, question.level, on).values_list("area__code", "name")
    return Answer(
        question=question,
        on=on,
        found=found,
        names=dict(named),
        inside=inside,
        estimates=figures,
        place_name=_place_name(question, on),
        people_year=people.year if people else None,
        not_placed_alike=not_alike,
    )


def _placed_alike(question: Question, snapshot: Snapshot, on: date, reference: str) -> bool:
    """Tell whether the source gave its events areas about as often in both periods."""
    assert question.before is not None
    everywhere = replace(selection_of(question, on, everywhere=True), hours=None, weekdays=())
    start, end = question.before
    before = replace(everywhere, start=start, end=end)
    return placed_alike([share_placed(snapshot, one, reference) for one in (everywhere, before)])


def border_day(snapshot: Snapshot, question: Question, reference: str) -> date:
    """Return the day whose borders are used: the last asked for, or the first that has any."""
    levels = {question.level, reference, *(place.level for place in question.within)}
    first_days = [
        min(date.fromisoformat(d.valid_from) for d in snapshot.meta.divisions if d.level == level)
        for level in levels
        if any(d.level == level for d in snapshot.meta.divisions)
    ]
    return max([question.end, *first_days])


def selection_of(question: Question, on: date, *, everywhere: bool = False) -> Selection:
    """Return the question as the snapshot takes it, with or without its part of the town."""
    within = () if everywhere else question.within
    return Selection(
        start=question.start,
        end=question.end,
        sources=(question.source,),
        categories=question.categories,
        level=within[0].level if within else question.level,
        areas=tuple(place.code for place in within),
        on=on,
        weekdays=question.weekday_numbers,
        hours=question.hours,
    )


def _by_position(people: Residents | None, codes: list[str]) -> NDArray[np.float64]:
    by_code = people.by_code if people else {}
    return np.array([by_code.get(code, 0.0) for code in codes])


def _inside(question: Question, codes: list[str], on: date) -> NDArray[np.bool_]:
    """Tell which areas of the level lie in the chosen part, by a point well inside each."""
    if not question.within:
        return np.ones(len(codes), dtype=bool)
    chosen = {place.code for place in question.within}
    if question.within[0].level == question.level:
        return np.array([code in chosen for code in codes])
    around = areas.area_as_set(question.within[0].level, on)
    part = shapely.union_all(
        [shape for code, shape in zip(around.codes, around.geometries, strict=True)
         if code in chosen]
    )  # fmt: skip
    shown = areas.area_as_set(question.level, on)
    points = dict(zip(shown.codes, shapely.point_on_surface(shown.geometries), strict=True))
    return np.array([code in points and bool(part.covers(points[code])) for code in codes])


def _people_here(
    question: Question, known: Mapping[str, Residents | None], reference: str
) -> float:
    """Return how many live in the chosen part of the municipality, zero when it is not known."""
    around = known[question.within[0].level if question.within else reference]
    if around is None:
        return 0.0
    if not question.within:
        return around.total
    return sum(around.by_code.get(place.code, 0.0) for place in question.within)


def _municipality(
    question: Question,
    snapshot: Snapshot,
    found: Overview,
    on: date,
    reference: tuple[str, Residents | None],
) -> Whole:
    """Return the whole municipality under the same question: what areas are held against.

    Only events placed in an area count here, as only they can count in any area.
    """
    level, people = reference
    if level == question.level and not question.within:
        placed = float(found.now.by_area.sum())
    else:
        everywhere = selection_of(question, on, everywhere=True)
        placed = float(snapshot.by_area(everywhere, level).counts.sum())
    years = days(question.period) / DAYS_IN_YEAR
    return Whole.of(placed, people.total if people else 0.0, years, None, None)


def _place_name(question: Question, on: date) -> str:
    """Return the names of the chosen areas, or of the municipality."""
    if not question.within:
        municipality = areas.municipality()
        return municipality.name if municipality else ""
    codes = [place.code for place in question.within]
    versions = areas.areas_on(question.within[0].level, on).filter(area__code__in=codes)
    return ", ".join(versions.values_list("name", flat=True)) or ", ".join(codes)
