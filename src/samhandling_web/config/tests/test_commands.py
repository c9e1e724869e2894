"""How commands fail: one clear line, a status for programs, the whole story on request."""

from datetime import timedelta
from importlib import import_module

import pytest
from click.testing import CliRunner, Result
from django.utils import timezone

from samhandling_web.config.command import main
from samhandling_web.observe.observations.rules import week_of


def run(*words: str) -> Result:
    return CliRunner().invoke(main, list(words))


@pytest.fixture
def _broken(monkeypatch):
    def fall_over():
        msg = "the shelf is empty\nand so is the next one"
        raise LookupError(msg)

    # The package has a function of the module's name.
    monkeypatch.setattr(import_module("samhandling.sources.registry"), "registry", fall_over)


@pytest.mark.usefixtures("_broken")
def test_an_unexpected_error_is_one_line_that_says_how_to_see_more():
    result = run("sources")
    assert result.exit_code == 1
    assert result.stderr == (
        "samhandling: LookupError: the shelf is empty (`samhandling --traceback …` shows where)\n"
    )


@pytest.mark.usefixtures("_broken")
def test_the_whole_story_is_shown_on_request():
    assert isinstance(run("--traceback", "sources").exception, LookupError)


@pytest.mark.django_db
def test_a_rule_that_says_no_speaks_for_itself():
    result = run("areas", "--level", "ward")
    assert result.exit_code == 1
    assert result.stderr.startswith("samhandling: Områdesnivån ward finns inte.")
    assert "--traceback" not in result.stderr


def test_a_folder_that_cannot_be_written_is_named(tmp_path):
    blocked = tmp_path / "file"
    blocked.touch()
    result = run("backup", str(blocked / "copy.tar"))
    assert result.exit_code == 1
    assert str(blocked) in result.stderr


def test_wrong_use_is_told_apart_from_failure():
    assert run("sources", "--colour").exit_code == 2


@pytest.mark.django_db
def test_a_week_is_compiled_by_hand_when_it_is_over():
    assert run("compile-week").stdout == "No week is lacking.\n"
    monday = week_of(timezone.localdate())
    refused = run("compile-week", "--week", monday.isoformat())
    assert refused.exit_code == 1
    assert "är inte slut" in refused.stderr
    last = (monday - timedelta(weeks=1)).isoformat()
    assert run("compile-week", "--week", last).stdout == f"{last}: 0 districts\n"
