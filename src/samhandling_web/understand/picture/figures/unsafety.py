"""Perceived unsafety beside reported crime: every wording by itself, with its interval."""

from collections.abc import Iterable
from string import ascii_uppercase

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samhandling_web.observe.surveys import selectors as surveys
from samhandling_web.observe.surveys.models import SurveyResultRevision
from samhandling_web.understand.picture.figures.content import Cell, Figure, FigureColumn
from samhandling_web.understand.picture.figures.scope import Scope

COLUMNS = (
    FigureColumn("question", gettext_lazy("Fråga")),
    FigureColumn("wording", gettext_lazy("Fråga och svar som räknas")),
    FigureColumn("area", gettext_lazy("Område")),
    FigureColumn("wave", gettext_lazy("Omgång")),
    FigureColumn("value", gettext_lazy("Andel"), "percent", 1),
    FigureColumn("interval", gettext_lazy("95 % intervall"), "interval", 1),
    FigureColumn("n", gettext_lazy("Antal svar"), "int"),
)


def unsafety_figure(scope: Scope) -> Figure | None:
    """Return survey results for the area and the whole municipality; None when there are none."""
    results = list(_results(scope))
    if not results:
        return None
    without = sum(result.low is None for result in results)
    sources = sorted({result.source_url or result.survey for result in results})
    return Figure(
        slug="unsafety",
        heading=_("Upplevd otrygghet"),
        sentence=_(
            "Olika frågor (A, B, C …) ger olika nivåer och jämförs aldrig med varandra. "
            "{without} av {all} värden saknar underlag för ett osäkerhetsintervall."
        ).format(without=without, all=len(results)),
        columns=COLUMNS,
        rows=_rows(results),
        source="; ".join(sources),
        definition=_("Andel av de svarande, i procent, med frågans egen lydelse."),
        uncertainty=_(
            "Publicerat intervall där det finns, annars Wilson med antagen designeffekt. "
            "Intervallet rymmer urvalets slump, inte bortfall eller ändrad insamling."
        ),
        method={"name": "published or Wilson with design effect"},
        drawing={"chart": "comparison", "label": "area", "value": "value", "interval": "interval"},
        is_public=True,
    )


def _results(scope: Scope) -> Iterable[SurveyResultRevision]:
    """Return results for everybody in the area (by code or by name) and in the municipality."""
    whole = Q(area_level="municipality")
    here = Q(area_level=scope.level) & (Q(area_code=scope.code) | Q(area_name__iexact=scope.name))
    wanted = whole if scope.is_whole else whole | here
    return surveys.results_current().filter(wanted, group="").order_by("item", "area_level", "wave")


def _rows(results: list[SurveyResultRevision]) -> tuple[tuple[Cell, ...], ...]:
    """Return a row for each result; a letter tells questions of different wording apart."""
    wordings = list(dict.fromkeys((result.wording, result.cut) for result in results))
    letters = {wording: _letter(at) for at, wording in enumerate(wordings)}
    return tuple((letters[result.wording, result.cut], *_row(result)) for result in results)


def _letter(at: int) -> str:
    """Return A to Z, then A2 to Z2: two wordings never share a mark."""
    turn, letter = divmod(at, len(ascii_uppercase))
    return ascii_uppercase[letter] + (str(turn + 1) if turn else "")


def _row(result: SurveyResultRevision) -> tuple[Cell, ...]:
    interval = (
        [float(result.low), float(result.high)]
        if result.low is not None and result.high is not None
        else None
    )
    wording = f"{result.wording} ({result.cut})" if result.cut else result.wording
    value = float(result.value_percent)
    return (wording, result.area_name, result.wave, value, interval, result.n)
