"""What can be asked here: levels, sources, kinds and days that there is anything about."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from samhandling_web.base.accounts.permissions import Actor
from samhandling_web.base.areas import selectors as areas
from samhandling_web.base.areas.models import AreaLevel
from samhandling_web.observe.events.models import Category
from samhandling_web.observe.events.snapshot.overview import Holding, holdings
from samhandling_web.observe.events.snapshot.queries import NoSnapshot, Snapshot
from samhandling_web.understand.picture.collation import collated
from samhandling_web.understand.picture.figures.wording import source_label

MOST_AREAS_AT_FIRST = 60
QUIET_DAYS = 4


@dataclass(frozen=True, slots=True)
class Choices:
    """Everything that may stand in a question, and what stands in it when nothing is said."""

    levels: Mapping[str, AreaLevel]
    sources: Mapping[str, Holding]
    source_names: Mapping[str, str]
    labels: Mapping[str, str]
    first_level: str
    reference_level: str

    def categories(self, source: str) -> list[tuple[str, str]]:
        """Return slug and label of every kind of event that a source has, by label."""
        slugs = self.sources[source].categories
        named = [(slug, self.labels.get(slug, slug)) for slug in slugs]
        return sorted(named, key=lambda pair: collated(pair[1]))

    def source_choices(self) -> list[tuple[str, str]]:
        return list(self.source_names.items())

    def level_choices(self) -> list[tuple[str, str]]:
        return [(slug, level.name_plural) for slug, level in self.levels.items()]

    def default_period(self, source: str) -> tuple[date, date]:
        """Return the last twelve whole months that the source has events from."""
        # Nothing needs to happen on the last days of a month for it to be wholly there.
        month_after = (self.sources[source].last + timedelta(days=QUIET_DAYS)).replace(day=1)
        end = month_after - timedelta(days=1)
        return month_after.replace(year=month_after.year - 1), end


def choices_for(actor: Actor, snapshot: Snapshot) -> Choices:
    """Return what the person may ask.

    Raises
    ------
    NoSnapshot
        If there is nothing to ask about: no dated events, or no areas they are counted in.
    """
    counted_in = {division.level: len(division.codes) for division in snapshot.meta.divisions}
    levels = {
        level.slug: level for level in areas.levels_visible_to(actor) if level.slug in counted_in
    }
    sources = holdings(snapshot)
    if not levels or not sources:
        raise NoSnapshot
    covering = [slug for slug, level in levels.items() if not level.is_overlay] or list(levels)
    few_enough = [slug for slug in covering if counted_in[slug] <= MOST_AREAS_AT_FIRST]
    return Choices(
        levels=levels,
        sources=sources,
        source_names={slug: source_label(slug) for slug in sources},
        labels=dict(Category.objects.values_list("slug", "label")),
        reference_level=covering[0],
        first_level=max(few_enough or covering[:1], key=lambda slug: counted_in[slug]),
    )
