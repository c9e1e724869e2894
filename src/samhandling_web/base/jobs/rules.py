"""What may happen to a background job, and in which order. Plain Python."""

from datetime import timedelta
from enum import StrEnum

from samhandling_web.base.common.errors import DomainError
from samhandling_web.base.common.text import Text, _


class State(StrEnum):
    """Where a job stands. Values are stored: never rename or reuse one."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


STATES: dict[State, Text] = {
    State.QUEUED: _("i kö"),
    State.RUNNING: _("pågår"),
    State.DONE: _("klart"),
    State.FAILED: _("misslyckades"),
    State.CANCELLED: _("avbrutet"),
}

TRANSITIONS: dict[State, frozenset[State]] = {
    State.QUEUED: frozenset({State.RUNNING, State.CANCELLED}),
    State.RUNNING: frozenset({State.DONE, State.FAILED, State.CANCELLED, State.QUEUED}),
    State.FAILED: frozenset({State.QUEUED}),
    State.CANCELLED: frozenset({State.QUEUED}),
    State.DONE: frozenset(),
}

# A running job renews its lease this often; one that is this long overdue has lost its worker.
LEASE = timedelta(seconds=5)
LEASE_LOST_AFTER = timedelta(seconds=20)
# How often a worker asks whether recurring work has fallen due.
TIME_BETWEEN_LOOKS = timedelta(minutes=1)
# A job whose worker died this many times is more likely the cause than the victim.
MOST_ATTEMPTS = 5
GIVEN_UP = _(
    "Arbetet har avbrutits {attempts} gånger av att servern stannade, och görs inte om av sig "
    "självt. Pröva med en mindre fil eller kortare tid, eller be din systemförvaltare se i "
    "serverns logg."
)


class JobTransitionNotAllowed(DomainError):
    """The job cannot move there from where it stands."""

    message = _("Jobbet är {current} och kan inte bli {target}. Ladda om sidan för dess läge nu.")


class JobCancelled(Exception):
    """Somebody asked the job to stop; raised inside the job at its next step."""


def check_transition(current: State, target: State) -> None:
    """Raise JobTransitionNotAllowed unless `current` may become `target`."""
    if target not in TRANSITIONS[current]:
        raise JobTransitionNotAllowed(current=STATES[current], target=STATES[target])
