"""An area's page: the period asked for, what to say first, and every figure drawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from samhandling_web.base.accounts.permissions import Actor
from samhandling_web.base.areas import selectors as areas
from samhandling_web.base.areas.models import Area
from samhandling_web.base.common.forms import PeriodForm
from samhandling_web.observe.events.snapshot.queries import snapshot_in_use
from samhandling_web.understand.picture import scopes
from samhandling_web.understand.picture.collation import collated
from samhandling_web.understand.picture.explore.choices import choices_for
from samhandling_web.understand.picture.explore.question import (
    Against,
    Place,
    Question,
    year_before,
)
from samhandling_web.understand.picture.figures import drawing
from samhandling_web.understand.picture.figures.content import Figure
from samhandling_web.understand.picture.figures.kept import figures_kept
from samhandling_web.understand.picture.figures.scope import Scope

FIRST_THINGS = (
    "alarms-",
    "levels-",
    "trend-",
    "like-areas-",
    "near-repeats-",
    "hours-",
    "hot-spots-",
    "listed-areas",
    "residents",
)
MOST_SAID_FIRST = 6
FILE_FORMATS = (("pdf", "PDF"), ("docx", "Word"), ("xlsx", "Excel"), ("json", "JSON"))


@dataclass(frozen=True, slots=True)
class Drawn:
    """A figure and its chart; `svg` is empty where a map or the table says it all.

    `query` asks for the same source, area and period on the map of hot cells.
    """

    figure: Figure
    svg: str
    query: str = ""


@dataclass(frozen=True, slots=True)
class AreaPage:
    """Everything about one area in one period."""

    scope: Scope
    figures: list[Figure]
    data_version: str

    def drawn(self) -> list[Drawn]:
        return [
            Drawn(figure, drawing.draw(figure), self._query_of(figure)) for figure in self.figures
        ]

    def _query_of(self, figure: Figure) -> str:
        """Return the question behind a figure of hot cells, nothing for other figures."""
        if figure.drawing.get("chart") != "cells":
            return ""
        return Question(
            source=figure.slug.removeprefix("hot-spots-"),
            level=self.scope.level,
            start=self.scope.start,
            end=self.scope.end,
            within=(Place(self.scope.level, self.scope.code),),
            against=Against.NOTHING,
        ).as_query()

    def said_first(self) -> list[Figure]:
        """Return the figures whose sentences a person in a hurry reads, most telling first."""
        return said_first(self.figures)


def said_first(figures: Sequence[Figure]) -> list[Figure]:
    """Return at most six figures with a sentence, in the order of `FIRST_THINGS`."""
    found = [
        figure
        for start in FIRST_THINGS
        for figure in figures
        if figure.slug.startswith(start) and figure.sentence
    ]
    return found[:MOST_SAID_FIRST]


def period_form(data: dict[str, str], actor: Actor) -> PeriodForm:
    """Return the period asked for; the last two years that there is anything about at first."""
    choices = choices_for(actor, snapshot_in_use())
    first, last = choices.default_period(next(iter(choices.sources)))
    given = {"first_day": data.get("first_day"), "last_day": data.get("last_day")}
    usual = {"first_day": year_before(first).isoformat(), "last_day": last.isoformat()}
    return PeriodForm({name: value or usual[name] for name, value in given.items()})


def area_page(area: Area, period: tuple[date, date]) -> AreaPage:
    """Count, or fetch what was counted before, everything about an area."""
    scope = scopes.scope_of(area, *period)
    figures, version = figures_kept(scope)
    return AreaPage(scope, figures, version)


def areas_by_level(actor: Actor, day: date) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Return every covering level with its areas as (code, name), those the person may see."""
    found = []
    for level in areas.levels_visible_to(actor).filter(is_overlay=False):
        named = areas.areas_visible_to(actor, level.slug, day).values_list("area__code", "name")
        if pairs := sorted(named, key=lambda pair: collated(pair[1])):
            found.append((level.slug, level.name_plural, pairs))
    return found
