"""Setting up groups that meet, and the seats in them."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from samhandling_web.agree.partnership import permissions
from samhandling_web.agree.partnership.models import Council, CouncilMember
from samhandling_web.agree.partnership.rules import CouncilKind
from samhandling_web.base.accounts.models import Organisation, User
from samhandling_web.base.areas.models import Area
from samhandling_web.base.audit import services as audit
from samhandling_web.base.common.free_text import check_no_person

EDITABLE = ("kind", "name", "organisation", "district", "is_active")


@transaction.atomic
def council_set_up(
    *,
    kind: CouncilKind,
    name: str,
    organisation: Organisation,
    district: Area | None,
    actor: User,
) -> Council:
    """Set up a group that `organisation` leads, for a district or, without one, the whole town."""
    permissions.check_may_write(actor, organisation)
    check_no_person(name, Council._meta.get_field("name").verbose_name)
    council = Council.objects.create(
        kind=kind, name=name, organisation=organisation, district=district
    )
    audit.record(actor=actor, kind="partnership.council.set_up", target=council)
    return council


@transaction.atomic
def council_edit(*, council_id: int, changes: Mapping[str, Any], actor: User) -> Council:
    """Change a group: its name, who leads it, or that it no longer meets."""
    council = _locked(council_id, actor)
    before = {name: getattr(council, name) for name in EDITABLE if name in changes}
    changed = {name: changes[name] for name, value in before.items() if value != changes[name]}
    if "organisation" in changed:
        permissions.check_may_write(actor, changed["organisation"])
    check_no_person(str(changed.get("name", "")), Council._meta.get_field("name").verbose_name)
    for name, value in changed.items():
        setattr(council, name, value)
    if changed:
        council.save(update_fields=list(changed))
        audit.record(
            actor=actor,
            kind="partnership.council.edited",
            target=council,
            before={name: _plain(before[name]) for name in changed},
            after={name: _plain(value) for name, value in changed.items()},
        )
    return council


@transaction.atomic
def seat_add(
    *,
    council_id: int,
    organisation: Organisation,
    position: str,
    is_chair: bool,
    actor: User,
) -> CouncilMember:
    """Give an organisation a seat, by position: no names (10 § lag 2023:196)."""
    council = _locked(council_id, actor)
    check_no_person(position, CouncilMember._meta.get_field("position").verbose_name)
    seat = CouncilMember.objects.create(
        council=council, organisation=organisation, position=position, is_chair=is_chair
    )
    audit.record(
        actor=actor,
        kind="partnership.council.seat_added",
        target=council,
        after={"organisation": organisation.slug, "position": position, "is_chair": is_chair},
    )
    return seat


@transaction.atomic
def seat_remove(*, council_id: int, seat_id: int, actor: User) -> Council:
    """Take a seat away; the log keeps that it was there."""
    council = _locked(council_id, actor)
    seat = council.members.select_related("organisation").get(pk=seat_id)
    before = {"organisation": seat.organisation.slug, "position": seat.position}
    seat.delete()
    audit.record(
        actor=actor, kind="partnership.council.seat_removed", target=council, before=before
    )
    return council


def _locked(council_id: int, actor: User) -> Council:
    found = Council.objects.select_related("organisation").select_for_update(of=("self",))
    council = found.get(pk=council_id)
    permissions.check_may_write(actor, council.organisation)
    return council


def _plain(value: Any) -> Any:
    return value.pk if hasattr(value, "pk") else value
