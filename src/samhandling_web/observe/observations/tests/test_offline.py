"""What the telephone keeps: all that the report page loads, and nothing else."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse

from samhandling_web.base.accounts.rules import Role
from samhandling_web.observe.observations import offline
from samhandling_web.observe.observations.tests.town import make_town, person

IMPORT = re.compile(r"""(?:from|import)\s*\(?\s*["'](\.{1,2}/[^"']+)["']""")


@pytest.mark.django_db
def test_every_file_that_the_page_loads_is_kept(client):
    make_town()
    client.force_login(person(Role.REPORTER))
    html = client.get(reverse("report:report")).content.decode()
    loaded = set(re.findall(r'(?:href|src)="/static/([^"#]+)', html))
    assert loaded - set(offline.FILES) == set()


@pytest.mark.parametrize("name", offline.OWN)
def test_every_module_that_a_kept_one_imports_is_kept(name):
    if not name.endswith(".js"):
        return
    folder = name.rpartition("/")[0].split("/")
    for address in IMPORT.findall(Path(finders.find(name)).read_text(encoding="utf-8")):
        parts = list(folder)
        for part in address.split("/"):
            if part == "..":
                parts.pop()
            elif part != ".":
                parts.append(part)
        assert "/".join(parts) in offline.FILES


@pytest.mark.django_db
def test_the_worker_names_its_version_and_lies_at_the_root(client):
    make_town()
    answer = client.get(reverse("report:worker"))
    text = answer.content.decode()
    assert answer["Content-Type"].startswith("text/javascript")
    assert reverse("report:worker") == "/rapportera-sw.js"
    assert "worker-src 'self'" in answer["Content-Security-Policy"]
    assert f'"version": "{offline.version()}"' in text
    assert reverse("report:report") in text
    assert reverse("observations:observation-list") + '"' not in text
    assert client.post(reverse("report:worker")).status_code == 405


def test_another_content_is_another_version(tmp_path):
    file = tmp_path / "a.js"
    file.write_text("1")
    first = offline._hashed(((file, 1),))
    file.write_text("2")
    assert offline._hashed(((file, 2),)) != first
    assert len(first) == 16


def test_a_file_that_is_gone_is_named():
    with pytest.raises(FileNotFoundError, match=r"no/such\.js"):
        offline._path("no/such.js")
