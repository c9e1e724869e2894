"""Keeping photos: whole or not at all, with a statement, in the log."""

import hashlib
import os
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.utils import timezone

from samhandling_web.base.audit.models import AuditRecord
from samhandling_web.base.photos import filing, rules, selectors, services
from samhandling_web.base.photos.models import Photo
from samhandling_web.base.photos.rules import Fault, PhotoRefused
from samhandling_web.base.photos.tests.pictures import telephone_jpeg, two_colours, upload, written

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files")]


def keep(actor, *contents, stated=True):
    uploads = [upload(content) for content in contents]
    return services.photos_keep(files=uploads, nobody_recognisable=stated, actor=actor)


def nothing_kept(files: Path) -> bool:
    left = list(files.glob("*")) if files.exists() else []
    return not left and not Photo.objects.exists() and not AuditRecord.objects.exists()


def test_a_photo_is_kept_with_its_checksum_size_day_and_sender(sender, files):
    photo = services.photo_keep(file=upload(), nobody_recognisable=True, actor=sender)
    photo.refresh_from_db()
    content = (files / Path(photo.file.name).name).read_bytes()
    assert photo.sha256 == hashlib.sha256(content).hexdigest()
    assert (photo.width, photo.height, photo.nobody_recognisable) == (64, 32, True)
    assert (photo.taken_on, photo.uploaded_by) == (date(2026, 5, 4), sender)
    assert b"Telefonmakaren" not in content


def test_the_name_of_the_file_tells_nothing(sender, files):
    photo = services.photo_keep(
        file=upload(name="../../anna på torget.jpg"), nobody_recognisable=True, actor=sender
    )
    folder, name = photo.file.name.split("/")
    assert (folder, len(name), name[-4:]) == ("photos", 36, ".jpg")
    assert [path.name for path in files.iterdir()] == [name]


def test_the_log_tells_who_stated_it(sender):
    photo = services.photo_keep(file=upload(), nobody_recognisable=True, actor=sender)
    entry = AuditRecord.objects.get(kind="photos.photo.kept")
    assert (entry.actor, entry.target_id) == (sender, str(photo.pk))
    assert entry.after == {"sha256": photo.sha256, "nobody_recognisable": True}


@pytest.mark.parametrize("nobody", [None, AnonymousUser()])
def test_who_follows_a_signed_link_has_no_account(nobody):
    photo = services.photo_keep(file=upload(), nobody_recognisable=True, actor=nobody)
    assert photo.uploaded_by is None


def test_the_same_photo_twice_is_two_photos_with_one_checksum(sender):
    first, second = keep(sender, None, None)
    assert first.sha256 == second.sha256
    assert first.file.name != second.file.name


@pytest.mark.parametrize(
    ("content", "fault"),
    [(b"", Fault.EMPTY), (b"hej", Fault.NOT_A_PICTURE), (telephone_jpeg()[:1500], Fault.DAMAGED)],
)
def test_a_refused_file_leaves_nothing(sender, files, content, fault):
    with pytest.raises(PhotoRefused) as refused:
        keep(sender, content)
    assert refused.value.faults == (fault,)
    assert nothing_kept(files)


def test_without_the_statement_nothing_is_kept(sender, files):
    with pytest.raises(PhotoRefused, match="Intyga att ingen går att känna igen"):
        keep(sender, None, stated=False)
    assert nothing_kept(files)


def test_all_that_is_wrong_is_said_at_once(sender):
    with pytest.raises(PhotoRefused) as refused:
        keep(sender, b"hej", stated=False)
    assert refused.value.faults == (Fault.NO_STATEMENT, Fault.NOT_A_PICTURE)
    assert "torget.jpg" in str(refused.value)


def test_one_refused_picture_refuses_them_all(sender, files):
    with pytest.raises(PhotoRefused):
        keep(sender, None, written(two_colours(), "GIF"))
    assert nothing_kept(files)


def test_more_than_one_sends_by_intent_are_refused(sender, files):
    with pytest.raises(rules.TooManyAtOnce, match="9 bilder"):
        keep(sender, *[None] * 9)
    assert nothing_kept(files)


def test_a_database_that_says_no_leaves_no_file(sender, files, monkeypatch):
    def refuse(**_values):
        raise IntegrityError

    monkeypatch.setattr(services.audit, "record", refuse)
    with pytest.raises(IntegrityError):
        keep(sender, None)
    assert not list(files.glob("*"))
    assert not Photo.objects.exists()


def test_a_full_disk_leaves_no_half_file(files, monkeypatch):
    def full(_number):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        filing.keep(b"x" * 1000)
    assert not list(files.glob(".*")) + list(files.glob("*"))


def test_the_database_itself_wants_the_statement(sender):
    photo = services.photo_keep(file=upload(), nobody_recognisable=True, actor=sender)
    with pytest.raises(IntegrityError), transaction.atomic():
        Photo.objects.filter(pk=photo.pk).update(nobody_recognisable=False)


def test_a_camera_that_woke_up_in_another_time_tells_no_day(sender):
    tomorrow = timezone.localdate() + timedelta(days=1)
    wrong = [
        telephone_jpeg(taken=f"{day:%Y:%m:%d} 10:00:00") for day in (tomorrow, date(1980, 1, 1))
    ]
    assert [photo.taken_on for photo in keep(sender, *wrong)] == [None, None]


def test_the_check_finds_files_that_are_gone_or_changed(sender, data_folder):
    whole, gone, changed = keep(sender, None, None, None)
    (data_folder / "files" / gone.file.name).unlink()
    (data_folder / "files" / changed.file.name).write_bytes(b"x")
    found = [finding.subject for finding in selectors.damaged_photos()]
    assert found == [f"photo {gone.pk}", f"photo {changed.pk}"]
    assert whole.pk


def test_files_that_no_photo_names_are_removed_after_a_day(sender, files):
    [photo] = keep(sender, None)
    old = (timezone.now() - timedelta(days=2)).timestamp()
    for name in ("left.jpg", ".unfinished", Path(photo.file.name).name):
        (files / name).touch()
        os.utime(files / name, (old, old))
    (files / "new.jpg").touch()
    assert services.files_without_photo_remove() == 2
    assert {path.name for path in files.iterdir()} == {Path(photo.file.name).name, "new.jpg"}
