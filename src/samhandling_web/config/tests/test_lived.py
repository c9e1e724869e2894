"""The half year that the demo's town has lived: every room was used, and one district lags."""

from datetime import timedelta

import numpy as np
import pytest
from django.utils import timezone
from PIL import Image

from samhandling_web.agree.measures.models import ActionPlan, Measure
from samhandling_web.agree.measures.selectors.figures import share_figures
from samhandling_web.agree.partnership.models import AgendaItem, Meeting
from samhandling_web.agree.partnership.selectors.coverage import coverage_on
from samhandling_web.base.accounts.models import Organisation
from samhandling_web.base.areas.models import Area
from samhandling_web.base.audit import checks
from samhandling_web.base.audit.models import AuditRecord
from samhandling_web.config.demo import town
from samhandling_web.config.demo.lived import cast
from samhandling_web.observe.observations.models import Observation
from samhandling_web.observe.observations.rules import Status
from samhandling_web.observe.walks.models import Finding
from samhandling_web.understand.places.models import PlacePhoto, Problem
from tests.small_town import EVENTS, make_small_town

ACTS = {
    "observations.sending.received",
    "observations.observation.taken_up",
    "observations.observation.done",
    "observations.observation.no_action",
    "observations.week.compiled",
    "walks.walk.planned",
    "walks.walk.walked",
    "walks.finding.added",
    "walks.finding.answered",
    "walks.link.sent",
    "walks.walk.fed_back",
    "walks.walk.notified",
    "walks.walk.closed",
    "understand.candidate.found",
    "understand.candidate.accepted",
    "understand.place.assessed",
    "understand.place.fact_added",
    "understand.place.photos_added",
    "understand.place.observations_linked",
    "understand.problem.created",
    "understand.problem.cause_added",
    "understand.problem.evidence_added",
    "understand.problem.analysed",
    "understand.problem.resolved",
    "partnership.agreement.signed",
    "partnership.priority.set",
    "partnership.promise.given",
    "partnership.promise.judged",
    "partnership.council.set_up",
    "partnership.meeting.closed",
    "partnership.item.decided",
    "partnership.item.done",
    "agree.portfolio.holder_set",
    "agree.measure.proposed",
    "agree.measure.approved",
    "agree.measure.started",
    "agree.measure.dose_recorded",
    "agree.measure.done",
    "agree.measure.stopped",
    "agree.measure.followed_up",
    "agree.plan.adopted",
}


def within_a_week(district):
    """Return the share of a district's observations that somebody has handled within a week."""
    rows = Observation.objects.filter(district=district).select_related("sending")
    handled = [
        one.steps.exclude(status=Status.RECEIVED)
        .filter(at__lte=one.sending.received_at + timedelta(days=7))
        .exists()
        for one in rows
    ]
    return sum(handled) / len(handled)


def answered(district):
    """Return the share of a district's unsafe findings that have an answer."""
    findings = Finding.objects.filter(walk__district=district, is_safe=False)
    return findings.exclude(status="open").count() / findings.count()


def districts():
    return [Area.objects.get(responsible__slug=cast.COMMITTEES[key]) for key in ("a", "b", "c")]


def check_the_log(today):
    """Every kind of act is in the log, in the order of the days on which it was done."""
    assert set(AuditRecord.objects.values_list("kind", flat=True)) >= ACTS
    times = list(AuditRecord.objects.order_by("sequence").values_list("at", flat=True))
    assert times == sorted(times)
    assert timezone.localdate(times[0]) == today - timedelta(weeks=26, days=today.weekday())
    assert times[-1] <= timezone.now()


def check_the_difference(today):
    """Two districts do in time, follow up, answer and close; the third does little of it."""
    *good, bad = districts()
    shares = {
        area: {one.slug: one.percent for one in share_figures(area.pk, today)}
        for area in (*good, bad)
    }
    late = AgendaItem.objects.filter(status="decided", deadline__lt=today)
    for well in good:
        for slug in ("in_time", "followed_up"):
            assert shares[well][slug] >= shares[bad][slug] + 50, shares
        assert shares[well]["effect_known"] >= 50
        assert within_a_week(well) > within_a_week(bad) + 0.5
        assert answered(well) > answered(bad) + 0.5
        assert ActionPlan.objects.get(district=well).picture.status == "adopted"
        assert not late.filter(meeting__council__district=well).exists()
    assert late.filter(meeting__council__district=bad).exists()
    assert Meeting.objects.filter(council__district=bad, status="held").exists()
    assert Measure.objects.filter(district=None, cause=None, status="proposed").exists()
    assert {row.district.area_id for row in coverage_on(today).gaps} == {bad.pk}


def check_the_photos():
    """One tunnel is seen dark before its lamps were mended, and lit after."""
    before, after = PlacePhoto.objects.order_by("photo__taken_on").select_related("photo", "place")
    assert (before.moment, after.moment) == ("before", "after")
    assert before.place == after.place
    assert before.photo.taken_on < after.photo.taken_on
    dark, lit = (Image.open(one.photo.file).convert("L") for one in (before, after))
    assert np.asarray(lit).mean() > 2 * np.asarray(dark).mean()


@pytest.mark.slow
@pytest.mark.django_db
def test_half_a_year_is_lived_once_and_the_districts_differ(data_folder):
    make_small_town(lived=True)
    today = timezone.localdate()
    check_the_log(today)
    check_the_difference(today)
    check_the_photos()
    found = [f for check in checks.all_checks() for f in check.look() if not f.is_reminder]
    assert found == []

    models = (Observation, Finding, Problem, Meeting, Measure, Organisation, AuditRecord)
    before = [model.objects.count() for model in models]
    make_small_town(lived=True)
    assert [model.objects.count() for model in models] == before


@pytest.mark.django_db
def test_a_town_that_was_made_today_has_no_half_year_behind_it(data_folder):
    """Its people held no roles then; what they are made to have done, they could not have done."""
    town.make(events=EVENTS, small=True, tell=str, lived=False)
    told = []
    town.make(events=EVENTS, small=True, tell=told.append)
    assert not Observation.objects.exists()
    assert "remove its folder" in told[-1]
