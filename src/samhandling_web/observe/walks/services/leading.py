"""Leading a walk from the day it was walked to the day everybody has been told."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from samhandling_web.base.accounts.models import User
from samhandling_web.base.audit import services as audit
from samhandling_web.base.common.text import _
from samhandling_web.observe.walks import permissions, rules, selectors
from samhandling_web.observe.walks.models import Participants, Walk
from samhandling_web.observe.walks.rules import AgeBand, Light, Sex, Status

Counts = Mapping[tuple[Sex, AgeBand], int]


@transaction.atomic
def walk_record(
    *,
    walk_id: int,
    walked_at: datetime | None,
    light: Light | None,
    counts: Counts,
    feedback_on: date | None = None,
    actor: User,
) -> Walk:
    """Record that the walk was walked: when, in what light, and how many came, never who.

    `feedback_on` is the day set for the meeting where it is answered, if there is one yet.

    Raises
    ------
    NotAllowed, TransitionNotAllowed, WalkIncomplete, DayNotPossible
        If the actor does not lead it, it is not planned, something is missing, or a day lies
        wrong.
    """
    walk = _led(walk_id, actor)
    rules.check_transition(Status(walk.status), Status.WALKED)
    came = {key: count for key, count in counts.items() if count}
    asked = ((walked_at, _("när ni gick")), (light, _("ljuset")), (came, _("hur många som kom")))
    if missing := [str(text) for value, text in asked if not value]:
        raise rules.WalkIncomplete(missing="; ".join(missing))
    assert walked_at is not None
    if walked_at > timezone.now():
        raise rules.DayNotPossible(day=_shown(walked_at), why=_("den ligger i framtiden"))
    _check_feedback(feedback_on, walked_at)

    walk.status, walk.walked_at, walk.light = Status.WALKED, walked_at, light or ""
    walk.feedback_on = feedback_on
    walk.save(update_fields=["status", "walked_at", "light", "feedback_on"])
    for (sex, age_band), count in came.items():
        Participants.objects.create(walk=walk, sex=sex, age_band=age_band, count=count)
    after = {"walked_at": walked_at, "light": light, "participants": sum(came.values())}
    audit.record(actor=actor, kind="walks.walk.walked", target=walk, after=after)
    return walk


@transaction.atomic
def walk_feed_back(*, walk_id: int, feedback_on: date | None, actor: User) -> Walk:
    """Record that those who walked have met those responsible.

    Raises
    ------
    NotAllowed, TransitionNotAllowed, WalkIncomplete, DayNotPossible
        If the actor does not lead it, it was not walked, or the day is missing or lies wrong.
    """
    walk = _led(walk_id, actor)
    rules.check_transition(Status(walk.status), Status.FED_BACK)
    if feedback_on is None:
        raise rules.WalkIncomplete(missing=_("vilken dag ni möttes"))
    if feedback_on > timezone.localdate():
        raise rules.DayNotPossible(day=feedback_on, why=_("den ligger i framtiden"))
    assert walk.walked_at is not None
    _check_feedback(feedback_on, walk.walked_at)
    walk.status, walk.feedback_on = Status.FED_BACK, feedback_on
    walk.save(update_fields=["status", "feedback_on"])
    audit.record(
        actor=actor, kind="walks.walk.fed_back", target=walk, after={"feedback_on": feedback_on}
    )
    return walk


@transaction.atomic
def walk_notify(*, walk_id: int, notice: str, actor: User) -> Walk:
    """Tell the participants what became of what they said, on the walk's open page.

    Raises
    ------
    NotAllowed, NoticeTooEarly, NoticeMissing, PersonInText
        If the actor does not lead it, it is not fed back, or the text is empty or names a person.
    """
    walk = _led(walk_id, actor)
    if walk.status not in rules.NOTIFYING:
        raise rules.NoticeTooEarly(current=rules.STATUSES[Status(walk.status)])
    if not notice.strip():
        raise rules.NoticeMissing
    walk.notice, walk.notified_on = notice.strip(), timezone.localdate()
    walk.save(update_fields=["notice", "notified_on"])
    audit.record(
        actor=actor, kind="walks.walk.notified", target=walk, after={"notice": walk.notice}
    )
    return walk


@transaction.atomic
def walk_close(*, walk_id: int, actor: User) -> Walk:
    """Close a walk whose every finding has an answer.

    Raises
    ------
    NotAllowed, TransitionNotAllowed, FindingsUnanswered
        If the actor does not lead it, it is not fed back, or findings lack an answer.
    """
    walk = _led(walk_id, actor)
    rules.check_transition(Status(walk.status), Status.CLOSED)
    if count := selectors.findings_unanswered(walk).count():
        raise rules.FindingsUnanswered(count=count)
    walk.status = Status.CLOSED
    walk.save(update_fields=["status"])
    audit.record(actor=actor, kind="walks.walk.closed", target=walk)
    return walk


def _led(walk_id: int, actor: User) -> Walk:
    walk = Walk.objects.select_for_update().get(pk=walk_id)
    permissions.check_may_lead(actor, walk)
    return walk


def _check_feedback(feedback_on: date | None, walked_at: datetime) -> None:
    if feedback_on is not None and feedback_on < timezone.localdate(walked_at):
        raise rules.DayNotPossible(day=feedback_on, why=_("mötet ligger före vandringen"))


def _shown(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}"
