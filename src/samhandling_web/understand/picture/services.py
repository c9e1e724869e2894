"""Writing situational pictures: draft, figures, review, adoption, new version."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from samhandling import __version__
from samhandling_web.base.accounts.models import Organisation, User
from samhandling_web.base.areas.models import Area
from samhandling_web.base.audit import services as audit
from samhandling_web.base.common.free_text import check_no_person
from samhandling_web.base.common.text import _
from samhandling_web.base.jobs import services as jobs
from samhandling_web.base.jobs.models import Job
from samhandling_web.understand.picture import edits, permissions, rules
from samhandling_web.understand.picture.content import content_hash
from samhandling_web.understand.picture.figures import chosen
from samhandling_web.understand.picture.models import Picture
from samhandling_web.understand.picture.rules import Kind, Part, Status
from samhandling_web.understand.picture.selectors import (
    ADOPTED,
    EDITED,
    FIGURES_JOB,
    RETURNED,
    figures_job,
    writers_of,
)

EDITABLE = ("title", *Part, "see_also", "period_start", "period_end")


@transaction.atomic
def picture_draft(
    *,
    kind: Kind,
    title: str,
    area: Area | None,
    area_name: str,
    organisation: Organisation,
    period: tuple[date, date],
    actor: User,
) -> Picture:
    """Begin a picture for an area, or for the whole municipality when `area` is None.

    Raises
    ------
    NotAllowed
        If the actor does not write pictures for this organisation.
    """
    permissions.check_may_write(actor, organisation)
    _check_no_person("title", title)
    picture = Picture.objects.create(
        kind=kind,
        title=title,
        area=area,
        area_name=area_name,
        organisation=organisation,
        period_start=period[0],
        period_end=period[1],
        created_by=actor,
    )
    audit.record(actor=actor, kind="understand.picture.drafted", target=picture)
    return picture


@transaction.atomic
def picture_begin(*, actor: User, period_start: date, period_end: date, **values: Any) -> Picture:
    """Begin a picture as `picture_draft` does, and have its figures counted at once."""
    period = (period_start, period_end)
    picture = picture_draft(actor=actor, period=period, **values)
    picture_figures_order(picture_id=picture.pk, actor=actor)
    return picture


@transaction.atomic
def picture_edit(
    *,
    picture_id: int,
    changes: Mapping[str, Any],
    actor: User,
    seen: Mapping[str, str] | None = None,
) -> Picture:
    """Change texts or the period of a draft. A new period takes the figures away.

    `seen` holds marks of the texts as the writer was shown them (`edits.marks_of`).

    Raises
    ------
    NotAllowed, PictureIsFixed, PersonInText, EditedMeanwhile
        If the actor does not write it, it is no draft, a text holds an identity number, or
        somebody else has changed the same text since it was shown.
    """
    picture = _locked(picture_id)
    permissions.check_may_write(actor, picture.organisation)
    rules.check_is_draft(Status(picture.status))
    before = {n: getattr(picture, n) for n in EDITABLE if n in changes}
    wanted = {n: v for n, v in changes.items() if n in before}
    if seen is not None:
        wanted = edits.written_by(wanted, seen)
        _check_nobody_else(wanted, before, seen)
    changed = {n: v for n, v in wanted.items() if before[n] != v}
    for name, value in changed.items():
        _check_no_person(name, value)
        setattr(picture, name, value)
    if changed.keys() & {"period_start", "period_end"}:
        picture.figures, picture.data_version, picture.figures_at = None, "", None
    picture.save()
    if changed:
        audit.record(
            actor=actor,
            kind=EDITED,
            target=picture,
            before={n: before[n] for n in changed},
            after=changed,
        )
    return picture


def _check_nobody_else(
    wanted: Mapping[str, Any], current: Mapping[str, Any], seen: Mapping[str, str]
) -> None:
    clashes = list(edits.clashing(wanted, current, seen))
    if clashes:
        raise rules.EditedMeanwhile(fields=", ".join(map(_label, clashes)), names=clashes)


def _check_no_person(name: str, value: object) -> None:
    if isinstance(value, str):
        check_no_person(value, _label(name))


def _label(name: str) -> str:
    return str(Picture._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


@transaction.atomic
def picture_figures_order(*, picture_id: int, actor: User) -> Job:
    """Put the counting of a draft's figures in the queue, unless it is there already."""
    picture = _locked(picture_id)
    permissions.check_may_write(actor, picture.organisation)
    rules.check_is_draft(Status(picture.status))
    job = figures_job(picture)
    if job is not None and not job.is_over:
        return job
    return jobs.job_enqueue(
        kind=FIGURES_JOB,
        label=str(_("Siffror till {title}")).format(title=picture.title),
        parameters={"picture_id": picture.pk, "actor_id": actor.pk},
        actor=actor,
    )


@transaction.atomic
def picture_figures_fill(
    *,
    picture_id: int,
    figures: list[dict[str, Any]],
    data_version: str,
    actor: User,
    period: tuple[date, date] | None = None,
) -> Picture:
    """Freeze the figures, computed from `data_version`, into the draft.

    Those left out before stay left out, and the chosen order is kept.

    Raises
    ------
    NotAllowed, PictureIsFixed, FiguresOutdated
        If the actor does not write it, it is no draft, or its period is no longer `period`.
    """
    picture = _locked(picture_id)
    permissions.check_may_write(actor, picture.organisation)
    rules.check_is_draft(Status(picture.status))
    if period not in {None, (picture.period_start, picture.period_end)}:
        raise rules.FiguresOutdated
    picture.figures = chosen.as_chosen_before(figures, picture.figures or [])
    picture.data_version = data_version
    picture.code_version, picture.figures_at = __version__, timezone.now()
    picture.save()
    audit.record(
        actor=actor,
        kind="understand.picture.figures_filled",
        target=picture,
        after={"data_version": data_version, "figures": len(figures)},
    )
    return picture


