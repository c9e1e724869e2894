"""What the open pages are about: which areas have one, and the file with every figure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from samhandling_web.base.areas import selectors as areas
from samhandling_web.base.areas.models import AreaLevel, Municipality
from samhandling_web.base.reports.content import SUPPRESSED, Column, FigureTable, Kind
from samhandling_web.observe.events.models import Category
from samhandling_web.understand.picture.collation import collated
from samhandling_web.understand.picture.figures.public_tables import (
    WITHHELD,
    PublicTable,
    public_levels,
    public_tables,
)
from samhandling_web.understand.picture.figures.scope import Scope

WHOLE = "kommun"
COLUMNS = (
    Column("Källa", name="source"),  # not shown
    Column("År", name="year"),  # not shown
    Column("Nivå", name="level"),  # not shown
    Column("Område", name="area_code"),  # not shown
    Column("Namn", name="area_name"),
    Column("Händelsetyp", name="category"),  # not shown
    Column("Antal", Kind.INT, name="count"),
)
Row = tuple[str, str, str, str, str, str, int]


@dataclass(frozen=True, slots=True)
class OpenLevel:
    """A level with open pages, and the areas on it today: code and name."""

    level: AreaLevel
    areas: list[tuple[str, str]]


def open_levels(day: date) -> list[OpenLevel]:
    """Return the levels and areas that have an open page."""
    return [
        OpenLevel(
            areas.level_by_slug(slug),
            sorted(
                areas.areas_visible_to(None, slug, day).values_list("area__code", "name"),
                key=lambda row: collated(row[1]),
            ),
        )
        for slug in public_levels()
    ]


def open_scope(level: str, code: str, day: date) -> Scope | None:
    """Return the scope of an open page, None where there is no such page.

    The figures are those of the last whole calendar year, or of the ones before it.
    """
    municipality = areas.municipality()
    slugs = public_levels()
    if municipality is None or not slugs:
        return None
    period = (date(day.year - 1, 1, 1), date(day.year - 1, 12, 31))
    if level == WHOLE and code == municipality.code:
        return Scope(slugs[0], "", municipality.name, municipality.name, *period)
    if level not in slugs:
        return None
    version = areas.areas_visible_to(None, level, day).filter(area__code=code).first()
    if version is None:
        return None
    return Scope(level, code, version.name, municipality.name, *period)


def every_figure() -> FigureTable:
    """Return every published count in one table."""
    labels = dict(Category.objects.values_list("slug", "label"))
    municipality = areas.municipality()
    rows = []
    for table in public_tables():
        names = _names(table, municipality)
        for source, year, level, code, category, count in counts_of(table):
            label = labels.get(category, category) or _("Alla")
            shown = SUPPRESSED if count == WITHHELD else count
            name = names.get((level, code), code)
            rows.append((source, str(year), level, code, name, label, shown))
    return FigureTable(_("Öppna siffror om händelser"), COLUMNS, tuple(rows))


def counts_of(table: PublicTable) -> Iterator[tuple[str, int, str, str, str, int]]:
    """Yield source, year, level, code, kind ("" is all) and count of everything published."""
    codes = (*table.codes, "-", "")
    for code, row in zip(codes, table.values, strict=True):
        level = table.level if code else WHOLE
        for category, count in zip((*table.categories, ""), row, strict=True):
            yield table.source, table.year, level, code, category, count
    for line in table.lines:
        for code, count in zip((*line.codes, f"-{line.within}"), line.values, strict=True):
            yield table.source, table.year, line.level, code, "", count


def _names(table: PublicTable, municipality: Municipality | None) -> dict[tuple[str, str], str]:
    """Return names by level and code: two levels may use the same codes."""
    day = date(table.year, 12, 31)
    names = {
        (WHOLE, ""): municipality.name if municipality else "",
        (table.level, "-"): _("Inget känt område"),
    }
    for level in {table.level, *(line.level for line in table.lines)}:
        named = areas.areas_on(level, day).values_list("area__code", "name")
        names |= {(level, code): name for code, name in named}
    for line in table.lines:
        within = names.get((table.level, line.within), line.within)
        rest = _("Inget känt område inom {area}").format(area=within)
        names[line.level, f"-{line.within}"] = rest
    return names
