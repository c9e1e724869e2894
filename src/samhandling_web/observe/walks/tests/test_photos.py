"""Taking a picture of a finding away: by who leads the walk and who answers for the finding."""

import pytest
from django.urls import reverse

from samhandling_web.base.accounts.rules import Role
from samhandling_web.base.audit.models import AuditRecord
from samhandling_web.base.common.errors import NotAllowed
from samhandling_web.base.photos.models import PhotoRemoval
from samhandling_web.base.photos.rules import RemovalReason
from samhandling_web.base.photos.tests.pictures import upload
from samhandling_web.observe.walks import permissions, services
from samhandling_web.observe.walks.tests import factories
from tests.page_rules import faults_of_page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]


@pytest.fixture
def photo():
    finding = services.finding_add(
        walk_id=factories.planned().pk,
        found=factories.found(owner=factories.organisation("homes", "company")),
        photos=[upload()],
        nobody_recognisable=True,
        actor=factories.coordinator(),
    )
    return finding.photos.get()


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("where", ["homes", "elsewhere"])
def test_who_answers_for_the_finding_takes_it_away(photo, role, where):
    actor = factories.person(role, factories.organisation(where, "company"), "somebody")
    before = AuditRecord.objects.count()
    if not permissions.may_answer(actor, photo.finding):
        with pytest.raises(NotAllowed):
            services.photo_remove(photo_id=photo.pk, reason=RemovalReason.PERSON, actor=actor)
        assert (PhotoRemoval.objects.count(), AuditRecord.objects.count()) == (0, before)
        return
    services.photo_remove(photo_id=photo.pk, reason=RemovalReason.PERSON, actor=actor)
    assert AuditRecord.objects.filter(kind="walks.photo.removed").count() == 1


def test_the_findings_page_says_what_became_of_it(client, photo):
    client.force_login(factories.coordinator())
    page = reverse("walks:finding-detail", args=[photo.finding_id])
    address = reverse("walks:photo-remove", args=[photo.pk])
    assert f'href="{address}"' in client.get(page).content.decode()
    assert faults_of_page(client.get(address).content.decode()) == []
    assert client.delete(address).status_code == 405
    sent = client.post(address, {"reason": "other", "why": "Fel gata."})
    assert sent["Location"] == page
    left = client.get(page).content.decode()
    assert faults_of_page(left) == []
    assert "Fel gata." in left
    assert client.get(reverse("walks:finding-photo", args=[photo.pk])).status_code == 404
    assert client.post(address, {"reason": "person"}).status_code == 404


def test_politicians_read_and_take_nothing_away(client, photo):
    town = factories.organisation("town", "municipality")
    client.force_login(factories.person(Role.BOARD_MEMBER, town))
    address = reverse("walks:photo-remove", args=[photo.pk])
    page = client.get(reverse("walks:finding-detail", args=[photo.finding_id])).content.decode()
    assert address not in page
    assert client.get(address).status_code == 403
