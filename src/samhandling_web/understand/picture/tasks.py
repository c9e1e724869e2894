"""Background work of the picture: counting its figures."""

from typing import Any

from django.utils import translation

from samhandling_web.base.accounts.models import User
from samhandling_web.base.jobs.registry import Progress
from samhandling_web.understand.picture import rules, scopes, services
from samhandling_web.understand.picture.documents import LANGUAGE
from samhandling_web.understand.picture.figures import assemble
from samhandling_web.understand.picture.models import Picture


def figures_count(progress: Progress, parameters: dict[str, Any]) -> dict[str, Any]:
    """Count every figure of a draft and freeze them; safe to run again.

    Frozen words are a document's: they are Swedish whoever asked for the figures.
    """
    with translation.override(LANGUAGE):
        return _counted(progress, parameters)


def _counted(progress: Progress, parameters: dict[str, Any]) -> dict[str, Any]:
    picture = Picture.objects.select_related("area__level").get(pk=parameters["picture_id"])
    actor = User.objects.get(pk=parameters["actor_id"])
    period = (picture.period_start, picture.period_end)
    version = assemble.data_version()
    scope = scopes.scope_of(picture.area, *period)
    expected = assemble.figures_expected(scope)
    figures = []
    for done, figure in enumerate(assemble.candidates(scope), start=1):
        progress.report(done, expected, figure.heading if figure else "")
        if figure is not None:
            figures.append(figure.as_json())
    if not figures:
        raise rules.NoFiguresThere
    services.picture_figures_fill(
        picture_id=picture.pk, figures=figures, data_version=version, actor=actor, period=period
    )
    return {"figures": len(figures)}
