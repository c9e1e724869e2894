"""Questions in words: what is counted, where and when."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from samhandling_web.observe.observations.rules import SEVERITIES, Severity
from samhandling_web.understand.places.rules import USUAL_RADIUS_M, WEEKDAYS, QueryKind

if TYPE_CHECKING:
    from samhandling_web.understand.places.queries.question import LiveQuery
    from samhandling_web.understand.places.queries.subjects import Subjects

MOST_NAMED = 4


def sentence(query: "LiveQuery", subjects: "Subjects") -> str:
    """Return the question as one sentence."""
    what = {
        QueryKind.EVENTS: _events,
        QueryKind.OBSERVATIONS: _observations,
        QueryKind.SURVEY: _survey,
    }[query.kind](query, subjects)
    return f"{what} {where(query, subjects)}{_when(query)}."


def where(query: "LiveQuery", subjects: "Subjects") -> str:
    """Say which place, area or municipality the question is about."""
    if query.place_id is not None:
        place = subjects.place(query.place_id)
        radius = query.radius_m or (place.radius_m if place else USUAL_RADIUS_M)
        name = str(place) if place else _("en plats som inte finns")
        return _("inom {radius} m från {place}").format(radius=radius, place=name)
    if query.code:
        return _("i {area}").format(area=subjects.area_name(query.level, query.code))
    return _("i {area}").format(area=subjects.municipality or _("hela kommunen"))


def joined(names: list[str]) -> str:
    """Write names after each other, with "och" before the last."""
    if len(names) < 2:
        return "".join(names)
    return _("{names} och {last}").format(names=", ".join(names[:-1]), last=names[-1])


def _some(names: list[str]) -> str:
    if len(names) <= MOST_NAMED:
        return joined(names)
    more = _("{count} till").format(count=len(names) - MOST_NAMED + 1)
    return joined([*names[: MOST_NAMED - 1], more])


def _events(query: "LiveQuery", subjects: "Subjects") -> str:
    names = subjects.event_labels(query.categories)
    what = (
        _("Händelser av typen {names}").format(names=_some(names))
        if names
        else _("Händelser av alla typer")
    )
    if not query.source:
        return what
    return _("{what} enligt {source}").format(what=what, source=subjects.source_name(query.source))


def _observations(query: "LiveQuery", subjects: "Subjects") -> str:
    names = subjects.observation_names(query.categories)
    what = (
        _("Iakttagelser av {names}").format(names=_some([name.lower() for name in names]))
        if names
        else _("Iakttagelser av händelser och otrygga miljöer")
    )
    if not query.severities:
        return what
    severities = joined([str(SEVERITIES[Severity(one)]) for one in query.severities])
    return _("{what} ({severities})").format(what=what, severities=severities)


def _survey(query: "LiveQuery", subjects: "Subjects") -> str:
    asked = subjects.survey_question(query.item)
    if asked is None:
        return _("Svar på enkätfrågan {item}").format(item=query.item)
    wording, cut = asked
    if not cut:
        return _("Svar på ”{wording}”").format(wording=wording)
    return _("Andel som svarar ”{cut}” på ”{wording}”").format(cut=cut, wording=wording)


def _when(query: "LiveQuery") -> str:
    said = ""
    if query.hours is not None:
        first, last = query.hours
        said += _(", klockan {first:02d}–{last:02d}").format(first=first, last=last)
    if query.weekdays:
        said += ", " + joined([str(WEEKDAYS[day]) for day in sorted(query.weekdays)])
    return said
