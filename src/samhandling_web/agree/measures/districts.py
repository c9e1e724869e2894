"""Which districts a coordinator answers for: as the area says, or as the name tells."""

from django.utils import timezone

from samhandling_web.base.accounts.models import Membership
from samhandling_web.base.accounts.permissions import Actor, holds_role, is_person
from samhandling_web.base.accounts.rules import Role
from samhandling_web.base.areas.models import Area
from samhandling_web.understand.picture.scopes import area_answered_for

IN_OWN_DISTRICT = frozenset({Role.DISTRICT_COORDINATOR})


def districts_answered_for(actor: Actor) -> frozenset[int]:
    """Return the districts whose coordinator the person is today, looked up once."""
    if not is_person(actor) or not holds_role(actor, IN_OWN_DISTRICT):
        return frozenset()
    kept: frozenset[int] | None = getattr(actor, "_districts_answered_for", None)
    if kept is None:
        kept = _districts_of(actor.pk)
        actor._districts_answered_for = kept  # type: ignore[attr-defined]  # noqa: SLF001
    return kept


def _districts_of(user_id: int) -> frozenset[int]:
    today = timezone.localdate()
    held = Membership.objects.held_on(today).filter(user_id=user_id, role__in=IN_OWN_DISTRICT)
    own = [membership.organisation for membership in held.select_related("organisation")]
    said = set(Area.objects.filter(responsible__in=own).values_list("pk", flat=True))
    # Where nobody is set as responsible the organisation's name tells.
    asked = (area_answered_for(one, today) for one in own)
    named = {area for area in asked if area is not None} - said
    free = Area.objects.filter(pk__in=named, responsible__isnull=True)
    return frozenset(said | set(free.values_list("pk", flat=True)))
