"""How much lies in few places, and whether it stays there: the smallest areas of the scope."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import shapely
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from numpy.typing import NDArray
from scipy.stats import binomtest

from samhandling.patterns.concentration import Concentration, concentration
from samhandling_web.base.areas import selectors as areas
from samhandling_web.base.areas.models import AreaLevel
from samhandling_web.observe.events.snapshot.queries import Snapshot
from samhandling_web.understand.picture.figures.content import Cell, Figure, FigureColumn
from samhandling_web.understand.picture.figures.hot_spots_found import study_area
from samhandling_web.understand.picture.figures.scope import Scope
from samhandling_web.understand.picture.figures.wording import number, source_label

FEWEST_UNITS = 10
FEWEST_IN_HALF = 50
LEAST_PLACED = 0.5
TOP = 0.1
SEED = 1
MOST_NAMED = 5

COLUMNS = (
    FigureColumn("what", gettext_lazy("Vad")),
    FigureColumn("areas", gettext_lazy("Områden")),
    FigureColumn("share", gettext_lazy("Andel av händelserna"), "percent", 1),
    FigureColumn("interval", gettext_lazy("95 % intervall"), "interval", 1),
    FigureColumn("chance", gettext_lazy("Om alla vore lika"), "percent", 1),
)

Period = tuple[date, date]


@dataclass(frozen=True, slots=True, eq=False)
class Units:
    """The scope's smallest areas, with their events in each half of the period."""

    level: AreaLevel
    names: list[str]
    halves: tuple[Period, Period]
    first: NDArray[np.int64]
    second: NDArray[np.int64]
    unplaced: float

    @property
    def both(self) -> NDArray[np.int64]:
        return self.first + self.second


@dataclass(frozen=True, slots=True)
class Persistence:
    """What the areas with most events in the first half hold in the second, as shares."""

    top: tuple[int, ...]
    before: float
    share: float
    low: float
    high: float
    if_alike: float

    @property
    def lasts(self) -> bool:
        return self.low > self.if_alike


def concentration_figure(scope: Scope, snapshot: Snapshot, source: str) -> Figure | None:
    """Return how much the top areas hold, then and later; None with few areas or events."""
    units = _units(scope, snapshot, source)
    if units is None:
        return None
    found = concentration(
        units.both, np.ones(len(units.names)), rng=np.random.default_rng(SEED), top=TOP
    )
    lasting = persistence(units.first, units.second, found.top_areas)
    return Figure(
        slug=f"concentration-{source}",
        heading=_("Få ställen eller många: {source}").format(source=source_label(source)),
        sentence=_sentence(units, found, lasting),
        columns=COLUMNS,
        rows=_rows(units, found, lasting),
        source=source_label(source),
        definition=_(
            "Händelser per {level}. De {top} av {all} områden som har flest mot vad de skulle ha "
            "om varje område var lika utsatt (Bernasco och Steenbeek 2017). Händelser som inte kan "
            "föras till ett så litet område ({unplaced}) är inte med."
        ).format(
            level=units.level.name,
            top=found.top_areas,
            all=len(units.names),
            unplaced=number(units.unplaced),
        ),
        uncertainty=_(
            "Hela perioden: intervallet gäller risken i de områden som verkligen är mest utsatta; "
            "det räknade ligger ofta över, för de som fick flest fick det delvis av slump. Andra "
            "halvan: exakt binomialintervall, för smalt om händelser drar med sig varandra. "
            "Områden med fler invånare eller besökare har fler händelser utan att risken för var "
            "och en är större."
        ),
        method={"name": found.method.name, "top": TOP, "seed": SEED},
    )


