"""Reading in a division: the areas of one level from one day on."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

import pyarrow as pa
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction

from samhandling.space import AreaSet
from samhandling_web.base.accounts.models import User
from samhandling_web.base.areas import permissions, rules, shapes
from samhandling_web.base.areas.map_shapes import map_geometries
from samhandling_web.base.areas.models import Area, AreaBatch, AreaChange, AreaLevel, AreaVersion
from samhandling_web.base.areas.rules import Plan, Span, Wanted
from samhandling_web.base.areas.services.levels import level_touch
from samhandling_web.base.areas.services.relations import relations_refresh
from samhandling_web.base.areas.shapes import AreaRow
from samhandling_web.base.audit import services as audit


@dataclass(frozen=True, slots=True)
class AreaImport:
    """What an import of areas came to; all zero but `unchanged` when nothing was new."""

    created: int = 0
    ended: int = 0
    corrected: int = 0
    removed: int = 0
    unchanged: int = 0

    def __add__(self, other: "AreaImport") -> "AreaImport":
        return AreaImport(
            self.created + other.created,
            self.ended + other.ended,
            self.corrected + other.corrected,
            self.removed + other.removed,
            self.unchanged + other.unchanged,
        )

    @property
    def is_empty(self) -> bool:
        return not (self.created or self.ended or self.corrected or self.removed)


@transaction.atomic
def area_versions_import(
    *,
    batch_key: str,
    level: str,
    rows: pa.Table,
    source: str,
    valid_from: date | None,
    actor: User | None,
) -> AreaImport:
    """Make the level look as `rows` say, from each row's own day or from `valid_from` on.

    The rows of one day are the level's whole division from that day until the next day on which
    the level is known to change: an area that is not among them has ended. Divisions may be read
    in any order, and reading one again changes nothing. Rows of other levels are passed over.

    Parameters
    ----------
    batch_key
        What the import is undone by.
    rows
        A table of the AREA schema: geometry as WKB in WGS84, valid polygons.
    valid_from
        The division's first day, for rows that do not say it themselves.

    Raises
    ------
    UnknownLevel, NoAreaRows, AreaRowsInvalid, AreaCodeTwice
        If there is no such level, or the rows are no division.
    """
    permissions.check_may_import_areas(actor)
    target = AreaLevel.objects.select_for_update().filter(slug=level).first()
    if target is None:
        raise rules.UnknownLevel(level=level)
    found = sorted(shapes.area_rows(rows, level, valid_from), key=lambda row: row.start)
    batch, _made = AreaBatch.objects.get_or_create(
        key=batch_key, level=target, defaults={"source": source[:300]}
    )
    outcome = AreaImport()
    for day, of_day in groupby(found, key=lambda row: row.start):
        outcome += _division_import(batch, list(of_day), day)
    if outcome.is_empty:
        _drop_if_unused(batch)
        return outcome
    level_touch(target)
    relations_refresh(level=target)
    after = {"batch": batch_key, "source": source, "created": outcome.created}
    after |= {"ended": outcome.ended, "corrected": outcome.corrected, "removed": outcome.removed}
    audit.record(actor=actor, kind="areas.division.imported", target=target, after=after)
    return outcome


def _drop_if_unused(batch: AreaBatch) -> None:
    """Leave no trace of an import that changed nothing: it must not stand in the way of undoing."""
    if not batch.changes.exists():
        batch.delete()


def _division_import(batch: AreaBatch, rows: Sequence[AreaRow], day: date) -> AreaImport:
    areas = shapes.checked_set(batch.level.slug, rows)
    spans = level_spans(batch.level)
    wanted = {row.code: Wanted(row.content_hash, row.end) for row in rows}
    plan = rules.division_plan(spans, wanted, day)
    if not plan.is_empty:
        _carry_out(batch, plan, NewDivision(day, {row.code: row for row in rows}, areas))
    return AreaImport(
        created=len(plan.created),
        ended=sum(1 for _pk, _start, end in plan.moved if end == day),
        corrected=len(plan.rewritten),
        removed=len(plan.removed),
        unchanged=plan.unchanged,
    )


def level_spans(level: AreaLevel) -> list[Span]:
    """Return what the stored versions of a level say, without their geometry."""
    fields = ("pk", "area__code", "content_hash", "valid_from", "valid_to")
    return [
        Span(*row) for row in AreaVersion.objects.filter(area__level=level).values_list(*fields)
    ]


@dataclass(frozen=True, slots=True)
class NewDivision:
    """A division to be stored: its first day, its rows by code, and the same as an area set."""

    day: date
    rows: dict[str, AreaRow]
    areas: AreaSet


def _carry_out(batch: AreaBatch, plan: Plan, division: NewDivision) -> None:
    """Change the stored versions as planned, and keep a journal of what they said before.

    Versions give up their days before others take them, so that no two start on one day.
    """
    numbers = [*(pk for pk, *_ in (*plan.moved, *plan.copied, *plan.rewritten)), *plan.removed]
    stored = AreaVersion.objects.select_related("area").in_bulk(numbers)
    originals = {pk: version_content(version) for pk, version in stored.items()}
    for pk in plan.removed:
        _journal(batch, pk, originals[pk])
        stored[pk].delete()
    for pk, start, end in plan.moved:
        _journal(batch, pk, originals[pk])
        AreaVersion.objects.filter(pk=pk).update(valid_from=start, valid_to=end)
    for pk, start, end in plan.copied:
        copy = AreaVersion(**{**originals[pk], "id": None, "valid_from": start, "valid_to": end})
        copy.save(force_insert=True)
        _journal(batch, copy.pk, None)
    _fill(batch, plan, division, originals)


def _fill(
    batch: AreaBatch, plan: Plan, division: NewDivision, originals: dict[int, dict[str, Any]]
) -> None:
    """Store the new content: in place for corrected versions, as new rows for the others."""
    if not plan.rewritten and not plan.created:
        return
    contents = _contents(batch, division)
    for pk, code, end in plan.rewritten:
        _journal(batch, pk, originals[pk])
        AreaVersion.objects.filter(pk=pk).update(**contents[code], valid_to=end)
    codes = [code for code, _end in plan.created]
    areas = _areas_of(batch.level, codes)
    for code, end in plan.created:
        version = AreaVersion.objects.create(
            area=areas[code], valid_from=division.day, valid_to=end, **contents[code]
        )
        _journal(batch, version.pk, None)


def _areas_of(level: AreaLevel, codes: Sequence[str]) -> dict[str, Area]:
    Area.objects.bulk_create(
        [Area(level=level, code=code) for code in codes], ignore_conflicts=True
    )
    return {area.code: area for area in Area.objects.filter(level=level, code__in=codes)}


def _contents(batch: AreaBatch, division: NewDivision) -> dict[str, dict[str, Any]]:
    """Return the stored fields of every area of the division, by code."""
    surface = division.areas.area_km2() * 1e6
    simple = map_geometries(division.areas)
    contents: dict[str, dict[str, Any]] = {}
    for at, (code, row) in enumerate(division.rows.items()):
        west, south, east, north = row.geometry.bounds
        contents[code] = {
            "name": row.name[:120],
            "geometry": shapes.to_geojson(row.geometry),
            "geometry_map": simple[at],
            "content_hash": row.content_hash,
            "area_m2": float(surface[at]),
            "west": west,
            "south": south,
            "east": east,
            "north": north,
            "attributes": row.attributes,
            "source": batch.source,
            "batch_key": batch.key,
        }
    return contents


def version_content(version: AreaVersion) -> dict[str, Any]:
    """Return everything a version says, as it stands in its row."""
    return {field.attname: getattr(version, field.attname) for field in version._meta.fields}


def _journal(batch: AreaBatch, number: int, before: dict[str, Any] | None) -> None:
    plain = None if before is None else json.loads(json.dumps(before, cls=DjangoJSONEncoder))
    AreaChange.objects.create(batch=batch, version_number=number, before=plain)
