"""Which areas an organisation answers for: as the area says, else as its own name tells."""

from collections.abc import Sequence
from datetime import date

from django.utils import timezone

from samhandling_web.base.accounts.keeping import kept_for
from samhandling_web.base.accounts.models import Organisation
from samhandling_web.base.accounts.permissions import Actor, is_person
from samhandling_web.base.accounts.rules import Role
from samhandling_web.base.areas.models import Area
from samhandling_web.base.areas.selectors import District, districts_on


def areas_answered_for(actor: Actor, roles: frozenset[Role]) -> frozenset[int]:
    """Return the areas of the organisations in which the person has one of `roles` today."""
    if not is_person(actor):
        return frozenset()
    held = [one.organisation for one in actor.memberships_today if one.role in roles]
    if not held:
        return frozenset()
    return kept_for(actor, ("areas_answered_for", roles), lambda: _areas_of(held, actor))


def districts_for(reader: Actor, day: date) -> list[District]:
    """Return the districts of a day, looked up once for a reader however many rooms ask."""
    return kept_for(reader, ("districts_on", day), lambda: districts_on(day))


def district_of(organisation: Organisation, districts: Sequence[District]) -> District | None:
    """Return the district that an organisation answers for.

    The one where it is set as responsible; else one without anybody set whose name its own holds.
    """
    own = (one for one in districts if one.responsible_id == organisation.pk)
    free = (one for one in districts if one.responsible_id is None)
    named = (one for one in free if one.name in organisation.name)
    return next(own, None) or next(named, None)


def _areas_of(held: Sequence[Organisation], reader: Actor) -> frozenset[int]:
    districts = districts_for(reader, timezone.localdate())
    said = Area.objects.filter(responsible__in=held).values_list("pk", flat=True)
    named = (district_of(one, districts) for one in held)
    return frozenset(said) | {one.area_id for one in named if one is not None}
