"""Taking a picture of a place away: by who writes about the place."""

import pytest
from django.urls import reverse

from samhandling_web.base.accounts.rules import Role
from samhandling_web.base.audit.models import AuditRecord
from samhandling_web.base.common.errors import NotAllowed
from samhandling_web.base.photos.models import PhotoRemoval
from samhandling_web.base.photos.rules import RemovalReason
from samhandling_web.base.photos.tests.pictures import upload
from samhandling_web.understand.places import permissions, services
from samhandling_web.understand.places.rules import NotHere
from samhandling_web.understand.places.tests import town
from tests.page_rules import faults_of_page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]


@pytest.fixture
def strategist():
    return town.person(Role.CITY_STRATEGIST, name="lead")


@pytest.fixture
def photo(strategist):
    [kept] = services.place_photos_add(
        place_id=town.place().pk, files=[upload()], nobody_recognisable=True, moment="before",
        caption="", actor=strategist,
    )  # fmt: skip
    return kept


@pytest.mark.parametrize("role", Role)
def test_who_writes_about_the_place_takes_it_away(photo, role):
    actor = town.person(role, name="somebody")
    before = AuditRecord.objects.count()
    values = {"place_id": photo.place_id, "photo_id": photo.pk, "reason": RemovalReason.PERSON}
    if not permissions.may_write_place(actor, photo.place):
        with pytest.raises((NotAllowed, NotHere)):
            services.place_photo_remove(**values, actor=actor)
        assert (PhotoRemoval.objects.count(), AuditRecord.objects.count()) == (0, before)
        return
    services.place_photo_remove(**values, actor=actor)
    assert AuditRecord.objects.filter(kind="understand.place.photo_removed").count() == 1


def test_the_places_page_says_what_became_of_it(client, photo, strategist):
    client.force_login(strategist)
    page = reverse("places:place-detail", args=[photo.place_id])
    address = reverse("places:place-photo-remove", args=[photo.place_id, photo.pk])
    assert f'href="{address}"' in client.get(page).content.decode()
    assert faults_of_page(client.get(address).content.decode()) == []
    assert client.patch(address).status_code == 405
    assert client.post(address, {"reason": "person"})["Location"] == page
    left = client.get(page).content.decode()
    assert faults_of_page(left) == []
    assert "fick ett foto borttaget" in left
    shown = reverse("places:place-photo", args=[photo.place_id, photo.pk])
    assert f'src="{shown}"' not in left
    assert client.get(shown).status_code == 404
