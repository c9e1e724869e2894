"""Photos of observations: each once, at most three, and seen by who sees the observation."""

from uuid import uuid4

import pytest
from django.urls import reverse

from samhandling_web.base.accounts.rules import Role
from samhandling_web.base.common.errors import NotAllowed
from samhandling_web.base.photos.models import Photo
from samhandling_web.base.photos.rules import PhotoRefused
from samhandling_web.base.photos.tests.pictures import upload
from samhandling_web.observe.observations import rules, services
from samhandling_web.observe.observations.models import ObservationPhoto
from samhandling_web.observe.observations.tests.town import make_town, one, person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def districts(data_folder):
    return make_town()


@pytest.fixture
def reporter():
    return person(Role.REPORTER, at="skolan")


def keep(observation, actor, mark=None, *, stated=True, content=None):
    return services.photo_receive(
        sending_client_id=observation.sending.client_id,
        number=observation.number,
        client_id=mark or uuid4(),
        file=upload(content),
        nobody_recognisable=stated,
        actor=actor,
    )


def test_the_same_photo_sent_twice_is_kept_once(reporter):
    observation, mark = one(reporter), uuid4()
    assert keep(observation, reporter, mark) == keep(observation, reporter, mark)
    assert (Photo.objects.count(), observation.photos.count()) == (1, 1)


def test_at_most_three(reporter):
    observation = one(reporter)
    for _number in range(3):
        keep(observation, reporter)
    with pytest.raises(rules.TooManyPhotos):
        keep(observation, reporter)
    assert Photo.objects.count() == 3


@pytest.mark.parametrize("told", [{"stated": False}, {"content": b"hej"}])
def test_without_statement_or_picture_nothing_is_kept(reporter, told):
    observation = one(reporter)
    with pytest.raises(PhotoRefused):
        keep(observation, reporter, **told)
    assert not ObservationPhoto.objects.exists()


def test_only_who_sent_the_observation_sends_its_photos(reporter):
    observation = one(reporter)
    with pytest.raises(NotAllowed):
        keep(observation, person(Role.GUARD))
    with pytest.raises(NotAllowed):
        keep(observation, person(Role.BOARD_MEMBER))
    assert not ObservationPhoto.objects.exists()


def test_a_photo_is_seen_by_who_sees_its_observation(reporter, client):
    kept = keep(one(reporter), reporter)
    address = reverse("observations:photo", args=[kept.pk])
    for actor, status in (
        (reporter, 200),
        (person(Role.DISTRICT_COORDINATOR, at="norr"), 200),
        (person(Role.DISTRICT_COORDINATOR, at="söder"), 404),
        (person(Role.REPORTER, at="skolan"), 404),
    ):
        client.force_login(actor)
        assert client.get(address).status_code == status


def test_a_telephone_sends_a_photo_after_its_observation(reporter, client):
    observation = one(reporter)
    client.force_login(reporter)
    sent = [observation.sending.client_id, 1]
    address = reverse("report:photo", args=sent)
    told = {"client_id": str(uuid4()), "photo": upload(), "nobody_recognisable": "on"}
    assert client.post(address, told).status_code == 200
    refused = client.post(address, {"client_id": str(uuid4()), "photo": upload()})
    assert refused.status_code == 422
    assert "Intyga" in refused.json()["error"]
    assert client.post(address, {}).status_code == 422
    nowhere = reverse("report:photo", args=[uuid4(), 1])
    told = {"client_id": str(uuid4()), "photo": upload(), "nobody_recognisable": "on"}
    assert client.post(nowhere, told).status_code == 404
