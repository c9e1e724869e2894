"""Agreements, priorities, promises and meetings that lead to something. Plain Python.

Lag (2023:196): 8-9 §§ written agreements that state at least purposes and fields of co-operation;
10 § a strategic council led by the municipality, with members in leading positions.
"""

from datetime import date, timedelta
from enum import StrEnum

from samhandling_web.agree.partnership.refusals import MeetingIsNotOpen, RunsBackwards
from samhandling_web.base.common.errors import DomainError
from samhandling_web.base.common.text import Text, _


class AgreementKind(StrEnum):
    """What kind of agreement. Values are stored: never rename or reuse one."""

    DECLARATION_OF_INTENT = "declaration_of_intent"
    COOPERATION_AGREEMENT = "cooperation_agreement"
    LOCAL_AGREEMENT = "local_agreement"
    YEARLY_PLAN = "yearly_plan"


AGREEMENT_KINDS: dict[AgreementKind, Text] = {
    AgreementKind.DECLARATION_OF_INTENT: _("avsiktsförklaring"),
    AgreementKind.COOPERATION_AGREEMENT: _("samverkansöverenskommelse"),
    AgreementKind.LOCAL_AGREEMENT: _("lokal överenskommelse"),
    AgreementKind.YEARLY_PLAN: _("årlig handlingsplan"),
}


class AgreementStatus(StrEnum):
    """Where an agreement stands. Values are stored: never rename or reuse one."""

    DRAFT = "draft"
    SIGNED = "signed"
    REPLACED = "replaced"
    ENDED = "ended"


AGREEMENT_STATUSES: dict[AgreementStatus, Text] = {
    AgreementStatus.DRAFT: _("utkast"),
    AgreementStatus.SIGNED: _("undertecknad"),
    AgreementStatus.REPLACED: _("ersatt"),
    AgreementStatus.ENDED: _("uppsagd"),
}
AGREEMENT_TRANSITIONS: dict[AgreementStatus, frozenset[AgreementStatus]] = {
    AgreementStatus.DRAFT: frozenset({AgreementStatus.SIGNED}),
    AgreementStatus.SIGNED: frozenset({AgreementStatus.REPLACED, AgreementStatus.ENDED}),
    AgreementStatus.REPLACED: frozenset(),
    AgreementStatus.ENDED: frozenset(),
}


class PromiseStatus(StrEnum):
    """What became of a citizen promise. Values are stored: never rename or reuse one."""

    DRAFT = "draft"
    PROMISED = "promised"
    KEPT = "kept"
    PARTLY = "partly"
    BROKEN = "broken"


PROMISE_STATUSES: dict[PromiseStatus, Text] = {
    PromiseStatus.DRAFT: _("utkast"),
    PromiseStatus.PROMISED: _("lovat"),
    PromiseStatus.KEPT: _("hållet"),
    PromiseStatus.PARTLY: _("delvis hållet"),
    PromiseStatus.BROKEN: _("inte hållet"),
}
PROMISE_TRANSITIONS: dict[PromiseStatus, frozenset[PromiseStatus]] = {
    PromiseStatus.DRAFT: frozenset({PromiseStatus.PROMISED}),
    PromiseStatus.PROMISED: frozenset(
        {PromiseStatus.KEPT, PromiseStatus.PARTLY, PromiseStatus.BROKEN}
    ),
    PromiseStatus.KEPT: frozenset(),
    PromiseStatus.PARTLY: frozenset(),
    PromiseStatus.BROKEN: frozenset(),
}


class CouncilKind(StrEnum):
    """What a group that meets is for. Values are stored."""

    STRATEGIC = "strategic"
    LOCAL = "local"
    OPERATIVE = "operative"


COUNCIL_KINDS: dict[CouncilKind, Text] = {
    CouncilKind.STRATEGIC: _("strategiskt råd"),
    CouncilKind.LOCAL: _("lokalt råd"),
    CouncilKind.OPERATIVE: _("operativ grupp (veckomöte)"),
}


class MeetingStatus(StrEnum):
    """Where a meeting stands. Values are stored: never rename or reuse one."""

    PLANNED = "planned"
    CALLED = "called"
    HELD = "held"
    CLOSED = "closed"
    CANCELLED = "cancelled"