def _units(scope: Scope, snapshot: Snapshot, source: str) -> Units | None:
    level = AreaLevel.objects.filter(is_base_unit=True).first()
    if level is None or snapshot.meta.division(level.slug, scope.on) is None:
        return None
    inside = _codes_inside(scope, level.slug)
    halves = _halves(scope)
    counted = [
        snapshot.by_area(scope.selection(source=source, period=half), level.slug) for half in halves
    ]
    at = [place for place, code in enumerate(counted[0].codes) if code in inside]
    first, second = (np.rint(one.counts[at]).astype(np.int64) for one in counted)
    unplaced = sum(one.unplaced for one in counted)
    placed = float(first.sum() + second.sum())
    if (
        len(at) < FEWEST_UNITS
        or min(first.sum(), second.sum()) < FEWEST_IN_HALF
        or placed < LEAST_PLACED * (placed + unplaced)
    ):
        return None
    return Units(level, [counted[0].names[place] for place in at], halves, first, second, unplaced)


def _codes_inside(scope: Scope, level: str) -> set[str]:
    """Return the codes of the units whose middle lies in the scope."""
    every = areas.area_as_set(level, scope.on)
    if scope.is_whole:
        return set(every.codes)
    middles = shapely.point_on_surface(every.geometries)
    inside = shapely.contains(study_area(scope).geometries[0], middles)
    return {code for code, is_inside in zip(every.codes, inside, strict=True) if is_inside}


def _halves(scope: Scope) -> tuple[Period, Period]:
    middle = scope.start + (scope.end - scope.start) / 2
    return (scope.start, middle), (middle + timedelta(days=1), scope.end)


def persistence(
    first: NDArray[np.int64], second: NDArray[np.int64], number_of_areas: int
) -> Persistence:
    """Choose the top areas by the first half alone, and count what they hold in the second.

    Chosen by the same events that are counted, any set of areas would look worse than the rest;
    the second half had no part in the choice.
    """
    top = np.argsort(-first, kind="stable")[:number_of_areas]
    held, every = int(second[top].sum()), int(second.sum())
    interval = binomtest(held, every).proportion_ci(0.95, method="exact")
    return Persistence(
        tuple(int(place) for place in top),
        float(first[top].sum() / first.sum()),
        held / every,
        float(interval.low),
        float(interval.high),
        number_of_areas / len(first),
    )


def _rows(units: Units, found: Concentration, lasting: Persistence) -> tuple[tuple[Cell, ...], ...]:
    top = np.argsort(-units.both, kind="stable")[: found.top_areas]
    chosen = _named(units, lasting.top)
    return (
        (
            _("Flest under hela perioden"),
            _named(units, top),
            found.share * 100,
            [found.low * 100, found.high * 100],
            found.by_chance * 100,
        ),
        (
            _("Flest under första halvan: där och då"),
            chosen,
            lasting.before * 100,
            None,
            None,
        ),
        (
            _("Samma områden under andra halvan"),
            chosen,
            lasting.share * 100,
            [lasting.low * 100, lasting.high * 100],
            lasting.if_alike * 100,
        ),
    )


def _named(units: Units, places: NDArray[np.int64] | tuple[int, ...]) -> str:
    names = [units.names[place] for place in places[:MOST_NAMED]]
    more = len(places) - len(names)
    return ", ".join(names) + (_(" och {more} till").format(more=more) if more else "")


def _sentence(units: Units, found: Concentration, lasting: Persistence) -> str:
    now = _(
        "De {top} av {all} områden som har flest händelser har {share} procent av dem; slumpen "
        "ensam skulle ge {chance} procent."
    ).format(
        top=found.top_areas,
        all=len(units.names),
        share=number(found.share * 100),
        chance=number(found.by_chance * 100),
    )
    later = _(
        "De som hade flest till och med {day} hade {share} procent därefter ({low}–{high}), mot "
        "{even} procent om alla vore lika."
    ).format(
        day=units.halves[0][1],
        share=number(lasting.share * 100),
        low=number(lasting.low * 100),
        high=number(lasting.high * 100),
        even=number(lasting.if_alike * 100),
    )
    verdict = (
        _("Det samlas på samma ställen.")
        if lasting.lasts
        else _("Om det samlas på samma ställen går inte att säga.")
    )
    return f"{now} {later} {verdict}"
