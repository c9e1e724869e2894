"""Opening a share: the objects that it counts."""

from datetime import date
from enum import StrEnum
from typing import Any

from django.db.models import QuerySet

from samhandling_web.base.accounts.permissions import Actor
from samhandling_web.faces.pages.overview.indicators import Indicator
from samhandling_web.faces.pages.thread.shown import visible


class Part(StrEnum):
    """Which part of a share is opened. Used in addresses."""

    ABOVE = "taljare"
    BELOW = "namnare"
    LACKING = "resten"
    """What is below the line and not above it: what is left to do."""


def part_opened(
    indicator: Indicator, part: Part, actor: Actor, today: date, district: str = ""
) -> QuerySet[Any]:
    """Return what a part counts and the person may see; of one district where one is given."""
    above, below = indicator.parts(today)
    chosen = above if part is Part.ABOVE else below
    if part is Part.LACKING:
        chosen = below.exclude(pk__in=above.order_by().values("pk"))
    if district.isdigit():
        chosen = chosen.filter(**{indicator.district: int(district)})
    rows = visible(indicator.link, actor).filter(pk__in=chosen.order_by().values("pk"))
    return rows.order_by("-pk")
