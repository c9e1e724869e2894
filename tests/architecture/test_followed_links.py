"""No dead ends: whoever follows a link on a page of theirs comes to a page, never to a refusal."""

import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from samhandling_web.base.accounts.models import User
from tests.architecture.test_role_matrix import GET, TABLE, address
from tests.small_town import make_small_town

# How many links away from the pages of the table and of the navigation is followed.
DEPTH = 2
# Of links to one sort of page (`/problem/12/`), so many are followed for each person, and of files
# and of a list's ways of sorting and filtering too: a list of fifty rows is not opened fifty times.
OF_A_SORT = 1
# These leave the site, end the session, or are tried in their own tests.
NOT_FOLLOWED = re.compile(r"^/(konto/logout|sprak)/|^/static/|^/konto/login/")
# What is a reader's own and changes nothing in anybody's work.
OWN = re.compile(r"^/(konto|sprak|anvandare/profil|moten/kalender|utforska/vyer|komponenter)/")


class Links(HTMLParser):
    """Collects where a page's links and GET forms lead, and what it lets somebody change."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.changes: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag == "a" and told.get("href") is not None:
            self.found.append(told["href"] or "")
        elif tag == "form" and (told.get("method") or "get").lower() == "get":
            self.found.append(told.get("action") or "")
        elif tag == "form":
            self.changes.append(told.get("action") or "")
        elif tag in {"sam-map", "img"}:
            names = ("src", "areas", "values", "cells", "points", "lines", "water", "streets")
            self.found += [told[name] or "" for name in names if told.get(name)]


def links_of(page: Links, here: str) -> Iterator[str]:
    """Yield each address on this site once, without its fragment."""
    seen = set()
    for link in page.found:
        where = urldefrag(urljoin(f"http://testserver{here}", link)).url
        parts = urlsplit(where)
        if parts.scheme != "http" or parts.netloc != "testserver":
            continue
        path = f"{parts.path}?{parts.query}" if parts.query else parts.path
        if path not in seen and not NOT_FOLLOWED.match(path):
            seen.add(path)
            yield path


def sort_of(path: str) -> str:
    """Return the address with its numbers and codes left out."""
    where, mark, _query = path.partition("?")
    return re.sub(r"[0-9]+|(?<=/)[A-Z]+[0-9]+", "#", where) + mark


def starts(user: User | AnonymousUser) -> list[str]:
    pages = [
        address(words)
        for method, words, query, may in TABLE
        if method == GET and not query and may(user)
    ]
    return ["/", "/offentligt/", *pages]


@dataclass
class Followed:
    """What somebody met who followed links: refusals, and forms that change something."""

    dead: list[str] = field(default_factory=list)
    changes: set[str] = field(default_factory=set)


def followed(client: Client, first: list[str]) -> Followed:
    """Follow links from `first`; whatever is answered by anything but a page is dead."""
    met, known, of_a_sort = Followed(), set(first), Counter()
    level = [(path, "the navigation") for path in first]
    for depth in range(DEPTH + 1):
        following = []
        for path, came_from in level:
            response = client.get(path, follow=True)
            if response.status_code != 200:
                met.dead.append(f"{path} answers {response.status_code}, linked from {came_from}")
            elif response.get("Content-Type", "").startswith("text/html"):
                page = Links()
                page.feed(response.content.decode())
                met.changes |= {f"{action or path} on {path}" for action in page.changes}
                for link in links_of(page, path) if depth < DEPTH else ():
                    sort = sort_of(link)
                    if link in known or of_a_sort[sort] >= OF_A_SORT:
                        continue
                    of_a_sort[sort] += 1
                    known.add(link)
                    following.append((link, path))
        level = following
    return met


def check_links(whose: Collection[str]) -> None:
    """Make the lived town and follow links as each of `whose` logins, and as nobody."""
    logins = {login["email"].split("@")[0]: login["email"] for login in make_small_town(lived=True)}
    dead, changed = [], set()
    for email in (None, *(logins[name] for name in whose or logins)):
        client = Client()
        user = User.objects.get(email=email) if email else AnonymousUser()
        if email:
            client.force_login(user)
        met = followed(client, starts(user))
        dead += [f"{email or 'nobody'}: {line}" for line in met.dead]
        if email == logins["fortroendevald"]:
            changed = {one for one in met.changes if not OWN.match(one)}
    assert not dead, "\n".join(dead)
    assert not changed, "those who are elected read, and change nothing but what is their own"


@pytest.mark.django_db
def test_every_link_that_most_people_meet_opens_for_them(data_folder):
    check_links(("fortroendevald", "kommunpolis", "samordnare"))


@pytest.mark.slow
@pytest.mark.django_db
def test_every_link_that_anybody_meets_opens_for_them(data_folder):
    check_links(())
