"""Receiving photos of an observation: each once, however often it is sent."""

from uuid import UUID

from django.core.files import File
from django.db import transaction

from samhandling_web.base.accounts.models import User
from samhandling_web.base.common.errors import NotAllowed
from samhandling_web.base.photos import services as photos
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
    if observation.photos.count() >= rules.MOST_PHOTOS:
        raise rules.TooManyPhotos(most=rules.MOST_PHOTOS)
    photo = photos.photo_keep(file=file, nobody_recognisable=nobody_recognisable, actor=actor)
    return ObservationPhoto.objects.create(
        observation=observation, photo=photo, client_id=client_id
    )
