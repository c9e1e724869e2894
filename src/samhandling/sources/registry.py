"""The sources that can be read, by slug."""

from samhandling.sources import (
    base_area_population,
    boundaries,
    mapped_table,
    police_events,
    pxweb_excel,
    pxweb_json,
    reported_crime_deso,
    reported_crime_municipality,
    safety_survey,
    vulnerable_area_values,
    vulnerable_areas,
)
from samhandling.sources.protocol import Source

SOURCES: tuple[Source, ...] = (
    police_events.SOURCE,
    reported_crime_deso.SOURCE,
    reported_crime_municipality.SOURCE,
    vulnerable_areas.SOURCE,
    vulnerable_area_values.CLASS_SOURCE,
    vulnerable_area_values.SHARE_SOURCE,
    boundaries.SOURCE,
    base_area_population.SOURCE,
    pxweb_excel.SOURCE,
    pxweb_json.SOURCE,
    safety_survey.SOURCE,
    mapped_table.SOURCE,
)


def registry() -> dict[str, Source]:
    """Return every source by its slug, in the order they are shown."""
    return {source.slug: source for source in SOURCES}


def get(slug: str) -> Source:
    """Return one source.

    Raises
    ------
    KeyError
        If no source has that slug; the message lists those there are.
    """
    sources = registry()
    if slug not in sources:
        msg = f"There is no source {slug!r}; choose one of {', '.join(sources)}."
        raise KeyError(msg)
    return sources[slug]
