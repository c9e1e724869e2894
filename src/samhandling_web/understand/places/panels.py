"""What upper rooms show on the page of a place or a problem: measures, priorities, walks to come.

A room registers its panel when it starts; the page knows neither the room nor its objects.

    panels.register_for_places(Panel("measures", _("Åtgärder"), "measures/of_place.html", content))

`content(place, actor)` gives the template's context, or None where the actor may see nothing.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from samhandling_web.base.accounts.permissions import Actor
from samhandling_web.base.common.text import Text
from samhandling_web.understand.places.models import Place, Problem

Content = Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Panel:
    """A part of a page: its heading, its template and what the template is given."""

    slug: str
    title: Text
    template: str
    content: Callable[[Any, Actor], Content]
    order: int = 100


@dataclass(frozen=True, slots=True)
class Shown:
    """A panel that this reader sees."""

    slug: str
    title: Text
    template: str
    content: Mapping[str, Any]


_for_places: dict[str, Panel] = {}
_for_problems: dict[str, Panel] = {}


def register_for_places(panel: Panel) -> None:
    """Show the panel on every place's page; once per slug."""
    _for_places[panel.slug] = panel


def register_for_problems(panel: Panel) -> None:
    """Show the panel on every problem's page; once per slug."""
    _for_problems[panel.slug] = panel


def of_place(place: Place, actor: Actor) -> list[Shown]:
    """Return the panels of a place's page in their order."""
    return list(_shown(_for_places, place, actor))


def of_problem(problem: Problem, actor: Actor) -> list[Shown]:
    """Return the panels of a problem's page in their order."""
    return list(_shown(_for_problems, problem, actor))


def _shown(panels: Mapping[str, Panel], about: Any, actor: Actor) -> Iterator[Shown]:
    for panel in sorted(panels.values(), key=lambda one: (one.order, one.slug)):
        content = panel.content(about, actor)
        if content is not None:
            yield Shown(panel.slug, panel.title, panel.template, content)
