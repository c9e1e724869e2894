"""Laying up places, judging them and adding what is known of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.files import File
from django.db import transaction
from django.utils import timezone

from samhandling_web.base.accounts.models import Organisation, User
from samhandling_web.base.areas import selectors as areas
from samhandling_web.base.areas.models import Area
from samhandling_web.base.areas.rules import Visibility
from samhandling_web.base.audit import services as audit
from samhandling_web.base.common.drawn import geometry_checked
from samhandling_web.base.common.served import outline
from samhandling_web.base.photos import services as photos
from samhandling_web.base.photos.rules import RemovalReason
from samhandling_web.understand.places import permissions, rules
from samhandling_web.understand.places.ground import centre_of
from samhandling_web.understand.places.models import Place, PlaceAssessment, PlaceFact, PlacePhoto
from samhandling_web.understand.places.rules import (
    USUAL_RADIUS_M,
    FactKind,
    NotHere,
    PlaceKind,
    Standing,
)


@dataclass(frozen=True, slots=True)
class PlaceDetails:
    """What a person says of a place; its district follows from where it lies."""

    name: str
    kind: PlaceKind
    geometry: Mapping[str, Any]
    radius_m: int = USUAL_RADIUS_M
    responsible: Organisation | None = None
    visibility: Visibility = Visibility.INTERNAL


@transaction.atomic
def place_create(*, details: PlaceDetails, actor: User) -> Place:
    """Lay a place up, not yet judged.

    Raises
    ------
    NotAllowed, GeometryRefused, RadiusOutside
        If the person does not write in that district, or the place cannot be one.
    """
    values = _values(details)
    permissions.check_may_write_in(actor, values["district"])
    permissions.check_may_protect(actor, details.visibility)
    place = Place.objects.create(**values, created_by=actor)
    audit.record(
        actor=actor, kind="understand.place.created", target=place, after=_told(details, values)
    )
    return place


@transaction.atomic
def place_edit(*, place_id: int, details: PlaceDetails, actor: User) -> Place:
    """Change what is said of a place; what was said before stands in the log.

    Raises
    ------
    NotAllowed, GeometryRefused, RadiusOutside
        As `place_create`; the person writes both where it lay and where it will lie.
    """
    place = place_locked(place_id, actor)
    values = _values(details)
    if values["district"] != place.district:
        permissions.check_may_write_in(actor, values["district"])
    permissions.check_may_protect(actor, details.visibility)
    before = _told(_details_of(place), {"district": place.district})
    for name, value in values.items():
        setattr(place, name, value)
    place.save()
    after = _told(details, values)
    changed = {name for name in after if after[name] != before[name]}
    audit.record(
        actor=actor,
        kind="understand.place.edited",
        target=place,
        before={name: before[name] for name in sorted(changed)},
        after={name: after[name] for name in sorted(changed)},
    )
    return place


@transaction.atomic
def place_assess(*, place_id: int, standing: Standing, reason: str, actor: User) -> PlaceAssessment:
    """Judge a place safe or unsafe, and say why.

    Raises
    ------
    NotAllowed, ReasonMissing
        If the person does not write there, or gives no reason.
    """
    place = place_locked(place_id, actor)
    rules.check_reason(reason)
    before = place.standing
    assessment = PlaceAssessment.objects.create(
        place=place, standing=standing, reason=reason, actor=actor
    )
    place.standing = standing
    place.save(update_fields=["standing"])
    audit.record(
        actor=actor,
        kind="understand.place.assessed",
        target=place,
        before={"standing": before},
        after={"standing": str(standing)},
        reason=reason,
    )
    return assessment


@transaction.atomic
def place_fact_add(
    *, place_id: int, kind: FactKind, text: str, source: str, known_on: date, actor: User
) -> PlaceFact:
    """Add something that is known of the place on a day, and where it was learnt."""
    place = place_locked(place_id, actor)
    fact = PlaceFact.objects.create(
        place=place, kind=kind, text=text, source=source, known_on=known_on, actor=actor
    )
    audit.record(
        actor=actor,
        kind="understand.place.fact_added",
        target=place,
        after={"fact": fact.pk, "kind": str(kind), "known_on": known_on},
    )
    return fact


@transaction.atomic
def place_photos_add(
    *,
    place_id: int,
    files: Sequence[File[bytes]],
    nobody_recognisable: bool,
    moment: str,
    caption: str,
    actor: User,
) -> list[PlacePhoto]:
    """Keep photos of the place, all or none.

    Raises
    ------
    NotAllowed, PhotoRefused, TooManyAtOnce, NothingChosen
        If the person does not write there, a picture cannot be kept, or there are none.
    """
    place = place_locked(place_id, actor)
    if not files:
        raise rules.NothingChosen
    kept = photos.photos_keep(files=files, nobody_recognisable=nobody_recognisable, actor=actor)
    added = [
        PlacePhoto.objects.create(place=place, photo=photo, moment=moment, caption=caption)
        for photo in kept
    ]
    audit.record(
        actor=actor,
        kind="understand.place.photos_added",
        target=place,
        after={"photos": [photo.pk for photo in kept], "moment": moment},
    )
    return added


@transaction.atomic
def place_photo_remove(
    *, place_id: int, photo_id: int, reason: RemovalReason, why: str = "", actor: User
) -> PlacePhoto:
    """Take a picture of the place away for good.

    Raises
    ------
    NotHere, NotAllowed, RemovedAlready, WhyMissing, PersonInText
        If the person neither sees the place nor writes there, the picture is gone, no reason is
        given, or the words name somebody.
    """
    place = place_locked(place_id, actor)
    permissions.check_may_remove_photo(actor, place)
    found = place.photos.get(pk=photo_id)
    photos.photo_remove(
        photo_id=found.photo_id,
        of=place,
        kind="understand.place.photo_removed",
        reason=reason,
        why=why,
        actor=actor,
    )
    return found


def places_export_record(*, actor: User, file_name: str, row_count: int) -> None:
    """Record that a file of places left the house."""
    audit.record_export(
        actor=actor,
        kind="understand.places.exported",
        target=Place(name="places"),
        file_name=file_name,
        row_count=row_count,
    )


def place_locked(place_id: int, actor: User) -> Place:
    """Return a place to write on, locked.

    Raises
    ------
    NotHere, NotAllowed
        If the person may not see it, or sees it and may not write there.
    """
    place = Place.objects.select_for_update().filter(pk=place_id).first()
    if place is None or not permissions.may_read_place(actor, place):
        raise NotHere
    permissions.check_may_write_place(actor, place)
    return place


def _values(details: PlaceDetails) -> dict[str, Any]:
    """Return the place's columns, with where its middle is and the district that holds it."""
    rules.check_radius(details.radius_m)
    geometry = geometry_checked(details.geometry, bounds=outline().bounds)
    longitude, latitude = centre_of(geometry)
    return {
        "name": details.name,
        "kind": details.kind,
        "geometry": geometry,
        "longitude": longitude,
        "latitude": latitude,
        "radius_m": details.radius_m,
        "district": areas.district_at(longitude, latitude, timezone.localdate()),
        "responsible": details.responsible,
        "visibility": details.visibility,
    }


def _details_of(place: Place) -> PlaceDetails:
    return PlaceDetails(
        name=place.name,
        kind=PlaceKind(place.kind),
        geometry=place.geometry,
        radius_m=place.radius_m,
        responsible=place.responsible,
        visibility=Visibility(place.visibility),
    )


def _told(details: PlaceDetails, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the log keeps; where a protected place lies is not for all who read the log."""
    district: Area | None = values["district"]
    is_protected = details.visibility == Visibility.PROTECTED
    return {
        "name": details.name,
        "kind": str(details.kind),
        "geometry": None if is_protected else dict(details.geometry),
        "radius_m": details.radius_m,
        "district": district.code if district else "",
        "responsible": details.responsible.pk if details.responsible else None,
        "visibility": str(details.visibility),
    }
