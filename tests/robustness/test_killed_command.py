"""The import command killed at any moment and given again ends as if it had never been killed."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from samhandling_web.observe.imports.tests.police_files import police_file, police_row

COMMAND = "tests.robustness.killed_command"
ROOT = Path(__file__).parents[2]
ROWS = 2_000
REFUSED = range(0, ROWS, 97)


def outcome_of(tmp_path, kills, seed):
    rows = [police_row(number) for number in range(ROWS)]
    for number in REFUSED:
        rows[number]["datetime"] = "okänd tid"
    path = police_file(tmp_path / "polisen.csv.gz", rows)
    environment = {
        "DATABASE_URL": f"sqlite:///{tmp_path}/unused.db",
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
        "SAMHANDLING_DATA": str(tmp_path / "installations"),
        "SAMHANDLING_SECRET_KEY": "only-for-tests",
    }
    words = [sys.executable, "-W", "ignore", "-m", COMMAND, str(path), str(kills), str(seed)]
    done = subprocess.run(words, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(done.stdout)


def check(outcome, kills):
    calm = outcome["calm"]
    assert outcome["hits"] == kills
    assert calm["counts"] == [ROWS, ROWS - len(REFUSED), len(REFUSED), "applied"]
    assert calm["EventRevision"][0] == calm["snapshot"][0] == ROWS - len(REFUSED)
    assert calm["RejectedRow"][0] == len(REFUSED)
    assert calm["findings"] == []
    assert outcome["twice"] == calm
    for told in outcome["told"]:
        assert told == calm


def test_killed_five_times_and_given_again(tmp_path):
    check(outcome_of(tmp_path, kills=5, seed=11), kills=5)


@pytest.mark.slow
def test_killed_at_twenty_random_moments_and_given_again(tmp_path):
    check(outcome_of(tmp_path, kills=20, seed=23), kills=20)
