"""Undoing an import of areas: every version says again what it said before."""

from typing import Any

from django.db import transaction
from django.db.models import ProtectedError

from samhandling_web.base.accounts.models import User
from samhandling_web.base.areas import permissions, rules
from samhandling_web.base.areas.models import Area, AreaBatch, AreaChange, AreaLevel, AreaVersion
from samhandling_web.base.areas.services.levels import level_touch
from samhandling_web.base.areas.services.relations import relations_refresh
from samhandling_web.base.audit import services as audit


@transaction.atomic
def area_versions_withdraw(batch_key: str, *, actor: User | None, reason: str = "") -> int:
    """Undo an import of areas and return how many changes were taken back.

    Raises
    ------
    UnknownImport, LaterImportFirst, AreaInUse
        If there is none of that key, a later one changed the same level, or something else in
        the platform points at an area that would go.
    """
    permissions.check_may_import_areas(actor)
    batches = list(AreaBatch.objects.filter(key=batch_key).select_related("level"))
    if not batches:
        raise rules.UnknownImport(batch=batch_key)
    undone = 0
    for batch in batches:
        level = AreaLevel.objects.select_for_update().get(pk=batch.level_id)
        _check_is_last(batch)
        undone += _take_back(batch)
        batch.delete()
        level_touch(level)
        relations_refresh(level=level)
        after = {"batch": batch_key, "source": batch.source}
        audit.record(
            actor=actor, kind="areas.division.withdrawn", target=level, after=after, reason=reason
        )
    return undone


def _check_is_last(batch: AreaBatch) -> None:
    later = AreaBatch.objects.filter(level=batch.level, pk__gt=batch.pk).order_by("-pk").first()
    if later is not None:
        raise rules.LaterImportFirst(batch=batch.key, later=later.key)


def _take_back(batch: AreaBatch) -> int:
    """Go through the journal backwards: what was made goes, what was changed comes back."""
    changes = list(AreaChange.objects.filter(batch=batch).order_by("-pk"))
    touched: set[int] = set()
    for change in changes:
        if change.before is None:
            touched.add(_delete(change.version_number))
        else:
            _restored(change.before).save()
    Area.objects.filter(pk__in=touched, versions__isnull=True, responsible__isnull=True).delete()
    return len(changes)


def _delete(number: int) -> int:
    version = AreaVersion.objects.select_related("area").get(pk=number)
    try:
        version.delete()
    except ProtectedError as exc:
        raise rules.AreaInUse(area=version) from exc
    return version.area_id


def _restored(before: dict[str, Any]) -> AreaVersion:
    """Build the version again from the journal, dates and all."""
    fields = {field.attname: field for field in AreaVersion._meta.fields}
    return AreaVersion(**{name: fields[name].to_python(value) for name, value in before.items()})
