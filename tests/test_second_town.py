"""A town with other levels, codes and categories: no city is written into the code."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from samhandling_web.base.accounts.rules import Role
from samhandling_web.base.audit import checks
from samhandling_web.observe.events.snapshot.queries import Selection, snapshot_in_use
from tests.shared_data import ROOT
from tests.small_town import make_small_town, person_with

CITY_WORDS = re.compile("stockholm|göteborg|malmö|järva|rinkeby|tensta", re.IGNORECASE)
ENDINGS = {".py", ".html", ".js", ".typ"}


def test_no_city_is_written_into_the_code():
    paths = [path for path in (ROOT / "src").rglob("*") if path.suffix in ENDINGS]
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in paths
        if "tests" not in path.parts
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if CITY_WORDS.search(line.replace("Europe/Stockholm", ""))
    ]
    assert not found, "\n".join(found)


@pytest.mark.django_db
def test_the_whole_platform_works_for_another_town(data_folder):
    make_small_town()
    snapshot = snapshot_in_use()
    counts = snapshot.by_area(Selection(), "town_part")
    assert counts.counts.sum() + counts.unplaced == snapshot.total(Selection())
    assert snapshot.total(Selection()) > 1_000
    assert not [f for check in checks.all_checks() for f in check.look() if not f.is_reminder]
    client = Client()
    client.force_login(person_with(Role.ANALYST))
    page = client.get(reverse("areas:level-list")).content.decode()
    assert "Kommundel" in page
    assert "Stadsdelsområde" not in page
    assert "Vintersele" in page
    assert "påhittad" in page
