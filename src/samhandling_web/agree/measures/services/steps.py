"""What every step of a measure shares: the lock, the row of history and the record."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from samhandling_web.agree.measures.models import Measure, MeasureStep
from samhandling_web.agree.measures.refusals import DayWrong
from samhandling_web.agree.measures.rules import Status
from samhandling_web.base.accounts.models import User
from samhandling_web.base.audit import services as audit
from samhandling_web.base.common.text import Text


def locked(measure_id: int) -> Measure:
    """Return the measure, locked for the rest of the transaction where the database can."""
    rows = Measure.objects.select_related("district", "place", "problem", "cause")
    return rows.select_for_update(of=("self",)).get(pk=measure_id)


def moved(
    measure: Measure, target: Status, actor: User, *, on: date, reason: str = "", **changes: Any
) -> Measure:
    """Write the new state with what changes along with it, its step and its record."""
    before = measure.status
    measure.status = target
    for name, value in changes.items():
        setattr(measure, name, value)
    measure.save(update_fields=["status", *changes])
    MeasureStep.objects.create(measure=measure, actor=actor, status=target, on=on, reason=reason)
    audit.record(
        actor=actor,
        kind=f"agree.measure.{target}",
        target=measure,
        before={"status": before},
        after={"status": target, "on": on} | _told(changes),
        reason=reason,
    )
    return measure


def _told(changes: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in changes.items() if name != "status"}


def check_day(on: date, *, not_after: date, not_before: date | None, because: Text) -> None:
    """Raise DayWrong if `on` lies after `not_after` or before `not_before`."""
    if on > not_after or (not_before is not None and on < not_before):
        raise DayWrong(on=on, explanation=because)
