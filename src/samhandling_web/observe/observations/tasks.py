"""Background work: the week compiled by itself on Monday morning."""

from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from samhandling_web.base.jobs.registry import Progress
from samhandling_web.observe.observations import selectors, services
from samhandling_web.observe.observations.week_names import week_name

WEEK_JOB = "observations.week"
LANGUAGE = "sv"


def week_work(progress: Progress, _parameters: dict[str, Any]) -> dict[str, Any]:
    """Compile every week that is over and lacking; safe to run again."""
    made = []
    with translation.override(LANGUAGE):
        lacking = selectors.weeks_lacking(timezone.localdate())
        for done, week in enumerate(lacking):
            progress.report(done, len(lacking), _("Sammanställer %s") % week_name(week))
            services.week_compile(week=week)
            made.append(week.isoformat())
    return {"weeks": made}
