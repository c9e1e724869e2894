"""Role × page × channel: every address answers as its permission function says, for everybody.

A new address must take its place in the table or among those open to all, or the last test fails.
"""

from collections.abc import Callable
from typing import Any

import pytest
from allauth import urls as sign_in
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from samhandling_web.agree.measures import permissions as measures
from samhandling_web.agree.partnership import permissions as partnership
from samhandling_web.base.accounts import permissions as accounts
from samhandling_web.base.accounts.rules import Role
from samhandling_web.base.areas import permissions as areas
from samhandling_web.base.areas.models import AreaVersion
from samhandling_web.base.audit import permissions as audit
from samhandling_web.faces.pages import permissions as pages
from samhandling_web.observe.events import permissions as events
from samhandling_web.observe.events.models import EventRevision
from samhandling_web.observe.imports import permissions as imports
from samhandling_web.observe.imports.models import Batch
from samhandling_web.observe.observations import permissions as observations
from samhandling_web.observe.observations.models import Observation
from samhandling_web.observe.statistics import permissions as statistics
from samhandling_web.observe.surveys import permissions as surveys
from samhandling_web.observe.walks import permissions as walks
from samhandling_web.understand.picture import permissions as picture
from samhandling_web.understand.picture.models import Picture
from samhandling_web.understand.places import permissions as places
from tests.small_town import last_week, make_small_town, person_with

May = Callable[[Any], bool]
Page = tuple[str, str, dict[str, str], May]

GET, POST = "GET", "POST"
REFUSED = {302, 403, 404}


def may_read(word: str) -> May:
    return lambda actor: picture.may_read(actor, picture_called(word))


def observation_of_town() -> Observation:
    return Observation.objects.order_by("pk")[0]


def may_read_observation(actor: Any) -> bool:
    return observations.may_read(actor, observation_of_town())


