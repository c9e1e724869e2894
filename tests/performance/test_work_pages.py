"""The pages of the daily work ask the database at most 25 questions, however much there is."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from benchmarks.many import fill
from benchmarks.work import PAGES, address_of
from samhandling_web.base.accounts.models import User

MOST_QUESTIONS = 25
# The start page asks every room what waits, and tells of jobs and imports as well.
MORE = {"the start page": 30}


@pytest.mark.django_db
def test_every_page_keeps_to_its_budget(client):
    fill(observations=600, places=40, measures=120, now=timezone.now())
    client.force_login(User.objects.get(email="measured@example.org"))
    found = {}
    for name, words in PAGES.items():
        address = address_of(words)
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(address, follow=True)
        found[name] = len(asked) if answer.status_code == 200 else answer.status_code
    most = dict.fromkeys(found, MOST_QUESTIONS) | MORE
    over = {name: number for name, number in found.items() if number > most[name]}
    assert not over, over
