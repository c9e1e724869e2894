"""The reference says what the code says."""

import ast
import os
import re

import click
import pytest
from django.conf import settings

from docs.generate import state_pages
from docs.generate.__main__ import REFERENCE, outdated, pages
from docs.generate.command_line import commands
from docs.generate.data_model import own_models
from docs.generate.platform import modules_named
from samhandling_web.config.command import main
from samhandling_web.observe.imports.reading import OPTION_NAMES
from tests.architecture.documents import DOCS, ROOT

COMMANDS = dict(commands(main))


def test_generated_pages_agree_with_the_code():
    assert outdated(pages()) == [], "write them anew with: python -m docs.generate"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_an_example_and_stands_with_its_options(name):
    page = (REFERENCE / "command-line.md").read_text(encoding="utf-8")
    command = COMMANDS[name]
    assert command.help
    assert command.epilog
    assert command.epilog.startswith(f"Example: samhandling {name}")
    section = page.split(f"\n## {name}\n")[1].split("\n## ")[0]
    for option in command.params:
        if isinstance(option, click.Option):
            assert all(written in section for written in option.opts), option.name
            assert option.help, f"{name} {option.name} says nothing of itself"


def test_every_table_of_transitions_has_its_diagram():
    page = (REFERENCE / "states.md").read_text(encoding="utf-8")
    found = state_pages.processes()
    tables = [
        name
        for module in modules_named("rules")
        for name in vars(module)
        if name.endswith("TRANSITIONS")
    ]
    assert len(found) == len(tables) >= 4
    for process in found:
        diagram = (REFERENCE / "states" / f"{process.slug}.svg").read_text(encoding="utf-8")
        assert f"states/{process.slug}.svg" in page
        arrows = sum(len(targets) for targets in process.transitions.values())
        assert diagram.count("marker-end") == arrows
        for label in process.labels.values():
            assert f">{label}<" in diagram


def test_every_state_is_reachable_and_leads_only_to_states():
    for process in state_pages.processes():
        assert process.transitions.keys() == set(process.states), process.slug
        reached = {state for targets in process.transitions.values() for state in targets}
        first = next(iter(process.states))
        assert reached | {first} == set(process.states), process.slug


def glossary() -> dict[str, list[str]]:
    lines = (REFERENCE / "glossary.md").read_text(encoding="utf-8").splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if "|" in line]
    return {row[0]: row for row in rows[2:]}


@pytest.mark.parametrize("model", own_models(), ids=lambda model: model._meta.label)
def test_every_model_stands_in_the_glossary_under_its_swedish_name(model):
    row = glossary().get(str(model._meta.verbose_name))
    assert row is not None, f"{model._meta.verbose_name} ({model.__name__}) has no row"
    assert row[1] == f"`{model.__name__}`"


def test_every_row_of_the_glossary_is_whole():
    for term, row in glossary().items():
        assert len(row) == 4, term
        assert all(row), term


def variables_read(source: str) -> set[str]:
    """Return the environment variables that a module names."""
    named = {
        node.value
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    return {name for name in named if re.fullmatch(r"SAMHANDLING_[A-Z_]+|DATABASE_URL", name)}


def test_every_setting_of_the_environment_is_described():
    page = (REFERENCE / "settings.md").read_text(encoding="utf-8")
    described = set(re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE))
    read = set()
    for folder in ("src", "tests", "tools", "benchmarks"):
        for path in (ROOT / folder).rglob("*.py"):
            read |= variables_read(path.read_text(encoding="utf-8"))
    assert read == described


def test_settings_are_what_the_page_says_by_default():
    assert "SAMHANDLING_TIME_ZONE" in os.environ or settings.TIME_ZONE == "Europe/Stockholm"
    page = (REFERENCE / "settings.md").read_text(encoding="utf-8")
    assert "| `SAMHANDLING_TIME_ZONE` | `Europe/Stockholm` |" in page


def test_every_option_of_an_import_is_described():
    page = (DOCS / "how-to" / "import-a-file.md").read_text(encoding="utf-8")
    # A saved description is named with --mapping.
    assert [name for name in OPTION_NAMES - {"mapping"} if f"`{name}`" not in page] == []


def rooms() -> list[str]:
    """Return the folders of the platform's rooms: the apps that are installed."""
    prefix = "samhandling_web."
    return [
        name.removeprefix(prefix) for name in settings.INSTALLED_APPS if name.startswith(prefix)
    ]


@pytest.mark.parametrize("room", rooms())
def test_every_room_says_what_it_is_for(room):
    readme = ROOT / "src" / "samhandling_web" / room.replace(".", "/") / "README.md"
    assert readme.exists(), f"{room} has no README.md"
    text = readme.read_text(encoding="utf-8")
    assert text.startswith("# ")
    assert len(text.splitlines()) >= 4


DECISIONS = sorted((DOCS / "decisions").glob("0*.md"))


@pytest.mark.parametrize("page", DECISIONS, ids=lambda page: page.stem)
def test_every_decision_has_its_parts(page):
    text = page.read_text(encoding="utf-8")
    number = int(page.stem[:4])
    assert text.startswith(f"# {number}. ")
    assert re.search(r"^- Date: \d{4}-\d{2}-\d{2}$", text, re.MULTILINE)
    assert re.search(r"^- Status: (proposed|accepted|replaced by .+)$", text, re.MULTILINE)
    parts = re.findall(r"^## (.+)$", text, re.MULTILINE)
    assert parts == ["Context", "Decision", "Consequences"]
    assert all(len(part.strip()) > 80 for part in text.split("\n## ")[1:])


def test_decisions_are_numbered_without_gaps():
    assert [int(page.stem[:4]) for page in DECISIONS] == list(range(1, len(DECISIONS) + 1))
