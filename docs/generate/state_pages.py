"""The states of every process: a table and a diagram made from its table of transitions."""

from dataclasses import dataclass
from enum import StrEnum
from types import ModuleType

from docs.generate.platform import first_line, modules_named, room_of
from docs.generate.state_diagram import diagram

INTRODUCTION = """# States

Every process is a table in its room's `rules.py`: which states there are and which may follow
which. Buttons, checks, tests and this page are made from those tables. A state that nothing
follows is final. The arrows above the row go forward, those below go back.
"""


@dataclass(frozen=True, slots=True)
class Process:
    """One table of transitions, and what its states are called in Swedish."""

    room: str
    name: str
    states: type[StrEnum]
    transitions: dict[StrEnum, frozenset[StrEnum]]
    labels: dict[StrEnum, str]

    @property
    def slug(self) -> str:
        """Name of the diagram's file."""
        return f"{self.room}.{self.name}".replace(".", "-").replace("_", "-")


def processes() -> list[Process]:
    """Find every table of transitions in every room's rules."""
    return [
        _process(module, name)
        for module in modules_named("rules")
        for name in sorted(vars(module))
        if name.endswith("TRANSITIONS")
    ]


def _process(module: ModuleType, name: str) -> Process:
    transitions = getattr(module, name)
    states = type(next(iter(transitions)))
    labelled = [
        value
        for value in vars(module).values()
        if isinstance(value, dict) and value.keys() == set(states) and value is not transitions
    ]
    labels = {state: str(labelled[0][state]) if labelled else str(state) for state in states}
    process_name = name.removesuffix("TRANSITIONS").strip("_").lower() or states.__name__.lower()
    return Process(room_of(module.__name__), process_name, states, transitions, labels)


def section(process: Process) -> str:
    """Return one process as a part of the page."""
    lines = [
        f"## {process.room}: {process.name}",
        "",
        first_line(process.states.__doc__),
        "",
        f"![States of {process.room}: {process.name}](states/{process.slug}.svg)",
        "",
        "| state | Swedish | may become |",
        "|---|---|---|",
    ]
    for state in process.states:
        following = [
            f"`{other}`" for other in process.states if other in process.transitions[state]
        ]
        lines.append(
            f"| `{state}` | {process.labels[state]} | {', '.join(following) or '– (final)'} |"
        )
    return "\n".join(lines) + "\n"


def pages() -> dict[str, str]:
    """Return the page and its diagrams."""
    found = processes()
    made = {"states.md": "\n".join([INTRODUCTION, *(section(process) for process in found)])}
    for process in found:
        made[f"states/{process.slug}.svg"] = diagram(
            [(str(state), process.labels[state]) for state in process.states],
            [
                (index, list(process.states).index(target))
                for index, state in enumerate(process.states)
                for target in sorted(process.transitions[state])
            ],
            f"{process.room}: {process.name}",
        )
    return made
