"""Fetches feeds politely: only what is new, slowly, taking up what was cut off."""

import email.utils
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
from django.conf import settings

from samhandling.sources.feeds import Feed, PageRule, feeds_of
from samhandling_web.base.accounts.models import User
from samhandling_web.observe.imports import permissions, rules, services
from samhandling_web.observe.imports.models import Batch, FeedState

LARGEST_BYTES = 512 * 1024 * 1024
MOST_TRIES = 5
FIRST_PAUSE_S = 2.0
LONGEST_PAUSE_S = 300.0
# However often it has failed, and whatever its server says, a feed is asked again after this.
LONGEST_REST = timedelta(days=1)
TRY_AGAIN = frozenset({429, 500, 502, 503, 504})
RANGE_NOT_SATISFIABLE = 416


@dataclass(frozen=True, slots=True)
class Fetched:
    """A fetched answer: where it lies and what the server calls this version."""

    path: Path
    etag: str
    last_modified: str


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a fetch needs of the world, so that tests can give their own."""

    client: httpx.Client
    now: Callable[[], datetime]
    sleep: Callable[[float], None]
    chance: random.Random


def feed_fetch(*, source: str, surroundings: Surroundings, actor: User | None) -> Batch | None:
    """Fetch a source's feed and receive it as a batch; None when nothing is new or too soon.

    Raises
    ------
    NotAllowed, NoFeed, FetchFailed
        If the actor may not import, the source has no feed, or the server does not answer well.
    """
    permissions.check_may_import(actor)
    feed = _ordinary_feed(source)
    state = services.feed_of(source)
    if _too_soon(feed, state, surroundings.now()):
        return None
    folder = Path(settings.MEDIA_ROOT) / "fetched" / source
    folder.mkdir(parents=True, exist_ok=True)
    try:
        fetched = _with_patience(feed, state, folder / feed.file_name, surroundings)
    except rules.FetchFailed as error:
        rest = _rest(state.failures + 1, surroundings.chance)
        if isinstance(error, _AskedToWait):
            rest = min(LONGEST_REST, max(rest, error.wait))
        services.feed_failed(source=source, error=str(error), next_try_at=surroundings.now() + rest)
        raise
    if fetched is None:
        services.feed_fetched(
            source=source, etag=state.etag, last_modified=state.last_modified, cursor=state.cursor
        )
        return None
    try:
        batch = services.batch_receive(source=source, path=fetched.path, actor=actor)
    finally:
        fetched.path.unlink(missing_ok=True)
    services.feed_fetched(
        source=source,
        etag=fetched.etag,
        last_modified=fetched.last_modified,
        cursor=surroundings.now().isoformat(),
    )
    return batch


def _ordinary_feed(source: str) -> Feed:
    for feed in feeds_of(source):
        if feed.page_rule is PageRule.WHOLE:
            return feed
    raise rules.NoFeed(source=source)


def _too_soon(feed: Feed, state: FeedState, now: datetime) -> bool:
    if state.next_try_at is not None and now < state.next_try_at:
        return True
    pause = timedelta(seconds=feed.min_interval_s)
    return state.last_ok is not None and now < state.last_ok + pause


def _rest(failures: int, chance: random.Random) -> timedelta:
    minutes = timedelta(minutes=2 ** min(failures, 11))
    return min(LONGEST_REST, minutes * chance.uniform(0.5, 1.5))


def _with_patience(
    feed: Feed, state: FeedState, path: Path, surroundings: Surroundings
) -> Fetched | None:
    """Fetch, trying again with growing pauses; None when the server has nothing new."""
    problem = ""
    for attempt in range(MOST_TRIES):
        try:
            return _fetch_once(feed, state, path, surroundings)
        except _TryAgain as again:
            problem = again.problem
            pause = again.pause_s or min(LONGEST_PAUSE_S, FIRST_PAUSE_S * 2**attempt)
            if pause > LONGEST_PAUSE_S:
                raise _AskedToWait(problem, timedelta(seconds=pause)) from again
            # Never sooner than the feed's own terms allow, and not at the same moment as others.
            pause = max(feed.min_interval_s, pause) * surroundings.chance.uniform(1.0, 1.5)
            surroundings.sleep(pause)
        except httpx.HTTPError as error:
            raise rules.FetchFailed(reason=str(error)) from error
    raise rules.FetchFailed(reason=problem)


class _AskedToWait(rules.FetchFailed):
    """The server named a time to come back that is too far off to sit out."""

    def __init__(self, reason: str, wait: timedelta) -> None:
        super().__init__(reason=reason)
        self.wait = wait


class _TryAgain(Exception):
    """It may go better later; after `pause_s` if the server said so."""

    def __init__(self, problem: str, pause_s: float | None = None) -> None:
        super().__init__(problem)
        self.problem, self.pause_s = problem, pause_s


def _fetch_once(
    feed: Feed, state: FeedState, path: Path, surroundings: Surroundings
) -> Fetched | None:
    part = path.with_name(f"{path.name}.part")
    marker = path.with_name(f"{path.name}.etag")
    headers = _headers(feed, state, part, marker)
    try:
        with surroundings.client.stream("GET", feed.url, headers=headers) as answer:
            return _taken(answer, part, marker, path, surroundings)
    except (httpx.TransportError, httpx.StreamError) as error:
        problem = f"{type(error).__name__}: {error}"
        raise _TryAgain(problem) from error


def _headers(feed: Feed, state: FeedState, part: Path, marker: Path) -> dict[str, str]:
    # A header holds plain letters only.
    contact = settings.PUBLIC_CONTACT.encode("ascii", "ignore").decode() or "samhandling"
    # Packed on the way, a cut-off answer could not be gone on with: the range is of packed bytes.
    headers = {
        "User-Agent": feed.user_agent.format(contact=contact),
        "Accept-Encoding": "identity",
    }
    if part.exists() and marker.exists() and part.stat().st_size:
        # Without If-Range a changed file's end could be joined to the old file's beginning.
        headers["Range"] = f"bytes={part.stat().st_size}-"
        headers["If-Range"] = marker.read_text(encoding="utf-8")
        return headers
    if state.etag:
        headers["If-None-Match"] = state.etag
    if state.last_modified:
        headers["If-Modified-Since"] = state.last_modified
    return headers


def _taken(
    answer: httpx.Response, part: Path, marker: Path, path: Path, surroundings: Surroundings
) -> Fetched | None:
    if answer.status_code == httpx.codes.NOT_MODIFIED:
        return None
    if answer.status_code == RANGE_NOT_SATISFIABLE:
        part.unlink(missing_ok=True)
        raise _TryAgain("the server could not go on where it was cut off", 0.1)
    if answer.status_code in TRY_AGAIN:
        pause = _retry_after(answer.headers.get("Retry-After", ""), surroundings.now())
        problem = f"HTTP {answer.status_code}"
        raise _TryAgain(problem, pause)
    if answer.status_code not in {httpx.codes.OK, httpx.codes.PARTIAL_CONTENT}:
        raise rules.FetchFailed(reason=f"HTTP {answer.status_code}")
    etag = answer.headers.get("ETag", "")
    _write(answer, part, marker, etag)
    part.replace(path)
    marker.unlink(missing_ok=True)
    return Fetched(path, etag, answer.headers.get("Last-Modified", ""))


def _write(answer: httpx.Response, part: Path, marker: Path, etag: str) -> None:
    goes_on = answer.status_code == httpx.codes.PARTIAL_CONTENT
    size = part.stat().st_size if goes_on else 0
    if etag and not etag.startswith("W/"):
        marker.write_text(etag, encoding="utf-8")
    else:
        marker.unlink(missing_ok=True)
    with part.open("ab" if goes_on else "wb") as kept:
        for block in answer.iter_bytes():
            size += len(block)
            if size > LARGEST_BYTES:
                kept.close()
                part.unlink()
                raise rules.FetchFailed(reason=f"> {LARGEST_BYTES} byte")
            kept.write(block)


def _retry_after(value: str, now: datetime) -> float | None:
    """Return the seconds that the server asks for, given as seconds or as a time."""
    if value.isdigit():
        return float(value)
    try:
        at = email.utils.parsedate_to_datetime(value)
    except ValueError:
        return None
    aware = at if at.tzinfo else at.replace(tzinfo=UTC)
    return max(0.0, (aware - now).total_seconds())