MEETING_STATUSES: dict[MeetingStatus, Text] = {
    MeetingStatus.PLANNED: _("planerat"),
    MeetingStatus.CALLED: _("kallat"),
    MeetingStatus.HELD: _("hållet"),
    MeetingStatus.CLOSED: _("avslutat"),
    MeetingStatus.CANCELLED: _("inställt"),
}
MEETING_TRANSITIONS: dict[MeetingStatus, frozenset[MeetingStatus]] = {
    MeetingStatus.PLANNED: frozenset(
        {MeetingStatus.CALLED, MeetingStatus.HELD, MeetingStatus.CANCELLED}
    ),
    MeetingStatus.CALLED: frozenset({MeetingStatus.HELD, MeetingStatus.CANCELLED}),
    MeetingStatus.HELD: frozenset({MeetingStatus.CLOSED}),
    MeetingStatus.CLOSED: frozenset(),
    MeetingStatus.CANCELLED: frozenset(),
}


class ItemStatus(StrEnum):
    """Where an item of an agenda stands. Values are stored: never rename or reuse one."""

    OPEN = "open"
    DECIDED = "decided"
    NO_ACTION = "no_action"
    DONE = "done"
    DROPPED = "dropped"


ITEM_STATUSES: dict[ItemStatus, Text] = {
    ItemStatus.OPEN: _("obeslutad"),
    ItemStatus.DECIDED: _("beslutad"),
    ItemStatus.NO_ACTION: _("ingen åtgärd"),
    ItemStatus.DONE: _("gjord"),
    ItemStatus.DROPPED: _("gjordes inte"),
}
ITEM_TRANSITIONS: dict[ItemStatus, frozenset[ItemStatus]] = {
    ItemStatus.OPEN: frozenset({ItemStatus.DECIDED, ItemStatus.NO_ACTION}),
    ItemStatus.DECIDED: frozenset({ItemStatus.DONE, ItemStatus.DROPPED, ItemStatus.NO_ACTION}),
    ItemStatus.NO_ACTION: frozenset({ItemStatus.DECIDED}),
    ItemStatus.DONE: frozenset(),
    ItemStatus.DROPPED: frozenset(),
}


class CalendarScope(StrEnum):
    """Which meetings a person's calendar fetches. Values are stored."""

    OWN = "own"
    ALL = "all"


CALENDAR_SCOPES: dict[CalendarScope, Text] = {
    CalendarScope.OWN: _("råd där min organisation leder eller har en plats"),
    CalendarScope.ALL: _("alla möten som jag får läsa"),
}

RENEWAL_NOTICE = timedelta(days=183)
"""Half a year before an agreement runs out its renewal is due to begin."""


class AgreementTransitionNotAllowed(DomainError):
    """The agreement cannot move there from where it stands."""

    message = _("En överenskommelse som är {current} kan inte bli {target}. Ladda om sidan.")


class PromiseTransitionNotAllowed(DomainError):
    """The promise cannot move there from where it stands."""

    message = _("Ett medborgarlöfte som är {current} kan inte bli {target}. Ladda om sidan.")


class MeetingTransitionNotAllowed(DomainError):
    """The meeting cannot move there from where it stands."""

    message = _("Ett möte som är {current} kan inte bli {target}. Ladda om sidan.")


class ItemTransitionNotAllowed(DomainError):
    """The item cannot move there from where it stands."""

    message = _("En punkt som är {current} kan inte bli {target}. Ladda om sidan.")


class AgreementIncomplete(DomainError):
    """9 § lag (2023:196): purposes and fields; and parties, days and the signed document."""

    message = _("Överenskommelsen kan inte undertecknas. Det saknas: {missing}.")


class AgreementIsFixed(DomainError):
    """What is signed is not edited."""

    message = _(
        "Överenskommelsen är {current} och kan inte ändras. Börja en ny som ersätter den i stället."
    )


class DecisionIncomplete(DomainError):
    """A decision says who does what by when; or that nothing is done, because."""

    message = _("Beslutet är inte fullständigt. Det saknas: {missing}.")


class MeetingNotReady(DomainError):
    """A meeting leads to something: each item has an owner and a day, or a reason for neither."""

    message = _(
        "Mötet kan inte avslutas. Punkter utan ansvarig och slutdatum, eller utan skäl till att "
        "inget görs: {items}."
    )


class EvidenceMissing(DomainError):
    """Whether a promise was kept is shown, not said."""

    message = _("Skriv vad som visar hur det gick, så att den som läser kan kontrollera det.")


