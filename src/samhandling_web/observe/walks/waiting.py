"""What waits in walks for a person, made from the states of walks and findings."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from samhandling_web.base.accounts.permissions import organisations_today
from samhandling_web.base.common.inbox import InboxItem
from samhandling_web.base.common.text import _
from samhandling_web.observe.walks import permissions, rules
from samhandling_web.observe.walks.models import Finding, Walk
from samhandling_web.observe.walks.rules import FindingStatus, Status
from samhandling_web.observe.walks.selectors.findings import NEEDS_ANSWER

MOST_TOLD = 100
"""So many findings and no more: the list of findings to answer has them all."""


def waiting_for(user: Any, today: date) -> Iterator[InboxItem]:
    """Give what the owner organisations' people and the districts' coordinators have to do."""
    coordinated = organisations_today(user, permissions.LEAD_IN_OWN)
    answered_for = organisations_today(user, permissions.ANSWER)
    if not answered_for:
        return
    led = Q(organiser__in=coordinated) | Q(district__responsible__in=coordinated)
    unfinished = Q(status__in=rules.TAKING_FINDINGS) | Q(
        status__in=rules.NOTIFYING, notified_on=None
    )
    for walk in Walk.objects.filter(led & unfinished).select_related("organiser").order_by("pk"):
        yield from _of_walk(walk, today)
    mine = Q(owner__in=answered_for) | Q(walk__in=Walk.objects.filter(led))
    yield from _of_findings(Finding.objects.filter(mine), today)


def _of_walk(walk: Walk, today: date) -> Iterator[InboxItem]:
    planned_on = timezone.localdate(walk.planned_at)
    if walk.status == Status.PLANNED and planned_on <= today:
        yield _walk_item("walks.record", _("Registrera vandringen"), walk, planned_on)
    if walk.status == Status.WALKED and walk.walked_at:
        due_on = timezone.localdate(walk.walked_at) + rules.FEEDBACK_WITHIN
        yield _walk_item("walks.feedback", _("Återkoppla vandringen"), walk, due_on)
    if walk.status in rules.NOTIFYING and walk.notified_on is None:
        yield _walk_item("walks.notice", _("Lämna besked till deltagarna"), walk, None)


def _of_findings(findings: QuerySet[Finding], today: date) -> Iterator[InboxItem]:
    known = findings.select_related("walk", "category", "owner").filter(
        walk__status__in=rules.ANSWERING
    )
    is_late = Q(status=FindingStatus.WILL_DO, deadline__lt=today)
    pressing = known.filter(is_late | (Q(status=FindingStatus.OPEN) & NEEDS_ANSWER))
    for finding in pressing.order_by("walk__walked_at", "pk")[:MOST_TOLD]:
        walk = finding.walk
        if finding.status == FindingStatus.WILL_DO:
            label = _("Fyndet skulle ha varit gjort")
            yield _finding_item("walks.overdue", label, finding, finding.deadline)
        elif walk.walked_at:
            due_on = rules.answer_due(timezone.localdate(walk.walked_at), walk.feedback_on)
            yield _finding_item("walks.answer", _("Svara på fyndet"), finding, due_on)


def _walk_item(code: str, label: Any, walk: Walk, due_on: date | None) -> InboxItem:
    return InboxItem(
        code=code,
        key=f"walk-{walk.pk}",
        label=label,
        title=walk.title,
        url=reverse("walks:walk-detail", args=[walk.pk]),
        due_on=due_on,
        organisation=str(walk.organiser),
    )


def _finding_item(code: str, label: Any, finding: Finding, due_on: date | None) -> InboxItem:
    return InboxItem(
        code=code,
        key=f"finding-{finding.pk}",
        label=label,
        title=f"{finding.walk.title}: {finding}",
        url=reverse("walks:finding-detail", args=[finding.pk]),
        due_on=due_on,
        organisation=str(finding.owner or ""),
    )
