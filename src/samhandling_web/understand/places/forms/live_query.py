"""The form by which a person asks a live question, and sees its answer before it is kept.

    form = LiveQueryForm(request.POST or None, actor=request.user, kind=QueryKind.EVENTS,
                         places=[place], initial=LiveQueryForm.initial_of(query))
    if form.is_valid():
        query = form.query

Show it with `{% include "places/live_query.html" with form=form answer=answer %}` inside a form of
the page's own; `answer` is `queries.answered(query, today)` where somebody asked for a preview.
"""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samhandling_web.base.accounts.permissions import Actor
from samhandling_web.base.areas.models import AreaVersion
from samhandling_web.base.areas.permissions import visibilities_open_to
from samhandling_web.base.areas.selectors.divisions import visible
from samhandling_web.base.common.choices import choices
from samhandling_web.observe.events.models import Category as EventCategory
from samhandling_web.observe.events.snapshot.overview import holdings
from samhandling_web.observe.events.snapshot.queries import NoSnapshot, snapshot_in_use
from samhandling_web.observe.imports.selectors import source_name
from samhandling_web.observe.observations.models import Category as ObservationCategory
from samhandling_web.observe.observations.rules import RESTRICTED_CATEGORIES, SEVERITIES
from samhandling_web.observe.surveys import selectors as surveys
from samhandling_web.understand.picture.collation import collated
from samhandling_web.understand.places.forms.choosing import areas_by_level
from samhandling_web.understand.places.models import Place
from samhandling_web.understand.places.queries import LiveQuery, QueryKind, survey_item
from samhandling_web.understand.places.rules import (
    LARGEST_RADIUS_M,
    SMALLEST_RADIUS_M,
    WEEKDAYS,
    QueryInvalid,
)

WHOLE = "whole"
MARK = ":"
SOURCE_MARK = "|"
HOURS = [("", _("hela dygnet")), *((str(hour), f"{hour:02d}") for hour in range(25))]
FIELDS: dict[QueryKind, tuple[str, ...]] = {
    QueryKind.EVENTS: (
        "where",
        "radius_m",
        "event_categories",
        "hour_from",
        "hour_to",
        "weekdays",
    ),
    QueryKind.OBSERVATIONS: (
        "where",
        "radius_m",
        "observation_categories",
        "severities",
        "hour_from",
        "hour_to",
        "weekdays",
    ),
    QueryKind.SURVEY: ("where", "item"),
}


