"""Against the others: a funnel instead of a ranking, and smoothed rates for the small."""

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from numpy.typing import NDArray

from samhandling.patterns.funnel import Funnel, Standing, funnel, funnel_curve
from samhandling.patterns.smoothing import smoothed_rate_likelihood
from samhandling_web.observe.events.snapshot.queries import Snapshot
from samhandling_web.understand.picture.figures.content import Cell, Figure, FigureColumn
from samhandling_web.understand.picture.figures.residents import residents_on
from samhandling_web.understand.picture.figures.scope import Scope
from samhandling_web.understand.picture.figures.wording import (
    decimals_for,
    number,
    source_label,
)

FEWEST_AREAS = 3
CURVE_POINTS = 60
STANDING_WORDS = {
    Standing.FAR_ABOVE: gettext_lazy("klart över"),
    Standing.ABOVE: gettext_lazy("över"),
    Standing.WITHIN: gettext_lazy("inom det väntade"),
    Standing.BELOW: gettext_lazy("under"),
    Standing.FAR_BELOW: gettext_lazy("klart under"),
}

COLUMNS = (
    FigureColumn("area", gettext_lazy("Område")),
    FigureColumn("residents", gettext_lazy("Invånare"), "int"),
    FigureColumn("count", gettext_lazy("Antal"), "int"),
    FigureColumn("rate", gettext_lazy("Per 1 000 invånare och år"), "decimal", 1),
    FigureColumn("limits", gettext_lazy("Väntat (99,8 %)"), "interval", 1),
    FigureColumn("standing", gettext_lazy("Läge")),
    FigureColumn("smoothed", gettext_lazy("Utjämnat"), "decimal", 1),
    FigureColumn("smoothed_interval", gettext_lazy("95 % intervall, utjämnat"), "interval", 1),
)


def funnel_figure(scope: Scope, snapshot: Snapshot, source: str) -> Figure | None:
    """Compare the level's areas; None with fewer than three, without people or events."""
    counted = snapshot.by_area(scope.everywhere(source=source), scope.level)
    people = residents_on(scope.level, scope.on)
    if people is None:
        return None
    residents = np.array([people.by_code.get(code, 0) for code in counted.codes])
    lived_in = residents > 0
    counts = np.rint(counted.counts).astype(np.int64)[lived_in]
    if lived_in.sum() < FEWEST_AREAS or not counts.sum():
        return None
    plot = funnel(counts, residents[lived_in] * scope.years)
    names = [name for name, lived in zip(counted.names, lived_in, strict=True) if lived]
    codes = [code for code, lived in zip(counted.codes, lived_in, strict=True) if lived]
    rows = _rows(names, residents[lived_in], counts, plot, scope.years)
    return Figure(
        slug=f"funnel-{source}-{scope.level}",
        heading=_("Jämfört med andra områden: {source}").format(source=source_label(source)),
        sentence=_sentence(scope, codes, plot),
        columns=COLUMNS,
        rows=rows,
        source=source_label(source),
        definition=_(
            "Händelser per 1 000 invånare och år. Gränserna visar hur mycket ett område av samma "
            "storlek varierar av slump och vanlig spridning kring kommunens {rate}. "
            "Händelser utan känt område ({unplaced}) är inte med."
        ).format(
            rate=number(plot.target, decimals_for(plot.target)), unplaced=number(counted.unplaced)
        ),
        uncertainty=_(
            "Trattdiagram (Spiegelhalter 2005), överspridning {dispersion}. Utjämnade tal drar små "
            "områden mot kommunens nivå (empirisk Bayes). Dagbefolkning räknas inte: ett centrum "
            "med många besökare ligger högt också när risken för var och en är låg."
        ).format(dispersion=number(plot.dispersion, 1)),
        method={"name": "funnel, smoothed_rate_likelihood", "dispersion": plot.dispersion},
        drawing={
            "chart": "funnel",
            "focus": scope.name,
            "target": plot.target,
            "curve": _curve(residents[lived_in], scope.years, plot),
        },
    )


def _rows(
    names: list[str],
    residents: NDArray[np.float64],
    counts: NDArray[np.int64],
    plot: Funnel,
    years: float,
) -> tuple[tuple[Cell, ...], ...]:
    smooth = smoothed_rate_likelihood(counts, residents * years)
    return tuple(
        (
            name,
            round(float(residents[at])),
            int(counts[at]),
            float(plot.rate[at]),
            [float(plot.outer_low[at]), float(plot.outer_high[at])],
            str(STANDING_WORDS[plot.standing[at]]),
            float(smooth.rate[at]),
            [float(smooth.low[at]), float(smooth.high[at])],
        )
        for at, name in enumerate(names)
    )


def _curve(residents: NDArray[np.float64], years: float, plot: Funnel) -> dict[str, list[float]]:
    """Return the limits to draw, from the smallest area to the largest."""
    sizes = np.geomspace(residents.min() * 0.8, residents.max() * 1.1, CURVE_POINTS)
    limits = funnel_curve(sizes * years, target=plot.target, dispersion=plot.dispersion)
    names = ("outer_low", "inner_low", "inner_high", "outer_high")
    curve = {name: [float(v) for v in line] for name, line in zip(names, limits, strict=True)}
    return curve | {"sizes": [float(size) for size in sizes]}


def _sentence(scope: Scope, codes: list[str], plot: Funnel) -> str:
    far = sum(s in {Standing.FAR_ABOVE, Standing.FAR_BELOW} for s in plot.standing)
    general = _("{far} av {all} områden ligger utanför det som slump och vanlig spridning ger.")
    text = general.format(far=far, all=len(plot.standing))
    if scope.code not in codes:
        return text
    standing = plot.standing[codes.index(scope.code)]
    own = _("{area} ligger {standing}.").format(area=scope.name, standing=STANDING_WORDS[standing])
    return f"{own} {text}"
