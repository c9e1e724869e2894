"""What several forms let people choose among: districts, organisations, places."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from samhandling_web.base.accounts.models import Organisation
from samhandling_web.base.areas import selectors as areas
from samhandling_web.base.areas.models import AreaVersion
from samhandling_web.base.areas.selectors.divisions import visible
from samhandling_web.understand.picture.collation import collated
from samhandling_web.understand.picture.figures.borders import held_day
from samhandling_web.understand.places.models import Place
from samhandling_web.understand.places.selectors import SEEN_BY_ALL

MOST_FOUND = 30
"""So many places are shown at once: a list that is longer is searched."""
ALL = ("", _("alla"))

SEARCH_LABEL = _("Sök bland platserna")
SEARCH_HELP = _("Del av platsens eller stadsdelsområdets namn. Tryck Sök. Det du valt står kvar.")

Choices = list[tuple[str, Any]]


def districts_to_choose() -> Choices:
    """Return every district of today by its name."""
    level = areas.district_level()
    if level is None:
        return []
    versions = areas.areas_on(level.slug, held_day(level.slug, timezone.localdate()))
    named = [(str(pk), name) for pk, name in versions.values_list("area", "name")]
    return sorted(named, key=lambda pair: collated(pair[1]))


def areas_by_level(versions: QuerySet[AreaVersion]) -> list[tuple[str, list[AreaVersion]]]:
    """Group areas under what their level calls them, the largest first, each by its name."""
    groups: dict[str, list[AreaVersion]] = {}
    rows = versions.select_related("area__level").defer("geometry", "geometry_map")
    for version in rows.order_by("area__level__rank", "pk"):
        groups.setdefault(version.area.level.name_plural, []).append(version)
    return [
        (plural, sorted(named, key=lambda one: collated(one.name)))
        for plural, named in groups.items()
    ]


def areas_to_choose(kept: str = "") -> list[tuple[str, Any]]:
    """Return the areas of every level but the smallest, grouped by level.

    Protected ones are left out: what is written about an area is read by more than may see those.
    `kept` is the number of one that is chosen already and may have ended since.
    """
    district = areas.district_level()
    shown = visible(AreaVersion.objects.all(), SEEN_BY_ALL)
    wide = Q(area__level__is_base_unit=False) | Q(area__level=district)
    groups = areas_by_level(shown.filter(wide, valid_to__isnull=True))
    offered: list[tuple[str, Any]] = [
        (plural, [(str(one.area_id), one.name) for one in named]) for plural, named in groups
    ]
    known = {number for _plural, named in offered for number, _name in named}
    if kept.isdecimal() and kept not in known:
        ended = shown.filter(area=int(kept)).order_by("-valid_from")[:1]
        offered += [(kept, one.name) for one in ended]
    return offered


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


def places_found(places: QuerySet[Place], words: str) -> QuerySet[Place]:
    """Return the places that every word is part of, in their own name or their district's."""
    for word in words.split():
        places = places.filter(Q(name__icontains=word) | Q(district_name__icontains=word))
    return places.order_by("name", "pk")


def offer_places(
    field: forms.ModelChoiceField,  # type: ignore[type-arg]
    places: QuerySet[Place],
    *,
    words: str = "",
    chosen: Collection[int] = (),
    first: QuerySet[Place] | None = None,
) -> None:
    """Let any of `places` be chosen; show those that are, and those that `words` find.

    Without words `first` are shown, or else the first by name. A list that is cut says so.
    """
    found = places_found(places, words) if words or first is None else first.order_by("name", "pk")
    others = found.exclude(pk__in=chosen)
    # One more than are shown tells whether to count them all.
    rows = list(others[: MOST_FOUND + 1])
    kept = places.filter(pk__in=chosen).order_by("name", "pk") if chosen else ()
    field.queryset = places
    options: list[tuple[Any, str]] = [
        (str(one.pk), place_named(one)) for one in (*kept, *rows[:MOST_FOUND])
    ]
    if not isinstance(field, forms.ModelMultipleChoiceField):
        options = [("", str(field.empty_label or "")), *options]
    field.widget.choices = options
    if len(rows) > MOST_FOUND:
        told = _("De {most} första av {number} visas. Sök för att hitta de andra.")
        field.help_text = format_lazy(told, most=MOST_FOUND, number=others.count())
    elif words and not rows:
        field.help_text = format_lazy(_("Ingen plats heter något med ”{words}”."), words=words)


def place_named(place: Place) -> str:
    """Name a place so that two of the same name can be told apart."""
    district = getattr(place, "district_name", None)
    return f"{place} ({district})" if district else str(place)


def value_now(form: forms.Form, name: str) -> Any:
    """Return what a field holds, sent or to begin with, before the form draws its fields."""
    field = form.fields[name]
    if form.is_bound:
        return field.widget.value_from_datadict(form.data, form.files, form.add_prefix(name))
    return form.get_initial_for_field(field, name)


def pks_in(values: Any) -> list[int]:
    """Return the numbers in what was chosen: rows, numbers, or text from a page."""
    numbers = [str(getattr(one, "pk", one)) for one in values or ()]
    return [int(number) for number in numbers if number.isdecimal()]
