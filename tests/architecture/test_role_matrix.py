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

from samhandling_web.base.accounts import permissions as accounts
from samhandling_web.base.accounts.rules import Role
from samhandling_web.base.areas import permissions as areas
from samhandling_web.base.areas.models import AreaVersion
from samhandling_web.base.audit import permissions as audit
from samhandling_web.observe.events import permissions as events
from samhandling_web.observe.events.models import EventRevision
from samhandling_web.observe.imports import permissions as imports
from samhandling_web.observe.imports.models import Batch
from samhandling_web.observe.statistics import permissions as statistics
from samhandling_web.observe.surveys import permissions as surveys
from samhandling_web.understand.picture import permissions as picture
from samhandling_web.understand.picture.models import Picture
from tests.small_town import make_small_town, person_with

May = Callable[[Any], bool]
Page = tuple[str, str, dict[str, str], May]

GET, POST = "GET", "POST"
REFUSED = {302, 403, 404}


def may_read(word: str) -> May:
    return lambda actor: picture.may_read(actor, picture_called(word))


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
    (GET, "statistics:indicator-list", {}, statistics.may_read_figures),
    (GET, "statistics:indicator-detail population", {}, statistics.may_read_figures),
    (GET, "statistics:indicator-detail population", {"export": "csv"}, statistics.may_read_figures),
    (GET, "surveys:result-list", {}, surveys.may_read_results),
    (GET, "surveys:result-list", {"export": "csv"}, surveys.may_read_results),
    (GET, "jobs:job-list", {}, accounts.is_person),
    (GET, "pages:inbox", {}, accounts.is_person),
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
