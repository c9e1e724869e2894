"""The pages of the daily work ask the database at most 25 questions, whoever opens them."""

from collections.abc import Iterable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from benchmarks.many import fill
from benchmarks.work import OF_EVENTS, PAGES, address_of
from samhandling_web.base.accounts.models import Membership, Organisation, User
from samhandling_web.base.accounts.rules import Role
from samhandling_web.base.areas import selectors as areas
from samhandling_web.base.areas.models import Area
from tests.small_town import make_small_town

MOST_QUESTIONS = 25
# What asks more, and why.
MORE: dict[str, int] = {}
SINCE = date(2020, 1, 1)
Asked = dict[tuple[str, str], int]


def somebody_with(role: Role, organisation: Organisation, name: str) -> Client:
    """Return the browser of somebody who holds only that role."""
    user = User.objects.create(email=f"{name}@budget.example")
    Membership.objects.create(user=user, organisation=organisation, role=role, valid_from=SINCE)
    client = Client()
    client.force_login(user)
    return client


def one_of_each_role(organisation: Organisation) -> dict[str, Client]:
    """Return a browser for each role, the strategist first, who opens most pages."""
    roles = sorted(Role, key=lambda role: role is not Role.CITY_STRATEGIST)
    return {str(role): somebody_with(role, organisation, str(role)) for role in roles}


def coordinator_of_third_district() -> Client:
    """Return the browser of a coordinator whose committee answers for the third district."""
    level = areas.district_level()
    assert level is not None
    version = areas.areas_on(level.slug, timezone.localdate())[2]
    committee = Organisation.objects.create(
        slug="third", name=f"Nämnden i {version.name}", kind="district_committee"
    )
    Area.objects.filter(pk=version.area_id).update(responsible=committee)
    return somebody_with(Role.DISTRICT_COORDINATOR, committee, "third")


def asked_by(readers: dict[str, Client], pages: Iterable[str]) -> Asked:
    """Count the questions of every page that somebody may open, opened once before by another."""
    asked: Asked = {}
    for page in pages:
        address = address_of(PAGES[page])
        if address is None:
            continue
        next(iter(readers.values())).get(address)
        for role, client in readers.items():
            with CaptureQueriesContext(connection) as questions:
                answer = client.get(address, follow=True)
            # Who is refused is tested elsewhere.
            assert answer.status_code in {200, 403, 404}, f"{address}: {answer.status_code}"
            if answer.status_code == 200:
                asked[page, role] = len(questions)
    return asked


def check_budget(asked: Asked) -> None:
    over = {
        where: number for where, number in asked.items()
        if number > MORE.get(where[0], MOST_QUESTIONS)
    }  # fmt: skip
    assert not over, over


@pytest.mark.django_db
def test_every_page_keeps_to_its_budget_however_much_there_is():
    fill(observations=600, places=40, measures=120, now=timezone.now())
    organisation = Organisation.objects.get(slug="measured")
    readers = one_of_each_role(organisation) | {"third": coordinator_of_third_district()}
    asked = asked_by(readers, PAGES.keys() - OF_EVENTS)
    assert {page for page, role in asked if role == Role.CITY_STRATEGIST} >= {
        "the inbox", "a measure", "an agreement", "a priority", "a proposed place", "an action plan"
    }  # fmt: skip
    check_budget(asked)


@pytest.mark.slow
@pytest.mark.django_db
def test_every_page_keeps_to_its_budget_in_a_town_that_has_worked(data_folder):
    make_small_town(lived=True)
    organisation = Organisation.objects.get(slug="kommunen")
    readers = one_of_each_role(organisation) | {"third": coordinator_of_third_district()}
    asked = asked_by(readers, PAGES)
    assert {page for page, _role in asked} == PAGES.keys(), "nobody opens some pages"
    check_budget(asked)
