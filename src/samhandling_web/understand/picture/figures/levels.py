"""How much, and is it more than before: events, rates and change, per kind of event."""

from collections.abc import Sequence

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samhandling.patterns.rate_ratio import rate_ratio
from samhandling.patterns.rates import incident_rate, poisson_interval
from samhandling_web.observe.events.models import Category
from samhandling_web.observe.events.snapshot.queries import Snapshot
from samhandling_web.understand.picture.figures.content import Cell, Figure, FigureColumn
from samhandling_web.understand.picture.figures.residents import residents_on
from samhandling_web.understand.picture.figures.scope import Scope
from samhandling_web.understand.picture.figures.wording import (
    change_in_words,
    finite,
    number,
    source_label,
)

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
    people = _residents(scope)
    labels = dict(Category.objects.values_list("slug", "label"))
    slugs = sorted(now.keys() | before.keys(), key=lambda s: (-now.get(s, 0), s))
    days_before = (scope.before[1] - scope.before[0]).days + 1
    exposures = (scope.years, days_before / 365.25)
    rows = [
        (labels.get(slug, slug), *_row(now.get(slug, 0), before.get(slug, 0), exposures, people))
        for slug in slugs
    ]
    total = _row(sum(now.values()), sum(before.values()), exposures, people)
    if len(rows) > 1:
        rows.append((_("Alla"), *total))
    ratio, interval = total[4], total[5]
    return Figure(
        slug=f"levels-{source}",
        heading=_("Hur mycket: {source}").format(source=source_label(source)),
        sentence=_("{count} händelser i {area} under perioden. {change}").format(
            count=number(sum(now.values())),
            area=scope.name,
            change=change_in_words(ratio, interval),
        ),
        columns=COLUMNS,
        rows=tuple(rows),
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
        drawing={"chart": "bars", "label": "category", "value": "rate", "interval": "rate_interval"}
        if people
        else {"chart": "bars", "label": "category", "value": "count"},
    )


def _residents(scope: Scope) -> float | None:
    known = residents_on(scope.level, scope.on)
    if known is None:
        return None
    people = known.total if scope.is_whole else known.by_code.get(scope.code, 0)
    return people or None


def _row(
    now: float, before: float, exposures: tuple[float, float], people: float | None
) -> Sequence[Cell]:
    count, count_before = round(now), round(before)
    rate, interval = _rate(count, people, exposures[0])
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
