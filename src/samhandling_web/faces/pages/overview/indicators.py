"""The shares of the overview: what is above and below the line, and how they are defined."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

from django.db.models import DateTimeField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet

from samhandling_web.agree.measures.selectors import figures as measures
from samhandling_web.agree.partnership.models import AgendaItem
from samhandling_web.agree.partnership.rules import ItemStatus
from samhandling_web.agree.partnership.selectors.councils import start_of
from samhandling_web.base.common.text import Text, _
from samhandling_web.base.common.working_days import add_working_days
from samhandling_web.faces.pages.thread.links import Link
from samhandling_web.observe.observations.models import Observation, ObservationStep
from samhandling_web.observe.observations.rules import Status
from samhandling_web.observe.walks.models import Finding
from samhandling_web.observe.walks.rules import ANSWER_WITHIN_WORKING_DAYS, FindingStatus
from samhandling_web.observe.walks.selectors import needing_answer

Parts = tuple[QuerySet[Any], QuerySet[Any]]
"""What is above the line and what is below it."""

ONE_DAY = timedelta(days=1)
LOOKED_BACK = timedelta(days=182)
ANSWERED_WITHIN = timedelta(days=7)
ANSWERS = [Status.TAKEN_UP, Status.DONE, Status.NO_ACTION]


@dataclass(frozen=True, slots=True)
class Indicator:
    """One share: of which objects, by which district, and how its two parts are found."""

    slug: str
    label: Text
    definition: Text
    link: Link
    district: str
    parts: Callable[[date], Parts]


def _observations_answered(today: date) -> Parts:
    """Those that came in the half year before the last week, joined ones left out."""
    below = Observation.objects.filter(
        sending__received_at__gte=start_of(today - LOOKED_BACK + ONE_DAY),
        sending__received_at__lt=start_of(today - ANSWERED_WITHIN + ONE_DAY),
    ).exclude(status=Status.JOINED)
    limit = ExpressionWrapper(
        OuterRef("sending__received_at") + ANSWERED_WITHIN, output_field=DateTimeField()
    )
    answer = ObservationStep.objects.filter(
        observation=OuterRef("pk"), status__in=ANSWERS, at__lte=limit
    )
    return below.filter(Exists(answer)), below


def _findings_answered(today: date) -> Parts:
    latest = add_working_days(today, -ANSWER_WITHIN_WORKING_DAYS)
    walked = Finding.objects.filter(
        walk__walked_at__date__gt=today - 2 * LOOKED_BACK, walk__walked_at__date__lte=latest
    )
    below = needing_answer(walked)
    return below.exclude(status=FindingStatus.OPEN), below


def _decisions_in_time(today: date) -> Parts:
    below = AgendaItem.objects.filter(
        Q(status=ItemStatus.DECIDED) | Q(status__in=[ItemStatus.DONE, ItemStatus.DROPPED]),
        deadline__gt=today - LOOKED_BACK,
        deadline__lt=today,
    )
    return below.filter(status=ItemStatus.DONE, ended_on__lte=F("deadline")), below


def _measures(slug: str, today: date) -> Parts:
    return measures.parts(slug, None, today)


INDICATORS: dict[str, Indicator] = {
    one.slug: one
    for one in (
        Indicator(
            "iakttagelser-besvarade",
            _("Iakttagelser besvarade inom en vecka"),
            _(
                "Av det senaste halvårets iakttagelser, utom den senaste veckans: de där "
                "rapportören fick svar inom sju dagar."
            ),
            Link.OBSERVATION,
            "district",
            _observations_answered,
        ),
        Indicator(
            "fynd-besvarade",
            _("Fynd på vandringar med svar"),
            _(
                "Av det senaste årets fynd som är äldre än 15 arbetsdagar: de där det är sagt vad "
                "som görs, eller varför inget görs. Fynd som känns trygga och inte har något "
                "förslag behöver inget svar och räknas inte med."
            ),
            Link.FINDING,
            "walk__district",
            _findings_answered,
        ),
        Indicator(
            "beslut-i-tid",
            _("Mötesbeslut gjorda i tid"),
            _(
                "Av de beslut på möten vars slutdag har passerat det senaste halvåret: de som är "
                "gjorda senast den dagen."
            ),
            Link.ITEM,
            "meeting__council__district",
            _decisions_in_time,
        ),
        *(
            Indicator(
                f"atgarder-{slug.replace('_', '-')}",
                label,
                measures.DEFINITIONS[slug],
                Link.MEASURE,
                "district",
                partial(_measures, slug),
            )
            for slug, label in measures.LABELS.items()
        ),
    )
}
