"""The demo makes its town in one program and serves it from another."""

import os

from click.testing import CliRunner

from samhandling_web.config.command import main


def test_the_web_server_is_not_forked_off_the_program_that_made_the_town(monkeypatch, tmp_path):
    """Making the town starts threads; web processes forked beside them may wait for ever."""
    started = []
    monkeypatch.setenv("SAMHANDLING_DATA", str(tmp_path))
    monkeypatch.setenv("SAMHANDLING_DEMO", "1")
    monkeypatch.setattr("samhandling_web.config.installation.database_prepare", lambda: None)
    monkeypatch.setattr("samhandling_web.config.installation.is_set_up", lambda: False)
    monkeypatch.setattr("samhandling_web.config.demo.town.make", lambda **_asked: [])
    monkeypatch.setattr(os, "execv", lambda program, given: started.append(given))
    answer = CliRunner().invoke(main, ["demo", "--port", "8123"])
    assert answer.exit_code == 0, answer.output
    assert started[0][1:] == ["serve", "--with-worker", "--port", "8123"]
