"""Compiling weeks: once for each week and district, and kept as it was made."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from samhandling_web.base.accounts.models import User
from samhandling_web.base.audit import services as audit
from samhandling_web.observe.observations import permissions, rules
from samhandling_web.observe.observations.models import WeeklyCompilation
from samhandling_web.observe.observations.selectors import weeks as reading
from samhandling_web.observe.observations.week_content import WeekMaterial, contents_of
from samhandling_web.observe.observations.week_figures import weeks_before


@transaction.atomic
def week_compile(*, week: date, actor: User | None = None) -> list[WeeklyCompilation]:
    """Compile the week that begins on `week` for the districts where it is not; return them all.

    `actor` is None for the system itself, on Monday morning.

    Raises
    ------
    NotAllowed, NotAMonday, WeekNotOver
        If the actor may not, or the day does not begin a week that is over.
    """
    if actor is not None:
        permissions.check_may_compile_weeks(actor)
    rules.check_week(week, timezone.localdate())
    there = set(WeeklyCompilation.objects.filter(week=week).values_list("district_id", flat=True))
    lacking = [area for area in reading.districts_on(week) if area.pk not in there]
    if lacking:
        contents = contents_of(_material(week), [area.pk for area in lacking])
        made = [
            WeeklyCompilation.objects.create(week=week, district=area, content=contents[area.pk])
            for area in lacking
        ]
        audit.record(
            actor=actor,
            kind="observations.week.compiled",
            target=made[0],
            after={"week": week, "districts": len(made)},
        )
    return reading.compilations_of_week(week)


def weeks_compile_lacking(*, today: date, actor: User | None = None) -> list[date]:
    """Compile every week that is over and lacking, the earliest first; return which they were."""
    lacking = reading.weeks_lacking(today)
    for week in lacking:
        week_compile(week=week, actor=actor)
    return lacking


def _material(week: date) -> WeekMaterial:
    first = weeks_before(week)[0]
    return WeekMaterial(
        week=week,
        rows=reading.seen_between(week, week + reading.WEEK),
        earlier=reading.seen_between(first, week),
        coming=reading.coming_after(week),
        efforts=reading.efforts_before(week),
        joined=reading.joined_in(week),
        late=reading.late_since(week),
        data_version=reading.data_version(),
    )
