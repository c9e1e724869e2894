"""Reading figures: each as its newest applied revision tells it."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from samhandling.sources.schema import Kind
from samhandling_web.observe.imports import selectors as imports
from samhandling_web.observe.imports.models import Batch
from samhandling_web.observe.imports.rules import State
from samhandling_web.observe.statistics.models import FigureRevision, Indicator

SAME_FIGURE = (
    "indicator",
    "area_level",
    "area_code",
    "period_start",
    "period_end",
    "breakdown",
)


def data_version() -> str:
    """Return a text that changes whenever any figure may have changed."""
    return imports.data_version(Kind.STATISTICS)


def figures_current() -> QuerySet[FigureRevision]:
    """Every figure once, as it counts now.

    Where two sources publish the same figure, the one imported last is taken: never both, or
    a sum over them would count it twice.
    """
    newer = FigureRevision.objects.filter(
        **{name: OuterRef(name) for name in SAME_FIGURE},
        key=OuterRef("key"),
        batch_id__gt=OuterRef("batch_id"),
        batch__state=State.APPLIED,
    )
    applied = Batch.objects.filter(state=State.APPLIED, kind=Kind.STATISTICS).values("pk")
    return FigureRevision.objects.filter(~Exists(newer), batch_id__in=applied)


def figures_of(
    indicator: str,
    *,
    area_level: str,
    area_codes: Iterable[str] | None = None,
    first: date | None = None,
    last: date | None = None,
    breakdown: str | None = "",
) -> QuerySet[FigureRevision]:
    """Return an indicator's figures on one level, by area and period.

    `breakdown` "" takes totals only and None every breakdown; periods overlap [first, last].
    """
    figures = figures_current().filter(indicator=indicator, area_level=area_level)
    if area_codes is not None:
        figures = figures.filter(area_code__in=list(area_codes))
    if first is not None:
        figures = figures.filter(period_end__gte=first)
    if last is not None:
        figures = figures.filter(period_start__lte=last)
    if breakdown is not None:
        figures = figures.filter(breakdown=breakdown)
    return figures.select_related("batch").order_by("area_code", "period_start", "breakdown")


def indicators_in_use() -> QuerySet[Indicator]:
    """Indicators that have figures which count."""
    used = FigureRevision.objects.filter(indicator=OuterRef("slug"), batch__state=State.APPLIED)
    return Indicator.objects.filter(Exists(used))


def revisions_of(figure: FigureRevision) -> QuerySet[FigureRevision]:
    """Return everything that was ever said of one figure, newest first."""
    same = {name: getattr(figure, name) for name in SAME_FIGURE}
    return (
        FigureRevision.objects.filter(
            **same, key=figure.key, batch__state__in=[State.APPLIED, State.UNDONE]
        )
        .select_related("batch")
        .order_by("-batch_id")
    )