@transaction.atomic
def picture_figures_choose(*, picture_id: int, slugs: list[str], actor: User) -> Picture:
    """Show the figures named in `slugs`, in that order, and leave the others out."""
    picture = _locked(picture_id)
    permissions.check_may_write(actor, picture.organisation)
    rules.check_is_draft(Status(picture.status))
    before = chosen.slugs_shown(picture.figures or [])
    picture.figures = chosen.with_choice(picture.figures or [], slugs)
    after = chosen.slugs_shown(picture.figures)
    if before != after:
        picture.save(update_fields=["figures"])
        audit.record(
            actor=actor,
            kind="understand.picture.figures_chosen",
            target=picture,
            before={"figures": before},
            after={"figures": after},
        )
    return picture


@transaction.atomic
def picture_submit(*, picture_id: int, actor: User) -> Picture:
    """Hand a complete draft over for review.

    Raises
    ------
    NotAllowed, TransitionNotAllowed, PartsMissing
        If the actor does not write it, it is no draft, or a mandatory part is missing.
    """
    picture = _locked(picture_id)
    permissions.check_may_write(actor, picture.organisation)
    rules.check_transition(Status(picture.status), Status.IN_REVIEW)
    texts = {part: str(getattr(picture, part)) for part in Part}
    has_figures = bool(chosen.slugs_shown(picture.figures or []))
    rules.check_complete(Kind(picture.kind), texts, has_figures=has_figures)
    return _moved(picture, Status.IN_REVIEW, actor, "understand.picture.submitted")


@transaction.atomic
def picture_return(*, picture_id: int, reason: str, actor: User) -> Picture:
    """Give a picture under review back to its writer, with the reason."""
    picture = _locked(picture_id)
    permissions.check_may_register_adoption(actor)
    rules.check_transition(Status(picture.status), Status.DRAFT)
    if not reason.strip():
        raise rules.ReasonMissing
    check_no_person(reason, _("skäl"))
    return _moved(picture, Status.DRAFT, actor, RETURNED, reason=reason)


@transaction.atomic
def picture_adopt(
    *,
    picture_id: int,
    adopted_by: Organisation | None,
    adopted_on: date | None,
    case_number: str,
    actor: User,
) -> Picture:
    """Register that a named body has adopted the picture. It can never be changed after.

    Raises
    ------
    NotAllowed, SamePersonTwice, TransitionNotAllowed, DecisionIncomplete, DecisionInFuture
        If the actor does not register decisions or wrote the picture, it is not under review,
        or the decision lacks body, date or reference number.
    """
    picture = _locked(picture_id)
    permissions.check_may_register_adoption(actor)
    if writers_of(picture) <= {actor.pk}:
        raise rules.SamePersonTwice
    rules.check_transition(Status(picture.status), Status.ADOPTED)
    body, day = _checked_decision(adopted_by, adopted_on, case_number)
    picture.adopted_by, picture.adopted_on = body, day
    picture.case_number = case_number.strip()
    picture.registered_by = actor
    picture.status = Status.ADOPTED
    picture.content_hash = content_hash(picture)
    picture.save()
    audit.record(
        actor=actor,
        kind=ADOPTED,
        target=picture,
        after={
            "content_hash": picture.content_hash,
            "adopted_by": body.slug,
            "adopted_on": day,
            "case_number": picture.case_number,
        },
    )
    return picture


@transaction.atomic
def picture_new_version(*, picture_id: int, period: tuple[date, date], actor: User) -> Picture:
    """Begin the next version of an adopted picture, with its texts as a start."""
    old = _locked(picture_id)
    permissions.check_may_write(actor, old.organisation)
    if old.status != Status.ADOPTED:
        raise rules.TransitionNotAllowed(
            current=rules.STATUSES[Status(old.status)], target=_("en ny version")
        )
    if (begun := Picture.objects.filter(previous=old).first()) is not None:
        return begun
    picture = Picture.objects.create(
        kind=old.kind,
        title=old.title,
        area=old.area,
        area_name=old.area_name,
        organisation=old.organisation,
        period_start=period[0],
        period_end=period[1],
        version=old.version + 1,
        previous=old,
        mapping=old.mapping,
        other_information=old.other_information,
        analysis=old.analysis,
        see_also=old.see_also,
        created_by=actor,
    )
    audit.record(actor=actor, kind="understand.picture.drafted", target=picture)
    return picture


def _locked(picture_id: int) -> Picture:
    return Picture.objects.select_for_update().get(pk=picture_id)


def _moved(picture: Picture, target: Status, actor: User, kind: str, reason: str = "") -> Picture:
    before = picture.status
    picture.status = target
    picture.save(update_fields=["status"])
    audit.record(
        actor=actor,
        kind=kind,
        target=picture,
        before={"status": before},
        after={"status": target},
        reason=reason,
    )
    return picture


def _checked_decision(
    body: Organisation | None, day: date | None, case_number: str
) -> tuple[Organisation, date]:
    missing = [
        str(label)
        for value, label in (
            (body, _("vilket organ som beslutat")),
            (day, _("beslutsdatum")),
            (case_number.strip(), _("diarienummer")),
        )
        if not value
    ]
    if body is None or day is None or missing:
        raise rules.DecisionIncomplete(missing=", ".join(missing))
    if day > timezone.localdate():
        raise rules.DecisionInFuture(on=day)
    return body, day
