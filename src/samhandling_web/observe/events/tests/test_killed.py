"""A worker killed at any moment leaves nothing half done: the next one ends as if undisturbed."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from samhandling_web.observe.imports.tests.police_files import police_file, police_row

WORKER = "samhandling_web.observe.events.tests.lone_worker"
SOURCE_ROOT = Path(__file__).parents[4]
ROWS = 3_000
REFUSED = range(0, ROWS, 97)


def outcome_of(tmp_path, kills, seed):
    """Read a file while its reader is killed so many times; beside it, undisturbed."""
    rows = [police_row(number) for number in range(ROWS)]
    for number in REFUSED:
        rows[number]["datetime"] = "okänd tid"
    path = police_file(tmp_path / "polisen.csv", rows)
    environment = {
        **os.environ,
        "PYTHONPATH": str(SOURCE_ROOT),
        "SAMHANDLING_DATA": str(tmp_path / "installation"),
        "DATABASE_URL": f"sqlite:///{tmp_path}/unused.db",
        "SAMHANDLING_SECRET_KEY": "only-for-tests",
    }
    words = [sys.executable, "-W", "ignore", "-m", WORKER, str(path), str(kills), str(seed)]
    done = subprocess.run(words, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(done.stdout)


def check(outcome, least_hits):
    calm = outcome["calm"]
    assert outcome["hits"] >= least_hits
    assert outcome["state"] == "applied"
    assert len(calm["EventRevision"]) == len(calm["current"]) == ROWS - len(REFUSED)
    assert len(calm["RejectedRow"]) == len(REFUSED)
    for table, rows in calm.items():
        assert outcome["disturbed"][table] == rows, table


def test_killed_five_times_and_resumed(tmp_path):
    check(outcome_of(tmp_path, kills=5, seed=20_240_101), least_hits=2)


@pytest.mark.slow
def test_killed_at_twenty_random_moments_and_resumed(tmp_path):
    check(outcome_of(tmp_path, kills=20, seed=7), least_hits=10)
