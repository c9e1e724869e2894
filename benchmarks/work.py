"""Whole pages of the daily work, with as much in them as a large city has."""

from collections.abc import Iterator
from pathlib import Path
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
    "the thread from a place": "/traden/plats/{place}/",
    "the thread from a measure": "/traden/atgard/{measure}/",
    "observations": "observations:observation-list",
    "an observation": "observations:observation-detail observation",
    "the week": "weeks:latest",
    "places": "places:place-list",
    "a place": "places:place-detail place",
    "problems": "places:problem-list",
    "a problem": "places:problem-detail problem",
    "proposed places": "places:candidate-list",
    "walks": "walks:walk-list",
    "a walk": "walks:walk-detail walk",
    "findings to answer": "walks:own-findings",
    "measures": "measures:measure-list",
    "a measure": "measures:measure-detail measure",
    "both horizons": "measures:horizons",
    "action plans": "measures:plan-list",
    "agreements": "partnership:agreement-list",
    "districts with an agreement": "partnership:coverage",
    "meetings": "partnership:meeting-list",
    "a meeting": "partnership:meeting-detail meeting",
    "decisions by organisation": "partnership:item-list",
}


def daily_work(sizes: dict[str, int]) -> Iterator[Comparison]:
    """Time each page on observations, places and measures as many as a large city has."""
    rows = {what: sizes[what] for what in ("observations", "places", "measures")}
    with scratch_folder() as folder:
        yield from _pages(folder, rows)


def _pages(folder: Path, rows: dict[str, int]) -> Iterator[Comparison]:
    """Fill an installation and time each page as somebody signed in gets it."""
    measured(_filled, lambda: (folder, rows), times=1)
    data = ", ".join(f"{count:,} {what}" for what, count in rows.items())
    for name, address in PAGES.items():
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


def address_of(words: str) -> str:
    """Return the address that a page's words stand for."""
    numbers = _numbers()
    if words.startswith("/"):
        return words.format(**numbers)
    from django.urls import reverse

    name, *objects = words.split()
    return reverse(name, args=[numbers[one] for one in objects])


def _numbers() -> dict[str, int]:
    """The number of one object of each kind: the one in the middle, which is as others are."""
    from samhandling_web.agree.measures.models import Measure
    from samhandling_web.agree.partnership.models import Meeting
    from samhandling_web.observe.observations.models import Observation
    from samhandling_web.observe.walks.models import Walk
    from samhandling_web.understand.places.models import Place, Problem

    kinds = {
        "observation": Observation,
        "place": Place,
        "problem": Problem,
        "walk": Walk,
        "measure": Measure,
        "meeting": Meeting,
    }
    return {
        name: model.objects.order_by("pk")[model.objects.count() // 2].pk  # type: ignore[attr-defined]
        for name, model in kinds.items()
    }


def _fetched(reader: tuple[Any, str]) -> int:
    client, address = reader
    response = client.get(address, follow=True)
    return int(response.status_code)
