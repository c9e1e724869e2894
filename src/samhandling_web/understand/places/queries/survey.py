"""Readings of surveys: one question, word for word, in one area, from one wave."""

import hashlib
import re
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext as _

from samhandling_web.observe.surveys import selectors as surveys
from samhandling_web.observe.surveys.models import SurveyResultRevision
from samhandling_web.observe.surveys.rules import INTERVAL_ORIGINS, IntervalOrigin, NBasis
from samhandling_web.understand.places.queries.reading import Reading, unanswered

if TYPE_CHECKING:
    from samhandling_web.understand.places.queries.question import LiveQuery
    from samhandling_web.understand.places.queries.subjects import Subjects

ITEM_MARK = "#"
A_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
WHOLE = "municipality"


def survey_item(item: str, survey: str, wording: str, cut: str) -> str:
    """Return what names one question of one survey: other words are another question."""
    words = f"{survey}\x1f{wording}\x1f{cut}"
    return f"{item}{ITEM_MARK}{hashlib.sha256(words.encode()).hexdigest()[:10]}"


def slug_of(item: str) -> str:
    """Return the question's slug, without the mark of its words."""
    return item.partition(ITEM_MARK)[0]


def survey_reading(
    query: "LiveQuery", first_day: date, last_day: date, subjects: "Subjects"
) -> Reading:
    """Return the latest wave that was asked in the period."""
    dated = [(days, one) for one in _results(query, subjects) if (days := fieldwork(one))]
    version = surveys.data_version()
    if not dated:
        problem = _("Det finns inga enkätsvar på frågan för det här området.")
        return unanswered(first_day, last_day, problem, data_version=version)
    inside = [(days, one) for days, one in dated if first_day <= days[1] and days[0] <= last_day]
    if not inside:
        (_first, latest), _one = max(dated, key=lambda pair: pair[0][1])
        problem = _("Enkäten gjordes inte under perioden; den senaste omgången slutade {day}.")
        return unanswered(first_day, last_day, problem.format(day=latest), data_version=version)
    latest_days = max(days for days, _one in inside)
    last_wave = [one for days, one in inside if days == latest_days]
    if len({(one.survey, one.wording, one.cut) for one in last_wave}) > 1:
        problem = _("Frågan har flera lydelser eller räknar olika svar. Välj en av dem.")
        return unanswered(first_day, last_day, problem, data_version=version)
    return _reading(last_wave[0], latest_days, version)


def fieldwork(result: SurveyResultRevision) -> tuple[date, date] | None:
    """Return when the answers were gathered: as published, or the year that the wave names."""
    start, end = result.fieldwork_start, result.fieldwork_end
    if start or end:
        return start or end, end or start  # type: ignore[return-value]
    if named := A_YEAR.findall(result.wave):
        return date(int(named[0]), 1, 1), date(int(named[-1]), 12, 31)
    return None


def _results(query: "LiveQuery", subjects: "Subjects") -> list[SurveyResultRevision]:
    """Return everybody's answers to exactly that question in that area, any wave."""
    where = Q(area_level=WHOLE)
    if query.code:
        name = subjects.area_name(query.level, query.code)
        # Some publishers give an area's name and no code.
        by_name = Q(area_code="", area_name__iexact=name)
        where = Q(area_level=query.level) & (Q(area_code=query.code) | by_name)
    found = surveys.results_current().filter(where, item=slug_of(query.item), group="")
    if ITEM_MARK not in query.item:
        return list(found)
    return [
        one
        for one in found
        if survey_item(one.item, one.survey, one.wording, one.cut) == query.item
    ]


def _reading(result: SurveyResultRevision, days: tuple[date, date], version: str) -> Reading:
    return Reading(
        value=float(result.value_percent),
        low=result.low,
        high=result.high,
        count=result.n if result.n_basis == NBasis.ITEM else None,
        unit=_("procent"),
        first_day=days[0],
        last_day=days[1],
        source=f"{result.survey}, {result.wave}",
        definition=_definition(result),
        data_version=version,
    )


def _definition(result: SurveyResultRevision) -> str:
    asked = (
        _("Andel som svarar ”{cut}” på ”{wording}”.")
        if result.cut
        else _("Andel enligt frågan ”{wording}”.")
    ).format(cut=result.cut, wording=result.wording)
    origin = IntervalOrigin(result.interval_origin)
    if origin is IntervalOrigin.NONE:
        return f"{asked} {_('Underlag för ett osäkerhetsintervall saknas.')}"
    interval = _("Intervallet är {origin}.").format(origin=INTERVAL_ORIGINS[origin])
    return f"{asked} {interval}"
