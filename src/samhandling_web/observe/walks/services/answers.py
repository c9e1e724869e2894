"""Answering findings: will do, will not because, done. Each answer is a step that stays."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.core.files import File
from django.db import transaction
from django.utils import timezone

from samhandling_web.base.accounts.models import Organisation, User
from samhandling_web.base.audit import services as audit
from samhandling_web.base.common.errors import NotAllowed
from samhandling_web.observe.walks import permissions, rules, selectors
from samhandling_web.observe.walks.models import Finding, FindingLink, FindingStep
from samhandling_web.observe.walks.rules import FindingStatus, PhotoMoment, Status
from samhandling_web.observe.walks.services.finding import photos_add

FILES = Sequence[File[bytes]]


@dataclass(frozen=True, slots=True)
class Answer:
    """What those responsible say of a finding. Without `owner`, it stays with whom it is."""

    target: FindingStatus
    why: str = ""
    deadline: date | None = None
    done_on: date | None = None
    owner: Organisation | None = None


@transaction.atomic
def finding_answer(
    *,
    finding_id: int,
    answer: Answer,
    photos: FILES = (),
    nobody_recognisable: bool = False,
    actor: User,
) -> Finding:
    """Answer a finding, or say that what was promised is done.

    Raises
    ------
    NotAllowed
        If the actor neither answers for its owner nor leads the walk, or hands it to another
        owner without leading it.
    NotYetWalked, FindingTransitionNotAllowed, DecisionIncomplete, DayNotPossible
        If the walk is not over, the finding cannot move there, or the answer lacks something.
    TooManyPhotos, PhotoRefused, PersonInText
        If a picture cannot be kept, or a text names a person.
    """
    finding = Finding.objects.select_for_update().get(pk=finding_id)
    permissions.check_may_answer(actor, finding)
    owner = answer.owner or finding.owner
    if owner != finding.owner and not permissions.may_lead(actor, finding.walk):
        raise NotAllowed
    _answered(finding, answer, owner, actor=actor, through=None)
    _photos_kept(finding, answer, photos, nobody_recognisable, actor)
    return finding


@transaction.atomic
def finding_answer_by_link(
    *, key: str, answer: Answer, photos: FILES = (), nobody_recognisable: bool = False
) -> Finding:
    """Answer through a signed link, for the organisation that it was sent to.

    Raises
    ------
    LinkNotValid, AnsweredAlready
        If the key opens nothing (any more), or the link has given its answer.
    DecisionIncomplete, DayNotPossible, TooManyPhotos, PhotoRefused, PersonInText
        As `finding_answer`.
    """
    number = selectors.link_by_key(key, timezone.now()).finding_id
    finding = Finding.objects.select_for_update().get(pk=number)
    # Read again under the lock: it may have been withdrawn while we waited.
    link = selectors.link_by_key(key, timezone.now())
    rules.check_link_answer(FindingStatus(finding.status), answer.target)
    nobody = AnonymousUser()
    _answered(finding, answer, link.organisation, actor=nobody, through=link)
    _photos_kept(finding, answer, photos, nobody_recognisable, nobody)
    return finding


@transaction.atomic
def finding_assign(*, finding_id: int, owner: Organisation, actor: User) -> Finding:
    """Say which organisation should answer. Links that were sent to another end.

    Raises
    ------
    NotAllowed, OwnerIsFixed
        If the actor does not lead the walk, or the finding is answered.
    """
    finding = Finding.objects.select_for_update().get(pk=finding_id)
    permissions.check_may_lead(actor, finding.walk)
    if finding.status != FindingStatus.OPEN:
        current = rules.FINDING_STATUSES[FindingStatus(finding.status)]
        raise rules.OwnerIsFixed(current=current)
    if finding.owner == owner:
        return finding
    before = finding.owner_id
    finding.owner = owner
    finding.save(update_fields=["owner"])
    FindingStep.objects.create(finding=finding, actor=actor, status=FindingStatus.OPEN, owner=owner)
    others = finding.links.filter(withdrawn_at__isnull=True).exclude(organisation=owner)
    others.update(withdrawn_at=timezone.now())
    audit.record(
        actor=actor,
        kind="walks.finding.assigned",
        target=finding,
        before={"owner": before},
        after={"owner": owner.pk},
    )
    return finding


def _answered(
    finding: Finding,
    answer: Answer,
    owner: Organisation | None,
    *,
    actor: User | AnonymousUser,
    through: FindingLink | None,
) -> None:
    """Check the answer, move the finding and add the step. The finding is locked."""
    _check(finding, answer, has_owner=owner is not None)
    before, today = finding.status, timezone.localdate()
    finding.status, finding.owner, finding.why = answer.target, owner, answer.why.strip()
    if answer.target != FindingStatus.DONE:
        finding.deadline = answer.deadline if answer.target == FindingStatus.WILL_DO else None
    finding.done_on = answer.done_on if answer.target == FindingStatus.DONE else None
    finding.answered_on = finding.answered_on or today
    finding.save()
    step = FindingStep.objects.create(
        finding=finding,
        actor=actor if isinstance(actor, User) else None,
        through=through,
        status=finding.status,
        why=finding.why,
        owner=owner,
        deadline=finding.deadline,
        done_on=finding.done_on,
    )
    audit.record(
        actor=actor,
        kind="walks.finding.answered",
        target=finding,
        before={"status": before},
        after={
            "status": finding.status,
            "step": step.pk,
            "through": through.pk if through else None,
        },
    )


def _check(finding: Finding, answer: Answer, *, has_owner: bool) -> None:
    walk = finding.walk
    rules.check_answering(Status(walk.status))
    rules.check_finding_transition(FindingStatus(finding.status), answer.target)
    rules.check_decision(
        answer.target,
        why=answer.why,
        deadline=answer.deadline,
        has_owner=has_owner,
        done_on=answer.done_on,
    )
    today = timezone.localdate()
    rules.check_days(
        deadline=answer.deadline if answer.target == FindingStatus.WILL_DO else None,
        done_on=answer.done_on if answer.target == FindingStatus.DONE else None,
        walked_on=timezone.localdate(walk.walked_at) if walk.walked_at else today,
        today=today,
    )


def _photos_kept(
    finding: Finding,
    answer: Answer,
    photos: FILES,
    nobody_recognisable: bool,  # noqa: FBT001 - the statement goes with the photos
    actor: User | AnonymousUser,
) -> None:
    is_done = answer.target == FindingStatus.DONE
    photos_add(
        finding=finding,
        photos=photos,
        nobody_recognisable=nobody_recognisable,
        moment=PhotoMoment.AFTER if is_done else PhotoMoment.BEFORE,
        actor=actor,
    )
