"""Figures for the open pages: only from the protected tables, and what is public already."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samhandling.patterns.rates import incident_rate
from samhandling_web.observe.events.models import Category
from samhandling_web.understand.picture.figures.content import (
    SUPPRESSED,
    Cell,
    Figure,
    FigureColumn,
)
from samhandling_web.understand.picture.figures.decimals import with_enough_decimals
from samhandling_web.understand.picture.figures.listed_areas import listed_areas_figure
from samhandling_web.understand.picture.figures.people import people_figure
from samhandling_web.understand.picture.figures.public_tables import (
    LEAST_SHOWN,
    WITHHELD,
    PublicTable,
    public_tables,
)
from samhandling_web.understand.picture.figures.residents import residents_each
from samhandling_web.understand.picture.figures.scope import Scope
from samhandling_web.understand.picture.figures.unsafety import unsafety_figure
from samhandling_web.understand.picture.figures.wording import number, source_label

FEWEST_ANSWERS = 30
MEASURES = (
    FigureColumn("count", gettext_lazy("Antal"), "int"),
    FigureColumn("rate", gettext_lazy("Per 1 000 invånare"), "decimal", 1),
    FigureColumn("rate_interval", gettext_lazy("95 % intervall"), "interval", 1),
)


@dataclass(frozen=True, slots=True)
class Counted:
    """What a source's figures of an area share, looked up once."""

    scope: Scope
    source: str
    people: dict[date, float | None]
    labels: dict[str, str]


def public_figures(scope: Scope) -> list[Figure]:
    """Return everything that an area's open page shows."""
    return [with_enough_decimals(figure) for figure in _candidates(scope) if figure is not None]


def _candidates(scope: Scope) -> Iterator[Figure | None]:
    yield people_figure(scope)
    tables = public_tables()
    about: dict[str, list[PublicTable]] = {}
    for table in tables:
        if table.row(scope.level, scope.code):
            about.setdefault(table.source, []).append(table)
    people = residents_each(scope, {_last_day(table) for table in tables})
    labels = dict(Category.objects.values_list("slug", "label"))
    for source, own in about.items():
        counted = Counted(scope, source_label(source), people, labels)
        yield kinds_figure(counted, own[-1])
        yield years_figure(counted, own)
    unsafety = unsafety_figure(scope)
    yield with_enough_answers(unsafety) if unsafety else None
    yield listed_areas_figure(scope)


def _last_day(table: PublicTable) -> date:
    return date(table.year, 12, 31)


def kinds_figure(counted: Counted, table: PublicTable) -> Figure | None:
    """Return one year by kind of event; None where only the total is published."""
    scope, labels = counted.scope, counted.labels
    row = table.row(scope.level, scope.code)
    if set(row) == {""}:
        return None
    people = counted.people[_last_day(table)]
    ordered = sorted((k for k in row if k), key=lambda k: (-row[k], labels.get(k, k)))
    rows = [(labels.get(kind, kind), *_measures(row[kind], people)) for kind in ordered]
    rows.append((_("Alla"), *_measures(row[""], people)))
    return Figure(
        slug=f"public-kinds-{table.source}",
        heading=_("{source} {year}").format(source=counted.source, year=table.year),
        sentence=_total_in_words(scope, table, row[""]),
        columns=(FigureColumn("category", gettext_lazy("Händelsetyp")), *MEASURES),
        rows=tuple(rows),
        source=counted.source,
        definition=_definition(scope),
        uncertainty=_uncertainty(),
        method={"name": "suppress", "k": LEAST_SHOWN},
        drawing=_drawing("category", people),
        is_public=True,
    )


def years_figure(counted: Counted, tables: list[PublicTable]) -> Figure:
    """Return all kinds together, year by year."""
    scope, people = counted.scope, counted.people
    totals = [(table, table.row(scope.level, scope.code)[""]) for table in tables]
    rows = tuple(
        (str(table.year), *_measures(total, people[_last_day(table)])) for table, total in totals
    )
    last, total = totals[-1]
    return Figure(
        slug=f"public-years-{last.source}",
        heading=_("År för år: {source}").format(source=counted.source),
        sentence=_total_in_words(scope, last, total),
        columns=(FigureColumn("year", gettext_lazy("Kalenderår")), *MEASURES),
        rows=rows,
        source=counted.source,
        definition=_definition(scope),
        uncertainty=_uncertainty(),
        method={"name": "suppress", "k": LEAST_SHOWN},
        drawing=_drawing("year", people[_last_day(last)]),
        is_public=True,
    )


def with_enough_answers(figure: Figure) -> Figure:
    """Hide survey results that rest on few answers: they say little and may point somebody out."""
    at = [column.name for column in figure.columns]
    value, interval, n = at.index("value"), at.index("interval"), at.index("n")
    rows = []
    for row in figure.rows:
        cells = list(row)
        answers = cells[n]
        if isinstance(answers, int) and answers < FEWEST_ANSWERS:
            cells[value], cells[interval], cells[n] = SUPPRESSED, None, SUPPRESSED
        rows.append(tuple(cells))
    return replace(figure, rows=tuple(rows))


def _measures(count: int, people: float | None) -> tuple[Cell, Cell, Cell]:
    """Return count, rate and interval; all of them hidden when the count is."""
    if count == WITHHELD:
        return SUPPRESSED, SUPPRESSED if people else None, None
    if not people:
        return count, None, None
    estimate = incident_rate([count], [people])
    return count, float(estimate.rate[0]), [float(estimate.low[0]), float(estimate.high[0])]


def _drawing(label: str, people: float | None) -> dict[str, str]:
    if people:
        return {"chart": "bars", "label": label, "value": "rate", "interval": "rate_interval"}
    return {"chart": "bars", "label": label, "value": "count"}


def _total_in_words(scope: Scope, table: PublicTable, total: int) -> str:
    if total == WITHHELD:
        return _("Antalet i {area} {year} visas inte, för att skydda små tal.").format(
            area=scope.name, year=table.year
        )
    return _("{count} händelser i {area} {year}.").format(
        count=number(total), area=scope.name, year=table.year
    )


def _definition(scope: Scope) -> str:
    if scope.is_whole:
        return _("Händelser i kommunen under kalenderåret, även de som saknar känt område.")
    return _(
        "Händelser under kalenderåret som kan föras till området, med årets sista dags gränser."
    )


def _uncertainty() -> str:
    return _(
        "Exakta Poissonintervall (Garwood 1936). Antal under {k} visas inte, och inte heller de "
        "tal som skulle avslöja dem."
    ).format(k=LEAST_SHOWN)
