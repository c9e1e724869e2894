"""Making a division out of another level's areas, from the municipality's own table."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pyarrow as pa
import shapely
from django.db import transaction

from samhandling.sources.schema import AREA
from samhandling.space import AreaSet
from samhandling_web.base.accounts.models import User
from samhandling_web.base.areas import rules
from samhandling_web.base.areas.selectors import divisions
from samhandling_web.base.areas.services.division import AreaImport, area_versions_import


@dataclass(frozen=True, slots=True)
class AreaGroup:
    """One area to be made, and the codes or names of the smaller areas that it consists of."""

    code: str
    name: str
    members: tuple[str, ...]


@transaction.atomic
def areas_from_groups(
    *,
    level: str,
    groups: Sequence[AreaGroup],
    members: tuple[str, date],
    valid_from: date,
    batch_key: str,
    source: str,
    actor: User | None,
) -> AreaImport:
    """Make a division of `level` by joining areas of another level.

    `members` names the other level and the day on which its areas are meant. Every one of them
    must stand in exactly one group, so that no sum can lose anybody; an overlay may leave areas
    out. The division is then imported as any other, and undone by `batch_key`.

    Raises
    ------
    UnknownMember, MemberTwice, MembersLeftOver
        If the table does not fit the areas.
    """
    parts = divisions.area_as_set(*members)
    placed = _placed(groups, parts, members)
    target = divisions.level_by_slug(level)
    left = [name for at, name in enumerate(parts.names) if at not in placed]
    if left and not target.is_overlay:
        raise rules.MembersLeftOver(members=", ".join(sorted(left)))
    rows = [_row(level, group, placed, parts, at) for at, group in enumerate(groups, start=1)]
    return area_versions_import(
        batch_key=batch_key,
        level=level,
        rows=pa.Table.from_pylist(rows, schema=AREA),
        source=source,
        valid_from=valid_from,
        actor=actor,
    )


def _placed(
    groups: Sequence[AreaGroup], parts: AreaSet, members: tuple[str, date]
) -> dict[int, AreaGroup]:
    """Return which group each part goes to, by its position."""
    by_name = {name.casefold(): at for at, name in enumerate(parts.names)}
    by_code = {code.casefold(): at for at, code in enumerate(parts.codes)}
    known = by_name | by_code
    placed: dict[int, AreaGroup] = {}
    for group in groups:
        for member in group.members:
            at = known.get(member.casefold())
            if at is None:
                raise rules.UnknownMember(member=member, level=members[0], day=members[1])
            if at in placed:
                raise rules.MemberTwice(member=member, first=placed[at].name, second=group.name)
            placed[at] = group
    return placed


def _row(
    level: str, group: AreaGroup, placed: Mapping[int, AreaGroup], parts: AreaSet, row: int
) -> dict[str, object]:
    own = [at for at, of in placed.items() if of.code == group.code]
    joined = shapely.union_all(parts.geometries[own])
    return {
        "level": level,
        "code": group.code,
        "name": group.name,
        "valid_from": None,
        "valid_to": None,
        "geometry": shapely.to_wkb(joined),
        "attributes": json.dumps({"members": [parts.codes[at] for at in sorted(own)]}),
        "row": row,
    }
