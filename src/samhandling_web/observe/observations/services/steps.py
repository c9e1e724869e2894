"""What becomes of an observation: taken up, answered, joined with another or split again."""

from django.db import transaction

from samhandling_web.base.accounts.models import User
from samhandling_web.base.audit import services as audit
from samhandling_web.observe.observations import permissions, rules
from samhandling_web.observe.observations.models import Observation, ObservationStep
from samhandling_web.observe.observations.rules import Status


@transaction.atomic
def observation_take_up(*, observation_id: int, actor: User, answer: str = "") -> Observation:
    """Take it up, also again after it was answered; the reporter may be told something already.

    Raises
    ------
    NotAllowed, TransitionNotAllowed
        If it is not the actor's to handle, or cannot be taken up from where it stands.
    """
    return _step(observation_id, Status.TAKEN_UP, answer, actor)


@transaction.atomic
def observation_done(*, observation_id: int, answer: str, actor: User) -> Observation:
    """Say that something was done, and tell the reporter what.

    Raises
    ------
    NotAllowed, TransitionNotAllowed, AnswerMissing
        If it is not the actor's, cannot be done from where it stands, or the answer is empty.
    """
    return _step(observation_id, Status.DONE, answer, actor)


@transaction.atomic
def observation_no_action(*, observation_id: int, answer: str, actor: User) -> Observation:
    """Say that nothing will be done, and tell the reporter why.

    Raises
    ------
    NotAllowed, TransitionNotAllowed, AnswerMissing
        As `observation_done`.
    """
    return _step(observation_id, Status.NO_ACTION, answer, actor)


@transaction.atomic
def observation_join(*, observation_id: int, to_id: int, actor: User) -> Observation:
    """Say that it is of the same thing as another, which stands for both from now on.

    Raises
    ------
    NotAllowed, TransitionNotAllowed, JoinsItself, HasJoined
        If either is not the actor's to handle, it is no longer just received, the other is itself
        joined, or others are joined to it.
    """
    # Both at once and in one order, so that two who join each to the other do not wait forever.
    pair = (
        Observation.objects.select_for_update()
        .filter(pk__in=[observation_id, to_id])
        .order_by("pk")
    )
    locked = {one.pk: one for one in pair}
    observation, other = locked[observation_id], locked[to_id]
    permissions.check_may_handle(actor, observation)
    permissions.check_may_handle(actor, other)
    rules.check_transition(Status(observation.status), Status.JOINED)
    if observation.pk == other.pk or other.status == Status.JOINED:
        raise rules.JoinsItself
    if count := observation.joined.count():
        raise rules.HasJoined(count=count)
    observation.joined_to = other
    return _moved(observation, Status.JOINED, "", actor)


@transaction.atomic
def observation_split(*, observation_id: int, actor: User) -> Observation:
    """Let a joined observation stand on its own again.

    Raises
    ------
    NotAllowed, TransitionNotAllowed
        If it is not the actor's to handle, or is not joined.
    """
    observation = Observation.objects.select_for_update().get(pk=observation_id)
    permissions.check_may_handle(actor, observation)
    rules.check_transition(Status(observation.status), Status.RECEIVED)
    observation.joined_to = None
    return _moved(observation, Status.RECEIVED, "", actor)


def _step(observation_id: int, target: Status, answer: str, actor: User) -> Observation:
    observation = Observation.objects.select_for_update().get(pk=observation_id)
    permissions.check_may_handle(actor, observation)
    rules.check_transition(Status(observation.status), target)
    rules.check_answer(target, answer)
    return _moved(observation, target, answer.strip(), actor)


def _moved(observation: Observation, target: Status, answer: str, actor: User) -> Observation:
    before = observation.status
    observation.status = target
    observation.save(update_fields=["status", "joined_to"])
    ObservationStep.objects.create(
        observation=observation, status=target, answer=answer, actor=actor
    )
    audit.record(
        actor=actor,
        kind=f"observations.observation.{target}",
        target=observation,
        before={"status": before},
        after={"status": target, "joined_to": observation.joined_to_id},
    )
    return observation
