"""Whom this installation serves, for the frame of every page.

The frame lies below the rooms, so the room that knows says so when it starts.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Served:
    """The municipality's name, and whether it and everything in it is invented."""

    name: str = ""
    is_invented: bool = False


_sources: list[Callable[[], Served]] = [Served]


def tell_with(source: Callable[[], Served]) -> None:
    """Let `source` tell whom the installation serves from now on."""
    _sources[:] = [source]


def served() -> Served:
    """Return whom the installation serves; settings go before what is stored."""
    known = _sources[0]()
    name = str(getattr(settings, "MUNICIPALITY_NAME", "")) or known.name
    return Served(name, known.is_invented or settings.DEMO)
