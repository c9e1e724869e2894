"""What questions are about, by name: places, areas, kinds and survey questions, looked up once."""

from collections.abc import Iterable
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from samhandling_web.base.areas import selectors as areas
from samhandling_web.base.areas.models import AreaVersion
from samhandling_web.observe.events.models import Category as EventCategory
from samhandling_web.observe.imports.selectors import source_name
from samhandling_web.observe.observations.models import Category as ObservationCategory
from samhandling_web.observe.surveys.models import SurveyResultRevision
from samhandling_web.understand.places.models import Place
from samhandling_web.understand.places.queries.observations import begun, data_version
from samhandling_web.understand.places.queries.survey import slug_of, survey_item

if TYPE_CHECKING:
    from samhandling_web.understand.places.queries.question import LiveQuery


class Subjects:
    """Answers what the questions of one page name, with one look-up for each sort of thing.

    `places` are those that the page has read already.
    """

    def __init__(self, queries: Iterable["LiveQuery"], places: Iterable[Place] = ()) -> None:
        self.queries = list(queries)
        self._given = {place.pk: place for place in places}
        self._source_names: dict[str, str] = {}

    def place(self, place_id: int) -> Place | None:
        return self._places.get(place_id)

    def area_name(self, level: str, code: str) -> str:
        """Return the area's latest name, or its code where nobody knows it."""
        return self._area_names.get((level, code), code)

    def event_labels(self, slugs: Iterable[str]) -> list[str]:
        return [self._event_labels.get(slug, slug) for slug in slugs]

    def observation_names(self, slugs: Iterable[str]) -> list[str]:
        return [self._observation_names.get(slug, slug) for slug in slugs]

    def survey_question(self, item: str) -> tuple[str, str] | None:
        """Return the wording and the answers that count of a survey's question."""
        return self._survey_questions.get(item)

    def source_name(self, slug: str) -> str:
        """Return what a source of events is called."""
        if slug not in self._source_names:
            self._source_names[slug] = source_name(slug)
        return self._source_names[slug]

    @cached_property
    def municipality(self) -> str:
        found = areas.municipality()
        return found.name if found else ""

    @cached_property
    def observations_begun(self) -> datetime | None:
        return begun()

    @cached_property
    def observations_version(self) -> str:
        return data_version()

    @cached_property
    def _places(self) -> dict[int, Place]:
        named = {query.place_id for query in self.queries if query.place_id is not None}
        wanted = named - set(self._given)
        if not wanted:
            return self._given
        return self._given | Place.objects.select_related("district__level").in_bulk(wanted)

    @cached_property
    def _area_names(self) -> dict[tuple[str, str], str]:
        codes = {query.code for query in self.queries if query.code}
        named = AreaVersion.objects.filter(area__code__in=codes).order_by("valid_from")
        rows = named.values_list("area__level__slug", "area__code", "name")
        return {(level, code): name for level, code, name in rows}

    @cached_property
    def _event_labels(self) -> dict[str, str]:
        return dict(EventCategory.objects.values_list("slug", "label"))

    @cached_property
    def _observation_names(self) -> dict[str, str]:
        return dict(ObservationCategory.objects.values_list("slug", "name"))

    @cached_property
    def _survey_questions(self) -> dict[str, tuple[str, str]]:
        items = {query.item for query in self.queries if query.item}
        slugs = {slug_of(item) for item in items}
        rows = SurveyResultRevision.objects.filter(item__in=slugs)
        known: dict[str, tuple[str, str]] = {}
        for slug, survey, wording, cut in rows.values_list(
            "item", "survey", "wording", "cut"
        ).distinct():
            from_words = survey_item(slug, survey, wording, cut)
            known.setdefault(slug, (wording, cut))
            known[from_words] = (wording, cut)
        return known
