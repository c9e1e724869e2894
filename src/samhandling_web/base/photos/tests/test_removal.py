"""Taking a picture away: the file goes, a row stays that says by whom, when and why."""

import os
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.http import Http404
from django.utils import timezone

from samhandling_web.base.audit.models import AuditRecord
from samhandling_web.base.common.free_text import PersonInText
from samhandling_web.base.photos import http, rules, selectors, services
from samhandling_web.base.photos.models import PhotoRemoval
from samhandling_web.base.photos.rules import RemovalReason
from samhandling_web.base.photos.tests.pictures import upload

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files")]


@pytest.fixture
def photo(sender):
    return services.photo_keep(file=upload(), nobody_recognisable=True, actor=sender)


def remove(photo, actor, reason=RemovalReason.PERSON, why=""):
    """Take it away as a room does that says the photo is an object's."""
    return services.photo_remove(
        photo_id=photo.pk, of=actor, kind="rooms.photo.removed", reason=reason, why=why, actor=actor
    )


def test_the_file_goes_and_a_row_stays(photo, sender, files, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        remove(photo, sender)
    assert list(files.iterdir()) == []
    photo.refresh_from_db()
    assert (photo.removal.reason, photo.removal.removed_by) == ("person", sender)
    record = AuditRecord.objects.get(kind="rooms.photo.removed")
    assert record.before == {"photo": photo.pk, "sha256": photo.sha256}
    assert record.target_id == str(sender.pk)
    assert list(selectors.damaged_photos()) == []
    with pytest.raises(Http404):
        http.photo_response(photo)


def test_a_file_that_was_left_is_not_shown_and_goes_by_night(photo, sender, files):
    remove(photo, sender, RemovalReason.PLATE)
    [path] = files.iterdir()
    with pytest.raises(Http404):
        http.photo_response(photo)
    old = (timezone.now() - 2 * rules.LEFT_BEHIND_AFTER - timedelta(hours=1)).timestamp()
    os.utime(path, (old, old))
    assert services.files_without_photo_remove() == 1
    assert list(files.iterdir()) == []


@pytest.mark.parametrize(
    ("error", "values"),
    [
        (rules.WhyMissing, {"reason": RemovalReason.OTHER, "why": " "}),
        (PersonInText, {"reason": RemovalReason.PERSON, "why": "19121212-1212 syns"}),
    ],
)
def test_a_refusal_leaves_all_as_it_was(photo, sender, files, error, values):
    before = AuditRecord.objects.count()
    with pytest.raises(error):
        remove(photo, sender, **values)
    assert (PhotoRemoval.objects.count(), AuditRecord.objects.count()) == (0, before)
    assert len(list(files.iterdir())) == 1


def test_it_is_taken_away_once_and_for_all(photo, sender):
    removal = remove(photo, sender, RemovalReason.OTHER, "Fel tunnel.")
    with pytest.raises(rules.RemovedAlready):
        remove(photo, sender)
    with pytest.raises(DatabaseError), transaction.atomic():
        PhotoRemoval.objects.filter(pk=removal.pk).update(why="")
