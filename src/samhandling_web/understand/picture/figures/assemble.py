"""All figures about one scope, in the order a reader meets them."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from samhandling_web.observe.events.snapshot import layout
from samhandling_web.observe.events.snapshot.queries import Snapshot, snapshot_in_use
from samhandling_web.observe.imports.models import Batch
from samhandling_web.observe.statistics import selectors as statistics
from samhandling_web.observe.surveys import selectors as surveys
from samhandling_web.understand.picture.figures.alarms import alarms_figure
from samhandling_web.understand.picture.figures.concentrated import concentration_figure
from samhandling_web.understand.picture.figures.content import Figure
from samhandling_web.understand.picture.figures.coverage import known_scope
from samhandling_web.understand.picture.figures.decimals import with_enough_decimals
from samhandling_web.understand.picture.figures.hot_spot_history import hot_spot_history_figure
from samhandling_web.understand.picture.figures.hot_spots_found import hot_spot_figure
from samhandling_web.understand.picture.figures.hours import hours_figure
from samhandling_web.understand.picture.figures.levels import level_figure
from samhandling_web.understand.picture.figures.like_areas import like_areas_figure
from samhandling_web.understand.picture.figures.listed_areas import listed_areas_figure
from samhandling_web.understand.picture.figures.near_repeats import near_repeat_figure
from samhandling_web.understand.picture.figures.neighbours_compared import funnel_figure
from samhandling_web.understand.picture.figures.people import people_figure
from samhandling_web.understand.picture.figures.quality import quality_figure
from samhandling_web.understand.picture.figures.scope import Scope
from samhandling_web.understand.picture.figures.seasons import month_figure, weekday_figure
from samhandling_web.understand.picture.figures.trends import trend_figure
from samhandling_web.understand.picture.figures.unsafety import unsafety_figure

ABOUT_EVENTS = (
    level_figure,
    trend_figure,
    alarms_figure,
    month_figure,
    weekday_figure,
    funnel_figure,
    like_areas_figure,
    hours_figure,
    hot_spot_figure,
    hot_spot_history_figure,
    near_repeat_figure,
    concentration_figure,
    quality_figure,
)
GENERAL = 3


def figures_for(scope: Scope) -> list[Figure]:
    """Return every figure that the data can honestly give for the scope."""
    return [figure for figure in candidates(scope) if figure is not None]


def figures_expected(scope: Scope) -> int:
    """Return how many figures there may be at most, for a progress bar."""
    has_events = layout.current_folder() is not None
    sources = len(scope.sources or snapshot_in_use().meta.sources) if has_events else 0
    return GENERAL + len(ABOUT_EVENTS) * sources


def candidates(scope: Scope) -> Iterator[Figure | None]:
    """Yield each figure as soon as it is counted, None for one that the data cannot give."""
    yield people_figure(scope)
    if layout.current_folder() is not None:
        snapshot = snapshot_in_use()
        for source in scope.sources or tuple(snapshot.meta.sources):
            yield from _about_events(scope, snapshot, source)
    yield unsafety_figure(scope)
    yield listed_areas_figure(scope)


def _about_events(asked: Scope, snapshot: Snapshot, source: str) -> Iterator[Figure | None]:
    """Yield the figures of one source, over the part of the period that it knows of."""
    scope = known_scope(asked, snapshot, source)
    if scope is None:
        yield from (None for _figure in ABOUT_EVENTS)
        return
    said = _cut_in_words(asked, scope)
    for counted in ABOUT_EVENTS:
        figure = counted(scope, snapshot, source)
        yield figure and replace(
            with_enough_decimals(figure), definition=f"{figure.definition}{said}"
        )


def _cut_in_words(asked: Scope, known: Scope) -> str:
    """Say which part of the period the source knows of, when it is not the whole."""
    if (asked.start, asked.end) == (known.start, known.end):
        return ""
    return " " + _("Källan har uppgifter bara för {start}–{end}; annan tid är inte med.").format(
        start=known.start, end=known.end
    )


def data_time() -> datetime:
    """Return when the data last changed: documents made twice from the same data are the same."""
    times = Batch.objects.aggregate(applied=Max("applied_at"), undone=Max("undone_at"))
    known = [moment for moment in times.values() if moment is not None]
    return timezone.localtime(max(known)) if known else timezone.localtime()


def data_version() -> str:
    """Return a text that changes whenever any figure may have changed."""
    folder = layout.current_folder()
    snapshot = layout.meta_load(folder).data_version if folder else "-"
    whole = f"{snapshot}/{statistics.data_version()}/{surveys.data_version()}"
    return hashlib.sha256(whole.encode()).hexdigest()[:16]
