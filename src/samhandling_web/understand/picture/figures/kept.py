"""Figures that were counted before, kept for as long as the data they rest on."""

import hashlib

from django.core.cache import cache
from django.utils.translation import get_language

from samhandling import __version__
from samhandling_web.understand.picture.figures.assemble import data_version, figures_for
from samhandling_web.understand.picture.figures.content import Figure, figure_from_json
from samhandling_web.understand.picture.figures.scope import Scope

KEPT_S = 7 * 24 * 3600


def figures_kept(scope: Scope) -> tuple[list[Figure], str]:
    """Return every figure of the scope and the data version that they rest on."""
    version = data_version()
    state = repr((scope, version, __version__, get_language()))
    key = f"picture-figures-{hashlib.sha256(state.encode()).hexdigest()}"
    kept = cache.get(key)
    if kept is None:
        kept = [figure.as_json() for figure in figures_for(scope)]
        cache.set(key, kept, KEPT_S)
    return [figure_from_json(content) for content in kept], version