def check_agreement_transition(current: AgreementStatus, target: AgreementStatus) -> None:
    """Raise AgreementTransitionNotAllowed unless `current` may become `target`."""
    if target not in AGREEMENT_TRANSITIONS[current]:
        raise AgreementTransitionNotAllowed(
            current=AGREEMENT_STATUSES[current], target=AGREEMENT_STATUSES[target]
        )


def check_promise_transition(current: PromiseStatus, target: PromiseStatus) -> None:
    """Raise PromiseTransitionNotAllowed unless `current` may become `target`."""
    if target not in PROMISE_TRANSITIONS[current]:
        raise PromiseTransitionNotAllowed(
            current=PROMISE_STATUSES[current], target=PROMISE_STATUSES[target]
        )


def check_meeting_transition(current: MeetingStatus, target: MeetingStatus) -> None:
    """Raise MeetingTransitionNotAllowed unless `current` may become `target`."""
    if target not in MEETING_TRANSITIONS[current]:
        raise MeetingTransitionNotAllowed(
            current=MEETING_STATUSES[current], target=MEETING_STATUSES[target]
        )


def check_item_transition(current: ItemStatus, target: ItemStatus) -> None:
    """Raise ItemTransitionNotAllowed unless `current` may become `target`."""
    if target not in ITEM_TRANSITIONS[current]:
        raise ItemTransitionNotAllowed(current=ITEM_STATUSES[current], target=ITEM_STATUSES[target])


REASON_FOR_NO_ACTION = _("varför inget görs")


def check_item_ended(current: ItemStatus, target: ItemStatus) -> None:
    """Raise ItemTransitionNotAllowed unless `current` may end as `target`: done or dropped."""
    if target not in {ItemStatus.DONE, ItemStatus.DROPPED}:
        raise ItemTransitionNotAllowed(current=ITEM_STATUSES[current], target=ITEM_STATUSES[target])
    check_item_transition(current, target)


def missing_in_agreement(
    *,
    purposes: str,
    fields: str,
    parties: int,
    valid_from: date | None,
    valid_to: date | None,
    has_document: bool,
) -> list[Text]:
    """Name everything that an agreement lacks before it can be signed."""
    missing: list[Text] = []
    if not purposes.strip():
        missing.append(_("syften (9 § lag 2023:196)"))
    if not fields.strip():
        missing.append(_("områden för samverkan (9 § lag 2023:196)"))
    if parties < 2:
        missing.append(_("minst två parter"))
    if valid_from is None or valid_to is None:
        missing.append(_("från och till vilken dag den gäller"))
    if not has_document:
        missing.append(_("det undertecknade dokumentet"))
    return missing


def check_is_draft(current: AgreementStatus) -> None:
    """Raise AgreementIsFixed unless the agreement may still be edited."""
    if current != AgreementStatus.DRAFT:
        raise AgreementIsFixed(current=AGREEMENT_STATUSES[current])


def check_meeting_is(current: MeetingStatus, *needed: MeetingStatus) -> None:
    """Raise MeetingIsNotOpen unless the meeting is in one of the states needed."""
    if current not in needed:
        words = str(_(" eller ")).join(str(MEETING_STATUSES[one]) for one in needed)
        raise MeetingIsNotOpen(current=MEETING_STATUSES[current], needed=words)


def missing_in_decision(*, decision: str, has_owner: bool, deadline: date | None) -> list[Text]:
    """Name everything that a decision lacks."""
    missing: list[Text] = []
    if not decision.strip():
        missing.append(_("vad som ska göras"))
    if not has_owner:
        missing.append(_("vem som ansvarar"))
    if deadline is None:
        missing.append(_("när det ska vara klart"))
    return missing


def missing_in_promise(
    *, statement: str, measured_by: str, days: tuple[date | None, date | None]
) -> list[Text]:
    """Name everything that a promise lacks before it is given."""
    missing: list[Text] = []
    if not statement.strip():
        missing.append(_("vad som lovas"))
    if not measured_by.strip():
        missing.append(_("hur man ser om det är hållet"))
    if None in days:
        missing.append(_("från och till vilken dag det gäller"))
    return missing


def check_forwards(start: date | None, end: date | None) -> None:
    """Raise RunsBackwards if something ends before it has begun."""
    if start and end and end < start:
        raise RunsBackwards(start=start, end=end)
