"""What several pages show of observations, put together for their templates."""

from typing import Any
from uuid import uuid4

from django.utils import timezone
from django.utils.formats import date_format

from samhandling_web.base.accounts.models import User
from samhandling_web.observe.observations import offline, permissions, selectors
from samhandling_web.observe.observations.forms import AnswerForm, ReportForm
from samhandling_web.observe.observations.models import Category, Observation
from samhandling_web.observe.observations.rules import (
    CATEGORY_KINDS,
    GOOD_KINDS,
    TRANSITIONS,
    CategoryKind,
    Status,
)


def report_context(
    actor: User, form: ReportForm, near: list[Observation] | None = None
) -> dict[str, Any]:
    """Return what the report page holds; it is kept in the telephone, so it names no report."""
    categories = list(selectors.categories_in_use())
    kinds = [(str(CATEGORY_KINDS[kind]), _of_kind(categories, kind)) for kind in CategoryKind]
    return {
        "form": form,
        "good_kinds": [str(kind) for kind in GOOD_KINDS],
        "kinds": [(label, found) for label, found in kinds if found],
        "place_names": selectors.known_place_names(),
        "layers": offline.map_layers(),
        "near": near or [],
        "reporter": actor.pk,
        # Its own mark: to say that there was nothing is another sending than the one in the form.
        "nothing_client_id": uuid4(),
    }


def _of_kind(categories: list[Category], kind: CategoryKind) -> list[Category]:
    return [category for category in categories if category.kind == kind]


def near_as_json(observation: Observation) -> dict[str, Any]:
    """Return an observation whole, for whoever is about to report what may be the same."""
    start = timezone.localtime(observation.start)
    return {
        "id": observation.pk,
        "category": str(observation.category),
        "severity": str(observation.get_severity_display()),
        "status": str(observation.get_status_display()),
        "when": date_format(start, "j F H:i"),
        "place": observation.place_name,
        "text": observation.text,
        "organisation": str(observation.sending.organisation),
        "photos": len(observation.photos.all()),
    }


def observation_context(actor: User, observation: Observation) -> dict[str, Any]:
    """Return what an observation's page holds for this reader."""
    may_handle = permissions.may_handle(actor, observation)
    visible = selectors.observations_visible_to(actor)
    # In the order they came: by time, the database would look through all there are.
    joined = (
        visible.filter(joined_to=observation)
        .select_related("category", "sending__organisation")
        .order_by("joined_to_id", "pk")
    )
    steps = observation.steps.select_related("actor")
    head = observation.joined_to
    return {
        "observation": observation,
        "district_name": selectors.district_names().get(observation.district_id or 0, ""),
        "is_own": observation.sending.reporter_id == actor.pk,
        "may_handle": may_handle,
        "may_read_list": permissions.may_read_observations(actor),
        "steps": steps,
        "joined": joined,
        "head": head if head and permissions.may_read(actor, head) else None,
        "photos": observation.photos.select_related("photo__removal__removed_by"),
        "may_remove": permissions.may_remove_photo(actor, observation),
        "targets": {str(one) for one in TRANSITIONS[Status(observation.status)]},
        "near": _to_join(actor, observation) if may_handle else [],
        "answer_form": AnswerForm(),
        "layers": offline.map_layers(),
    }


def _to_join(actor: User, observation: Observation) -> list[Observation]:
    """Return those near that it can be joined to by this person."""
    if Status.JOINED not in TRANSITIONS[Status(observation.status)]:
        return []
    found = selectors.near_observation(actor, observation)
    return [one for one in found if permissions.may_handle(actor, one)]
