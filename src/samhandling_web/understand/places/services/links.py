"""Saying which observations and findings belong to a place."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from samhandling_web.base.accounts.models import User
from samhandling_web.base.audit import services as audit
from samhandling_web.observe.walks.models import Finding
from samhandling_web.understand.places.models import Place, PlaceFinding, PlaceObservation
from samhandling_web.understand.places.rules import NotHere, NothingChosen
from samhandling_web.understand.places.selectors import observations_open
from samhandling_web.understand.places.services.places import place_locked


@transaction.atomic
def observations_link(*, place_id: int, observation_ids: Sequence[int], actor: User) -> int:
    """Let observations belong to the place; return how many did not before.

    Raises
    ------
    NotAllowed, NothingChosen, NotHere
        If the person does not write there, chose none, or one does not exist.
    """
    place = place_locked(place_id, actor)
    found = _chosen(observations_open(), observation_ids)
    linked = set(place.observation_links.values_list("observation", flat=True))
    new = [one for one in found if one.pk not in linked]
    PlaceObservation.objects.bulk_create(
        PlaceObservation(place=place, observation=one, linked_by=actor) for one in new
    )
    _record(actor, "understand.place.observations_linked", place, [one.pk for one in new])
    return len(new)


@transaction.atomic
def observations_unlink(*, place_id: int, observation_ids: Sequence[int], actor: User) -> int:
    """Say that observations do not belong to the place; that they once did stands in the log."""
    place = place_locked(place_id, actor)
    links = place.observation_links.filter(observation__in=_some(observation_ids))
    numbers = sorted(links.values_list("observation", flat=True))
    links.delete()
    _record(actor, "understand.place.observations_unlinked", place, numbers)
    return len(numbers)


@transaction.atomic
def findings_link(*, place_id: int, finding_ids: Sequence[int], actor: User) -> int:
    """Let findings of walks belong to the place, as `observations_link` does observations."""
    place = place_locked(place_id, actor)
    found = _chosen(Finding.objects.all(), finding_ids)
    linked = set(place.finding_links.values_list("finding", flat=True))
    new = [one for one in found if one.pk not in linked]
    PlaceFinding.objects.bulk_create(
        PlaceFinding(place=place, finding=one, linked_by=actor) for one in new
    )
    _record(actor, "understand.place.findings_linked", place, [one.pk for one in new])
    return len(new)


@transaction.atomic
def findings_unlink(*, place_id: int, finding_ids: Sequence[int], actor: User) -> int:
    """Say that findings do not belong to the place."""
    place = place_locked(place_id, actor)
    links = place.finding_links.filter(finding__in=_some(finding_ids))
    numbers = sorted(links.values_list("finding", flat=True))
    links.delete()
    _record(actor, "understand.place.findings_unlinked", place, numbers)
    return len(numbers)


def _some(numbers: Sequence[int]) -> list[int]:
    if not numbers:
        raise NothingChosen
    return sorted(set(numbers))


def _chosen(rows: Any, numbers: Sequence[int]) -> list[Any]:
    """Return the chosen rows in order; NotHere unless all of them are among `rows`."""
    wanted = _some(numbers)
    found = list(rows.filter(pk__in=wanted).order_by("pk"))
    if len(found) < len(wanted):
        raise NotHere
    return found


def _record(actor: User, kind: str, place: Place, numbers: list[int]) -> None:
    if numbers:
        audit.record(actor=actor, kind=kind, target=place, after={"rows": numbers})
