"""Fills an installation with what parties agree on and plan: for measuring pages alone."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

YEARS = 3
PROPOSED_EACH = 20
PRIORITIES_EACH = 3


def agree(
    districts: Sequence[Any],
    problems: Sequence[Any],
    places: Sequence[Any],
    organisation: Any,
    person: Any,
    now: datetime,
) -> None:
    """Make agreements with priorities and promises, plans and proposed places by district."""
    agreements = _agreements(districts, organisation, person, now.date())
    _priorities(agreements, problems, places, now.date())
    _promises(agreements, organisation, person, now.date())
    _plans(districts, organisation, person, now.date())
    _candidates(districts, places, now.date())


def _agreements(districts: Sequence[Any], organisation: Any, person: Any, today: date) -> list[Any]:
    from samhandling_web.agree.partnership.models import Agreement

    return Agreement.objects.bulk_create(
        [
            Agreement(
                kind="local_agreement",
                title=f"Överenskommelse {at}",
                district=district,
                purposes="Tryggare kvällar.",
                fields_of_cooperation="Platser.",
                valid_from=today - timedelta(days=365 * (back + 1)),
                valid_to=today - timedelta(days=365 * back - 30),
                signed_on=today - timedelta(days=365 * (back + 1)),
                status="signed",
                document="agreements/measured.pdf",
                owner=organisation,
                created_by=person,
            )
            for at, district in enumerate(districts)
            for back in range(YEARS)
        ]
    )


def _priorities(
    agreements: Sequence[Any], problems: Sequence[Any], places: Sequence[Any], today: date
) -> None:
    from samhandling_web.agree.partnership.models import Priority
    from samhandling_web.understand.places.queries import LiveQuery, QueryKind

    rows = Priority.objects.bulk_create(
        [
            Priority(
                agreement=agreement,
                title=f"Prioritering {number}",
                indicator_name="Iakttagelser",
                indicator=LiveQuery(
                    QueryKind.OBSERVATIONS, place_id=places[(at + number) % len(places)].pk
                ).as_json(),
                valid_from=today - timedelta(days=300),
            )
            for at, agreement in enumerate(agreements)
            for number in range(PRIORITIES_EACH)
        ]
    )
    linked = Priority.problems.through
    linked.objects.bulk_create(
        [linked(priority=row, problem=problems[at % len(problems)]) for at, row in enumerate(rows)]
    )


def _promises(agreements: Sequence[Any], organisation: Any, person: Any, today: date) -> None:
    from samhandling_web.agree.partnership.models import CitizenPromise

    CitizenPromise.objects.bulk_create(
        [
            CitizenPromise(
                agreement=agreement,
                district=agreement.district,
                owner=organisation,
                statement="Vi är på plats varje fredag.",
                measured_by="Antal kvällar.",
                promised_from=today - timedelta(days=200),
                promised_to=today - timedelta(days=10),
                status="promised",
                created_by=person,
            )
            for agreement in agreements
        ]
    )


def _plans(districts: Sequence[Any], organisation: Any, person: Any, today: date) -> None:
    from samhandling_web.agree.measures.models import ActionPlan, Measure, PlanItem

    plans = ActionPlan.objects.bulk_create(
        [
            ActionPlan(
                title=f"Åtgärdsplan {at}",
                district=district,
                organisation=organisation,
                introduction="Det här gör vi.",
                period_start=today,
                period_end=today + timedelta(days=365),
                created_by=person,
            )
            for at, district in enumerate(districts)
        ]
    )
    PlanItem.objects.bulk_create(
        [
            PlanItem(plan=plan, measure=measure)
            for plan in plans
            for measure in Measure.objects.filter(
                district=plan.district, status__in=["approved", "started"]
            )[:PROPOSED_EACH]
        ]
    )


def _candidates(districts: Sequence[Any], places: Sequence[Any], today: date) -> None:
    from samhandling_web.observe.observations.models import Observation
    from samhandling_web.understand.places.models import Candidate

    seen = list(Observation.objects.values_list("pk", flat=True)[:PROPOSED_EACH])
    Candidate.objects.bulk_create(
        [
            Candidate(
                key=f"measured-{at}-{number}",
                longitude=places[(at + number) % len(places)].longitude,
                latitude=places[(at + number) % len(places)].latitude,
                radius_m=150,
                district=district,
                score=1.0 / (number + 1),
                parts=[],
                evidence={"observations": seen, "findings": [], "events": 0},
                first_day=today - timedelta(days=365),
                last_day=today,
            )
            for at, district in enumerate(districts)
            for number in range(PROPOSED_EACH)
        ]
    )
