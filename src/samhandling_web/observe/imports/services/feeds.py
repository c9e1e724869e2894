"""Remembering how a fetch of a feed went."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from samhandling_web.base.audit import services as audit
from samhandling_web.observe.imports.models import FeedState


def feed_of(source: str) -> FeedState:
    """Return the feed's standing; a new one has never been fetched."""
    return FeedState.objects.filter(source=source).first() or FeedState(source=source)


@transaction.atomic
def feed_fetched(
    *, source: str, etag: str = "", last_modified: str = "", cursor: str = ""
) -> FeedState:
    """Remember what the server called this version, and that all is well."""
    feed, _made = FeedState.objects.select_for_update().get_or_create(source=source)
    feed.etag, feed.last_modified, feed.cursor = etag, last_modified, cursor
    feed.last_ok = timezone.now()
    feed.failures, feed.last_error, feed.next_try_at = 0, "", None
    feed.save()
    audit.record(actor=None, kind="imports.feed.fetched", target=feed)
    return feed


@transaction.atomic
def feed_failed(*, source: str, error: str, next_try_at: datetime) -> FeedState:
    """Remember that the fetch failed and when the server may be asked again."""
    feed, _made = FeedState.objects.select_for_update().get_or_create(source=source)
    feed.failures += 1
    feed.last_error, feed.next_try_at = error[:300], next_try_at
    feed.save()
    audit.record(actor=None, kind="imports.feed.failed", target=feed, reason=feed.last_error)
    return feed
