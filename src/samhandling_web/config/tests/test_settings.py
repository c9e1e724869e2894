"""What the environment decides, and the secret that is made once."""

import os
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from samhandling_web.config import settings

PROGRAM = "from samhandling_web.config import settings; print(settings.{name})"


def told(name: str, folder, **environment: str) -> str:
    """Return a setting as a process with that environment has it."""
    words = [sys.executable, "-c", PROGRAM.format(name=name)]
    own = os.environ | {"SAMHANDLING_DATA": str(folder), "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(words, env=own | environment, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_the_secret_is_made_once_and_is_the_owners_alone(tmp_path):
    path = tmp_path / "secret-key"
    with ThreadPoolExecutor(4) as several:
        made = set(several.map(settings._kept_secret, [path] * 8))
    assert made == {path.read_text(encoding="ascii")}
    assert len(path.read_text(encoding="ascii")) > 50
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [left.name for left in tmp_path.iterdir()] == ["secret-key"]


@pytest.mark.parametrize(
    ("environment", "backend"),
    [({}, "filebased"), ({"SAMHANDLING_MAIL_HOST": "smtp.example.org"}, "smtp")],
)
def test_letters_go_through_the_mail_server_where_there_is_one(tmp_path, environment, backend):
    assert told("EMAIL_BACKEND", tmp_path, **environment).endswith(f"{backend}.EmailBackend")
