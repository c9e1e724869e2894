"""What several forms let people choose among: districts, organisations and what nothing means."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samhandling_web.base.accounts.models import Organisation
from samhandling_web.base.areas import selectors as areas
from samhandling_web.understand.picture.collation import collated
from samhandling_web.understand.picture.figures.borders import held_day

ALL = ("", _("alla"))

Choices = list[tuple[str, Any]]


def districts_to_choose() -> Choices:
    """Return every district of today by its name."""
    level = areas.district_level()
    if level is None:
        return []
    versions = areas.areas_on(level.slug, held_day(level.slug, timezone.localdate()))
    named = [(str(pk), name) for pk, name in versions.values_list("area", "name")]
    return sorted(named, key=lambda pair: collated(pair[1]))


def organisations_to_choose(among: Any = None) -> Choices:
    """Return organisations by name, all or those with the given numbers (also a question)."""
    rows = Organisation.objects.all()
    if among is not None:
        rows = rows.filter(pk__in=among)
    named = [(str(pk), name) for pk, name in rows.values_list("pk", "name")]
    return sorted(named, key=lambda pair: collated(pair[1]))


def number_or_none(value: str) -> int | None:
    """Return the chosen row's number; None where nothing was chosen."""
    return int(value) if value else None
