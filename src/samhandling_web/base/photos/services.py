"""Keeping photos. Which room they belong to, and who may see them, is that room's business."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial

from django.contrib.auth.models import AnonymousUser
from django.core.files import File
from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from samhandling_web.base.accounts.models import User
from samhandling_web.base.audit import services as audit
from samhandling_web.base.common.free_text import check_no_person
from samhandling_web.base.photos import filing, rules, selectors
from samhandling_web.base.photos.making import MadePhoto, NotKept, photo_make
from samhandling_web.base.photos.models import Photo, PhotoRemoval
from samhandling_web.base.photos.rules import Fault, PhotoRefused, RemovalReason

Sender = User | AnonymousUser | None


def photo_keep(*, file: File[bytes], nobody_recognisable: bool, actor: Sender) -> Photo:
    """Make the picture anew and keep it. `actor` is nobody where a signed link was followed.

    Raises
    ------
    PhotoRefused
        If the file is no picture, is too large or damaged, or nobody states that no person can
        be recognised; all that is wrong is said at once.
    """
    [photo] = photos_keep(files=[file], nobody_recognisable=nobody_recognisable, actor=actor)
    return photo


def photos_keep(
    *, files: Sequence[File[bytes]], nobody_recognisable: bool, actor: Sender
) -> list[Photo]:
    """Keep all the pictures or, when one is refused, none.

    Raises
    ------
    PhotoRefused, TooManyAtOnce
        As `photo_keep`, or if there are more pictures than may be sent at once.
    """
    rules.check_number(len(files))
    made = [_made(file, nobody_recognisable=nobody_recognisable) for file in files]
    names: list[str] = []
    try:
        with transaction.atomic():
            return [_stored(one, names, actor) for one in made]
    except BaseException:
        _remove(names)
        raise


@transaction.atomic
def photo_remove(
    *, photo_id: int, of: Model, kind: str, reason: RemovalReason, why: str = "", actor: User
) -> PhotoRemoval:
    """Take a picture `of` an object away for good; the object's room has said who may.

    The file is deleted when the change is certain. What fails then is deleted by night. The room
    names the `kind` of act that is recorded.

    Raises
    ------
    RemovedAlready, WhyMissing, PersonInText
        If it is gone, no reason is given, or the words name somebody.
    """
    photo = Photo.objects.select_for_update().get(pk=photo_id)
    if PhotoRemoval.objects.filter(photo=photo).exists():
        raise rules.RemovedAlready
    rules.check_why(reason, why)
    removal = PhotoRemoval(photo=photo, reason=reason, why=why.strip(), removed_by=actor)
    check_no_person(removal.why, PhotoRemoval._meta.get_field("why").verbose_name)
    removal.save()
    name = str(photo.file.name)
    transaction.on_commit(partial(filing.remove, name))
    audit.record(
        actor=actor,
        kind=kind,
        target=of,
        before={"photo": photo.pk, "sha256": photo.sha256},
        after={"reason": str(reason)},
        reason=removal.why,
    )
    return removal


def files_without_photo_remove() -> int:
    """Remove files of pages that failed after the file was written; return how many."""
    names = selectors.names_left_behind(timezone.now())
    _remove(names)
    return len(names)


def _made(file: File[bytes], *, nobody_recognisable: bool) -> MadePhoto:
    faults = [] if nobody_recognisable else [Fault.NO_STATEMENT]
    made = None
    try:
        made = photo_make(file)
    except NotKept as exc:
        faults.append(exc.fault)
    if made is None or faults:
        raise PhotoRefused(name=file.name or "", faults=faults)
    return made


def _stored(made: MadePhoto, names: list[str], actor: Sender) -> Photo:
    names.append(filing.keep(made.content))
    photo = Photo.objects.create(
        file=names[-1],
        sha256=made.sha256,
        width=made.width,
        height=made.height,
        nobody_recognisable=True,
        taken_on=rules.believable_day(made.taken_on, _today()),
        uploaded_by=actor if isinstance(actor, User) else None,
    )
    audit.record(
        actor=actor,
        kind="photos.photo.kept",
        target=photo,
        after={"sha256": photo.sha256, "nobody_recognisable": True},
    )
    return photo


def _today() -> date:
    return timezone.localdate()


def _remove(names: Iterable[str]) -> None:
    for name in names:
        filing.remove(name)
