"""Finds the real data sets that lie beside a checkout and are never part of it."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def shared_file(name: str) -> Path:
    """Return the path of a real data file, or skip the test where the data are absent."""
    folder = Path(os.environ.get("SAMHANDLING_SHARED", ROOT.parent / "shared"))
    path = folder / "data" / name
    if not path.exists():
        pytest.skip(f"real data are not on this machine: {name}")
    return path
