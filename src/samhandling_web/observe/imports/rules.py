"""What may happen to an import, and in which order. Plain Python."""

from enum import StrEnum

from samhandling_web.base.common.errors import DomainError
from samhandling_web.base.common.text import Text, _


class State(StrEnum):
    """Where a batch stands. Values are stored: never rename or reuse one.

    Rows of a batch count only while it is `APPLIED`.
    """

    RECEIVED = "received"
    READING = "reading"
    READ = "read"
    APPLIED = "applied"
    FAILED = "failed"
    CANCELLED = "cancelled"
    UNDONE = "undone"


STATES: dict[State, Text] = {
    State.RECEIVED: _("mottagen"),
    State.READING: _("läses"),
    State.READ: _("läst"),
    State.APPLIED: _("gäller"),
    State.FAILED: _("misslyckades"),
    State.CANCELLED: _("avbruten"),
    State.UNDONE: _("ångrad"),
}

TRANSITIONS: dict[State, frozenset[State]] = {
    State.RECEIVED: frozenset({State.READING, State.CANCELLED}),
    State.READING: frozenset({State.READ, State.FAILED, State.CANCELLED}),
    State.READ: frozenset({State.APPLIED, State.FAILED, State.CANCELLED}),
    State.APPLIED: frozenset({State.UNDONE}),
    State.FAILED: frozenset({State.READING}),
    State.CANCELLED: frozenset({State.READING}),
    State.UNDONE: frozenset(),
}

# Of each source one batch at a time may be in these states: the next is compared with it.
UNDER_WAY = frozenset({State.READING, State.READ})


class RowState(StrEnum):
    """Where a rejected row stands. Values are stored: never rename or reuse one."""

    OPEN = "open"
    CORRECTED = "corrected"
    DISMISSED = "dismissed"


ROW_STATES: dict[RowState, Text] = {
    RowState.OPEN: _("öppen"),
    RowState.CORRECTED: _("rättad"),
    RowState.DISMISSED: _("avskriven"),
}

ROW_TRANSITIONS: dict[RowState, frozenset[RowState]] = {
    RowState.OPEN: frozenset({RowState.CORRECTED, RowState.DISMISSED}),
    # The correction was undone.
    RowState.CORRECTED: frozenset({RowState.OPEN}),
    RowState.DISMISSED: frozenset({RowState.OPEN}),
}


class BatchTransitionNotAllowed(DomainError):
    """The batch cannot move there from where it stands."""

    message = _("Importen är {current} och kan inte bli {target}. Ladda om sidan för läget nu.")


class RowTransitionNotAllowed(DomainError):
    """The rejected row cannot move there from where it stands."""

    message = _("Raden är {current} och kan inte bli {target}. Ladda om sidan för läget nu.")


class AnotherBatchUnderWay(DomainError):
    """Two files of one source are never read at the same time."""

    message = _("En annan fil från samma källa läses just nu. Vänta tills den är klar.")


class NewerBatchApplied(DomainError):
    """A batch is compared with what came before it, never with what came after."""

    message = _(
        "Import {newer} från samma källa är nyare och gäller redan. Lämna in filen på nytt, "
        "så läses den mot det som gäller nu."
    )


class UndoNewestFirst(DomainError):
    """A newer batch left out what it has in common with this one, or with an older one."""

    message = _(
        "Import {newer} från samma källa är nyare och bygger på den här. "
        "Ångra import {newer} först."
    )


class UnknownSource(DomainError):
    message = _("Källan {source} finns inte. Välj en ur listan över källor.")


class UnknownOption(DomainError):
    message = _("Inställningen {option} finns inte. De som finns är: {known}.")


class BadOption(DomainError):
    message = _("Inställningen {option} kan inte vara {value}.")


class EmptyFile(DomainError):
    message = _("Filen {file_name} är tom. Välj en fil med innehåll.")


class MappingNeeded(DomainError):
    message = _("Källan läser tabeller av alla slag. Ange först vilka kolumner som är vad.")


class NoReceiver(DomainError):
    message = _("Det finns ingen mottagare för uppgifter av slaget {kind}.")


class FileUnreadable(DomainError):
    """The file as a whole could not be read."""

    message = _("Filen {file_name} kan inte läsas: {reason}")


class StoredFileMissing(DomainError):
    message = _("Filen {file_name} finns inte längre på servern. Lämna in den på nytt.")


class NotCorrectable(DomainError):
    message = _(
        "Rader ur {file_name} kan inte rättas en och en. Rätta i filen och importera den på nytt."
    )


class StillRejected(DomainError):
    message = _("Raden kan fortfarande inte läsas: {reason}")


class ReasonNeeded(DomainError):
    message = _("Skriv varför raden avskrivs.")


class NoFeed(DomainError):
    message = _("Källan {source} har inget flöde att hämta. Lämna in en fil i stället.")


class FetchFailed(DomainError):
    message = _("Flödet kunde inte hämtas: {reason}. Nytt försök görs senare.")


class NameTaken(DomainError):
    message = _("Det finns redan en kolumnbeskrivning som heter {name}. Välj ett annat namn.")


def check_transition(current: State, target: State) -> None:
    """Raise BatchTransitionNotAllowed unless `current` may become `target`."""
    if target not in TRANSITIONS[current]:
        raise BatchTransitionNotAllowed(current=STATES[current], target=STATES[target])


def check_row_transition(current: RowState, target: RowState) -> None:
    """Raise RowTransitionNotAllowed unless `current` may become `target`."""
    if target not in ROW_TRANSITIONS[current]:
        raise RowTransitionNotAllowed(current=ROW_STATES[current], target=ROW_STATES[target])
