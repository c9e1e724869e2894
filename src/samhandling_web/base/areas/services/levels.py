"""The municipality, its levels, and what is decided about a single area."""

import hashlib
from typing import Any

from django.db import transaction

from samhandling_web.base.accounts.models import Organisation, User
from samhandling_web.base.accounts.permissions import Actor
from samhandling_web.base.areas import permissions, rules
from samhandling_web.base.areas.models import Area, AreaLevel, AreaVersion, Municipality
from samhandling_web.base.areas.rules import Visibility
from samhandling_web.base.audit import services as audit


@transaction.atomic
def municipality_set(
    *,
    code: str,
    name: str,
    actor: User | None,
    is_invented: bool = False,
    boundary: dict[str, Any] | None = None,
) -> Municipality:
    """Say which municipality this installation serves, or correct what is said of it.

    Raises
    ------
    AnotherMunicipality
        If the installation already serves another.
    """
    permissions.check_may_manage_areas(actor)
    row = Municipality.objects.select_for_update().first()
    if row is not None and row.code != code:
        raise rules.AnotherMunicipality(name=row.name, code=row.code)
    row = row or Municipality(code=code)
    before = {"name": row.name, "is_invented": row.is_invented} if row.pk else None
    row.name, row.is_invented = name, is_invented
    row.boundary = boundary if boundary is not None else row.boundary
    row.save()
    after = {"code": code, "name": name, "is_invented": is_invented}
    audit.record(actor=actor, kind="areas.municipality.set", target=row, before=before, after=after)
    return row


LEVEL_FIELDS = ("name", "name_plural", "rank", "is_base_unit", "is_overlay", "visibility")


@transaction.atomic
def level_set(*, slug: str, actor: User | None, **fields: Any) -> AreaLevel:
    """Define a level or change its definition; fields not given stay as they are.

    Fields are `name`, `name_plural`, `rank`, `is_base_unit`, `is_overlay` and `visibility`. At
    most one level is the base unit: making another one so releases the first.

    Raises
    ------
    OverlayIsNoBaseUnit
        If it would be both.
    """
    permissions.check_may_manage_areas(actor)
    if unknown := set(fields) - set(LEVEL_FIELDS):
        msg = f"A level has no field {sorted(unknown)}; it has {', '.join(LEVEL_FIELDS)}."
        raise TypeError(msg)
    level = AreaLevel.objects.select_for_update().filter(slug=slug).first() or AreaLevel(slug=slug)
    before = {name: getattr(level, name) for name in LEVEL_FIELDS} if level.pk else None
    for name, value in fields.items():
        setattr(level, name, value)
    level.name = level.name or slug
    level.name_plural = level.name_plural or level.name
    if level.is_base_unit and level.is_overlay:
        raise rules.OverlayIsNoBaseUnit
    if level.is_base_unit:
        AreaLevel.objects.exclude(pk=level.pk).filter(is_base_unit=True).update(is_base_unit=False)
    level.save()
    level_touch(level)
    after = {name: getattr(level, name) for name in LEVEL_FIELDS}
    if before != after:
        audit.record(actor=actor, kind="areas.level.set", target=level, before=before, after=after)
    return level


@transaction.atomic
def area_set(
    *,
    area_id: int,
    actor: User | None,
    responsible: Organisation | None,
    visibility: Visibility | str = "",
) -> Area:
    """Say which organisation answers for an area, and who may see where it lies."""
    permissions.check_may_manage_areas(actor)
    area = Area.objects.select_for_update().select_related("level").get(pk=area_id)
    before = {"responsible": area.responsible_id, "visibility": area.visibility}
    area.responsible, area.visibility = responsible, str(visibility)
    area.save(update_fields=["responsible", "visibility"])
    level_touch(area.level)
    after = {"responsible": area.responsible_id, "visibility": area.visibility}
    if before != after:
        audit.record(actor=actor, kind="areas.area.set", target=area, before=before, after=after)
    return area


def protected_level_read(*, level: AreaLevel, actor: Actor) -> None:
    """Record that somebody opened a level with protected areas."""
    audit.record_read(actor=actor, kind="areas.protected.read", target=level)


def level_export_record(*, level: AreaLevel, actor: Actor, file_name: str, row_count: int) -> None:
    """Record that a level's areas left the house as a file."""
    audit.record_export(
        actor=actor,
        kind="areas.level.exported",
        target=level,
        file_name=file_name,
        row_count=row_count,
    )


def level_touch(level: AreaLevel) -> None:
    """Give the level its new data version after a change, so that what is kept is made anew.

    It is a checksum of what the level holds: undoing a change brings back the earlier one.
    """
    versions = AreaVersion.objects.filter(area__level=level).order_by("area__code", "valid_from")
    fields = ("area__code", "area__visibility", "content_hash", "valid_from", "valid_to")
    digest = hashlib.sha256(f"{level.slug}|{level.name}|{level.visibility}".encode())
    for row in versions.values_list(*fields).iterator():
        digest.update(repr(row).encode())
    level.revision = digest.hexdigest()
    level.save(update_fields=["revision"])
