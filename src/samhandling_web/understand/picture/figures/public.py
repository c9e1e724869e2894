"""Figures for the open pages: only from the protected tables, and what is public already."""

from collections.abc import Iterator
from dataclasses import replace
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
from samhandling_web.understand.picture.figures.residents import residents_in
from samhandling_web.understand.picture.figures.scope import Scope
from samhandling_web.understand.picture.figures.unsafety import unsafety_figure
from samhandling_web.understand.picture.figures.wording import number, source_label

FEWEST_ANSWERS = 30
MEASURES = (
    FigureColumn("count", gettext_lazy("Antal"), "int"),
    FigureColumn("rate", gettext_lazy("Per 1 000 invånare"), "decimal", 1),
    FigureColumn("rate_interval", gettext_lazy("95 % intervall"), "interval", 1),
)


def public_figures(scope: Scope) -> list[Figure]:
    """Return everything that an area's open page shows."""
    return [with_enough_decimals(figure) for figure in _candidates(scope) if figure is not None]


def _candidates(scope: Scope) -> Iterator[Figure | None]:
    yield people_figure(scope)
    tables = public_tables()
    for source in dict.fromkeys(table.source for table in tables):
        about = [t for t in tables if t.source == source and t.row(scope.level, scope.code)]
        if about:
            yield kinds_figure(scope, about[-1])
            yield years_figure(scope, about)
    unsafety = unsafety_figure(scope)
    yield with_enough_answers(unsafety) if unsafety else None
    yield listed_areas_figure(scope)


def kinds_figure(scope: Scope, table: PublicTable) -> Figure | None:
    """Return one year by kind of event; None where only the total is published."""
    row = table.row(scope.level, scope.code)
    if set(row) == {""}:
        return None
    labels = dict(Category.objects.values_list("slug", "label"))
    people = residents_in(scope, date(table.year, 12, 31))
    ordered = sorted((k for k in row if k), key=lambda k: (-row[k], labels.get(k, k)))
    rows = [(labels.get(kind, kind), *_measures(row[kind], people)) for kind in ordered]
    rows.append((_("Alla"), *_measures(row[""], people)))
    return Figure(
        slug=f"public-kinds-{table.source}",
        heading=_("{source} {year}").format(source=source_label(table.source), year=table.year),
        sentence=_total_in_words(scope, table, row[""]),
        columns=(FigureColumn("category", gettext_lazy("Händelsetyp")), *MEASURES),
        rows=tuple(rows),
        source=source_label(table.source),
        definition=_definition(scope),
        uncertainty=_uncertainty(),
        method={"name": "suppress", "k": LEAST_SHOWN},
        drawing=_drawing("category", people),
        is_public=True,
    )


def years_figure(scope: Scope, tables: list[PublicTable]) -> Figure:
    """Return all kinds together, year by year."""
    totals = [(table, table.row(scope.level, scope.code)[""]) for table in tables]
    rows = tuple(
        (str(table.year), *_measures(total, residents_in(scope, date(table.year, 12, 31))))
        for table, total in totals
    )
    last, total = totals[-1]
    return Figure(
        slug=f"public-years-{last.source}",
        heading=_("År för år: {source}").format(source=source_label(last.source)),
        sentence=_total_in_words(scope, last, total),
        columns=(FigureColumn("year", gettext_lazy("Kalenderår")), *MEASURES),
        rows=rows,
        source=source_label(last.source),
        definition=_definition(scope),
        uncertainty=_uncertainty(),
        method={"name": "suppress", "k": LEAST_SHOWN},
        drawing=_drawing("year", residents_in(scope, date(last.year, 12, 31))),
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