class LiveQueryForm(forms.Form):
    """One question about events, observations or a survey; only its own fields are there."""

    where = forms.ChoiceField(label=_("Var"))
    radius_m = forms.IntegerField(
        label=_("Inom hur många meter"),
        required=False,
        min_value=SMALLEST_RADIUS_M,
        max_value=LARGEST_RADIUS_M,
        help_text=_("Tomt: platsens egen radie. Gäller bara en plats."),
    )
    event_categories = forms.MultipleChoiceField(
        label=_("Händelsetyper"),
        required=False,
        widget=forms.SelectMultiple({"size": 8}),
        help_text=_("Ingen vald: alla. Välj ur en källa; håll ned Ctrl (Mac: Cmd) för flera."),
    )
    observation_categories = forms.MultipleChoiceField(
        label=_("Kategorier"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Ingen vald: alla händelser och otrygga miljöer."),
    )
    severities = forms.MultipleChoiceField(
        label=_("Allvar"),
        required=False,
        choices=choices(SEVERITIES),
        widget=forms.CheckboxSelectMultiple,
    )
    item = forms.ChoiceField(label=_("Fråga i enkäten"))
    hour_from = forms.ChoiceField(label=_("Från klockan"), required=False, choices=HOURS)
    hour_to = forms.ChoiceField(label=_("Till klockan"), required=False, choices=HOURS)
    weekdays = forms.TypedMultipleChoiceField(
        label=_("Veckodagar"),
        required=False,
        coerce=int,
        choices=[(number, name) for number, name in enumerate(WEEKDAYS)],
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self, *args: Any, actor: Actor, kind: QueryKind, places: Iterable[Place] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind = QueryKind(kind)
        for name in set(self.fields) - set(FIELDS[self.kind]):
            del self.fields[name]
        at_places = [] if self.kind is QueryKind.SURVEY else _at(places)
        offered: dict[str, list[Any]] = {"where": [*at_places, *_areas(actor)]}
        if self.kind is QueryKind.EVENTS:
            offered["event_categories"] = _event_kinds()
        elif self.kind is QueryKind.OBSERVATIONS:
            offered["observation_categories"] = _observation_kinds()
        else:
            offered["item"] = _survey_questions()
        for name, values in offered.items():
            self.fields[name].choices = values  # type: ignore[attr-defined]

    @staticmethod
    def initial_of(query: LiveQuery) -> dict[str, Any]:
        """Return the form's fields as they ask `query`."""
        hours = query.hours or ("", "")
        return {
            "where": _where_of(query),
            "radius_m": query.radius_m,
            "event_categories": [f"{query.source}{SOURCE_MARK}{one}" for one in query.categories],
            "observation_categories": list(query.categories),
            "severities": list(query.severities),
            "item": query.item,
            "hour_from": str(hours[0]),
            "hour_to": str(hours[1]),
            "weekdays": list(query.weekdays),
        }

    @property
    def query(self) -> LiveQuery:
        """The question that was asked, when the form is valid."""
        query: LiveQuery = self.cleaned_data["query"]
        return query

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        if self.errors:
            return told
        chosen = [one.partition(SOURCE_MARK) for one in told.get("event_categories", ())]
        sources = {source for source, _mark, _slug in chosen}
        if len(sources) > 1:
            self.add_error(
                "event_categories",
                _("Välj typer ur samma källa: samma brott kan stå i två källor."),
            )
            return told
        kinds = [slug for _source, _mark, slug in chosen] or told.get("observation_categories", [])
        stored = {
            "kind": str(self.kind),
            **_place_or_area(told["where"]),
            "categories": kinds,
            "severities": told.get("severities", []),
            "item": told.get("item", ""),
            "hours": _hours(told.get("hour_from", ""), told.get("hour_to", "")),
            "weekdays": told.get("weekdays", []),
            "source": next(iter(sources), ""),
        }
        if stored["place_id"] is not None:
            stored["radius_m"] = told.get("radius_m")
        try:
            told["query"] = LiveQuery.from_json(stored)
        except QueryInvalid as exc:
            self.add_error(None, str(exc))
        return told


def _hours(first: str, last: str) -> list[int] | None:
    """Return the chosen hours; all day and night when none, or the same twice, are chosen."""
    hours = [int(first or 0), int(last or 24)]
    return None if hours[0] % 24 == hours[1] % 24 else hours


def _where_of(query: LiveQuery) -> str:
    if query.place_id is not None:
        return f"place{MARK}{query.place_id}"
    return f"area{MARK}{query.level}{MARK}{query.code}" if query.code else WHOLE


def _place_or_area(where: str) -> dict[str, Any]:
    sort, _mark, rest = where.partition(MARK)
    level, _mark, code = rest.partition(MARK)
    if sort == "place":
        return {"place_id": int(rest), "level": "", "code": ""}
    return {"place_id": None, "level": level, "code": code}


def _at(places: Iterable[Place]) -> list[tuple[str, str]]:
    return [(f"place{MARK}{place.pk}", str(place)) for place in places]


def _areas(actor: Actor) -> list[Any]:
    """Return the municipality and every area the person may see, grouped by level.

    The smallest units are left out: there a question has no answer but chance.
    """
    current = AreaVersion.objects.filter(valid_to__isnull=True, area__level__is_base_unit=False)
    groups = areas_by_level(visible(current, visibilities_open_to(actor)))
    offered = [(plural, [(_area_mark(one), one.name) for one in named]) for plural, named in groups]
    return [(WHOLE, _("hela kommunen")), *offered]


def _area_mark(version: AreaVersion) -> str:
    return f"area{MARK}{version.area.level.slug}{MARK}{version.area.code}"


def _event_kinds() -> list[Any]:
    """Return the kinds of events that there are, grouped by source."""
    try:
        held = holdings(snapshot_in_use())
    except NoSnapshot:
        return []
    labels = dict(EventCategory.objects.values_list("slug", "label"))
    return [
        (
            source_name(source),
            sorted(
                ((f"{source}{SOURCE_MARK}{slug}", labels.get(slug, slug))
                 for slug in holding.categories),
                key=lambda pair: collated(pair[1]),
            ),
        )
        for source, holding in held.items()
    ]  # fmt: skip


def _observation_kinds() -> list[tuple[str, str]]:
    rows = ObservationCategory.objects.filter(is_active=True)
    return list(rows.exclude(slug__in=RESTRICTED_CATEGORIES).values_list("slug", "name"))


def _survey_questions() -> list[tuple[str, str]]:
    rows = surveys.results_current().order_by("item", "survey")
    found = rows.values_list("item", "survey", "wording", "cut").distinct()
    return [
        (
            survey_item(item, survey, wording, cut),
            f"{wording} ({cut}), {survey}" if cut else wording,
        )
        for item, survey, wording, cut in found
    ]
