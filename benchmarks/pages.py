"""Whole pages of explore, from the request to the finished HTML, over very many events."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.comparison import Comparison
from benchmarks.installation import platform_in
from benchmarks.measuring import measured

LIMIT_S = 0.3
TIMES = 7
FIVE_YEARS = "fran=2019-01-01&till=2023-12-31&jamfor=ingen"
TWO_AND_TWO_YEARS = "fran=2022-01-01&till=2023-12-31&jamfor=aret-fore"
NIGHT = "timme_fran=22&timme_till=3"

PAGES = {
    "the page as it opens": "/utforska/?",
    "two years against two": f"/utforska/?{TWO_AND_TWO_YEARS}",
    "two years against two, at night": f"/utforska/?{TWO_AND_TWO_YEARS}&{NIGHT}",
    "five years": f"/utforska/?{FIVE_YEARS}",
    "five years, at night": f"/utforska/?{FIVE_YEARS}&{NIGHT}",
    "the map's values, five years at night": f"/utforska/varden.json?{FIVE_YEARS}&{NIGHT}",
}


def explore_pages(folder: Path, data: str) -> Iterator[Comparison]:
    """Time each page as somebody signed in gets it, forms, charts and tables included."""
    for name, address in PAGES.items():
        ours = measured(_fetched, lambda at=address: _reader_of(folder, at), times=TIMES)
        work = f"Explore, {name}, at most {LIMIT_S * 1000:.0f} ms"
        kept = ours.value == 200 and ours.seconds <= LIMIT_S
        yield Comparison(work, data, ours, "", None, kept)


def _reader_of(folder: Path, address: str) -> tuple[Any, str]:
    """Sign a strategist in and open the page once, as a server that has been running has done."""
    platform_in(folder)
    from django.test import Client

    from samhandling_web.base.accounts.models import Organisation, User
    from samhandling_web.base.accounts.rules import OrganisationKind, Role
    from samhandling_web.config.installation import person_with_role

    email = "strateg@example.org"
    if not User.objects.filter(email=email).exists():
        municipality, _ = Organisation.objects.get_or_create(
            slug="measured", defaults={"name": "-", "kind": OrganisationKind.MUNICIPALITY}
        )
        person_with_role(
            email=email, password="only-for-measuring", role=Role.CITY_STRATEGIST,
            organisation=municipality, name=("-", "-"),
        )  # fmt: skip
    client = Client(headers={"host": "localhost"})
    client.force_login(User.objects.get(email=email))
    client.get(address)
    return client, address


def _fetched(reader: tuple[Any, str]) -> int:
    client, address = reader
    response = client.get(address)
    return int(response.status_code)
