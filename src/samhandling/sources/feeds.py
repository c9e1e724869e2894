"""Where published feeds are found and how gently they must be asked. Plain data, no network."""

from dataclasses import dataclass
from enum import StrEnum


class PageRule(StrEnum):
    """How a feed is asked for more than one answer holds. Values are stored."""

    WHOLE = "whole"
    BY_MONTH = "by_month"


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed that can be fetched and read by a source.

    Parameters
    ----------
    source : str
        Slug of the source that reads the answer.
    url : str
        Address; a part in braces is filled in for each page.
    min_interval_s : float
        Least time between two requests, in seconds.
    user_agent : str
        What the request calls itself; "{contact}" is the installation's address.
    page_rule : PageRule
        How to ask for more than one answer holds.
    file_name : str
        What a fetched answer is called.
    most_per_hour, most_per_day : int
        Most requests in any hour and day.

    Notes
    -----
    An answer 404 is permanent and 429 means too many: after the first the feed is asked no
    more, after the second it is left alone for a while.
    """

    source: str
    url: str
    min_interval_s: float
    user_agent: str
    page_rule: PageRule
    file_name: str
    most_per_hour: int = 60
    most_per_day: int = 1_440

    def __post_init__(self) -> None:
        """Refuse an address that is not encrypted, and no pause between requests."""
        if not self.url.startswith("https://"):
            msg = f"{self.url!r} does not begin with https://."
            raise ValueError(msg)
        if self.min_interval_s <= 0:
            msg = f"min_interval_s is {self.min_interval_s}; leave a pause between requests."
            raise ValueError(msg)
        if self.page_rule is PageRule.BY_MONTH and "{month}" not in self.url:
            msg = f"{self.url!r} has no {{month}} to ask for each month."
            raise ValueError(msg)


USER_AGENT = "Samhandling/1 (+{contact})"

FEEDS: tuple[Feed, ...] = (
    # The interface gives the latest 500 events. Its terms ask for a user agent, ten seconds
    # between requests and at most 60 an hour and 1,440 a day (polisen.se, rules for open data).
    Feed(
        source="police_events",
        url="https://polisen.se/api/events",
        min_interval_s=10.0,
        user_agent=USER_AGENT,
        page_rule=PageRule.WHOLE,
        file_name="police_events.json",
    ),
    Feed(
        source="police_events",
        url="https://polisen.se/api/events?DateTime={month}",
        min_interval_s=10.0,
        user_agent=USER_AGENT,
        page_rule=PageRule.BY_MONTH,
        file_name="police_events_{month}.json",
    ),
)


def feeds_of(source: str) -> tuple[Feed, ...]:
    """Return the feeds that a source reads, the ordinary one first."""
    return tuple(feed for feed in FEEDS if feed.source == source)
