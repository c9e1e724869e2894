"""The week's compilation: once, against the district's own weeks, and against how many reported."""

from datetime import date, timedelta

import numpy as np
import pytest
from django.utils import timezone

from samhandling_web.base.accounts.rules import Role
from samhandling_web.base.audit.models import AuditRecord
from samhandling_web.base.common.errors import NotAllowed
from samhandling_web.base.jobs import registry
from samhandling_web.observe.observations import rules, selectors, services, week_figures
from samhandling_web.observe.observations.models import Observation, Sending, WeeklyCompilation
from samhandling_web.observe.observations.rules import week_of
from samhandling_web.observe.observations.tasks import WEEK_JOB
from samhandling_web.observe.observations.tests.town import (
    at,
    in_week,
    make_town,
    one,
    person,
    seen,
    send,
)
from samhandling_web.observe.observations.week_figures import Effort, active_in, compared

WEEK = date(2026, 11, 9)


@pytest.fixture
def districts(db):
    return make_town()


@pytest.fixture
def reporter(districts):
    return person(Role.REPORTER, at="skolan")


def observed(actor, category="vandalism_graffiti", week=WEEK, days=1, **changes):
    when = in_week(week, days)
    told = {"start": when, "end": when, **changes}
    return send(actor, seen(category, **told), typed_at=when).observations.get()


def content(district=0):
    services.week_compile(week=WEEK)
    return WeeklyCompilation.objects.get(week=WEEK, district__code=f"D{district}").content


def test_each_district_gets_one_and_keeps_it(reporter):
    observed(reporter)
    first = services.week_compile(week=WEEK)
    assert [row.district_name for row in first] == ["Mitt", "Norr", "Söder"]
    observed(reporter)
    again = services.week_compile(week=WEEK)
    assert [row.content for row in again] == [row.content for row in first]
    assert AuditRecord.objects.filter(kind="observations.week.compiled").count() == 1


def test_places_gather_by_name_and_within_150_metres(reporter):
    for row, name in ((0.5, "Torget"), (0.505, ""), (0.8, ""), (0.805, "")):
        observed(reporter, geometry=at(0, row), place_name=name)
    observed(reporter, "dark", geometry=at(0, 0.1), place_name="torget")
    places = content()["places"]
    assert [(place["name"], place["count"]) for place in places] == [("Torget", 3), ("", 2)]
    assert content(1)["places"] == []


def test_safe_and_better_stand_by_themselves_and_what_comes_is_listed(reporter):
    observed(reporter, "safe_place", text="Vuxna på plats")
    observed(reporter, "improved", text="Ljusare nu")
    soon = in_week(WEEK + timedelta(days=14))
    observed(reporter, "upcoming", start=soon, end=soon, text="Marknad")
    found = content()
    assert [line["text"] for line in found["listed"]["safe"]] == ["Vuxna på plats"]
    assert [line["text"] for line in found["listed"]["positive"]] == ["Ljusare nu"]
    assert [line["text"] for line in found["coming"]] == ["Marknad"]
    assert found["unsafe"]["count"] == 0


def test_what_hangs_together_counts_once_and_what_is_restricted_not_by_place(reporter):
    first = observed(reporter)
    observed(person(Role.GUARD), joins=first.pk)
    observed(reporter, "honour", severity="red")
    found = content()
    assert (found["unsafe"]["count"], found["joined"], found["restricted"]) == (1, 1, 1)
    assert "honour" not in str(found["categories"]) + str(found["places"])
    assert found["severity"] == {"green": 0, "yellow": 1, "red": 0}


def test_the_week_is_held_against_the_mean_of_eight_weeks(reporter):
    for back in range(1, 9):
        observed(reporter, week=WEEK - timedelta(weeks=back))
    for days in (0, 1, 2):
        observed(reporter, days=days)
    line = content()["categories"][0]
    assert (line["count"], line["mean"]) == (3, 1.0)
    # One active reporter now and in each of eight weeks: three times as many as usual.
    assert line["ratio"] == 3.0
    assert line["direction"] == "no_clear_difference"


