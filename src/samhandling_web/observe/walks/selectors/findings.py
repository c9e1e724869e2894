"""Reading findings: those a person may see, those near a point, those without an answer."""

import math
from datetime import date, datetime

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from samhandling.space.projection import transform
from samhandling_web.base.accounts.permissions import Actor, holds_role
from samhandling_web.base.areas.models import Area
from samhandling_web.observe.walks import permissions
from samhandling_web.observe.walks.models import Finding, FindingPhoto, FindingStep, Walk
from samhandling_web.observe.walks.rules import ANSWERING, FindingStatus, answer_due

NEEDS_ANSWER = Q(is_safe=False) | ~Q(suggestion="")
"""Those that somebody has to answer (as `rules.needs_answer`)."""
METRES_PER_DEGREE = 111_320
# A box in degrees holds the circle also where a degree is a little shorter.
SLACK = 1.02


def findings_visible_to(actor: Actor) -> QuerySet[Finding]:
    """Return the findings that the person may read: all, or those its organisation owns."""
    findings = Finding.objects.select_related(
        "walk__organiser", "walk__district__responsible", "category", "owner"
    )
    if permissions.may_read_all(actor):
        return findings
    if not holds_role(actor, permissions.READ_OWN):
        return findings.none()
    return findings.filter(owner__in=permissions.organisations_owned_by(actor))


def findings_of_own(actor: Actor) -> QuerySet[Finding]:
    """Return the findings that the person's organisations answer for, the most pressing first."""
    own = permissions.organisations_answered_for(actor)
    findings = findings_visible_to(actor).filter(owner__in=own)
    return findings.order_by(F("deadline").asc(nulls_first=True), "-walk__planned_at", "number")


def findings_of_walk(walk: Walk) -> QuerySet[Finding]:
    """Return every finding of the walk, for those who lead it."""
    findings = Finding.objects.filter(walk=walk).select_related("category", "owner")
    return findings.order_by("number")


def findings_in_table(actor: Actor, walk: Walk) -> QuerySet[Finding]:
    """Return a walk's findings for its page, with what they repeat and their photos."""
    findings = findings_visible_to(actor).filter(walk=walk).select_related("repeats")
    return findings.prefetch_related("photos").order_by("number")


def findings_near(longitude: float, latitude: float, radius_m: float) -> QuerySet[Finding]:
    """Return the findings within `radius_m` metres of a point, of everybody's walks.

    Whoever shows them takes only those that are also among `findings_visible_to`.
    """
    high = SLACK * radius_m / METRES_PER_DEGREE
    wide = high / max(math.cos(math.radians(latitude)), 0.01)
    box = Finding.objects.filter(
        latitude__range=(latitude - high, latitude + high),
        longitude__range=(longitude - wide, longitude + wide),
    )
    rows = list(box.order_by().values_list("pk", "longitude", "latitude"))
    if not rows:
        return Finding.objects.none()
    numbers, longitudes, latitudes = zip(*rows, strict=True)
    east, north = transform([longitude, *longitudes], [latitude, *latitudes])
    near = (east[1:] - east[0]) ** 2 + (north[1:] - north[0]) ** 2 <= radius_m**2
    inside = [number for number, is_near in zip(numbers, near, strict=True) if is_near]
    return Finding.objects.filter(pk__in=inside).select_related("walk", "category", "owner")


def needing_answer(findings: QuerySet[Finding]) -> QuerySet[Finding]:
    """Keep those that somebody has to answer (as `rules.needs_answer`)."""
    return findings.filter(NEEDS_ANSWER)


def findings_unanswered(walk: Walk) -> QuerySet[Finding]:
    """Return the walk's findings that lack an answer, whoever asks."""
    return needing_answer(Finding.objects.filter(walk=walk, status="open"))


def findings_overdue(district: Area | None, day: date) -> list[tuple[date, Finding]]:
    """Return the district's findings not answered or not done by `day`, with when it was due.

    The longest overdue come first; without a district those of walks that belong to none.
    """
    held = Finding.objects.filter(walk__district=district, walk__status__in=ANSWERING)
    held = held.select_related("walk", "category", "owner")
    found = [
        (finding.deadline, finding)
        for finding in held.filter(status=FindingStatus.WILL_DO, deadline__lt=day)
        if finding.deadline is not None
    ]
    for finding in needing_answer(
        held.filter(status=FindingStatus.OPEN, walk__walked_at__date__lt=day)
    ):
        assert finding.walk.walked_at is not None
        due_on = answer_due(timezone.localdate(finding.walk.walked_at), finding.walk.feedback_on)
        if due_on < day:
            found.append((due_on, finding))
    return sorted(found, key=lambda row: (row[0], row[1].pk))


def found_again_from(actor: Actor, walk: Walk) -> list[tuple[Finding, Finding | None]]:
    """Return each finding of the walk that is repeated, with the one that found it again."""
    if walk.previous_id is None:
        return []
    before = findings_visible_to(actor).filter(walk=walk.previous_id).order_by("number")
    again = {one.repeats_id: one for one in Finding.objects.filter(walk=walk) if one.repeats_id}
    return [(finding, again.get(finding.pk)) for finding in before]


def answered_since(walk: Walk, moment: datetime) -> bool:
    """Whether any finding of the walk has been answered after `moment`."""
    answers = FindingStep.objects.filter(finding__walk=walk, at__gt=moment)
    return answers.exclude(status=FindingStatus.OPEN).exists()


def photo_visible_to(actor: Actor, pk: int) -> FindingPhoto | None:
    """Return a finding's photo if the person may read the finding."""
    photos = FindingPhoto.objects.select_related("photo")
    return photos.filter(pk=pk, finding__in=findings_visible_to(actor)).first()
