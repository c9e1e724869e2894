"""Photos of observations: each once, at most three, and seen by who sees the observation."""

from uuid import uuid4

import pytest
from django.urls import reverse

from samhandling_web.base.accounts.rules import Role
from samhandling_web.base.audit.models import AuditRecord
from samhandling_web.base.common.errors import NotAllowed
from samhandling_web.base.photos.models import Photo
from samhandling_web.base.photos.rules import PhotoRefused, RemovalReason
from samhandling_web.base.photos.tests.pictures import upload
from samhandling_web.observe.observations import permissions, rules, services
from samhandling_web.observe.observations.models import ObservationPhoto
from samhandling_web.observe.observations.tests.town import make_town, one, person
from tests.page_rules import faults_of_page

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


@pytest.mark.parametrize("role", Role)
def test_it_is_taken_away_by_who_sent_it_and_who_answers_for_it(client, reporter, role):
    observation = one(reporter)
    photo = keep(observation, reporter)
    actor = person(role, at="norr")
    may = permissions.may_handle(actor, observation)
    values = {"photo_id": photo.pk, "reason": RemovalReason.PERSON}
    address = reverse("observations:photo-remove", args=[photo.pk])
    client.force_login(actor)
    if not may:
        before = AuditRecord.objects.count()
        with pytest.raises(NotAllowed):
            services.photo_remove(**values, actor=actor)
        assert AuditRecord.objects.count() == before
        assert client.post(address, {"reason": "person"}).status_code in {403, 404}
        return
    services.photo_remove(**values, actor=actor)
    assert AuditRecord.objects.filter(kind="observations.photo.removed").exists()
    assert client.get(address).status_code == 404


def test_the_reporter_takes_it_away_and_its_place_says_so(client, reporter):
    observation = one(reporter)
    photos = [keep(observation, reporter) for _number in range(3)]
    client.force_login(reporter)
    page = reverse("observations:observation-detail", args=[observation.pk])
    address = reverse("observations:photo-remove", args=[photos[0].pk])
    assert f'href="{address}"' in client.get(page).content.decode()
    asked = client.get(address).content.decode()
    assert faults_of_page(asked) == []
    assert client.post(address, {"reason": "other"}).status_code == 422
    assert client.post(address, {}).status_code == 422
    assert client.put(address).status_code == 405
    assert client.post(address, {"reason": "plate"})["Location"] == page
    left = client.get(page).content.decode()
    assert faults_of_page(left) == []
    assert "Bilden togs bort" in left
    assert left.count('class="obs-picture"') == 2
    assert client.get(reverse("observations:photo", args=[photos[0].pk])).status_code == 404
    keep(observation, reporter)  # there is room for another
