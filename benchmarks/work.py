"""Whole pages of the daily work, with as much in them as a large city has."""

from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import Any

from benchmarks.comparison import Comparison
from benchmarks.installation import platform_in, scratch_folder
from benchmarks.measuring import measured

LIMIT_S = 0.3
TIMES = 5

# Address by what it shows; the words in braces stand for the number of an object that is there.
PAGES = {
    "the start page": "/",
    "the inbox": "/att-gora/",
    "the overview": "/oversikt/",
    "what a share counts": "/oversikt/iakttagelser-besvarade/namnare/",
    "search": "/sok/?q=mörkt",
    "the thread from an observation": "/traden/iakttagelse/{observation}/",
    "the thread from a finding": "/traden/fynd/{finding}/",
    "the thread from a place": "/traden/plats/{place}/",
    "the thread from a problem": "/traden/problem/{problem}/",
    "the thread from a priority": "/traden/prioritering/{priority}/",
    "the thread from a decision": "/traden/beslut/{item}/",
    "the thread from a measure": "/traden/atgard/{measure}/",
    "reporting": "report:report",
    "own reports": "report:mine",
    "observations": "observations:observation-list",
    "an observation": "observations:observation-detail observation",
    "the week": "weeks:latest",
    "places": "places:place-list",
    "a place": "places:place-detail place",
    "a new place": "places:place-new",
    "problems": "places:problem-list",
    "a problem": "places:problem-detail problem",
    "writing a problem": "places:problem-edit problem",
    "a new problem": "places:problem-new",
    "writing a cause": "places:cause-edit cause",
    "proposed places": "places:candidate-list",
    "a proposed place": "places:candidate-detail candidate",
    "walks": "walks:walk-list",
    "a walk": "walks:walk-detail walk",
    "walking": "walks:walking walk",
    "a new walk": "walks:walk-new",
    "findings to answer": "walks:own-findings",
    "a finding": "walks:finding-detail finding",
    "measures": "measures:measure-list",
    "a measure": "measures:measure-detail measure",
    "writing a measure": "measures:measure-edit proposal",
    "a new measure": "measures:measure-new",
    "both horizons": "measures:horizons",
    "action plans": "measures:plan-list",
    "an action plan": "measures:plan-detail plan",
    "a new action plan": "measures:plan-new",
    "agreements": "partnership:agreement-list",
    "an agreement": "partnership:agreement-detail agreement",
    "districts with an agreement": "partnership:coverage",
    "priorities": "partnership:priority-list",
    "a priority": "partnership:priority-detail priority",
    "a new priority": "partnership:priority-start",
    "promises": "partnership:promise-list",
    "a promise": "partnership:promise-detail promise",
    "councils": "partnership:council-list",
    "a council": "partnership:council-detail council",
    "meetings": "partnership:meeting-list",
    "a meeting": "partnership:meeting-detail meeting",
    "a new meeting": "partnership:meeting-start",
    "decisions by organisation": "partnership:item-list",
    "an agenda item": "partnership:item-detail item",
    "a person's calendar": "partnership:calendar",
    "the law on one page": "picture:law",
    "situational pictures": "picture:picture-list",
    "a situational picture": "picture:picture-detail picture",
    "exploring": "picture:explore",
    "promises shown to everyone": "partnership:public-promises",
}
# What shows figures of events, which an installation filled with work alone has not; they are
# timed among the pages of the situational picture.
OF_EVENTS = frozenset({"exploring", "a situational picture"})


def daily_work(sizes: dict[str, int]) -> Iterator[Comparison]:
    """Time each page on observations, places and measures as many as a large city has."""
    rows = {what: sizes[what] for what in ("observations", "places", "measures")}
    with scratch_folder() as folder:
        yield from _pages(folder, rows)


def _pages(folder: Path, rows: dict[str, int]) -> Iterator[Comparison]:
    """Fill an installation and time each page as somebody signed in gets it."""
    measured(_filled, lambda: (folder, rows), times=1)
    data = ", ".join(f"{count:,} {what}" for what, count in rows.items())
    for name in (one for one in PAGES if one not in OF_EVENTS):
        address = PAGES[name]
        ours = measured(_fetched, lambda at=address: _reader_of(folder, at), times=TIMES)
        work = f"Work, {name}, at most {LIMIT_S * 1000:.0f} ms"
        kept = ours.value == 200 and ours.seconds <= LIMIT_S
        yield Comparison(work, data, ours, "", None, kept)


def _filled(asked: tuple[Path, dict[str, int]]) -> int:
    """Make the installation in a process of its own, so that nothing of it stays in memory."""
    folder, rows = asked
    platform_in(folder)
    from django.utils import timezone

    from benchmarks.many import fill
    from samhandling_web.config import installation

    installation.database_prepare()
    fill(now=timezone.now(), **rows)
    return sum(rows.values())


def _reader_of(folder: Path, address: str) -> tuple[Any, str]:
    """Sign a strategist in and open the page once, as a server that has been running has done."""
    platform_in(folder)
    from django.test import Client

    from samhandling_web.base.accounts.models import User

    client = Client(headers={"host": "localhost"})
    client.force_login(User.objects.get(email="measured@example.org"))
    found = address_of(address)
    client.get(found)
    return client, found


def address_of(words: str) -> str | None:
    """Return the address that a page's words stand for; None where no such object is there."""
    numbers = _numbers()
    if words.startswith("/"):
        named = {name for _text, name, *_more in Formatter().parse(words) if name}
        return words.format(**numbers) if named <= set(numbers) else None
    from django.urls import reverse

    name, *objects = words.split()
    if not set(objects) <= set(numbers):
        return None
    return reverse(name, args=[numbers[one] for one in objects])


def _numbers() -> dict[str, int]:
    """The number of one object of each kind: the one in the middle, which is as others are."""
    from samhandling_web.agree.measures.models import ActionPlan, Measure
    from samhandling_web.agree.partnership import models as partnership
    from samhandling_web.observe.observations.models import Observation
    from samhandling_web.observe.walks.models import Finding, Walk
    from samhandling_web.understand.picture.models import Picture
    from samhandling_web.understand.places import models as places

    kinds = {
        "observation": Observation.objects,
        "place": places.Place.objects,
        "problem": places.Problem.objects,
        "cause": places.Cause.objects,
        "candidate": places.Candidate.objects,
        "walk": Walk.objects,
        "finding": Finding.objects,
        "measure": Measure.objects,
        "proposal": Measure.objects.filter(status="proposed"),
        "plan": ActionPlan.objects,
        "agreement": partnership.Agreement.objects,
        "priority": partnership.Priority.objects,
        "promise": partnership.CitizenPromise.objects,
        "council": partnership.Council.objects,
        "meeting": partnership.Meeting.objects,
        "item": partnership.AgendaItem.objects,
        "picture": Picture.objects,
    }
    counted = {name: (rows.order_by("pk"), rows.count()) for name, rows in kinds.items()}
    return {name: rows[count // 2].pk for name, (rows, count) in counted.items() if count}


def _fetched(reader: tuple[Any, str]) -> int:
    client, address = reader
    response = client.get(address, follow=True)
    return int(response.status_code)
