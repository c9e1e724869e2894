"""Finding proposed places and deciding about them."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samhandling_web.base.accounts.models import User
from samhandling_web.base.audit import services as audit
from samhandling_web.base.jobs import services as jobs
from samhandling_web.base.jobs.models import Job
from samhandling_web.understand.places import gathering, permissions, rules, scoring
from samhandling_web.understand.places.clusters import (
    AROUND,
    CLUSTER_RADIUS_M,
    cell_of,
    clusters,
    key_of,
)
from samhandling_web.understand.places.gathering import Found
from samhandling_web.understand.places.models import (
    Candidate,
    Place,
    PlaceFinding,
    PlaceObservation,
)
from samhandling_web.understand.places.rules import CandidateStatus, NotHere
from samhandling_web.understand.places.selectors import observations_open
from samhandling_web.understand.places.services.places import PlaceDetails, place_create

JOB_KIND = "places.candidates"
MOST_PROPOSED = 100


@dataclass(frozen=True, slots=True)
class Search:
    """What a search led to."""

    proposed: int
    again: int
    withdrawn: int


def candidates_find_enqueue(*, actor: User | None) -> Job:
    """Let a worker look for places to propose."""
    permissions.check_may_find_candidates(actor)
    label = _("Söker platser att föreslå")
    return jobs.job_enqueue(kind=JOB_KIND, label=label, parameters={}, actor=actor)


@transaction.atomic
def candidates_find(*, actor: User | None, today: date) -> Search:
    """Propose places where observations and events gather outside the places people know.

    What was dismissed stays so until enough is new; what nobody has decided about and no longer
    stands out is withdrawn. The same data give the same proposals.
    """
    permissions.check_may_find_candidates(actor)
    seen, happened = gathering.outside_places(
        gathering.observations_seen(), gathering.events_happened(today)
    )
    found = [
        gathering.explained(cluster, seen, happened, today)
        for cluster in clusters(seen.points, happened.points, happened.expected_in_cell)
    ]
    best = sorted(found, key=lambda one: (-scoring.score_of(one.parts), one.key))[:MOST_PROPOSED]
    known = {one.key: one for one in Candidate.objects.select_for_update()}
    proposed = again = 0
    kept: set[str] = set()
    for one in best:
        candidate = _same_place(one, known, kept)
        if candidate is None and one.key in known:
            # The square names a place that was accepted, or one that was just told of: what is
            # seen beside it is no place of its own.
            continue
        if candidate is None:
            kept.add(_propose(one, actor).key)
            proposed += 1
            continue
        kept.add(candidate.key)
        again += _renew(candidate, one, actor)
    withdrawn = _withdraw(known, kept, actor)
    return Search(proposed, again, withdrawn)


@transaction.atomic
def candidate_accept(*, candidate_id: int, details: PlaceDetails, actor: User) -> Place:
    """Make a place of the proposal, with the observations and findings that it rests on.

    Raises
    ------
    NotAllowed, CandidateTransitionNotAllowed
        If the person does not write there, or somebody has decided already.
    """
    candidate = _candidate_locked(candidate_id, actor)
    rules.check_candidate_transition(CandidateStatus(candidate.status), CandidateStatus.ACCEPTED)
    place = place_create(details=details, actor=actor)
    _link(place, candidate, actor)
    candidate.place = place
    _decide(candidate, CandidateStatus.ACCEPTED, actor, "")
    return place


@transaction.atomic
def candidate_dismiss(*, candidate_id: int, reason: str, actor: User) -> Candidate:
    """Say that the proposal is no place, and why. It stays away until something new happens.

    Raises
    ------
    NotAllowed, CandidateTransitionNotAllowed, ReasonMissing
        If the person does not write there, somebody has decided already, or no reason is given.
    """
    candidate = _candidate_locked(candidate_id, actor)
    rules.check_candidate_transition(CandidateStatus(candidate.status), CandidateStatus.DISMISSED)
    rules.check_reason(reason)
    _decide(candidate, CandidateStatus.DISMISSED, actor, reason)
    return candidate


def _candidate_locked(candidate_id: int, actor: User) -> Candidate:
    candidate = Candidate.objects.select_for_update().filter(pk=candidate_id).first()
    if candidate is None or not permissions.may_read_problems(actor):
        raise NotHere
    permissions.check_may_write_in(actor, candidate.district)
    return candidate


def _decide(candidate: Candidate, status: CandidateStatus, actor: User, reason: str) -> None:
    before = candidate.status
    candidate.status, candidate.reason = status, reason
    candidate.decided_by, candidate.decided_at = actor, timezone.now()
    candidate.decided_evidence = candidate.evidence
    candidate.save()
    audit.record(
        actor=actor,
        kind=f"understand.candidate.{status}",
        target=candidate,
        before={"status": str(before)},
        after={"status": str(status), "place": candidate.place_id},
        reason=reason,
    )


def _link(place: Place, candidate: Candidate, actor: User) -> None:
    observations = observations_open().filter(pk__in=candidate.evidence["observations"])
    PlaceObservation.objects.bulk_create(
        PlaceObservation(place=place, observation=one, linked_by=actor) for one in observations
    )
    PlaceFinding.objects.bulk_create(
        PlaceFinding(place=place, finding_id=number, linked_by=actor)
        for number in candidate.evidence["findings"]
    )


def _same_place(one: Found, known: dict[str, Candidate], kept: set[str]) -> Candidate | None:
    """Return the candidate that is already known here: the strongest square may move a step."""
    column, row = cell_of(one.key)
    around = [key_of((column + across, row + up)) for across, up in AROUND]
    for key in [one.key, *around]:
        candidate = known.get(key)
        if candidate is None or key in kept or candidate.status == CandidateStatus.ACCEPTED:
            continue
        return candidate
    return None


def _propose(one: Found, actor: User | None) -> Candidate:
    candidate = Candidate(key=one.key, status=CandidateStatus.PROPOSED)
    _tell(candidate, one)
    candidate.save()
    audit.record(actor=actor, kind="understand.candidate.found", target=candidate)
    return candidate


def _renew(candidate: Candidate, one: Found, actor: User | None) -> bool:
    """Bring the candidate up to date; a dismissed one comes back only with something new."""
    if candidate.status == CandidateStatus.DISMISSED:
        if not scoring.is_something_new(candidate.decided_evidence or {}, one.evidence):
            return False
        rules.check_candidate_transition(CandidateStatus.DISMISSED, CandidateStatus.PROPOSED)
        candidate.status = CandidateStatus.PROPOSED
        audit.record(
            actor=actor,
            kind="understand.candidate.proposed",
            target=candidate,
            before={"status": str(CandidateStatus.DISMISSED)},
            after={"status": str(CandidateStatus.PROPOSED)},
            reason=candidate.reason,
        )
        _tell(candidate, one)
        candidate.save()
        return True
    _tell(candidate, one)
    candidate.save()
    return False


def _tell(candidate: Candidate, one: Found) -> None:
    candidate.longitude, candidate.latitude = one.longitude, one.latitude
    candidate.radius_m = CLUSTER_RADIUS_M
    candidate.district = one.district
    candidate.score = round(scoring.score_of(one.parts), 2)
    candidate.parts = [part.as_json() for part in one.parts]
    candidate.evidence = one.evidence
    candidate.first_day, candidate.last_day = one.first_day, one.last_day


def _withdraw(known: dict[str, Candidate], kept: set[str], actor: User | None) -> int:
    """Take back proposals that nobody decided about and that no longer stand out."""
    gone = [
        candidate
        for key, candidate in known.items()
        if candidate.status == CandidateStatus.PROPOSED
        and key not in kept
        and candidate.decided_at is None
    ]
    for candidate in gone:
        audit.record(actor=actor, kind="understand.candidate.withdrawn", target=candidate)
        candidate.delete()
    return len(gone)
