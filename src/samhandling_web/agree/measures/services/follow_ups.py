"""Following a measure up: was it done, how much, what changed and what now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from samhandling_web.agree.measures import indicators, permissions, results, rules
from samhandling_web.agree.measures.indicators import TypedFigure
from samhandling_web.agree.measures.models import FollowUp, Measure
from samhandling_web.agree.measures.refusals import FollowUpIncomplete
from samhandling_web.agree.measures.results import Change
from samhandling_web.agree.measures.rules import EvaluationLevel, Status, Verdict
from samhandling_web.agree.measures.selectors.measures import Dose, doses_of
from samhandling_web.agree.measures.services.proposals import follower_of
from samhandling_web.agree.measures.services.steps import check_day, locked, moved
from samhandling_web.base.accounts.models import User
from samhandling_web.base.common.text import _
from samhandling_web.understand.places.queries import QueryKind, Reading

TOLD = ("carried", "result", "verdict", "verdict_reason", "reached_level")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the data say of a measure after it: before, after, the change and the dose."""

    before: Reading
    after: Reading
    change: Change | None
    doses: list[Dose]
    is_over: bool

    @property
    def is_dose_low(self) -> bool:
        """Whether less than planned was done; while it goes on there is time left."""
        return self.is_over and any(dose.is_low for dose in self.doses)

    def reservations(self, level: EvaluationLevel) -> list[str]:
        return results.reservations(level, self.before, self.after, is_dose_low=self.is_dose_low)

    def as_json(self, level: EvaluationLevel) -> dict[str, Any]:
        told = {
            "before": self.before.as_json(),
            "after": self.after.as_json(),
            "change_words": results.in_words(self.change),
            "reservations": self.reservations(level),
        }
        return told | ({"change": self.change.as_json()} if self.change else {})


def outcome_of(measure: Measure, until: date, typed: TypedFigure | None = None) -> Outcome:
    """Return what is known of the measure's outcome on a day, before anybody writes about it."""
    assert measure.indicator is not None
    assert measure.started_on is not None
    before = Reading.from_json(measure.baseline)
    is_typed = indicators.is_typed(measure.indicator)
    if is_typed:
        after = typed.reading() if typed else _not_typed(before, until)
    else:
        after = indicators.outcome(measure.indicator, before, measure.started_on, until)
    is_counted = not is_typed and measure.indicator["kind"] != QueryKind.SURVEY
    change = results.change_between(before, after, is_counted=is_counted)
    is_over = measure.ended_on is not None
    return Outcome(before, after, change, doses_of(measure), is_over=is_over)


def _not_typed(before: Reading, until: date) -> Reading:
    return Reading(
        value=None, low=None, high=None, count=None, unit=before.unit, first_day=until,
        last_day=until, source="", definition=before.definition, data_version="",
        problem=str(_("Skriv in värdet efteråt, med källa och dag.")),
    )  # fmt: skip


@transaction.atomic
def measure_follow_up(
    *,
    measure_id: int,
    on: date,
    told: Mapping[str, Any],
    actor: User,
    typed: TypedFigure | None = None,
) -> FollowUp:
    """Follow up an ended measure. To continue or change it opens a proposal that follows it.

    `told` holds what people say: carried, result, reached_level, verdict, verdict_reason and
    spent_sek. The dose and the indicator are read here. A value that a source cannot give is
    no hindrance: that it is not known is then what the follow-up says.

    Raises
    ------
    NotAllowed, TransitionNotAllowed, FollowUpIncomplete, DayWrong
        If the actor does not carry it out, it has not ended or is followed up already, something
        is not said (all of it is named), or the day is wrong.
    """
    measure = locked(measure_id)
    permissions.check_may_carry_out(actor, measure)
    rules.check_transition(Status(measure.status), Status.FOLLOWED_UP)
    _check_told(measure, told, typed)
    check_day(
        on,
        not_after=timezone.localdate(),
        not_before=measure.ended_on,
        because=_("uppföljningen görs tidigast dagen åtgärden slutade och senast i dag."),
    )
    level = EvaluationLevel(int(told["reached_level"]))
    outcome = outcome_of(measure, on, typed)
    follow_up = FollowUp.objects.create(
        measure=measure,
        on=on,
        dose=[dose.as_json() for dose in outcome.doses],
        outcome=outcome.as_json(level),
        spent_sek=told.get("spent_sek"),
        actor=actor,
        **{name: told[name] for name in TOLD},
    )
    moved(measure, Status.FOLLOWED_UP, actor, on=on, reason=str(told["verdict_reason"]))
    if told["verdict"] in {Verdict.CONTINUE, Verdict.CHANGE}:
        follower_of(measure, actor)
    return follow_up


def _check_told(measure: Measure, told: Mapping[str, Any], typed: TypedFigure | None) -> None:
    has = {
        name: str(told.get(name) if told.get(name) is not None else "").strip() != ""
        for name in TOLD
    }
    has["outcome"] = typed is not None or not indicators.is_typed(measure.indicator)
    if missing := rules.missing_in(rules.NEEDED_FOR_FOLLOW_UP, has):
        raise FollowUpIncomplete(missing=rules.in_a_row(missing))
    if typed is not None:
        typed.check_no_person()
