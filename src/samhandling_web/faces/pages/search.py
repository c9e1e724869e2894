"""Search through what the rooms hold, as far as the person may see."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from samhandling_web.agree.measures.selectors.measures import measures_visible_to
from samhandling_web.agree.measures.selectors.plans import plans_visible_to
from samhandling_web.agree.partnership.selectors.agreements import agreements_visible_to
from samhandling_web.agree.partnership.selectors.items import items_visible_to
from samhandling_web.agree.partnership.selectors.priorities import priorities_visible_to
from samhandling_web.base.accounts.models import User
from samhandling_web.base.common.text import Text, _
from samhandling_web.observe.observations.selectors import observations_visible_to
from samhandling_web.observe.walks.selectors import findings_visible_to, walks_visible_to
from samhandling_web.understand.picture.selectors import pictures_visible_to
from samhandling_web.understand.places.selectors import places_visible_to, problems_visible_to

MOST_OF_EACH = 8
SHORTEST = 2


@dataclass(frozen=True, slots=True)
class Hit:
    """One object found."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Group:
    """What was found of one kind; `more` tells that there is more than is shown."""

    label: Text
    hits: Sequence[Hit]
    more: bool


def _observations_visible_to(user: User) -> QuerySet[Any]:
    return observations_visible_to(user).select_related("category")


_SOUGHT = (
    (_("Platser"), places_visible_to, ("name",), "places:place-detail"),
    (_("Problem"), problems_visible_to, ("title", "what"), "places:problem-detail"),
    (
        _("Åtgärder"), measures_visible_to, ("title", "description"), "measures:measure-detail"),
    (_("Åtgärdsplaner"), plans_visible_to, ("title",), "measures:plan-detail"),
    (_("Beslut på möten"), items_visible_to, ("title", "decision"), "partnership:item-detail"),
    (_("Prioriteringar"), priorities_visible_to, ("title",), "partnership:priority-detail"),
    (_("Överenskommelser"), agreements_visible_to, ("title",), "partnership:agreement-detail"),
    (_("Trygghetsvandringar"), walks_visible_to, ("title",), "walks:walk-detail"),
    (_("Fynd på vandringar"), findings_visible_to, ("text", "suggestion"), "walks:finding-detail"),
    (_("Iakttagelser"), _observations_visible_to, ("text", "place_name"),
     "observations:observation-detail"),
    (_("Lägesbilder"), pictures_visible_to, ("title",), "picture:picture-detail"),
)  # fmt: skip


def found(words: str, user: User) -> list[Group]:
    """Return what all of `words` occur in, by kind; nothing for less than two letters."""
    sought = words.split()
    if len("".join(sought)) < SHORTEST:
        return []
    groups = [
        _group(label, _matching(visible(user), fields, sought), name)
        for label, visible, fields, name in _SOUGHT
    ]
    return [group for group in groups if group.hits]


def _matching(rows: QuerySet[Any], fields: Sequence[str], sought: Sequence[str]) -> QuerySet[Any]:
    for word in sought:
        anywhere = Q()
        for field in fields:
            anywhere |= Q(**{f"{field}__icontains": word})
        rows = rows.filter(anywhere)
    return rows.order_by("-pk")


def _group(label: Text, rows: QuerySet[Any], name: str) -> Group:
    shown = list(rows[: MOST_OF_EACH + 1])
    hits = [Hit(str(row), reverse(name, args=[row.pk])) for row in shown[:MOST_OF_EACH]]
    return Group(label, hits, len(shown) > MOST_OF_EACH)
