"""Everything about one place, gathered for its page as far as the reader may see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from samhandling_web.base.accounts.permissions import Actor
from samhandling_web.base.audit import selectors as audit
from samhandling_web.base.audit.models import AuditRecord
from samhandling_web.base.common.charts import (
    Bar,
    BarChart,
    Estimate,
    Frame,
    Line,
    LineChart,
    line_chart,
    vertical_bars,
)
from samhandling_web.observe.events.permissions import may_read_events
from samhandling_web.observe.observations.models import Observation
from samhandling_web.observe.surveys import selectors as surveys
from samhandling_web.observe.surveys.models import SurveyResultRevision
from samhandling_web.observe.surveys.permissions import may_read_results
from samhandling_web.observe.walks.models import Finding
from samhandling_web.understand.places import panels, permissions, selectors
from samhandling_web.understand.places.models import (
    Place,
    PlaceAssessment,
    PlaceFact,
    PlacePhoto,
    Problem,
)
from samhandling_web.understand.places.queries import LiveQuery, QueryKind, Reading, read_years
from samhandling_web.understand.places.queries.subjects import Subjects

YEARS_SHOWN = 5
MONTHS_SHOWN = 24
ANSWERS_SHOWN = 6
HISTORY_SHOWN = 30


@dataclass(frozen=True, slots=True)
class Year:
    """One year's events near the place."""

    year: int
    reading: Reading


@dataclass(frozen=True, slots=True)
class Events:
    """Events within the radius, year by year, drawn where there is any number."""

    words: str
    years: list[Year]
    svg: str

    @property
    def latest(self) -> Reading:
        return self.years[-1].reading

    @property
    def is_known(self) -> bool:
        return any(year.reading.is_known for year in self.years)

    @property
    def said(self) -> Reading:
        """The reading whose source and definition are told: the latest that has a number."""
        known = [year.reading for year in self.years if year.reading.is_known]
        return known[-1] if known else self.latest


@dataclass(frozen=True, slots=True)
class Seen:
    """The place's observations: the latest, how many a month, and what may belong here too."""

    latest: list[Observation]
    count: int
    months: list[tuple[date, int]]
    svg: str
    nearby: int


@dataclass(frozen=True, slots=True)
class PlacePage:
    """What the page is made of. None where the reader may not see that part."""

    assessments: Sequence[PlaceAssessment]
    facts: Sequence[PlaceFact]
    photos: Sequence[PlacePhoto]
    findings: list[Finding]
    findings_nearby: int
    seen: Seen | None
    events: Events | None
    answers: Sequence[SurveyResultRevision]
    problems: Sequence[Problem] | None
    history: list[AuditRecord]
    panels: list[panels.Shown]
    may_write: bool


def place_page(place: Place, actor: Actor, today: date) -> PlacePage:
    """Return everything about the place that the person may see."""
    may_work = permissions.may_read_problems(actor)
    return PlacePage(
        assessments=list(place.assessments.select_related("actor")),
        facts=list(place.facts.select_related("actor")),
        photos=list(place.photos.select_related("photo__removal__removed_by")),
        findings=list(selectors.findings_of(place)),
        findings_nearby=len(selectors.findings_nearby(place)),
        seen=_seen(place, today) if may_work else None,
        events=_events(place, today) if may_read_events(actor) else None,
        answers=_answers(place) if may_read_results(actor) else (),
        problems=list(selectors.problems_of(place, actor)) if may_work else None,
        history=list(audit.records_of(place).order_by("-sequence")[:HISTORY_SHOWN]),
        panels=panels.of_place(place, actor),
        may_write=permissions.may_write_place(actor, place),
    )


def _seen(place: Place, today: date) -> Seen:
    first = _month_back(today, MONTHS_SHOWN - 1)
    counts = selectors.observations_per_month(place, first)
    months = [_month_back(today, back) for back in range(MONTHS_SHOWN - 1, -1, -1)]
    counted = [(month, counts.get(month, 0)) for month in months]
    observations = selectors.observations_of(place)
    return Seen(
        latest=list(observations[: selectors.LATEST_SHOWN]),
        count=observations.count(),
        months=counted,
        svg=_months_drawn(counted) if counts else "",
        nearby=len(selectors.observations_nearby(place)),
    )


def _month_back(day: date, months: int) -> date:
    at = day.year * 12 + day.month - 1 - months
    return date(at // 12, at % 12 + 1, 1)


def _months_drawn(months: list[tuple[date, int]]) -> str:
    total = sum(count for _month, count in months)
    frame = Frame(
        title=_("Iakttagelser per månad"),
        description=_("{total} iakttagelser på {months} månader.").format(
            total=total, months=len(months)
        ),
        height=220,
    )
    points = tuple((month, Estimate(float(count))) for month, count in months)
    return line_chart(LineChart(frame, (Line(_("iakttagelser"), points),)))


def _events(place: Place, today: date) -> Events:
    query = LiveQuery(QueryKind.EVENTS, place_id=place.pk)
    subjects = Subjects([query], places=[place])
    first = today.year - YEARS_SHOWN + 1
    readings = read_years(query, first, today, subjects)
    years = [Year(first + at, reading) for at, reading in enumerate(readings)]
    is_known = any(year.reading.is_known for year in years)
    return Events(query.in_words(subjects), years, _years_drawn(years) if is_known else "")


def _years_drawn(years: list[Year]) -> str:
    frame = Frame(
        title=_("Händelser inom radien per år"),
        description=_("Med 95 % intervall; år som källan inte täcker är tomma."),
        decimals=1,
        height=260,
    )
    bars = tuple(
        Bar(
            str(year.year),
            Estimate(year.reading.value, year.reading.low, year.reading.high),
            note="" if year.reading.is_known else _("inga uppgifter"),
        )
        for year in years
    )
    return vertical_bars(BarChart(frame, bars))


def _answers(place: Place) -> Sequence[SurveyResultRevision]:
    """Return the latest survey answers of everybody in the place's district."""
    district = place.district
    if district is None:
        return ()
    name = getattr(place, "district_name", None) or ""
    here = Q(area_code=district.code) | Q(area_code="", area_name__iexact=name)
    found = surveys.results_current().filter(here, area_level=district.level.slug, group="")
    return list(found.order_by("-fieldwork_end", "-wave", "item")[:ANSWERS_SHOWN])
