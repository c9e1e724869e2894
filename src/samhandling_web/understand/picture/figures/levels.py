"""How much, and is it more than before: events, rates and change, per kind of event."""

from collections.abc import Mapping, Sequence

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samhandling.patterns.rate_ratio import rate_ratio
from samhandling.patterns.rates import incident_rate, poisson_interval
from samhandling_web.observe.events.models import Category
from samhandling_web.observe.events.snapshot.queries import Snapshot
from samhandling_web.understand.picture.figures.content import Cell, Figure, FigureColumn
from samhandling_web.understand.picture.figures.coverage import Coverage, coverage
from samhandling_web.understand.picture.figures.residents import residents_in
from samhandling_web.understand.picture.figures.scope import DAYS_IN_YEAR, Scope, days
from samhandling_web.understand.picture.figures.wording import (
    change_in_words,
    finite,
    number,
    source_label,
)

Counts = Mapping[str, float]
WITH_RATE = {
    "chart": "bars",
    "label": "category",
    "value": "rate",
    "interval": "rate_interval",
}
WITHOUT_RATE = {"chart": "bars", "label": "category", "value": "count"}

COLUMNS = (
    FigureColumn("category", gettext_lazy("Händelsetyp")),
    FigureColumn("count", gettext_lazy("Antal"), "int"),
    FigureColumn("rate", gettext_lazy("Per 1 000 invånare och år"), "decimal", 1),
    FigureColumn("rate_interval", gettext_lazy("95 % intervall"), "interval", 1),
    FigureColumn("before", gettext_lazy("Antal, jämförelseperiod"), "int"),
    FigureColumn("ratio", gettext_lazy("Förändring, kvot"), "decimal", 2),
    FigureColumn("ratio_interval", gettext_lazy("95 % intervall för kvoten"), "interval", 2),
)


def level_figure(scope: Scope, snapshot: Snapshot, source: str) -> Figure | None:
    """Return counts, rates and change by kind of event; None when nothing was ever registered."""
    now = snapshot.by_category(scope.selection(source=source))
    before = snapshot.by_category(scope.selection(source=source, period=scope.before))
    if not now and not before:
        return None
    people = residents_in(scope, scope.on)
    placed = coverage(scope, snapshot, source)
    rows = _rows(scope, now, before if placed.is_comparable else None, people)
    return Figure(
        slug=f"levels-{source}",
        heading=_("Hur mycket: {source}").format(source=source_label(source)),
        sentence=_sentence(scope, now, rows[-1], placed),
        columns=COLUMNS,
        rows=rows,
        source=source_label(source),
        definition=_(
            "Händelser vars tid (mitten av tidsintervallet) ligger i perioden och som kan föras "
            "till området. Kvoten jämför med {start}–{end}, räknat per dag."
        ).format(start=scope.before[0], end=scope.before[1]),
        uncertainty=_(
            "Exakta Poissonintervall (Garwood 1936) för antal per invånare; mid-p för kvoten. "
            "De rymmer slumpen, inte förändrad anmälningsvilja."
        ),
        method={"name": "incident_rate, rate_ratio", "confidence": 0.95},
        drawing=WITH_RATE if people else WITHOUT_RATE,
    )


def _rows(
    scope: Scope, now: Counts, before: Counts | None, people: float | None
) -> tuple[tuple[Cell, ...], ...]:
    """Return a row for each kind, most first, and one for all when there are several."""
    labels = dict(Category.objects.values_list("slug", "label"))
    slugs = sorted(now.keys() | (before or {}).keys(), key=lambda s: (-now.get(s, 0), s))
    exposures = (scope.years, days(scope.before) / DAYS_IN_YEAR)

    def row(label: str, count: float, count_before: float | None) -> tuple[Cell, ...]:
        return (label, *_row(count, count_before, exposures, people))

    rows = [
        row(labels.get(s, s), now.get(s, 0), None if before is None else before.get(s, 0))
        for s in slugs
    ]
    if len(rows) > 1:
        total_before = None if before is None else sum(before.values())
        rows.append(row(_("Alla"), sum(now.values()), total_before))
    return tuple(rows)


def _sentence(scope: Scope, now: Counts, total: tuple[Cell, ...], placed: Coverage) -> str:
    count = _("{count} händelser i {area} under perioden.").format(
        count=number(sum(now.values())), area=scope.name
    )
    if placed.is_comparable:
        return f"{count} {change_in_words(total[5], total[6])}"
    return (
        count
        + " "
        + _(
            "Ingen jämförelse med tiden före: källan täcker den inte lika väl "
            "({months} procent av månaderna har uppgifter; {before} procent av händelserna kunde "
            "föras till ett område då, {now} procent nu)."
        ).format(
            months=number(placed.months_before * 100),
            before=number(placed.before * 100),
            now=number(placed.now * 100),
        )
    )


def _row(
    now: float, before: float | None, exposures: tuple[float, float], people: float | None
) -> Sequence[Cell]:
    count = round(now)
    rate, interval = _rate(count, people, exposures[0])
    if before is None:
        return (count, rate, interval, None, None, None)
    count_before = round(before)
    if not count and not count_before:
        return (count, rate, interval, count_before, None, None)
    change = rate_ratio((count, count_before), exposures)
    ratio = float(change.value) if np.isfinite(change.value) else None
    return (count, rate, interval, count_before, ratio, finite(change.low, change.high))


def _rate(count: int, people: float | None, years: float) -> tuple[Cell, Cell]:
    if people is None:
        return None, None
    estimate = incident_rate([count], [people * years])
    return float(estimate.rate[0]), [float(estimate.low[0]), float(estimate.high[0])]


def count_interval(count: int) -> list[float]:
    """Return the exact 95 % interval of a count."""
    low, high = poisson_interval([count])
    return [float(low[0]), float(high[0])]
