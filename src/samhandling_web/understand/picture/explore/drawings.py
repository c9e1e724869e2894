"""The answer's charts: months with the comparison period, and kinds of events."""

from dataclasses import dataclass
from datetime import date

import numpy as np
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from samhandling.patterns.rates import poisson_interval
from samhandling_web.base.common import charts
from samhandling_web.observe.events.snapshot.overview import Counted
from samhandling_web.understand.picture.explore.answer import Answer
from samhandling_web.understand.picture.explore.choices import Choices
from samhandling_web.understand.picture.explore.question import Period
from samhandling_web.understand.picture.figures.scope import days
from samhandling_web.understand.picture.figures.wording import number

FEWEST_MONTHS = 3
MOST_KINDS = 14
WIDTH = 720


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart with the table behind it. `svg` is empty where a chart would say nothing."""

    title: str
    description: str
    svg: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def months(answer: Answer) -> Drawing:
    """Draw whole months of the period with intervals, and of the comparison period beneath."""
    question, now = answer.question, answer.found.now
    labels, counts = _whole(now, question.period)
    earlier = _earlier(answer, len(counts))
    title = _("Månad för månad")
    if len(counts) < FEWEST_MONTHS:
        words = _("Perioden har färre än {months} hela månader och visas inte som kurva.")
        return Drawing(title, words.format(months=FEWEST_MONTHS), "", (), ())
    words = _("Hela månader, {first}–{last}. Bandet är 95 % intervall.").format(
        first=str(labels[0]), last=str(labels[-1])
    )
    # The band belongs to the period that is asked about; two bands would hide each other.
    lines = [_line(_span(question.period), labels, counts, banded=True)]
    if earlier is not None and question.before:
        lines.append(_line(_span(question.before), labels, earlier, banded=False))
    frame = charts.Frame(title, words, unit=_("händelser"), width=WIDTH, height=340)
    svg = charts.line_chart(charts.LineChart(frame, tuple(lines)))
    return Drawing(title, words, svg, *_months_table(labels, counts, earlier))


def _earlier(answer: Answer, size: int) -> NDArray[np.int64] | None:
    """Return the comparison's whole months when they are as many as the period's."""
    before, period = answer.found.before, answer.question.before
    if before is None or period is None:
        return None
    _labels, counts = _whole(before, period)
    return counts if len(counts) == size else None


def _whole(counted: Counted, period: Period) -> tuple[NDArray[np.datetime64], NDArray[np.int64]]:
    """Return the months that lie wholly in the period: half a month is not a low month."""
    begins = counted.months.astype("datetime64[D]")
    ends = (counted.months + 1).astype("datetime64[D]") - 1
    whole = (begins >= np.datetime64(period[0])) & (ends <= np.datetime64(period[1]))
    return counted.months[whole], np.rint(counted.by_month[whole]).astype(np.int64)


def _span(period: Period) -> str:
    first, last = period
    if first.year == last.year:
        return str(first.year) if days(period) > 364 else f"{first:%Y-%m}–{last:%m}"
    return f"{first:%Y-%m}–{last:%Y-%m}"


def _line(
    label: str,
    labels: NDArray[np.datetime64],
    counts: NDArray[np.int64],
    *,
    banded: bool,
) -> charts.Line:
    low, high = poisson_interval(counts)
    points = []
    for at, month in enumerate(labels):
        value = float(counts[at])
        estimate = charts.Estimate(value, float(low[at]), float(high[at]))
        points.append((_first_of(month), estimate if banded else charts.Estimate(value)))
    return charts.Line(label, tuple(points))


def _first_of(month: np.datetime64) -> date:
    return date.fromisoformat(f"{month}-01")


def _months_table(
    labels: NDArray[np.datetime64], counts: NDArray[np.int64], earlier: NDArray[np.int64] | None
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    low, high = poisson_interval(counts)
    headings = [_("Månad"), _("Antal"), _("95 % intervall")]
    if earlier is not None:
        headings.append(_("Jämförelse"))
    rows = []
    for at, month in enumerate(labels):
        row = [str(month), number(int(counts[at])), f"{number(low[at])}–{number(high[at])}"]
        rows.append((*row, number(int(earlier[at]))) if earlier is not None else tuple(row))
    return tuple(headings), tuple(rows)


def kinds(answer: Answer, choices: Choices) -> Drawing:
    """Draw the kinds of events, most first, now and in the comparison period."""
    title = _("Typer av händelser")
    found = _kinds(answer, choices)
    words = _("De {count} vanligaste, antal med 95 % intervall.").format(count=len(found))
    headings = [_("Typ"), _("Antal"), _("95 % intervall")]
    if answer.found.before:
        words += " " + _("Den ihåliga ringen är jämförelseperioden, omräknad till lika lång tid.")
        headings.append(_("Jämförelse"))
    frame = charts.Frame(title, words, unit=_("händelser"), width=WIDTH)
    chart = charts.Comparison(frame, found, now_label=_("perioden"), before_label=_("jämförelsen"))
    svg = charts.comparison(chart) if found else ""
    return Drawing(title, words, svg, tuple(headings), tuple(_kind_cells(row) for row in found))


def _kinds(answer: Answer, choices: Choices) -> tuple[charts.ComparisonRow, ...]:
    now, before = answer.found.now.by_category, answer.found.before
    then = before.by_category if before else {}
    question = answer.question
    scale = days(question.period) / days(question.before) if question.before else 1.0
    slugs = sorted(now.keys() | then.keys(), key=lambda slug: (-now.get(slug, 0), slug))
    rows = []
    for slug in slugs[:MOST_KINDS]:
        count = round(now.get(slug, 0))
        low, high = (float(bound[0]) for bound in poisson_interval([count]))
        earlier = charts.Estimate(then.get(slug, 0) * scale) if before else None
        label = choices.labels.get(slug, slug)
        rows.append(charts.ComparisonRow(label, charts.Estimate(count, low, high), earlier))
    return tuple(rows)


def _kind_cells(row: charts.ComparisonRow) -> tuple[str, ...]:
    low, high = number(row.now.low or 0), number(row.now.high or 0)
    cells = (row.label, number(row.now.value or 0), f"{low}–{high}")
    return cells if row.before is None else (*cells, number(row.before.value or 0))
