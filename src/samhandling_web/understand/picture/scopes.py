"""Finding the scope that somebody means by a name and a period."""

from datetime import date, timedelta

from django.utils.translation import gettext as _gettext

from samhandling_web.base.accounts.keeping import kept_for
from samhandling_web.base.accounts.models import Organisation
from samhandling_web.base.accounts.permissions import Actor
from samhandling_web.base.areas import selectors as areas
from samhandling_web.base.areas.answering import district_of, districts_for
from samhandling_web.base.areas.models import Area, AreaLevel, AreaVersion
from samhandling_web.base.common.errors import DomainError
from samhandling_web.base.common.text import _
from samhandling_web.understand.picture.figures.borders import held_day
from samhandling_web.understand.picture.figures.scope import Scope


class NoMunicipality(DomainError):
    message = _("Installationen har ingen kommun ännu. Kör samhandling init.")


class NoSuchArea(DomainError):
    message = _("Det finns inget område som heter {name} den {day}. Några som finns: {known}.")


class SeveralAreas(DomainError):
    message = _("Flera områden heter {name}: {levels}. Ange nivån också.")


def divisions_of_the_whole() -> list[AreaLevel]:
    """Return the levels that cover the municipality, largest areas first."""
    return list(areas.covering_levels())


def scope_named(name: str | None, level: str | None, start: date, end: date) -> Scope:
    """Return the scope of an area by its name, or of the whole municipality without one.

    Raises
    ------
    NoMunicipality, NoSuchArea, SeveralAreas
        If there is no municipality yet, or the name fits no area or several.
    """
    municipality = areas.municipality()
    levels = divisions_of_the_whole()
    if municipality is None or not levels:
        raise NoMunicipality
    if name is None or name.casefold() == municipality.name.casefold():
        slug = level or levels[0].slug
        return Scope(slug, "", municipality.name, municipality.name, start, end)
    found = [
        (one.slug, version)
        for one in levels
        if level in {None, one.slug}
        and (version := areas.area_by_name(name, one.slug, held_day(one.slug, end)))
    ]
    if not found:
        raise NoSuchArea(name=name, day=end, known=_some_names(levels[0].slug, end))
    if len(found) > 1:
        raise SeveralAreas(name=name, levels=", ".join(slug for slug, _version in found))
    slug, version = found[0]
    return Scope(slug, version.area.code, version.name, municipality.name, start, end)


def scope_of(area: Area | None, start: date, end: date) -> Scope:
    """Return the scope of an area, or of the whole municipality when it is None."""
    if area is None:
        return scope_named(None, None, start, end)
    municipality = areas.municipality()
    name = municipality.name if municipality else ""
    version, borders = _version_near(area, end)
    return Scope(area.level.slug, area.code, version.name, name, start, end, borders=borders)


def _version_near(area: Area, day: date) -> tuple[AreaVersion, date]:
    """Return the area as it was on `day`, or the nearest day on which there was such an area."""
    versions = list(areas.versions_of(area))
    begun = [version for version in versions if version.valid_from <= day]
    if not begun:
        return versions[-1], versions[-1].valid_from
    last_day = begun[0].valid_to - timedelta(days=1) if begun[0].valid_to else day
    return begun[0], min(day, last_day)


def first_area(level: str, day: date) -> tuple[Area, str]:
    """Return the first area of a level by its code, and its name."""
    version = areas.areas_on(level, held_day(level, day))[0]
    return version.area, version.name


def areas_with_clock(day: date, reader: Actor = None) -> list[tuple[int | None, str]]:
    """Return whose pictures have a clock: the municipality's, and each of the largest areas'.

    For a reader they are looked up once, however many rooms ask.
    """
    return kept_for(reader, ("areas_with_clock", day), lambda: _areas_with_clock(day, reader))


def _areas_with_clock(day: date, reader: Actor) -> list[tuple[int | None, str]]:
    municipality = areas.municipality_name()
    if municipality is None:
        return []
    return [(None, municipality), *((one.area_id, one.name) for one in districts_for(reader, day))]


def area_answered_for(organisation: Organisation | None, day: date) -> int | None:
    """Return the area with a clock that an organisation answers for, None for the whole."""
    if organisation is None:
        return None
    found = district_of(organisation, areas.districts_on(day))
    return found.area_id if found else None


def marks() -> tuple[str, ...]:
    """Return what must stand on everything that leaves the house."""
    municipality = areas.municipality()
    invented = municipality is not None and municipality.is_invented
    return (_gettext("Påhittade uppgifter"),) if invented else ()


def _some_names(level: str, day: date) -> str:
    versions = areas.areas_on(level, held_day(level, day))
    return ", ".join(versions.values_list("name", flat=True)[:12])
