"""Fetching: only what is new, with patience, going on where it was cut off. No network."""

import json
import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from django.conf import settings

from samhandling_web.base.accounts.rules import Role
from samhandling_web.base.audit.selectors import records_of
from samhandling_web.base.common.errors import NotAllowed
from samhandling_web.observe.imports import fetching, rules, services
from samhandling_web.observe.imports.fetching import Surroundings, feed_fetch
from samhandling_web.observe.imports.models import Batch, FeedState
from samhandling_web.observe.imports.tests.people import person

pytestmark = pytest.mark.django_db

NOW = datetime(2024, 5, 2, 12, tzinfo=UTC)
# One event in the form that the police's interface answers with.
EVENT = {
    "id": 500001,
    "datetime": "2024-05-01 21:15:00 +02:00",
    "name": "01 maj 21.15, Rån, Exempelstad",
    "summary": "En butik rånades.",
    "url": "/aktuellt/handelser/2024/maj/1/ran/",
    "type": "Rån",
    "location": {"name": "Exempelstad", "gps": "59.1,18.1"},
}
BODY = json.dumps([EVENT]).encode()


class Server:
    """Answers from a list, and remembers what it was asked."""

    def __init__(self, *answers):
        self.answers, self.asked, self.slept = list(answers), [], []

    def __call__(self, request):
        self.asked.append(request)
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def fetch(self, now=NOW, actor=None):
        with httpx.Client(transport=httpx.MockTransport(self)) as client:
            surroundings = Surroundings(client, lambda: now, self.slept.append, random.Random(1))
            return feed_fetch(source="police_events", surroundings=surroundings, actor=actor)


class CutOff(httpx.SyncByteStream):
    def __iter__(self):
        yield BODY[:40]
        raise httpx.ReadError("the line went dead")


@pytest.fixture(autouse=True)
def no_leftovers():
    for left in (Path(settings.MEDIA_ROOT) / "fetched").glob("*/*"):
        left.unlink()


def test_a_feed_is_received_and_its_version_remembered():
    server = Server(httpx.Response(200, content=BODY, headers={"ETag": '"a"'}))
    batch = server.fetch()
    assert services.batch_run(batch_id=batch.pk).rows_new == 1
    state = FeedState.objects.get()
    assert (state.etag, state.failures) == ('"a"', 0)
    assert "Samhandling" in server.asked[0].headers["User-Agent"]
    assert records_of(state).last().kind == "imports.feed.fetched"


def test_what_the_server_says_is_unchanged_is_not_received_again():
    headers = {"ETag": '"a"', "Last-Modified": "Wed, 01 May 2024 20:00:00 GMT"}
    Server(httpx.Response(200, content=BODY, headers=headers)).fetch()
    FeedState.objects.update(last_ok=NOW - timedelta(hours=1))
    server = Server(httpx.Response(304))
    assert server.fetch() is None
    assert server.asked[0].headers["If-None-Match"] == '"a"'
    assert server.asked[0].headers["If-Modified-Since"] == headers["Last-Modified"]
    assert Batch.objects.count() == 1
    assert FeedState.objects.get().etag == '"a"'


def test_a_feed_is_not_asked_more_often_than_its_terms_allow():
    Server(httpx.Response(200, content=BODY)).fetch()
    FeedState.objects.update(last_ok=NOW - timedelta(seconds=5))
    server = Server()
    assert server.fetch() is None
    assert server.asked == []


def test_a_busy_server_is_asked_again_after_the_time_it_says():
    server = Server(
        httpx.Response(429, headers={"Retry-After": "40"}),
        httpx.Response(503, headers={"Retry-After": "Thu, 02 May 2024 12:00:50 GMT"}),
        httpx.Response(500),
        httpx.Response(200, content=BODY),
    )
    assert server.fetch() is not None
    assert 40 <= server.slept[0] <= 60
    assert 50 <= server.slept[1] <= 75
    assert server.slept[2] >= 10


def test_a_server_that_asks_for_hours_is_left_alone_for_hours():
    server = Server(httpx.Response(503, headers={"Retry-After": "7200"}))
    with pytest.raises(rules.FetchFailed):
        server.fetch()
    assert server.slept == []
    assert FeedState.objects.get().next_try_at >= NOW + timedelta(hours=2)


def test_a_server_that_asks_for_years_is_asked_again_after_a_day():
    with pytest.raises(rules.FetchFailed):
        Server(httpx.Response(503, headers={"Retry-After": "99999999"})).fetch()
    assert FeedState.objects.get().next_try_at == NOW + timedelta(days=1)


def test_the_server_is_told_whom_to_turn_to(settings):
    settings.PUBLIC_CONTACT = "trygghet@example.org, Åsa"
    server = Server(httpx.Response(200, content=BODY))
    server.fetch()
    assert "trygghet@example.org" in server.asked[0].headers["User-Agent"]


def test_a_cut_off_answer_is_gone_on_with():
    server = Server(
        httpx.Response(200, stream=CutOff(), headers={"ETag": '"a"'}),
        httpx.Response(206, content=BODY[40:], headers={"ETag": '"a"'}),
    )
    batch = server.fetch()
    assert server.asked[1].headers["Range"] == "bytes=40-"
    assert server.asked[1].headers["If-Range"] == '"a"'
    assert batch.size_bytes == len(BODY)
    assert services.batch_run(batch_id=batch.pk).rows_new == 1


def test_a_file_that_changed_meanwhile_is_taken_from_its_start():
    server = Server(
        httpx.Response(200, stream=CutOff(), headers={"ETag": '"a"'}),
        httpx.Response(200, content=BODY, headers={"ETag": '"b"'}),
    )
    assert server.fetch().size_bytes == len(BODY)


def test_a_server_that_never_answers_is_left_alone_for_longer_each_time():
    def fail():
        with pytest.raises(rules.FetchFailed):
            Server(*[httpx.ConnectError("no route")] * fetching.MOST_TRIES).fetch()
        return FeedState.objects.get()

    first = fail()
    assert first.failures == 1
    assert records_of(first).last().kind == "imports.feed.failed"
    FeedState.objects.update(next_try_at=None, failures=5)
    later = fail()
    assert later.next_try_at - NOW > first.next_try_at - NOW
    server = Server()
    assert server.fetch() is None
    assert server.asked == []


def test_what_is_gone_is_not_tried_again():
    server = Server(httpx.Response(404))
    with pytest.raises(rules.FetchFailed, match="404"):
        server.fetch()
    assert server.slept == []


def test_an_answer_without_end_is_broken_off(monkeypatch):
    monkeypatch.setattr(fetching, "LARGEST_BYTES", 30)
    with pytest.raises(rules.FetchFailed):
        Server(httpx.Response(200, content=BODY)).fetch()
    assert not Batch.objects.exists()


def test_only_those_who_import_may_fetch():
    with pytest.raises(NotAllowed):
        Server().fetch(actor=person(Role.GUARD))
