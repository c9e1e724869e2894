"""Receiving what a reporter sends: whole or not at all, and once however often it is sent."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from samhandling_web.base.accounts.models import Organisation, User
from samhandling_web.base.audit import services as audit
from samhandling_web.base.common.errors import DomainError
from samhandling_web.base.common.free_text import check_no_person
from samhandling_web.base.common.text import _
from samhandling_web.observe.observations import permissions, rules, selectors
from samhandling_web.observe.observations.models import (
    Category,
    Observation,
    ObservationStep,
    Sending,
)
from samhandling_web.observe.observations.rules import CategoryKind, Status
from samhandling_web.observe.observations.seen import Fault, Seen, SendingRefused, point_of
from samhandling_web.observe.observations.selectors import Near

FREE_TEXTS = {"text": _("vad som hände"), "place_name": _("platsens namn")}


@dataclass(frozen=True, slots=True)
class _Checked:
    """One observation that holds: with its category, its point and what it is joined to."""

    seen: Seen
    category: Category
    point: tuple[float, float] | None
    joined_to: Observation | None


def sending_receive(
    *,
    client_id: UUID,
    observations: Sequence[Seen],
    typed_at: datetime,
    actor: User,
    organisation_id: int | None = None,
    nothing: bool = False,
) -> Sending:
    """Receive a sending; one with the same mark that was received before is given back as it is.

    Raises
    ------
    NotAllowed, WrittenByAnother
        If the actor does not report, or somebody else has sent under the same mark.
    ChooseOrganisation, NothingInSending, TooManyInSending, SendingRefused
        If it cannot be received. A refusal names all that is wrong, and nothing is stored.
    """
    permissions.check_may_report(actor)
    if known := _received_before(client_id, actor):
        return known
    organisation = _organisation(actor, organisation_id)
    _check_amount(observations, nothing=nothing)
    checked = _checked(observations, actor)
    sending = Sending(
        client_id=client_id,
        reporter=actor,
        organisation=organisation,
        is_nothing_to_report=nothing,
        typed_at=min(typed_at, timezone.now()),
    )
    try:
        return _stored(sending, checked)
    except IntegrityError:
        # Sent twice at once: the other was stored while this one waited for it.
        if known := _received_before(client_id, actor):
            return known
        raise


def _received_before(client_id: UUID, actor: User) -> Sending | None:
    known = Sending.objects.filter(client_id=client_id).first()
    if known is not None and known.reporter_id != actor.pk:
        raise rules.WrittenByAnother
    return known


def _organisation(actor: User, organisation_id: int | None) -> Organisation:
    own = list(selectors.organisations_reported_for(actor))
    if organisation_id is None and len(own) == 1:
        return own[0]
    for organisation in own:
        if organisation.pk == organisation_id:
            return organisation
    raise rules.ChooseOrganisation


def _check_amount(observations: Sequence[Seen], *, nothing: bool) -> None:
    if bool(observations) == nothing:
        raise rules.NothingInSending
    if len(observations) > rules.MOST_IN_SENDING:
        raise rules.TooManyInSending(count=len(observations), most=rules.MOST_IN_SENDING)


def _checked(observations: Sequence[Seen], actor: User) -> list[_Checked]:
    """Look through every observation, and refuse them together with all that is wrong."""
    slugs = {seen.category for seen in observations}
    categories = {one.slug: one for one in selectors.categories_in_use().filter(slug__in=slugs)}
    faults: list[Fault] = []
    checked = []
    for number, seen in enumerate(observations, start=1):
        found, wrong = _looked_through(seen, categories, actor)
        faults += [Fault(number, field, str(error)) for field, error in wrong.items()]
        if found is not None:
            checked.append(found)
    if faults:
        raise SendingRefused(faults)
    return checked


def _looked_through(
    seen: Seen, categories: Mapping[str, Category], actor: User
) -> tuple[_Checked | None, dict[str, DomainError]]:
    wrong: dict[str, DomainError] = {}

    def check(field: str, rule: Callable[..., object], *arguments: object) -> object:
        try:
            return rule(*arguments)
        except DomainError as error:
            wrong[field] = error
            return None

    category = categories.get(seen.category)
    if category is None:
        wrong["category"] = rules.UnknownCategory(category=seen.category)
    else:
        kind = CategoryKind(category.kind)
        check("start", rules.check_not_ahead, kind, seen.start, timezone.now())
    point = check("place", point_of, seen.geometry)
    if seen.geometry is None and not seen.place_name:
        wrong["place"] = rules.PlaceMissing()
    check("end", rules.check_interval, seen.start, seen.end)
    for field, label in FREE_TEXTS.items():
        check(field, check_no_person, getattr(seen, field), label)
    if wrong or category is None:
        return None, wrong
    joined_to = check("joins", _near, seen, point, actor) if seen.joins else None
    return _Checked(seen, category, point, joined_to), wrong  # type: ignore[arg-type]


def _near(seen: Seen, point: tuple[float, float] | None, actor: User) -> Observation:
    """Return what the reporter said it is the same as, if it was among those shown."""
    near = Near(seen.category, seen.start, seen.end, point, seen.place_name)
    for one in selectors.near_places(actor, near):
        if one.pk == seen.joins:
            return one
    raise rules.NotNear


@transaction.atomic
def _stored(sending: Sending, checked: Sequence[_Checked]) -> Sending:
    sending.save(force_insert=True)
    for number, one in enumerate(checked, start=1):
        _observation_store(sending, number, one)
    audit.record(
        actor=sending.reporter,
        kind="observations.sending.received",
        target=sending,
        after={"observations": len(checked), "nothing": sending.is_nothing_to_report},
    )
    return sending


def _observation_store(sending: Sending, number: int, one: _Checked) -> Observation:
    seen, point = one.seen, one.point
    day = timezone.localdate(seen.start)
    observation = Observation.objects.create(
        sending=sending,
        number=number,
        category=one.category,
        severity=rules.severity_of(CategoryKind(one.category.kind), seen.severity),
        text=seen.text,
        start=seen.start,
        end=seen.end,
        geometry=dict(seen.geometry) if seen.geometry else None,
        longitude=point[0] if point else None,
        latitude=point[1] if point else None,
        precision=seen.precision,
        place_name=seen.place_name,
        district=selectors.district_of(point, seen.place_name, day, sending.organisation),
        status=Status.JOINED if one.joined_to else Status.RECEIVED,
        joined_to=one.joined_to,
    )
    statuses = [Status.RECEIVED, *([Status.JOINED] if one.joined_to else [])]
    for status in statuses:
        ObservationStep.objects.create(
            observation=observation, actor=sending.reporter, status=status
        )
    return observation
