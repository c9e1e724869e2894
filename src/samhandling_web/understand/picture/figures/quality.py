"""How far the figures can be trusted: how exactly events are placed and timed, and how fresh."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samhandling.sources.schema import PositionPrecision
from samhandling_web.observe.events.rules import POSITION_PRECISIONS
from samhandling_web.observe.events.snapshot.queries import Snapshot
from samhandling_web.observe.imports.models import Batch
from samhandling_web.observe.imports.rules import State
from samhandling_web.understand.picture.figures.content import Figure, FigureColumn
from samhandling_web.understand.picture.figures.scope import Scope
from samhandling_web.understand.picture.figures.wording import number, source_label

COLUMNS = (
    FigureColumn("precision", gettext_lazy("Platsen är känd som")),
    FigureColumn("count", gettext_lazy("Antal"), "int"),
    FigureColumn("share", gettext_lazy("Andel"), "percent", 1),
)


def quality_figure(scope: Scope, snapshot: Snapshot, source: str) -> Figure | None:
    """Return how exactly the whole municipality's events of the period are placed."""
    counts = snapshot.by_precision(scope.everywhere(source=source))
    total = sum(counts.values())
    if not total:
        return None
    placed = snapshot.by_area(scope.everywhere(source=source), scope.level)
    rows = tuple(
        (str(POSITION_PRECISIONS[PositionPrecision(slug)]), round(n), n / total * 100)
        for slug, n in sorted(counts.items(), key=lambda item: -item[1])
    )
    last = Batch.objects.filter(source=source, state=State.APPLIED).order_by("-pk").first()
    freshness = (
        _("Senast importerad {day}.").format(day=f"{timezone.localtime(last.applied_at):%Y-%m-%d}")
        if last and last.applied_at
        else ""
    )
    return Figure(
        slug=f"quality-{source}",
        heading=_("Underlagets kvalitet: {source}").format(source=source_label(source)),
        sentence=_(
            "{unplaced} av {total} händelser i kommunen ({share} procent) kan inte föras till "
            "något område och är med bara i kommunens total. {freshness}"
        ).format(
            unplaced=number(placed.unplaced),
            total=number(total),
            share=number(placed.unplaced / total * 100),
            freshness=freshness,
        ),
        columns=COLUMNS,
        rows=rows,
        source=source_label(source),
        definition=_("Hur noga källan anger platsen, hela kommunen under perioden."),
        uncertainty=_("Fullständig räkning av det som importerats; inga intervall."),
        method={"name": "count"},
    )
