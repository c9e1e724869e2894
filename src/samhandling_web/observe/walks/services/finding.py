"""Receiving what is found on a walk: each finding once, however often it is sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.core.files import File
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from samhandling_web.base.accounts.models import Organisation, User
from samhandling_web.base.audit import services as audit
from samhandling_web.base.photos import services as photos_services
from samhandling_web.base.photos.rules import RemovalReason
from samhandling_web.observe.observations.models import Category
from samhandling_web.observe.walks import permissions, rules
from samhandling_web.observe.walks.models import Finding, FindingPhoto, Walk
from samhandling_web.observe.walks.rules import CostClass, PhotoMoment, Status


@dataclass(frozen=True, slots=True)
class Found:
    """What somebody says of one thing seen. `client_id` is made where it was typed."""

    client_id: UUID
    category: Category
    text: str = ""
    is_safe: bool = False
    suggestion: str = ""
    position: tuple[float, float] | None = None
    place_name: str = ""
    cost_class: CostClass = CostClass.UNKNOWN
    owner: Organisation | None = None
    repeats: Finding | None = None


@transaction.atomic
def finding_add(
    *,
    walk_id: int,
    found: Found,
    photos: Sequence[File[bytes]] = (),
    nobody_recognisable: bool = False,
    actor: User,
) -> Finding:
    """Receive a finding; one that was received before is given back as it is.

    Raises
    ------
    NotAllowed, NotTakingFindings
        If the actor does not walk along, or the walk takes no findings (any more).
    FindingElsewhere, RepeatsAnother, PlaceMissing, TooManyPhotos, PhotoRefused, PersonInText
        If what was sent is another walk's, is nowhere, has too many or unfit pictures, or names
        a person.
    """
    # Locked: two that arrive at once get each its number, and the same one is received once.
    walk = Walk.objects.select_for_update().get(pk=walk_id)
    permissions.check_may_add_finding(actor, walk)
    known = Finding.objects.filter(client_id=found.client_id).first()
    if known is not None:
        if known.walk_id != walk.pk:
            raise rules.FindingElsewhere
        return known
    planned_on = timezone.localdate(walk.planned_at)
    rules.check_taking_findings(Status(walk.status), planned_on, timezone.localdate())
    _check(found, walk)
    finding = _stored(found, walk)
    photos_add(
        finding=finding,
        photos=photos,
        nobody_recognisable=nobody_recognisable,
        moment=PhotoMoment.BEFORE,
        actor=actor,
    )
    audit.record(
        actor=actor,
        kind="walks.finding.added",
        target=finding,
        after={"walk": walk.pk, "number": finding.number, "photos": len(photos)},
    )
    return finding


def photos_add(
    *,
    finding: Finding,
    photos: Sequence[File[bytes]],
    nobody_recognisable: bool,
    moment: PhotoMoment,
    actor: photos_services.Sender,
) -> None:
    """Keep photos of a finding, all or none; the caller has said who may.

    Raises
    ------
    TooManyPhotos, PhotoRefused
        If they are more than a finding may have at once, or one of them cannot be kept.
    """
    if len(photos) > rules.MOST_PHOTOS:
        raise rules.TooManyPhotos(most=rules.MOST_PHOTOS)
    if not photos:
        return
    kept = photos_services.photos_keep(
        files=photos, nobody_recognisable=nobody_recognisable, actor=actor
    )
    for photo in kept:
        FindingPhoto.objects.create(finding=finding, photo=photo, moment=moment)


def _check(found: Found, walk: Walk) -> None:
    if found.repeats is not None and found.repeats.walk_id != walk.previous_id:
        raise rules.RepeatsAnother
    if found.position is None and not found.place_name.strip():
        raise rules.PlaceMissing


def _stored(found: Found, walk: Walk) -> Finding:
    last = Finding.objects.filter(walk=walk).aggregate(last=Max("number"))["last"] or 0
    longitude, latitude = found.position or (None, None)
    return Finding.objects.create(
        walk=walk,
        number=last + 1,
        client_id=found.client_id,
        category=found.category,
        is_safe=found.is_safe,
        text=found.text.strip() or found.category.name,
        suggestion=found.suggestion.strip(),
        longitude=longitude,
        latitude=latitude,
        place_name=found.place_name.strip(),
        cost_class=found.cost_class,
        owner=found.owner,
        repeats=found.repeats,
    )


@transaction.atomic
def photo_remove(
    *, photo_id: int, reason: RemovalReason, why: str = "", actor: User
) -> FindingPhoto:
    """Take a picture of a finding away for good.

    Raises
    ------
    NotAllowed, RemovedAlready, WhyMissing, PersonInText
        If the actor does not answer for the finding, the picture is gone, no reason is given, or
        the words name somebody.
    """
    found = FindingPhoto.objects.get(pk=photo_id)
    finding = Finding.objects.select_for_update().get(pk=found.finding_id)
    permissions.check_may_remove_photo(actor, finding)
    photos_services.photo_remove(
        photo_id=found.photo_id,
        of=finding,
        kind="walks.photo.removed",
        reason=reason,
        why=why,
        actor=actor,
    )
    return found
