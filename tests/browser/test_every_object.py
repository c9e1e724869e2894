"""One page of each kind of object, in each of its states: axe and width, on desk and telephone."""

import pytest
from django.urls import reverse

from samhandling_web.agree.measures.models import ActionPlan, Measure, Portfolio
from samhandling_web.agree.partnership.models import (
    AgendaItem,
    Agreement,
    CitizenPromise,
    Council,
    Meeting,
    Priority,
)
from samhandling_web.config.demo.people import PASSWORD
from samhandling_web.observe.walks.models import Finding, Walk
from samhandling_web.understand.places.models import Candidate, Place, Problem
from tests.browser.journey import faults_at_both_widths, sign_in
from tests.small_town import make_small_town

pytestmark = pytest.mark.django_db(transaction=True)

# The sort of object, its page, and what its states are told apart by.
KINDS = (
    (Place, "places:place-detail", ""),
    (Candidate, "places:candidate-detail", "status"),
    (Problem, "places:problem-detail", "status"),
    (Problem, "places:cause-new", ""),
    (Walk, "walks:walk-detail", "status"),
    (Walk, "walks:walking", ""),
    (Finding, "walks:finding-detail", "status"),
    (Measure, "measures:measure-detail", "status"),
    (ActionPlan, "measures:plan-detail", "status"),
    (Agreement, "partnership:agreement-detail", "status"),
    (Priority, "partnership:priority-detail", ""),
    (CitizenPromise, "partnership:promise-detail", "status"),
    (Council, "partnership:council-detail", ""),
    (Meeting, "partnership:meeting-detail", "status"),
    (AgendaItem, "partnership:item-detail", "status"),
)
# Kept by the administrator alone.
OF_THE_ADMINISTRATOR = ((Portfolio, "measures:portfolio-edit", ""),)


def addresses(kinds) -> list[str]:
    """Return the latest object's page for each kind and state that the town has."""
    found = []
    for model, name, state in kinds:
        rows = list(model.objects.order_by("pk"))
        latest = {getattr(row, state) if state else "": row.pk for row in rows}
        found += [reverse(name, args=[pk]) for pk in latest.values()]
    return found


def test_each_kind_in_each_state_is_sound(page, live_server, data_folder):
    people = {one["email"].split("@")[0]: one["email"] for one in make_small_town(lived=True)}
    found = []
    for who, kinds in (("strateg", KINDS), ("forvaltare", OF_THE_ADMINISTRATOR)):
        page.context.clear_cookies()
        sign_in(page, live_server.url, people[who], PASSWORD)
        for where in addresses(kinds):
            found += faults_at_both_widths(page, f"{live_server.url}{where}")
    assert not found, "\n".join(found)
