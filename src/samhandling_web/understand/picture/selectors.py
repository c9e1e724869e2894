"""Reading situational pictures: lists, clocks, comparison, and proof that none was changed."""

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import Q, QuerySet

from samhandling_web.base.accounts.permissions import (
    Actor,
    holds_role,
    is_person,
    organisations_today,
)
from samhandling_web.base.audit.checks import Finding
from samhandling_web.base.audit.models import AuditRecord
from samhandling_web.base.audit.selectors import records_of
from samhandling_web.base.jobs.models import Job
from samhandling_web.understand.picture import permissions, rules
from samhandling_web.understand.picture.content import content_hash
from samhandling_web.understand.picture.figures.assemble import data_version
from samhandling_web.understand.picture.models import Picture
from samhandling_web.understand.picture.rules import ClockReading, Kind, Part, Status

ADOPTED = "understand.picture.adopted"
EDITED = "understand.picture.edited"
RETURNED = "understand.picture.returned"
FIGURES_JOB = "picture.figures"


def pictures_visible_to(actor: Actor) -> QuerySet[Picture]:
    """Return every picture the person may read (the same answer as `permissions.may_read`)."""
    pictures = Picture.objects.select_related("organisation", "adopted_by", "created_by", "area")
    if not is_person(actor) or not holds_role(actor, permissions.READ_INTERNAL):
        return pictures.none()
    if holds_role(actor, permissions.READ_DRAFTS):
        return pictures
    own = organisations_today(actor, permissions.WRITE_IN_OWN)
    return pictures.filter(Q(status=Status.ADOPTED) | Q(organisation_id__in=own))


def writers_of(picture: Picture) -> set[int]:
    """Return who has written in a picture; who began it, where nobody has."""
    edits = records_of(picture).filter(kind=EDITED).values_list("actor_id", flat=True)
    return set(edits) or {picture.created_by_id}


def pictures_published() -> QuerySet[Picture]:
    """Return the adopted pictures that the municipality shows to everyone, newest first."""
    if not settings.PUBLISH_ADOPTED:
        return Picture.objects.none()
    adopted = Picture.objects.filter(status=Status.ADOPTED, kind=Kind.STATUTORY)
    return adopted.select_related("organisation", "adopted_by").order_by("-adopted_on", "-pk")


def pictures_published_about(level: str, code: str) -> QuerySet[Picture]:
    """Return the published pictures of one area, or of the whole municipality without a code."""
    if not code:
        return pictures_published().filter(area__isnull=True)
    return pictures_published().filter(area__level__slug=level, area__code=code)


@dataclass(frozen=True, slots=True)
class StandingOfPicture:
    """The statutory picture of one area and its two-year clock."""

    area_id: int | None
    area_name: str
    picture: Picture | None
    reading: ClockReading


def standing(areas: list[tuple[int | None, str]], today: date) -> list[StandingOfPicture]:
    """Return the clock of the statutory picture for each area given."""
    adopted = Picture.objects.filter(kind=Kind.STATUTORY, status=Status.ADOPTED)
    told = adopted.select_related("adopted_by", "previous").order_by("adopted_on", "version")
    newest = {picture.area_id: picture for picture in told}
    return [_standing_of(area_id, name, newest.get(area_id), today) for area_id, name in areas]


def _standing_of(
    area_id: int | None, name: str, picture: Picture | None, today: date
) -> StandingOfPicture:
    reading = rules.clock_reading(picture.adopted_on if picture else None, today)
    return StandingOfPicture(area_id, name, picture, reading)


def reading_of(picture: Picture, today: date) -> ClockReading | None:
    """Return the clock of an adopted statutory picture, None for any other."""
    if picture.kind != Kind.STATUTORY or picture.status != Status.ADOPTED:
        return None
    return rules.clock_reading(picture.adopted_on, today)


def next_version(picture: Picture, actor: Actor) -> Picture | None:
    """Return the version that replaces this one, if there is one that the person may read."""
    return pictures_visible_to(actor).filter(previous=picture).first()


def figures_are_outdated(picture: Picture) -> bool:
    """Whether the data have changed since the figures were counted."""
    return bool(picture.figures) and picture.data_version != data_version()


def figures_job(picture: Picture) -> Job | None:
    """Return the latest counting of the picture's figures."""
    jobs = Job.objects.filter(kind=FIGURES_JOB, parameters__picture_id=picture.pk)
    return jobs.order_by("-pk").first()


def last_return(picture: Picture) -> AuditRecord | None:
    """Return who gave the picture back last, and why; None when nobody has."""
    return records_of(picture).filter(kind=RETURNED).last()


def last_edit(picture: Picture) -> AuditRecord | None:
    """Return who changed the picture's texts last; None when nobody has."""
    return records_of(picture).filter(kind=EDITED).last()


@dataclass(frozen=True, slots=True)
class Change:
    """A run of words that stands in both versions ("=") or was added ("+") or taken out ("-")."""

    sign: str
    words: str


def compared_with_previous(picture: Picture) -> dict[Part, list[Change]]:
    """Return, part by part, which words differ from the version this one replaces."""
    if picture.previous is None:
        return {}
    return {
        part: list(changes_between(getattr(picture.previous, part), getattr(picture, part)))
        for part in Part
    }


def changes_between(old: str, new: str) -> Iterator[Change]:
    """Yield the runs of words that two texts share, and those only one of them has."""
    before, after = old.split(), new.split()
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            yield Change("=", " ".join(before[i1:i2]))
            continue
        if i2 > i1:
            yield Change("-", " ".join(before[i1:i2]))
        if j2 > j1:
            yield Change("+", " ".join(after[j1:j2]))


def changed_documents() -> Iterator[Finding]:
    """Find adopted pictures that no longer say what was adopted, and ones that are gone."""
    recorded = {
        int(entry.target_id): (entry.after or {}).get("content_hash")
        for entry in AuditRecord.objects.filter(kind=ADOPTED)
    }
    adopted = {p.pk: p for p in Picture.objects.filter(status=Status.ADOPTED)}
    remedy = "Restore the document from a backup made before the change; report the incident."
    for pk in sorted(recorded.keys() | adopted.keys()):
        picture, hash_then = adopted.get(pk), recorded.get(pk)
        if picture is None:
            fault = "was adopted and is no longer there as adopted"
        elif hash_then is None:
            fault = "stands as adopted without a recorded decision"
        elif not picture.content_hash == hash_then == content_hash(picture):
            fault = "was changed after it was adopted"
        else:
            continue
        yield Finding(f"picture {pk}" + (f" ({picture})" if picture else ""), fault, remedy)


def overdue_pictures(areas: list[tuple[int | None, str]], today: date) -> Iterator[Finding]:
    """Name every area whose statutory picture is missing or older than two years."""
    for one in standing(areas, today):
        if one.picture is None:
            fault = "has no adopted situational picture (4 § lag 2023:196)"
        elif one.reading.clock == rules.Clock.RED:
            fault = f"has a situational picture that was due {one.reading.due_on}"
        else:
            continue
        yield Finding(one.area_name, fault, "Draft and adopt a new version.", is_reminder=True)