# (method, address, query, who may); the words in capitals stand for objects of the small town.
TABLE: tuple[Page, ...] = (
    (GET, "accounts:user-list", {}, accounts.may_administer_accounts),
    (GET, "accounts:user-new", {}, accounts.may_administer_accounts),
    (GET, "accounts:user-detail USER", {}, accounts.may_administer_accounts),
    (GET, "accounts:user-edit USER", {}, accounts.may_administer_accounts),
    (GET, "accounts:membership-new USER", {}, accounts.may_administer_accounts),
    (GET, "accounts:organisation-list", {}, accounts.may_administer_accounts),
    (GET, "accounts:organisation-new", {}, accounts.may_administer_accounts),
    (GET, "accounts:organisation-edit kommunen", {}, accounts.may_administer_accounts),
    (GET, "accounts:profile", {}, accounts.is_person),
    (GET, "areas:level-new", {}, areas.may_manage_areas),
    (GET, "areas:level-edit town_part", {}, areas.may_manage_areas),
    (GET, "areas:area-edit town_part AREA", {}, areas.may_manage_areas),
    (GET, "audit:record-list", {}, audit.may_read_log),
    (GET, "imports:source-list", {}, imports.may_import),
    (GET, "imports:source-detail boundaries", {}, imports.may_import),
    (GET, "imports:batch-detail BATCH", {}, imports.may_import),
    (GET, "imports:row-list", {}, imports.may_import),
    (GET, "events:event-list", {}, events.may_read_events),
    (GET, "events:event-list", {"export": "csv"}, events.may_read_events),
    (GET, "events:event-list", {"export": "xlsx"}, events.may_read_events),
    (GET, "events:event-list", {"export": "geojson"}, events.may_read_events),
    (GET, "events:event-detail SOURCE EVENT", {}, events.may_read_events),
    (GET, "events:placement-list", {}, events.may_place_events),
    (POST, "events:placing-start", {}, events.may_place_events),
    (GET, "report:report", {}, observations.may_report),
    (GET, "report:mine", {}, observations.may_report),
    (GET, "report:near", {}, observations.may_report),
    (GET, "observations:observation-list", {}, observations.may_read_observations),
    (GET, "observations:observation-list", {"export": "csv"}, observations.may_read_observations),
    (GET, "observations:observation-list", {"export": "xlsx"}, observations.may_read_observations),
    (
        GET,
        "observations:observation-list",
        {"export": "geojson"},
        observations.may_read_observations,
    ),
    (GET, "observations:observation-detail OBSERVATION", {}, may_read_observation),
    (GET, "observations:points", {}, accounts.is_person),
    (GET, "observations:category-list", {}, observations.may_manage_categories),
    (GET, "observations:category-new", {}, observations.may_manage_categories),
    (GET, "observations:category-edit CATEGORY", {}, observations.may_manage_categories),
    (GET, "weeks:week WEEK", {}, observations.may_read_weeks),
    (GET, "weeks:district WEEK DISTRICT", {}, observations.may_read_weeks),
    (POST, "weeks:compile", {}, observations.may_compile_weeks),
    (GET, "statistics:indicator-list", {}, statistics.may_read_figures),
    (GET, "statistics:indicator-detail population", {}, statistics.may_read_figures),
    (GET, "statistics:indicator-detail population", {"export": "csv"}, statistics.may_read_figures),
    (GET, "surveys:result-list", {}, surveys.may_read_results),
    (GET, "surveys:result-list", {"export": "csv"}, surveys.may_read_results),
    (GET, "walks:walk-list", {}, walks.may_read_walks),
    (GET, "walks:walk-list", {"export": "csv"}, walks.may_read_walks),
    (GET, "walks:walk-list", {"export": "xlsx"}, walks.may_read_walks),
    (GET, "walks:walk-new", {}, walks.may_begin),
    (GET, "walks:own-findings", {}, walks.may_see_own),
    (GET, "walks:own-findings", {"export": "csv"}, walks.may_see_own),
    (GET, "jobs:job-list", {}, accounts.is_person),
    (GET, "pages:inbox", {}, accounts.is_person),
    (GET, "pages:search", {}, accounts.is_person),
    (GET, "pages:thread iakttagelse OBSERVATION", {}, may_read_observation),
    (GET, "pages:overview", {}, pages.may_read_overview),
    (GET, "pages:overview-part fynd-besvarade taljare", {}, pages.may_read_overview),
    (GET, "partnership:agreement-list", {}, partnership.may_read),
    (GET, "partnership:agreement-start", {}, partnership.may_begin),
    (GET, "partnership:coverage", {}, partnership.may_read),
    (GET, "partnership:coverage", {"export": "csv"}, partnership.may_read),
    (GET, "partnership:coverage", {"export": "xlsx"}, partnership.may_read),
    (GET, "partnership:coverage-values", {}, partnership.may_read),
    (GET, "partnership:priority-list", {}, partnership.may_read),
    (GET, "partnership:priority-start", {}, partnership.may_begin_priorities),
    (GET, "partnership:promise-list", {}, partnership.may_read),
    (GET, "partnership:promise-start", {}, partnership.may_begin),
    (GET, "partnership:council-list", {}, partnership.may_read),
    (GET, "partnership:council-start", {}, partnership.may_begin),
    (GET, "partnership:meeting-list", {}, partnership.may_read),
    (GET, "partnership:meeting-start", {}, partnership.may_begin),
    (GET, "partnership:item-list", {}, partnership.may_see_own_items),
    (GET, "partnership:item-list", {"export": "csv"}, partnership.may_see_own_items),
    (GET, "partnership:item-list", {"export": "xlsx"}, partnership.may_see_own_items),
    (GET, "partnership:calendar", {}, partnership.may_read),
    (GET, "picture:explore", {}, picture.may_explore),
    (GET, "picture:explore-values", {}, picture.may_explore),
    (GET, "picture:explore-week", {}, picture.may_explore),
    (GET, "picture:explore-file csv", {}, picture.may_explore),
    (GET, "picture:explore-file gpkg", {}, picture.may_explore),
    (GET, "picture:area-list", {}, picture.may_explore),
    (GET, "picture:area town_part AREA", {}, picture.may_explore),
    (GET, "picture:area-file town_part AREA json", {}, picture.may_explore),
    (GET, "picture:picture-list", {}, picture.may_read_adopted),
    (GET, "picture:law", {}, picture.may_read_adopted),
    (GET, "picture:picture-detail ADOPTED", {}, may_read("ADOPTED")),
    (GET, "picture:picture-file ADOPTED json", {}, may_read("ADOPTED")),
    (GET, "picture:picture-detail DRAFT", {}, may_read("DRAFT")),
    (GET, "picture:picture-file DRAFT json", {}, may_read("DRAFT")),
    (GET, "places:place-list", {}, places.may_read_places),
    (GET, "places:place-list", {"export": "csv"}, places.may_read_places),
    (GET, "places:place-list", {"export": "gpkg"}, places.may_read_places),
    (GET, "places:place-points", {}, places.may_read_places),
    (GET, "places:place-new", {}, places.may_write_somewhere),
    (GET, "places:candidate-list", {}, places.may_read_problems),
    (GET, "places:candidate-points", {}, places.may_read_problems),
    (POST, "places:candidate-find", {}, places.may_write_somewhere),
    (GET, "places:problem-list", {}, places.may_read_problems),
    (GET, "places:problem-list", {"export": "csv"}, places.may_read_problems),
    (GET, "places:problem-new", {}, places.may_propose_problem),
    (GET, "measures:measure-list", {}, measures.may_read_measures),
    (GET, "measures:measure-list", {"export": "csv"}, measures.may_read_measures),
    (GET, "measures:measure-list", {"export": "xlsx"}, measures.may_read_measures),
    (GET, "measures:horizons", {}, measures.may_read_overview),
    (GET, "measures:measure-new", {}, measures.may_propose),
    (GET, "measures:portfolio-list", {}, measures.may_manage_portfolios),
    (GET, "measures:portfolio-new", {}, measures.may_manage_portfolios),
    (GET, "measures:plan-list", {}, measures.may_read_plans),
    (GET, "measures:plan-new", {}, measures.may_begin_plan),
)
# Open to everybody: what they show depends on the reader and is tested where they stand.
OPEN = {
    "pages:start",
    "areas:level-list",
    "areas:level-detail",
    "areas:level-map",
    "areas:area-detail",
    "common:style-page",
    "common:accessibility",
    "partnership:public-promises",
    # Opened by a signed key alone.
    "partnership:calendar-feed",
    "picture:accessibility",
    "picture:public-index",
    "picture:public-area",
    "picture:public-csv",
    "picture:public-pdf",
    ":javascript-catalog",
    ":set_language",
    # Leads to the reader's own profile, which asks them to sign in.
    ":sign-in-address",
    "areas:map-layer",
    # What a key opens, and what participants are told under an address that cannot be guessed.
    "walks:link-answer",
    "walks:link-page",
    "walks:link-photo",
    "walks:link-point",
    "walks:notice",
    # A script that holds addresses and nothing of anybody's.
    "report:worker",
}
# Steps on one object, each tested for every role beside its service.
STEPS = {
    "accounts:invitation-again",
    "accounts:membership-end",
    "accounts:user-activate",
    "accounts:user-deactivate",
    "events:event-place",
    "imports:batch-cancel",
    "imports:batch-start",
    "imports:batch-undo",
    "imports:mapping",
    "imports:row-detail",
    "imports:row-dismiss",
    "jobs:job-cancel",
    "jobs:job-detail",
    "jobs:job-retry",
    "observations:category-use",
    "observations:observation-done",
    "observations:observation-join",
    "observations:observation-no-action",
    "observations:observation-split",
    "observations:observation-take-up",
    "observations:photo",
    "observations:photo-remove",
    "measures:dose-add",
    "measures:dose-plan",
    "measures:measure-approve",
    "measures:measure-detail",
    "measures:measure-done",
    "measures:measure-edit",
    "measures:measure-follow-up",
    "measures:measure-indicator",
    "measures:measure-indicator-type",
    "measures:measure-save",
    "measures:measure-start",
    "measures:measure-stop",
    "measures:measure-withdraw",
    "measures:plan-adopt",
    "measures:plan-compare",
    "measures:plan-detail",
    "measures:plan-file",
    "measures:plan-follow-up",
    "measures:plan-measures",
    "measures:plan-next",
    "measures:plan-save",
    "measures:portfolio-edit",
    "measures:portfolio-holder",
    "partnership:agenda-make",
    "partnership:agreement-detail",
    "partnership:agreement-edit",
    "partnership:agreement-end",
    "partnership:agreement-replace",
    "partnership:agreement-sign",
    "partnership:attendance-record",
    "partnership:calendar-revoke",
    "partnership:council-detail",
    "partnership:council-edit",
    "partnership:document",
    "partnership:item-add",
    "partnership:item-detail",
    "partnership:item-move",
    "partnership:item-report",
    "partnership:item-save",
    "partnership:item-strike",
    "partnership:meeting-detail",
    "partnership:meeting-edit",
    "partnership:meeting-step",
    "partnership:minutes",
    "partnership:party-add",
    "partnership:party-remove",
    "partnership:priority-detail",
    "partnership:priority-edit",
    "partnership:problem-link",
    "partnership:problem-unlink",
    "partnership:promise-detail",
    "partnership:promise-edit",
    "partnership:promise-give",
    "partnership:promise-judge",
    "partnership:seat-add",
    "partnership:seat-remove",
    "picture:explore-cells",
    "picture:picture-adopt",
    "picture:picture-choose",
    "picture:picture-compare",
    "picture:picture-count",
    "picture:picture-figures",
    "picture:picture-next",
    "picture:picture-period",
    "picture:picture-return",
    "picture:picture-save",
    "picture:picture-start",
    "picture:saved-view-remove",
    "picture:saved-view-rename",
    "picture:saved-view-save",
    "walks:finding-add",
    "walks:finding-answer",
    "walks:finding-assign",
    "walks:finding-detail",
    "walks:finding-photo",
    "walks:finding-point",
    "walks:link-send",
    "walks:link-withdraw",
    "walks:photo-remove",
    "walks:walk-cancel",
    "walks:walk-close",
    "walks:walk-detail",
    "walks:walk-edit",
    "walks:walk-feed-back",
    "walks:walk-notify",
    "walks:walk-paper",
    "walks:walk-points",
    "walks:walk-record",
    "walks:walk-route",
    "walks:walking",
    "places:candidate-accept",
    "places:candidate-detail",
    "places:candidate-dismiss",
    "places:cause-edit",
    "places:cause-new",
    "places:cause-remove",
    "places:evidence-new",
    "places:evidence-remove",
    "places:place-assess",
    "places:place-detail",
    "places:place-edit",
    "places:place-fact",
    "places:place-link",
    "places:place-observations",
    "places:place-photo",
    "places:place-photo-remove",
    "places:place-photos",
    "places:place-reach",
    "places:place-unlink",
    "places:problem-detail",
    "places:problem-edit",
    "places:problem-step",
    "report:nothing",
    "report:photo",
    "report:receive",
    # Leads to the latest week.
    "weeks:latest",
}