def test_who_says_that_nothing_happened_is_active_too(districts):
    send(person(Role.SCHOOL, at="norr"), typed_at=in_week(WEEK))
    observed(person(Role.REPORTER, at="skolan"))
    assert content()["effort"]["active"] == 2
    assert content(1)["effort"]["active"] == 0


def test_late_reports_of_earlier_weeks_are_told_of(reporter, monkeypatch):
    services.week_compile(week=WEEK - timedelta(weeks=1))
    observed(reporter, week=WEEK - timedelta(weeks=1))
    assert content()["late"] == 1


def test_a_week_that_is_not_over_and_who_may_not(reporter):
    this_week = week_of(timezone.localdate())
    with pytest.raises(rules.WeekNotOver):
        services.week_compile(week=this_week)
    with pytest.raises(NotAllowed):
        services.week_compile(week=WEEK, actor=reporter)
    assert not WeeklyCompilation.objects.exists()


def test_the_job_compiles_every_week_that_lacks(reporter):
    last = week_of(timezone.localdate()) - timedelta(weeks=1)
    observed(reporter, week=last - timedelta(weeks=2))

    class Quiet:
        job_id = 0

        def report(self, *_told):
            pass

        check = report

    result = registry.get(WEEK_JOB).work(Quiet(), {})
    assert result == {"weeks": [(last - timedelta(weeks=n)).isoformat() for n in (2, 1, 0)]}
    assert selectors.weeks_lacking(timezone.localdate()) == []
    assert registry.get(WEEK_JOB).work(Quiet(), {}) == {"weeks": []}


def test_nothing_lacks_where_nobody_has_reported(districts):
    assert selectors.weeks_lacking(timezone.localdate()) == []


def test_active_is_four_weeks_and_each_reporter_once():
    days = [(1, 6), (1, 0), (2, -21), (3, -22), (4, 7)]
    efforts = [Effort(who, 1, WEEK + timedelta(days=days_)) for who, days_ in days]
    assert active_in(WEEK, efforts) == {1: 2}


def test_without_anybody_to_see_nothing_is_compared():
    assert compared(4, [1, 2], 0, [1, 1])["direction"] == ""
    assert compared(4, [1, 2], 1, [0, 0])["ratio"] is None
    assert compared(0, [0, 0], 1, [1, 1])["direction"] == ""


def test_doubled_effort_does_not_raise_alarms_above_nominal():
    """ANCHORS 4: twice as many reporters, each seeing as before, is no hot spot."""
    rng = np.random.default_rng(20261116)
    higher = sum(
        compared(int(rng.poisson(2 * 6.0)), rng.poisson(6.0, 8).tolist(), 20, [10] * 8)["direction"]
        == "higher"
        for _week in range(1_500)
    )
    assert higher / 1_500 <= 0.025 + 3 * (0.025 * 0.975 / 1_500) ** 0.5


def test_without_the_correction_doubled_effort_would_be_an_alarm():
    """The same weeks as counts alone: the check above would notice a lost correction."""
    rng = np.random.default_rng(20261116)
    higher = sum(
        compared(int(rng.poisson(12.0)), rng.poisson(6.0, 8).tolist(), 1, [1] * 8)["direction"]
        == "higher"
        for _week in range(300)
    )
    assert higher / 300 > 0.3


def test_a_keen_team_is_no_worse_per_ten_reporters():
    """Published beside `effort_corrected`: 40 by 20 and 4 by 2 are the same per reporter."""
    found = week_figures.per_ten_reporters({1: 40, 2: 4}, {1: 20, 2: 2, 3: 0})
    assert {district: round(row["value"]) for district, row in found.items()} == {1: 20, 2: 20}
    assert found[1]["low"] < 20 < found[1]["high"]
    assert week_figures.per_ten_reporters({1: 4}, {1: 2}) == {}
    assert week_figures.per_ten_reporters({}, {1: 2, 2: 2}) == {}


def test_compiling_does_not_change_what_was_sent(reporter):
    observation = one(reporter)
    before = list(Observation.objects.values()), Sending.objects.count()
    content()
    observation.refresh_from_db()
    assert (list(Observation.objects.values()), Sending.objects.count()) == before
