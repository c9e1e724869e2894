"""The sources that can be read, by slug."""

from samhandling.sources.protocol import Source

SOURCES: tuple[Source, ...] = ()


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
