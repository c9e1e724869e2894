"""Every night, what is new from the feeds that somebody has fetched from before."""

import pytest

from samhandling_web.base.jobs import schedule
from samhandling_web.observe.imports import rules, tasks
from samhandling_web.observe.imports.models import FeedState

pytestmark = pytest.mark.django_db


class Watched:
    """Progress that only remembers."""

    job_id = 1

    def report(self, done, total=None, message=""):
        self.last = (done, total, message)

    def check(self):
        pass


class Received:
    pk = 7


@pytest.fixture
def fetched(monkeypatch):
    """The feeds that were asked; the second does not answer, the third has nothing new."""
    asked = []

    def fetch(*, source, surroundings, actor):
        asked.append(source)
        assert actor is None
        if source == "b":
            raise rules.FetchFailed(reason="b är stum")
        return Received() if source == "a" else None

    monkeypatch.setattr(tasks.fetching, "feed_fetch", fetch)
    monkeypatch.setattr(tasks.services, "batch_run", lambda batch_id, progress: Received())
    return asked


def test_a_feed_that_is_silent_does_not_stop_the_others(fetched):
    for source in ("c", "b", "a"):
        FeedState.objects.create(source=source)
    outcome = tasks.fetch_feeds(Watched(), {})
    assert fetched == ["a", "b", "c"]
    assert outcome["a"] == 7
    assert "b" in outcome["b"]
    assert outcome["c"] is None


def test_a_feed_that_nobody_has_fetched_from_is_left_alone(fetched):
    assert tasks.fetch_feeds(Watched(), {}) == {}
    assert fetched == []


def test_it_is_on_the_schedule():
    assert schedule.get(tasks.FEEDS).job_kind == tasks.FEEDS
