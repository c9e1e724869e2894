"""Reading observations: each reader's own, and those that fit a choice."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils import timezone

from samhandling_web.base.accounts.models import User
from samhandling_web.base.accounts.permissions import Actor, holds_role, is_person
from samhandling_web.base.accounts.rules import Role
from samhandling_web.base.areas import selectors as areas
from samhandling_web.base.areas.models import AreaVersion
from samhandling_web.observe.observations import permissions
from samhandling_web.observe.observations.models import Category, Observation, ObservationStep
from samhandling_web.observe.observations.rules import RESTRICTED_CATEGORIES, Status

NO_DISTRICT = "none"


@dataclass(frozen=True, slots=True)
class ObservationChoice:
    """Which observations somebody asks for."""

    first_day: date | None = None
    last_day: date | None = None
    district: str = ""
    category: str = ""
    severity: str = ""
    status: str = ""
    words: str = ""


def observations_visible_to(actor: Actor) -> QuerySet[Observation]:
    """Return what `permissions.may_read` lets the person read, latest first."""
    if not is_person(actor):
        return Observation.objects.none()
    restricted = Category.objects.filter(slug__in=RESTRICTED_CATEGORIES).values_list(
        "pk", flat=True
    )
    is_restricted = Q(category_id__in=list(restricted))
    seen = Q(sending__in=actor_sendings(actor))
    if holds_role(actor, permissions.READ_ALL):
        seen |= ~is_restricted
    if holds_role(actor, permissions.READ_RESTRICTED):
        seen |= is_restricted
    if holds_role(actor, {Role.DISTRICT_COORDINATOR}):
        own = permissions.districts_coordinated_by(actor)
        seen |= Q(district_id__in=own) | Q(district__isnull=True)
    return Observation.objects.filter(seen)


def actor_sendings(actor: User) -> Any:
    """Return the numbers of what the person has sent, for a condition."""
    from samhandling_web.observe.observations.models import Sending

    return Sending.objects.filter(reporter=actor).values("pk")


def observations_of_reporter(actor: User) -> QuerySet[Observation]:
    """Return the person's own, the latest sent first, each with what it hangs together with.

    `told` is the latest answer to itself, and `told_of_other` to the one it is joined to.
    """
    return (
        Observation.objects.filter(sending__in=actor_sendings(actor))
        .select_related("category", "sending", "joined_to")
        .annotate(
            told=Subquery(_answers(OuterRef("pk"))),
            told_of_other=Subquery(_answers(OuterRef("joined_to"))),
        )
        .order_by("-sending", "number")
    )


def with_names(observations: QuerySet[Observation]) -> QuerySet[Observation]:
    """Add what a list shows: category, sender's organisation, and which are joined to each."""
    joined = Prefetch("joined", Observation.objects.only("pk", "joined_to").order_by())
    return observations.select_related("category", "sending__organisation").prefetch_related(joined)


def district_names() -> dict[int, str]:
    """Return the latest name of every district there has been, by its number."""
    level = areas.district_level()
    rows = AreaVersion.objects.filter(area__level=level).order_by("valid_from")
    return dict(rows.values_list("area_id", "name"))


def observations_chosen(actor: Actor, choice: ObservationChoice) -> QuerySet[Observation]:
    """Return what the person may see and asks for, latest first."""
    found = observations_visible_to(actor)
    zone = timezone.get_default_timezone()
    if choice.first_day:
        found = found.filter(start__gte=datetime.combine(choice.first_day, time.min, zone))
    if choice.last_day:
        after = choice.last_day + timedelta(days=1)
        found = found.filter(start__lt=datetime.combine(after, time.min, zone))
    if choice.district == NO_DISTRICT:
        found = found.filter(district__isnull=True)
    elif choice.district:
        found = found.filter(district_id=int(choice.district))
    if choice.category:
        found = found.filter(category__slug=choice.category)
    if choice.severity:
        found = found.filter(severity=choice.severity)
    if choice.status:
        found = found.filter(status=choice.status)
    if choice.words:
        found = found.filter(
            Q(text__icontains=choice.words) | Q(place_name__icontains=choice.words)
        )
    return found.order_by("-start", "-pk")


def districts_to_choose() -> list[tuple[int, str]]:
    """Return today's districts as (number, name), by name."""
    level = areas.district_level()
    if level is None:
        return []
    versions = areas.areas_on(level.slug, timezone.localdate()).values_list("area_id", "name")
    return sorted(versions, key=lambda row: row[1].casefold())


def unanswered_for(actor: Actor) -> QuerySet[Observation]:
    """Return received observations that wait for the person's answer, the oldest first.

    A coordinator's are those of the own districts; those in no district are the strategists'.
    """
    waiting = Observation.objects.filter(status=Status.RECEIVED)
    own = permissions.districts_coordinated_by(actor)
    mine = Q(district_id__in=own)
    if holds_role(actor, {Role.CITY_STRATEGIST}):
        mine |= Q(district__isnull=True)
    elif not own:
        return waiting.none()
    return waiting.filter(mine).select_related("category", "sending__organisation").order_by("pk")


def _answers(observation: Any) -> QuerySet[ObservationStep, Any]:
    steps = ObservationStep.objects.filter(observation=observation).exclude(answer="")
    return steps.order_by("-pk").values("answer")[:1]
