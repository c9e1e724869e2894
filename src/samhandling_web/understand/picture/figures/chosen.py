"""Which of a picture's figures are shown, and in which order.

The choice is kept with the frozen figures: their order is the list's, and one that the writer
has left out carries a mark. A figure that is counted anew keeps its place.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from samhandling_web.understand.picture.figures.content import Figure, figure_from_json

LEFT_OUT = "is_left_out"
Frozen = dict[str, Any]


def figures_shown(frozen: Iterable[Mapping[str, Any]] | None) -> list[Figure]:
    """Return the figures to show, in the chosen order."""
    return [as_figure(content) for content in frozen or () if not content.get(LEFT_OUT)]


def as_figure(content: Mapping[str, Any]) -> Figure:
    """Return one frozen figure, without the mark."""
    return figure_from_json({name: v for name, v in content.items() if name != LEFT_OUT})


def slugs_shown(frozen: Iterable[Mapping[str, Any]]) -> list[str]:
    return [str(content["slug"]) for content in frozen if not content.get(LEFT_OUT)]


def with_choice(frozen: Iterable[Frozen], slugs: list[str]) -> list[Frozen]:
    """Return the figures with those in `slugs` first, in that order, and the rest left out."""
    place = {slug: at for at, slug in enumerate(slugs)}
    ordered = sorted(frozen, key=lambda content: place.get(str(content["slug"]), len(place)))
    return [_marked(content, is_left_out=content["slug"] not in place) for content in ordered]


def as_chosen_before(fresh: list[Frozen], before: list[Frozen]) -> list[Frozen]:
    """Return fresh figures in the order chosen before; new ones are shown, last."""
    if not before:
        return fresh
    place = {content["slug"]: at for at, content in enumerate(before)}
    left_out = {content["slug"] for content in before if content.get(LEFT_OUT)}
    ordered = sorted(fresh, key=lambda content: place.get(content["slug"], len(place)))
    return [_marked(content, is_left_out=content["slug"] in left_out) for content in ordered]


def _marked(content: Frozen, *, is_left_out: bool) -> Frozen:
    plain = {name: value for name, value in content.items() if name != LEFT_OUT}
    return plain | {LEFT_OUT: True} if is_left_out else plain
