"""What walks lead to: answered, done, days; and a walk beside the one it repeats."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils import timezone

from samhandling_web.base.accounts.permissions import Actor
from samhandling_web.observe.walks.figures import Figures, Told, figures_of
from samhandling_web.observe.walks.models import Finding, Walk
from samhandling_web.observe.walks.rules import FindingStatus
from samhandling_web.observe.walks.selectors.findings import findings_visible_to, needing_answer

Row = tuple[int, str, datetime | None, date | None, date | None]


def figures_by_walk(actor: Actor, walks: Collection[int]) -> dict[int, Figures]:
    """Return the measures of each walk, of the findings that the person may see."""
    told: dict[int, list[Told]] = defaultdict(list)
    for number, one in _told(findings_visible_to(actor).filter(walk__in=walks)):
        told[number].append(one)
    return {number: figures_of(told[number]) for number in walks}


def figures_of_findings(findings: QuerySet[Finding]) -> Figures:
    """Return the measures of the findings together."""
    return figures_of(one for _number, one in _told(findings))


def _told(findings: QuerySet[Finding]) -> Iterable[tuple[int, Told]]:
    columns = ("walk_id", "status", "walk__walked_at", "answered_on", "done_on")
    rows: Iterable[Row] = needing_answer(findings).order_by().values_list(*columns)
    for number, status, walked_at, answered_on, done_on in rows:
        walked_on = timezone.localdate(walked_at) if walked_at else None
        yield number, Told(status, walked_on, answered_on, done_on)


@dataclass(frozen=True, slots=True)
class Compared:
    """A walk beside the one it repeats."""

    found_again: list[Finding] = field(default_factory=list)
    done_and_found_again: list[Finding] = field(default_factory=list)
    fixed: list[Finding] = field(default_factory=list)
    not_seen: list[Finding] = field(default_factory=list)
    new: list[Finding] = field(default_factory=list)


def compared_with_previous(actor: Actor, walk: Walk) -> Compared | None:
    """Return what was found again, fixed since, not seen now and new; None for a first walk.

    What was said to be done and was found all the same stands by itself.
    """
    if walk.previous_id is None:
        return None
    visible = findings_visible_to(actor)
    now = list(visible.filter(walk=walk).select_related("repeats").order_by("number"))
    before = visible.filter(walk=walk.previous_id, is_safe=False).order_by("number")
    again = {one.repeats_id for one in now if one.repeats_id}
    result = Compared(new=[one for one in now if one.repeats_id is None])
    for one in now:
        if one.repeats is not None:
            was_done = one.repeats.status == FindingStatus.DONE
            (result.done_and_found_again if was_done else result.found_again).append(one)
    for one in before:
        if one.pk not in again:
            is_done = one.status == FindingStatus.DONE
            (result.fixed if is_done else result.not_seen).append(one)
    return result
