"""What the documentation shows can be done."""

import doctest
import os
import pkgutil
import re
import shlex
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import click
import pytest

import samhandling
from samhandling_web.config.command import main
from tests.architecture.documents import DOCS, ROOT, commands_shown, examples, pages

MODULES = sorted(
    info.name
    for info in pkgutil.walk_packages(samhandling.__path__, "samhandling.")
    if ".tests" not in info.name
)
SHOWN = sorted({line for page in pages() for line in commands_shown(page)})


@pytest.mark.parametrize("name", MODULES)
def test_examples_in_docstrings_give_what_they_say(name):
    failed, _tried = doctest.testmod(import_module(name), optionflags=doctest.ELLIPSIS)
    assert failed == 0


def test_the_library_has_examples():
    finder = doctest.DocTestFinder()
    found = [test for name in MODULES for test in finder.find(import_module(name)) if test.examples]
    assert len(found) >= 10


@pytest.mark.parametrize(("page", "text"), list(examples("python")), ids=str)
def test_python_examples_run(page, text):
    if ">>>" in text:
        parsed = doctest.DocTestParser().get_doctest(text, {}, page.name, str(page), 0)
        assert doctest.DocTestRunner().run(parsed).failed == 0
    else:
        exec(compile(text, str(page), "exec"), {})


@pytest.mark.parametrize("line", SHOWN)
def test_commands_that_are_shown_exist_with_their_options(line, monkeypatch):
    """Every command line parses: the command, each option, each value's type."""
    monkeypatch.setattr(click.Path, "convert", lambda _self, value, _param, _ctx: Path(value))
    _program, *words = shlex.split(line)
    with main.make_context("samhandling", words) as context:
        name, command, rest = main.resolve_command(context, words)
        assert command is not None
        command.make_context(name, rest, parent=context)


def test_the_documentation_shows_every_command():
    shown = {line.split()[1] for line in SHOWN}
    assert set(main.commands) <= shown


@pytest.mark.parametrize("page", pages(), ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_to_files(page):
    """Screenshots are made by the browser tests and may not be there yet."""
    for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text(encoding="utf-8")):
        if "://" not in target and "screenshots/" not in target:
            assert (page.parent / target).exists(), target


def run(line: str, folder: Path, home: Path) -> subprocess.CompletedProcess[str]:
    code = "from samhandling_web.config.command import main; main()"
    environment = os.environ | {
        "SAMHANDLING_DATA": str(home),
        "DATABASE_URL": f"sqlite:///{home / 'samhandling.db'}",
        "DJANGO_SETTINGS_MODULE": "samhandling_web.config.settings",
        "PYTHONPATH": str(ROOT / "src"),
    }
    words = [sys.executable, "-c", code, *shlex.split(line)[1:]]
    return subprocess.run(
        words, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


@pytest.mark.slow
def test_the_first_hour_can_be_followed(tmp_path):
    """The tutorial's commands, in its order, with fewer events."""
    for line in commands_shown(DOCS / "tutorials" / "first-hour.md"):
        fewer = " --events 2000" if " demo " in line else ""
        done = run(line + fewer, tmp_path, tmp_path / "town")
        assert done.returncode == 0, f"{line}\n{done.stderr}"
    assert (tmp_path / "picture.pdf").read_bytes().startswith(b"%PDF")
    assert (tmp_path / "districts.gpkg").stat().st_size > 0
