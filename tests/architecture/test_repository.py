"""What must never be committed."""

import json
import re

import pytest

from tests.architecture.documents import ROOT, committed_files

TEXT = {
    ".py",
    ".md",
    ".toml",
    ".txt",
    ".in",
    ".json",
    ".yml",
    ".html",
    ".css",
    ".js",
    ".po",
    ".typ",
}
# Written in two halves, so that this file is not found itself.
HOSTS = ["pypi" + ".org", "python" + "hosted.org", "npmjs" + ".org", "npmjs" + ".com"]
PLACES = ["/wo" + "rk/", "/ro" + "ot/", "/home" + "/", "/Us" + "ers/"]
LEFT_OVER = re.compile("|".join([r"\bTO" + r"DO\b", r"\bFIX" + r"ME\b", r"\bXX" + r"X\b"]))


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    """Return the text of every committed file that holds text."""
    return {
        str(path.relative_to(ROOT)): path.read_text(encoding="utf-8")
        for path in committed_files()
        if path.suffix in TEXT or path.name in {"Makefile", "run"}
    }


def test_no_registry_is_named(texts):
    found = [(name, host) for name, text in texts.items() for host in HOSTS if host in text]
    assert found == []


def test_no_place_on_anybodys_machine_is_named(texts):
    found = [
        (name, place)
        for name, text in texts.items()
        for place in PLACES
        if re.search(rf"(?<![\w.}}]){re.escape(place)}", text)
    ]
    assert found == []


def test_nothing_is_left_for_later(texts):
    found = [
        (name, match.group()) for name, text in texts.items() for match in LEFT_OVER.finditer(text)
    ]
    assert found == []


def test_lock_files_hold_hashes_and_no_addresses():
    for path in (ROOT / "requirements").glob("*.txt"):
        text = path.read_text(encoding="utf-8")
        assert "://" not in text, path.name
        pins = re.split(r"^(?=[\w.\[\]-]+==)", text, flags=re.MULTILINE)[1:]
        assert pins, path.name
        assert [pin.split()[0] for pin in pins if "--hash=sha256:" not in pin] == [], path.name
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    for name, package in lock["packages"].items():
        assert "resolved" not in package, name
        assert not name or package["integrity"].startswith("sha512-"), name


def test_no_third_party_front_end_code_is_committed():
    minified = [
        path.name for path in committed_files() if path.name.endswith((".min.js", ".min.css"))
    ]
    assert minified == []
