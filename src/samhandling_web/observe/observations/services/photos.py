"""Receiving photos of an observation: each once, however often it is sent."""

from uuid import UUID

from django.core.files import File
from django.db import transaction

from samhandling_web.base.accounts.models import User
from samhandling_web.base.common.errors import NotAllowed
from samhandling_web.base.photos import services as photos
from samhandling_web.base.photos.rules import RemovalReason
from samhandling_web.observe.observations import permissions, rules
from samhandling_web.observe.observations.models import Observation, ObservationPhoto


@transaction.atomic
def photo_receive(
    *,
    sending_client_id: UUID,
    number: int,
    client_id: UUID,
    file: File[bytes],
    nobody_recognisable: bool,
    actor: User,
) -> ObservationPhoto:
    """Keep a photo of observation `number` in a sending; one received before is given back.

    Raises
    ------
    NotAllowed
        If somebody else sent the observation.
    TooManyPhotos, PhotoRefused
        If it has as many as it may, the file is no picture, or the statement is missing.
    """
    permissions.check_may_report(actor)
    # Locked: two photos sent at once are counted one after the other.
    observation = Observation.objects.select_for_update().get(
        sending__client_id=sending_client_id, number=number
    )
    if observation.sending.reporter_id != actor.pk:
        raise NotAllowed
    known = ObservationPhoto.objects.filter(client_id=client_id, observation=observation).first()
    if known is not None:
        return known
    if observation.photos.filter(photo__removal=None).count() >= rules.MOST_PHOTOS:
        raise rules.TooManyPhotos(most=rules.MOST_PHOTOS)
    photo = photos.photo_keep(file=file, nobody_recognisable=nobody_recognisable, actor=actor)
    return ObservationPhoto.objects.create(
        observation=observation, photo=photo, client_id=client_id
    )


@transaction.atomic
def photo_remove(
    *, photo_id: int, reason: RemovalReason, why: str = "", actor: User
) -> ObservationPhoto:
    """Take a picture of an observation away for good.

    Raises
    ------
    NotAllowed, RemovedAlready, WhyMissing, PersonInText
        If the actor neither answers for the observation nor sent it, the picture is gone, no
        reason is given, or the words name somebody.
    """
    found = ObservationPhoto.objects.select_related("observation").get(pk=photo_id)
    observation = Observation.objects.select_for_update().get(pk=found.observation_id)
    permissions.check_may_remove_photo(actor, observation)
    photos.photo_remove(
        photo_id=found.photo_id,
        of=observation,
        kind="observations.photo.removed",
        reason=reason,
        why=why,
        actor=actor,
    )
    return found
