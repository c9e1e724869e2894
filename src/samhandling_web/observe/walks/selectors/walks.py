"""Reading walks: those a person may see, those to choose among, and their history."""

from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from samhandling_web.base.accounts.permissions import Actor, holds_role
from samhandling_web.base.areas import selectors as areas
from samhandling_web.base.areas.models import AreaVersion
from samhandling_web.base.audit.models import AuditRecord
from samhandling_web.base.audit.selectors import records_of
from samhandling_web.observe.walks import permissions
from samhandling_web.observe.walks.models import Finding, Invitation, Walk
from samhandling_web.observe.walks.rules import ACTS, ANSWERING, NOTIFYING
from samhandling_web.observe.walks.selectors.findings import findings_visible_to, needing_answer


def walks_visible_to(actor: Actor) -> QuerySet[Walk]:
    """Return the walks that the person may read (as `permissions.may_read_walk`), latest first.

    Each has `district_name`, the name that its district has now.
    """
    walks = _named(Walk.objects.select_related("organiser", "district__responsible", "previous"))
    if permissions.may_read_all(actor):
        return walks
    if not holds_role(actor, permissions.READ_OWN):
        return walks.none()
    own = permissions.organisations_owned_by(actor)
    asked = Invitation.objects.filter(organisation__in=own).values("walk")
    found = Finding.objects.filter(owner__in=own).values("walk")
    return walks.filter(Q(pk__in=asked) | Q(pk__in=found))


def walks_with_counts(actor: Actor) -> QuerySet[Walk]:
    """Return the visible walks with their findings counted: asked for, answered and done."""
    seen = needing_answer(findings_visible_to(actor)).order_by().filter(walk=OuterRef("pk"))
    counts = {
        "asked": _counted(seen),
        "answered": _counted(seen.exclude(status="open")),
        "done": _counted(seen.filter(status="done")),
    }
    return walks_visible_to(actor).annotate(**counts)


def walks_chosen(
    walks: QuerySet[Walk],
    *,
    first_day: date | None = None,
    last_day: date | None = None,
    district: int | None = None,
    status: str = "",
) -> QuerySet[Walk]:
    """Keep the walks of a time, a district and a state."""
    if first_day:
        walks = walks.filter(planned_at__date__gte=first_day)
    if last_day:
        walks = walks.filter(planned_at__date__lte=last_day)
    if district:
        walks = walks.filter(district=district)
    return walks.filter(status=status) if status else walks


def walks_to_repeat(actor: Actor) -> QuerySet[Walk]:
    """Return the walks that a new one may repeat: those that were walked."""
    return walks_visible_to(actor).filter(status__in=ANSWERING)


def walk_announced(notice_key: UUID) -> Walk | None:
    """Return the walk whose participants were told under this address."""
    walks = _named(Walk.objects.filter(status__in=NOTIFYING))
    return walks.filter(notice_key=notice_key, notified_on__isnull=False).first()


def districts_to_choose(day: date) -> list[tuple[int, str]]:
    """Return the districts of `day`, number and name, by name."""
    level = areas.district_level()
    if level is None:
        return []
    versions = areas.areas_on(level.slug, day).defer("geometry", "geometry_map")
    return sorted(versions.values_list("area_id", "name"), key=lambda row: row[1].casefold())


def history_of(walk: Walk) -> list[tuple[str, AuditRecord]]:
    """Return what happened to the walk, in words, the latest first."""
    told = records_of(walk).filter(kind__in=ACTS).order_by("-sequence")
    return [(str(ACTS[record.kind]), record) for record in told]


def notified_at(walk: Walk) -> datetime | None:
    """Return when the participants were told last; None before they were."""
    record = records_of(walk).filter(kind="walks.walk.notified").last()
    return record.at if record else None


def _counted(findings: QuerySet[Finding]) -> Coalesce:
    counts = findings.values("walk").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counts), 0)


def _named(walks: QuerySet[Walk]) -> QuerySet[Walk]:
    names = AreaVersion.objects.filter(area=OuterRef("district")).order_by("-valid_from")
    return walks.annotate(district_name=Subquery(names.values("name")[:1]))
