"""The indicator before and now, as a small chart with its intervals and its table."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from samhandling_web.agree.measures import indicators, results
from samhandling_web.agree.measures.models import Measure
from samhandling_web.agree.measures.results import Change
from samhandling_web.agree.measures.rules import EvaluationLevel, Status
from samhandling_web.agree.measures.services.follow_ups import outcome_of
from samhandling_web.base.common.charts import (
    Comparison,
    ComparisonRow,
    Estimate,
    Frame,
    comparison,
)
from samhandling_web.understand.places.queries import Reading


@dataclass(frozen=True, slots=True)
class IndicatorFigure:
    """What is known of the indicator: before, after or now, and what may be said of it."""

    before: Reading
    after: Reading | None
    after_label: str
    words: str
    reservations: tuple[str, ...]
    drawing: str

    @property
    def rows(self) -> list[tuple[str, Reading]]:
        known = [(_("Före"), self.before)]
        return [*known, (self.after_label, self.after)] if self.after is not None else known


def figure_of(measure: Measure, today: date) -> IndicatorFigure | None:
    """Return the figure of a decided measure, None before there is a baseline."""
    if not measure.baseline:
        return None
    before = Reading.from_json(measure.baseline)
    follow_up = getattr(measure, "follow_up", None)
    if follow_up is not None:
        return _frozen(measure, before, follow_up.outcome)
    is_begun = measure.status in {Status.STARTED, Status.DONE, Status.STOPPED}
    if not is_begun or indicators.is_typed(measure.indicator):
        return IndicatorFigure(before, None, "", "", (), drawing_of(measure, before, None))
    outcome = outcome_of(measure, today)
    level = EvaluationLevel(measure.evaluation_level or 0)
    return IndicatorFigure(
        before,
        outcome.after,
        _("Nu"),
        results.in_words(outcome.change),
        tuple(outcome.reservations(level)),
        drawing_of(measure, before, outcome.after),
    )


def _frozen(measure: Measure, before: Reading, stored: dict[str, object]) -> IndicatorFigure:
    after = Reading.from_json(stored["after"])
    change = stored.get("change")
    words = results.in_words(Change.from_json(change) if isinstance(change, dict) else None)
    told = stored["reservations"]
    return IndicatorFigure(
        before,
        after,
        _("Efter"),
        words,
        tuple(told) if isinstance(told, list) else (),
        drawing_of(measure, before, after),
    )


def drawing_of(measure: Measure, before: Reading, after: Reading | None) -> str:
    """Draw before and after as dots on their intervals; nothing where there are no values."""
    if before.value is None:
        return ""
    if after is not None and after.value is None:
        after = None
    frame = Frame(
        title=measure.indicator_name,
        description=_("{name}: före {before}").format(
            name=measure.indicator_name, before=before.in_words()
        ),
        unit=before.unit,
        decimals=before.decimals,
        width=640,
    )
    rows = [ComparisonRow(_("Före"), _estimate(before))]
    if after is not None:
        rows.append(ComparisonRow(_("Efter"), _estimate(after), focus=True))
    return comparison(Comparison(frame, tuple(rows)))


def _estimate(reading: Reading) -> Estimate:
    return Estimate(reading.value, reading.low, reading.high)
