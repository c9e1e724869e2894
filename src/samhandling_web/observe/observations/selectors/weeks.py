"""Reading weeks: those compiled, those lacking, and what a week is compiled from."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.db.models import Max, OuterRef, QuerySet, Subquery
from django.utils import timezone

from samhandling_web.base.areas import selectors as areas
from samhandling_web.base.areas.models import Area, AreaVersion
from samhandling_web.observe.observations import rules
from samhandling_web.observe.observations.models import (
    Observation,
    Sending,
    WeeklyCompilation,
)
from samhandling_web.observe.observations.rules import CategoryKind, Status
from samhandling_web.observe.observations.week_figures import Effort
from samhandling_web.observe.observations.week_places import SeenRow

HISTORY = timedelta(weeks=rules.COMPARED_WEEKS + rules.ACTIVE_WEEKS)
COMING = timedelta(weeks=4)
WEEK = timedelta(weeks=1)


def midnight(day: date) -> datetime:
    """Return when `day` begins here."""
    return datetime.combine(day, time.min, timezone.get_default_timezone())


def weeks_compiled() -> list[date]:
    """Return the Mondays of compiled weeks, the latest first."""
    return list(
        WeeklyCompilation.objects.order_by("-week").values_list("week", flat=True).distinct()
    )


def weeks_lacking(today: date) -> list[date]:
    """Return weeks that are over and not compiled for every district, the earliest first.

    No farther back than a week is compared with: older ones would tell of reporters long gone.
    """
    last = rules.week_of(today) - WEEK
    wanted = len(districts_on(last))
    begun = Sending.objects.order_by("typed_at").values_list("typed_at", flat=True).first()
    if begun is None or not wanted:
        return []
    first = max(rules.week_of(timezone.localdate(begun)), last - rules.COMPARED_WEEKS * WEEK)
    weeks = [first + n * WEEK for n in range((last - first).days // 7 + 1)]
    return [
        week
        for week in weeks
        if WeeklyCompilation.objects.filter(week=week).count() < len(districts_on(week))
    ]


def districts_on(day: date) -> list[Area]:
    """Return the districts that there were on `day`, by code."""
    level = areas.district_level()
    days = areas.division_days(level.slug) if level else []
    if level is None or not days:
        return []
    held = areas.areas_on(level.slug, max(day, days[0])).values("area")
    return list(Area.objects.filter(pk__in=held).order_by("code"))


def compilations_of_week(week: date) -> list[WeeklyCompilation]:
    """Return the week's compilations with the districts' names, by name."""
    rows = with_district_names(WeeklyCompilation.objects.filter(week=week))
    return sorted(rows, key=lambda row: row.district_name.casefold())  # type: ignore[attr-defined]


def compilation_of(week: date, code: str) -> WeeklyCompilation | None:
    """Return one district's compilation of a week; None where there is none."""
    found = WeeklyCompilation.objects.filter(week=week, district__code=code)
    return with_district_names(found).first()


def with_district_names(rows: QuerySet[WeeklyCompilation]) -> QuerySet[WeeklyCompilation]:
    name = (
        AreaVersion.objects.filter(area=OuterRef("district"))
        .order_by("-valid_from")
        .values("name")[:1]
    )
    return rows.select_related("district__level").annotate(district_name=Subquery(name))


def seen_between(first: date, after: date) -> list[SeenRow]:
    """Return observations that stand on their own and began in the time; what is restricted too."""
    found = Observation.objects.filter(start__gte=midnight(first), start__lt=midnight(after))
    return list(_rows(found.exclude(status=Status.JOINED)))


def coming_after(week: date) -> list[SeenRow]:
    """Return what is known to come after the week's end, and is not settled, soonest first."""
    end = midnight(week + WEEK)
    found = Observation.objects.filter(
        category__kind=CategoryKind.UPCOMING, end__gte=end, start__lt=end + COMING
    ).exclude(status__in=[Status.JOINED, Status.DONE, Status.NO_ACTION])
    return sorted(_rows(found), key=lambda row: row.start)


def joined_in(week: date) -> dict[int | None, int]:
    """Return how many observations of the week hang together with another, by district."""
    found = Observation.objects.filter(
        start__gte=midnight(week), start__lt=midnight(week + WEEK), status=Status.JOINED
    )
    counts: dict[int | None, int] = defaultdict(int)
    for district in found.values_list("district_id", flat=True):
        counts[district] += 1
    return counts


def late_since(week: date) -> dict[int | None, int]:
    """Return how many observations of earlier weeks came after those were compiled."""
    before = WeeklyCompilation.objects.filter(week=week - WEEK).aggregate(at=Max("made_at"))["at"]
    counts: dict[int | None, int] = defaultdict(int)
    if before is None:
        return counts
    late = Observation.objects.filter(start__lt=midnight(week), sending__received_at__gt=before)
    for district in late.values_list("district_id", flat=True):
        counts[district] += 1
    return counts


def efforts_before(week: date) -> list[Effort]:
    """Return who sent something, for which district and when, as far back as a week reaches.

    Who says that nothing happened says it of the own organisation's district, or else of those
    where the person has reported.
    """
    zone = timezone.get_default_timezone()
    within = {
        "sending__typed_at__gte": midnight(week) - HISTORY,
        "sending__typed_at__lt": midnight(week + WEEK),
    }
    reported = Observation.objects.filter(**within).values_list(
        "sending__reporter_id", "district_id", "sending__typed_at"
    )
    efforts = {
        Effort(reporter, district, at.astimezone(zone).date())
        for reporter, district, at in reported.order_by()
    }
    where: dict[int, set[int | None]] = defaultdict(set)
    for effort in efforts:
        where[effort.reporter].add(effort.district)
    nothing = Sending.objects.filter(
        is_nothing_to_report=True,
        typed_at__gte=midnight(week) - HISTORY,
        typed_at__lt=midnight(week + WEEK),
    ).values_list("reporter_id", "organisation_id", "typed_at")
    owned: dict[int | None, set[int | None]] = defaultdict(set)
    for area in districts_on(week):
        owned[area.responsible_id].add(area.pk)
    for reporter, organisation, at in nothing:
        day = at.astimezone(zone).date()
        places = owned[organisation] or where[reporter] or {None}
        efforts |= {Effort(reporter, district, day) for district in places}
    return sorted(efforts, key=lambda one: (one.day, one.reporter, one.district or 0))


def sendings_in(week: date) -> tuple[int, int]:
    """Return how many sendings were written in the week, and how many of nothing to report."""
    found = Sending.objects.filter(
        typed_at__gte=midnight(week), typed_at__lt=midnight(week + WEEK)
    ).values_list("is_nothing_to_report", flat=True)
    rows = list(found)
    return len(rows), sum(rows)


def _rows(observations: QuerySet[Observation]) -> Iterator[SeenRow]:
    columns = (
        "pk", "district_id", "category__slug", "category__name", "category__kind", "severity",
        "status", "start", "place_name", "text", "longitude", "latitude",
    )  # fmt: skip
    for row in observations.order_by("pk").values_list(*columns):
        longitude, latitude = row[-2:]
        point = None if longitude is None or latitude is None else (longitude, latitude)
        yield SeenRow(*row[:-2], point)  # type: ignore[call-arg]


def data_version() -> str:
    """Return a text that changes when there is more to compile from."""
    newest = Observation.objects.aggregate(newest=Max("pk"))["newest"] or 0
    return f"observations.{newest}"
