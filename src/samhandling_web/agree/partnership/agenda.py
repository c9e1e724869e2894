"""What is due, brought up by those who know: rooms register sources of items for agendas.

A room calls `register` when it starts. Its source is asked for one council and one day, and tells
what that council should take up then; what is already on an open agenda is left out here.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from samhandling_web.agree.partnership.models import Council, Priority
from samhandling_web.understand.places.models import Problem

LONGEST_TITLE = 200
LONGEST_SOURCE = 80


@dataclass(frozen=True, slots=True)
class AgendaProposal:
    """Something to take up. `source` is a kind and a key (`walks.finding:12`), always the same."""

    source: str
    title: str
    problem: Problem | None = None
    priority: Priority | None = None

    def __post_init__(self) -> None:
        if ":" not in self.source or len(self.source) > LONGEST_SOURCE:
            msg = (
                f"A source is a kind, a colon and a key, at most {LONGEST_SOURCE} characters "
                f"(walks.finding:12); got {self.source!r}."
            )
            raise ValueError(msg)

    @property
    def line(self) -> str:
        """The title, as long as an agenda's line may be."""
        whole = " ".join(self.title.split())
        return whole if len(whole) <= LONGEST_TITLE else f"{whole[: LONGEST_TITLE - 1].rstrip()}…"


Source = Callable[[Council, date], Iterable[AgendaProposal]]

_sources: dict[str, Source] = {}


def register(slug: str, source: Source) -> None:
    """Let a room propose items for agendas. Once per slug."""
    _sources[slug] = source


def proposals(council: Council, day: date) -> list[AgendaProposal]:
    """Return everything that is due at the council on `day`, each source once."""
    found: dict[str, AgendaProposal] = {}
    for source in _sources.values():
        for proposal in source(council, day):
            found.setdefault(proposal.source, proposal)
    return list(found.values())
