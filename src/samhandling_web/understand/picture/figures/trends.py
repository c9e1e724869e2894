"""Is it rising or falling: months on a line, the steady yearly change, the seasons."""

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from numpy.typing import NDArray

from samhandling.patterns.trend import Trend, trend
from samhandling_web.observe.events.snapshot.queries import Snapshot
from samhandling_web.understand.picture.figures.content import Figure, FigureColumn
from samhandling_web.understand.picture.figures.coverage import months_placed_alike
from samhandling_web.understand.picture.figures.levels import count_interval
from samhandling_web.understand.picture.figures.scope import Scope
from samhandling_web.understand.picture.figures.wording import number, source_label, trend_in_words

FEWEST_MONTHS = 24
FEWEST_EVENTS = 30

COLUMNS = (
    FigureColumn("month", gettext_lazy("Månad"), "date"),
    FigureColumn("count", gettext_lazy("Antal"), "int"),
    FigureColumn("interval", gettext_lazy("95 % intervall"), "interval", 1),
    FigureColumn("expected", gettext_lazy("Väntat av trend och årstid"), "decimal", 1),
)


def trend_figure(scope: Scope, snapshot: Snapshot, source: str) -> Figure | None:
    """Return whole months in the period with the trend through them; None without events."""
    monthly = snapshot.by_month(scope.selection(source=source))
    if not monthly.counts.sum():
        return None
    whole = _whole_months(monthly.months, scope)
    months, counts = monthly.months[whole], np.rint(monthly.counts[whole]).astype(np.int64)
    if not len(months):
        return None
    alike = months_placed_alike(scope, snapshot, source, months)
    fitted = _fitted(months, counts) if alike.all() else None
    seasonal = _has_seasons(months, counts)
    rows = tuple(
        (
            str(month) + "-01",
            int(count),
            count_interval(int(count)),
            float(fitted.fitted[at]) if fitted else None,
        )
        for at, (month, count) in enumerate(zip(months, counts, strict=True))
    )
    return Figure(
        slug=f"trend-{source}",
        heading=_("Utveckling: {source}").format(source=source_label(source)),
        sentence=_sentence(fitted) if alike.all() else _break_in_words(months, alike),
        columns=COLUMNS,
        rows=rows,
        source=source_label(source),
        definition=_("Händelser per hel kalendermånad i {area}.").format(area=scope.name),
        uncertainty=_uncertainty(fitted, seasonal=seasonal),
        method={
            "name": "trend",
            "model": "quasi-Poisson, log link" + (", month of year" if seasonal else ""),
            "dispersion": round(fitted.dispersion, 2) if fitted else None,
        },
        drawing={"chart": "line", "x": "month", "value": "count", "interval": "interval"},
    )


def _whole_months(months: NDArray[np.datetime64], scope: Scope) -> NDArray[np.bool_]:
    """Tell which months lie wholly inside the period: half a month is not a low month."""
    first = np.datetime64(scope.start, "D")
    last = np.datetime64(scope.end, "D")
    begins = months.astype("datetime64[D]")
    ends = (months + 1).astype("datetime64[D]") - 1
    return np.asarray((begins >= first) & (ends <= last))


def _fitted(months: NDArray[np.datetime64], counts: NDArray[np.int64]) -> Trend | None:
    if len(months) < FEWEST_MONTHS or counts.sum() < FEWEST_EVENTS:
        return None
    since_1970 = months.astype(np.int64)
    days = np.diff(np.append(months, months[-1] + 1).astype("datetime64[D]")).astype(np.float64)
    season = since_1970 % 12 if _has_seasons(months, counts) else None
    return trend(counts, 1970 + since_1970 / 12, exposure=days, season=season)


def _has_seasons(months: NDArray[np.datetime64], counts: NDArray[np.int64]) -> bool:
    """A month of the year without a single event has no season to estimate."""
    of_year = months.astype(np.int64) % 12
    return bool((np.bincount(of_year, weights=counts, minlength=12) > 0).all())


def _sentence(fitted: Trend | None) -> str:
    if fitted is None:
        return _(
            "Perioden är för kort eller händelserna för få för att tala om en trend "
            "(minst {months} hela månader och {events} händelser)."
        ).format(months=FEWEST_MONTHS, events=FEWEST_EVENTS)
    return trend_in_words(fitted.change.value, fitted.change.low, fitted.change.high)


def _break_in_words(months: NDArray[np.datetime64], alike: NDArray[np.bool_]) -> str:
    """Say since when the source places its events as well as now."""
    since = months[np.flatnonzero(~alike).max()] + 1
    return _(
        "Ingen trend: källan täcker inte tiden före {month} lika väl. Välj en period som börjar "
        "då eller senare."
    ).format(month=since)


def _uncertainty(fitted: Trend | None, *, seasonal: bool) -> str:
    text = _("Exakta Poissonintervall för varje månad.")
    if fitted is None:
        return text
    how = (
        _("kvasi-Poisson och årstid")
        if seasonal
        else _("kvasi-Poisson utan årstid, eftersom någon månad på året saknar händelser")
    )
    fit = _(
        "Trenden är skattad med {how}; spridningen är {dispersion} gånger slumpens. En förändrad "
        "registrering syns på samma sätt som en verklig förändring."
    )
    return f"{text} {fit.format(how=how, dispersion=number(fitted.dispersion, 1))}"
