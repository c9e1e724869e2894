"""A made-up town of squares for the tests: a strip of blocks, each a hundredth of a degree wide."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pyarrow as pa
import shapely

from samhandling.sources.schema import AREA
from samhandling_web.base.accounts.models import Membership, Organisation, User
from samhandling_web.base.accounts.rules import Role
from samhandling_web.base.areas import services

WEST, SOUTH, STEP = 17.0, 59.0, 0.01
EARLY, LATE = date(2010, 1, 1), date(2020, 7, 1)


def block(first: float, last: float, south: float = 0, north: float = 1) -> shapely.Polygon:
    """Return the rectangle from column `first` up to (not with) column `last`."""
    return shapely.box(
        WEST + first * STEP, SOUTH + south * STEP, WEST + last * STEP, SOUTH + north * STEP
    )


def table(level: str, areas: Sequence[tuple[Any, ...]]) -> pa.Table:
    """Return (code, name, geometry, valid_from, valid_to) rows as a table of the AREA schema."""
    rows = []
    for number, (code, name, shape, *days) in enumerate(areas, start=1):
        start, end = (*days, None, None)[:2]
        rows.append(
            {
                "level": level,
                "code": code,
                "name": name,
                "valid_from": start,
                "valid_to": end,
                "geometry": shapely.to_wkb(shape),
                "attributes": "{}",
                "row": number,
            }
        )
    return pa.Table.from_pylist(rows, schema=AREA)


def division(
    level: str, areas: Sequence[tuple[Any, ...]], day: date | None = EARLY, batch: str = "first"
) -> services.AreaImport:
    return services.area_versions_import(
        batch_key=batch,
        level=level,
        rows=table(level, areas),
        source="test",
        valid_from=day,
        actor=None,
    )


def blocks(count: int = 6, south: float = 0) -> list[tuple[Any, ...]]:
    return [(f"B{n}", f"Kvarter {n}", block(n, n + 1, south, south + 1)) for n in range(count)]


def person(*roles: Role, email: str = "anna@exempel.se") -> User:
    user = User.objects.create_user(email, "ett-långt-lösenord")
    organisation, _made = Organisation.objects.get_or_create(
        slug="kommunen", defaults={"name": "Kommunen", "kind": "municipality"}
    )
    for role in roles:
        Membership.objects.create(user=user, organisation=organisation, role=role, valid_from=EARLY)
    return user
