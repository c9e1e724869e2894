"""How well the work holds together: shares of the measures that stand in adopted plans.

Brå's verdict on municipalities in 2023 asks exactly these: linked to a problem, carried out,
followed up, with known effect.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from samhandling_web.agree.measures.models import Measure, MeasureStep, PlanItem
from samhandling_web.agree.measures.rules import EFFECT_KNOWN_FROM, PlanStatus, Status
from samhandling_web.base.common.text import Text, _

LINKED, IN_TIME, FOLLOWED_UP, EFFECT_KNOWN = "linked", "in_time", "followed_up", "effect_known"
LABELS: dict[str, Text] = {
    LINKED: _("Kopplade till ett problem och en orsak"),
    IN_TIME: _("Genomförda i tid"),
    FOLLOWED_UP: _("Uppföljda"),
    EFFECT_KNOWN: _("Med känd effekt"),
}
DEFINITIONS: dict[str, Text] = {
    LINKED: _("Av alla åtgärder i antagna åtgärdsplaner: de som har ett problem och en orsak."),
    IN_TIME: _(
        "Av planens åtgärder vars slutdag har passerat: de som är genomförda och slutade senast då."
    ),
    FOLLOWED_UP: _(
        "Av planens åtgärder som är slut, eller vars uppföljning skulle ha gjorts: de uppföljda."
    ),
    EFFECT_KNOWN: _(
        "Av planens uppföljda åtgärder: de som är utvärderade på nivå 2 eller högre och vars "
        "indikator gick att läsa av efteråt."
    ),
}
ENDED = [Status.DONE, Status.STOPPED, Status.FOLLOWED_UP]


@dataclass(frozen=True, slots=True)
class Share:
    """One share, with the measures above and below the line so that both can be opened."""

    slug: str
    label: Text
    definition: Text
    numerator: QuerySet[Measure]
    denominator: QuerySet[Measure]
    above: int
    below: int

    @property
    def percent(self) -> int | None:
        """The share in whole percent; None where there is nothing to take a share of."""
        return round(100 * self.above / self.below) if self.below else None


def plan_measures(district_id: int | None) -> QuerySet[Measure]:
    """Return the measures that stand in an adopted plan, in a district or in the whole city."""
    adopted = PlanItem.objects.filter(measure=OuterRef("pk")).exclude(plan__status=PlanStatus.DRAFT)
    measures = Measure.objects.filter(Exists(adopted))
    return measures if district_id is None else measures.filter(district_id=district_id)


def share_figures(district_id: int | None, today: date) -> list[Share]:
    """Return the four shares for a district, or for the whole city without one."""
    return [_counted(slug, *parts(slug, district_id, today)) for slug in LABELS]


def parts(
    slug: str, district_id: int | None, today: date
) -> tuple[QuerySet[Measure], QuerySet[Measure]]:
    """Return the measures above and below the line of one share."""
    every = plan_measures(district_id)
    if slug == LINKED:
        return every.filter(problem__isnull=False, cause__isnull=False), every
    if slug == IN_TIME:
        due = every.filter(end_on__lt=today)
        was_done = MeasureStep.objects.filter(measure=OuterRef("pk"), status=Status.DONE)
        return due.filter(Exists(was_done), ended_on__lte=F("end_on")), due
    if slug == FOLLOWED_UP:
        due = every.filter(Q(status__in=ENDED) | Q(follow_up_on__lt=today))
        return due.filter(status=Status.FOLLOWED_UP), due
    followed = every.filter(status=Status.FOLLOWED_UP)
    known = followed.filter(
        follow_up__reached_level__gte=int(EFFECT_KNOWN_FROM),
        follow_up__outcome__has_key="change",
    )
    return known, followed


def _counted(slug: str, above: QuerySet[Measure], below: QuerySet[Measure]) -> Share:
    # Both at once: the page shows four of these.
    in_above = Q(pk__in=above.order_by().values("pk"))
    n = below.aggregate(above=Count("pk", filter=in_above), below=Count("pk"))
    return Share(slug, LABELS[slug], DEFINITIONS[slug], above, below, n["above"], n["below"])
