"""The police's list over the years: which areas, which class, and how many live inside.

Counting areas hides what happened when borders were redrawn; residents inside are shown for
every version of the list, all with the same year's population, so that only the list moves.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
import shapely
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samhandling.space.areas import AreaSet
from samhandling.space.crosswalk import overlaps
from samhandling_web.base.areas import selectors as areas
from samhandling_web.base.areas.models import AreaLevel, AreaVersion
from samhandling_web.understand.picture.figures.borders import held_day
from samhandling_web.understand.picture.figures.content import Cell, Figure, FigureColumn
from samhandling_web.understand.picture.figures.residents import Residents, residents_on
from samhandling_web.understand.picture.figures.scope import Scope
from samhandling_web.understand.picture.figures.wording import number

CLASS_WORDS = {
    "vulnerable": gettext_lazy("utsatt område"),
    "risk": gettext_lazy("riskområde"),
    "particularly_vulnerable": gettext_lazy("särskilt utsatt område"),
}
COLUMNS = (
    FigureColumn("listed_from", gettext_lazy("Lista från"), "date"),
    FigureColumn("area", gettext_lazy("Område på listan")),
    FigureColumn("class", gettext_lazy("Klass")),
    FigureColumn("residents", gettext_lazy("Invånare innanför (ungefär)"), "int"),
)
LEAST_SHARE = 0.01
ROUNDED_TO = 100


@dataclass(frozen=True, slots=True)
class Units:
    """The statistical base units of the scope and their residents."""

    areas: AreaSet
    residents: Residents


def listed_areas_figure(scope: Scope) -> Figure | None:
    """Return every listed area that reaches into the scope.

    None when there is no list, or no residents to count inside it. The figure is for everyone,
    so lists and areas on them that are not public are left out.
    """
    units = _units(scope)
    rows: list[tuple[Cell, ...]] = []
    totals: dict[date, float] = {}
    for level in _lists():
        for day in areas.division_days(level.slug):
            if day <= scope.end:
                _add_rows(rows, totals, units, level.slug, day)
    if not rows:
        return None
    year = units.residents.year if units else None
    return Figure(
        slug="listed-areas",
        heading=_("Polisens lista över utsatta områden"),
        sentence=_in_words(totals),
        columns=COLUMNS,
        rows=tuple(rows),
        source=_("Polismyndigheten, områdenas gränser som de importerats"),
        definition=_(
            "Invånare {year} i basområden, fördelade efter hur stor del av ytan som ligger inom "
            "listans gräns. Samma befolkning för alla år: bara listan och gränserna ändras."
        ).format(year=year or ""),
        uncertainty=_(
            "Avrundat till hundratal; fördelning efter yta är osäker på några procent. Listan är "
            "polisens expertbedömning, inte en mätning av brott."
        ),
        method={"name": "overlaps", "rounded_to": ROUNDED_TO},
        is_public=True,
    )


def _lists() -> list[AreaLevel]:
    """Return the overlay levels whose areas have a class: lists, not police districts."""
    overlays = areas.levels_visible_to(None).filter(is_overlay=True)
    return [level for level in overlays if _has_classes(level)]


def _has_classes(level: AreaLevel) -> bool:
    version = AreaVersion.objects.filter(area__level=level).first()
    return version is not None and "class" in version.attributes


def _units(scope: Scope) -> Units | None:
    base = AreaLevel.objects.filter(is_base_unit=True).first()
    residents = residents_on(base.slug, scope.on) if base else None
    if base is None or residents is None:
        return None
    every = areas.area_as_set(base.slug, held_day(base.slug, scope.on))
    if scope.is_whole:
        return Units(every, residents)
    whole = areas.area_as_set(scope.level, held_day(scope.level, scope.on))
    inside = shapely.contains(
        whole.geometries[whole.position(scope.code)], shapely.point_on_surface(every.geometries)
    )
    codes = [code for code, is_inside in zip(every.codes, inside, strict=True) if is_inside]
    return Units(every.subset(codes), residents) if codes else None


def _add_rows(
    rows: list[tuple[Cell, ...]],
    totals: dict[date, float],
    units: Units | None,
    level: str,
    day: date,
) -> None:
    listed = list(areas.areas_visible_to(None, level, day).defer("geometry", "geometry_map"))
    if units is None or not listed:
        return
    listed_set = areas.area_as_set(level, day)
    i, j, surface, unit_surface, listed_surface = overlaps(units.areas, listed_set)
    people = np.array([units.residents.by_code.get(code, 0) for code in units.areas.codes])
    many = len(listed_set.codes)
    inside = np.bincount(j, weights=people[i] * surface / unit_surface[i], minlength=many)
    reach = np.bincount(j, weights=surface, minlength=many) / listed_surface
    by_code = {version.area.code: version for version in listed}
    for at in np.flatnonzero(reach >= LEAST_SHARE):
        version = by_code.get(listed_set.codes[at])
        if version is None or not version.attributes.get("class"):
            continue
        rounded = round(float(inside[at]) / ROUNDED_TO) * ROUNDED_TO
        rows.append((day.isoformat(), version.name, _class_of(version), rounded))
        totals[day] = totals.get(day, 0) + float(inside[at])


def _class_of(version: AreaVersion) -> str:
    slug = str(version.attributes["class"])
    return str(CLASS_WORDS.get(slug, slug))


def _in_words(totals: dict[date, float]) -> str:
    parts = [
        _("{people} i listan från {day}").format(
            people=number(round(people / ROUNDED_TO) * ROUNDED_TO), day=day.isoformat()
        )
        for day, people in sorted(totals.items())
    ]
    return _("Invånare innanför: {parts}.").format(parts="; ".join(parts))