def picture_called(word: str) -> Picture:
    status = "adopted" if word == "ADOPTED" else "draft"
    return Picture.objects.filter(status=status)[0]


def address(words: str) -> str:
    name, *arguments = words.split()
    event = EventRevision.objects.order_by("pk").first()
    known = {
        "USER": person_with(Role.GUARD).pk,
        "AREA": AreaVersion.objects.filter(area__level__slug="town_part")[0].area.code,
        "BATCH": Batch.objects.filter(kind="events")[0].pk,
        "SOURCE": event.source,
        "EVENT": event.external_id,
        "ADOPTED": picture_called("ADOPTED").pk,
        "DRAFT": picture_called("DRAFT").pk,
        "OBSERVATION": observation_of_town().pk,
        "CATEGORY": observation_of_town().category_id,
        "DISTRICT": observation_of_town().district.code,
        "WEEK": last_week(),
    }
    return reverse(name, args=[known.get(word, word) for word in arguments])


def answers(client: Client, page: Page) -> bool:
    """Whether the page lets this reader in."""
    method, words, query, _may = page
    if method == POST:
        response = client.post(address(words), query)
        return response.status_code == 302 and "/konto/login/" not in response["Location"]
    status = client.get(address(words), query).status_code
    assert status == 200 or status in REFUSED, f"{words}: {status}"
    return status == 200


@pytest.mark.django_db
def test_every_page_and_export_answers_as_its_permission_says(data_folder):
    make_small_town()
    wrong = []
    for role in (None, *Role):
        user = person_with(role)
        client = Client()
        if user is not None:
            client.force_login(user)
        for page in TABLE:
            expected = page[3](user or AnonymousUser())
            if answers(client, page) != expected:
                wrong.append(f"{role or 'nobody'}: {page[1]} {page[2]} should be {expected}")
    assert not wrong, "\n".join(wrong)


def names(resolver: URLResolver, namespace: str = "") -> set[str]:
    """Return the names of all addresses but those of the package for sign-in, which guards its."""
    found: set[str] = set()
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver) and pattern.urlconf_name is not sign_in:
            found |= names(pattern, pattern.namespace or namespace)
        elif isinstance(pattern, URLPattern):
            found.add(f"{namespace}:{pattern.name}")
    return found


def test_every_address_has_its_place():
    placed = {page[1].split()[0] for page in TABLE} | OPEN | STEPS
    found = names(get_resolver())
    assert found - placed == set()
    assert placed - found == set(), "these addresses are gone"
