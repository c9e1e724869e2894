"""Two programs do not make snapshots at once: each would clear the other's away."""

import subprocess
import sys

from samhandling_web.observe.events.snapshot import layout

HOLD = """
import fcntl, sys
lock = open(sys.argv[1], "w")
fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
"""


def tries_to_lock() -> int:
    """Return how another program fares that wants the lock at once."""
    held = subprocess.run(
        [sys.executable, "-c", HOLD, str(layout.root() / layout.LOCK)],
        capture_output=True,
        check=False,
    )
    return held.returncode


def test_another_program_waits_until_the_snapshot_is_made(data_folder):
    with layout.one_at_a_time():
        assert tries_to_lock() == 1
    assert tries_to_lock() == 0
