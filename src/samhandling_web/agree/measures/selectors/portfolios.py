"""Reading portfolios: who answers for them, then and now."""

from datetime import date

from django.db.models import QuerySet

from samhandling_web.agree.measures.models import Measure, Portfolio, PortfolioHolder


def portfolios_in_use() -> QuerySet[Portfolio]:
    """Return the portfolios that a measure can be given."""
    return Portfolio.objects.filter(is_active=True)


def portfolios_with_history() -> list[tuple[Portfolio, list[PortfolioHolder]]]:
    """Return every portfolio with its holders, the latest first; those in use come first."""
    rows = Portfolio.objects.prefetch_related("holders__organisation")
    told = sorted(rows, key=lambda one: (not one.is_active, one.name.casefold()))
    return [(one, list(one.holders.all())[::-1]) for one in told]


def holder_on(portfolio_id: int | None, day: date | None) -> PortfolioHolder | None:
    """Return who answered for a portfolio on a day; None when nobody did."""
    if portfolio_id is None or day is None:
        return None
    begun = PortfolioHolder.objects.filter(portfolio_id=portfolio_id, valid_from__lte=day)
    return begun.select_related("organisation").order_by("-valid_from").first()


def latest_holder(portfolio_id: int) -> PortfolioHolder | None:
    """Return the row that was set last, also when it begins in time to come."""
    rows = PortfolioHolder.objects.filter(portfolio_id=portfolio_id)
    return rows.order_by("-valid_from").first()


def holders_on(day: date) -> dict[int, PortfolioHolder]:
    """Return who answers for each portfolio on a day."""
    begun = PortfolioHolder.objects.filter(valid_from__lte=day).order_by("valid_from")
    return {row.portfolio_id: row for row in begun.select_related("organisation")}


def answering_for(measure: Measure, today: date) -> dict[str, PortfolioHolder | None]:
    """Return who answered for the measure when it was approved, and who does now."""
    return {
        "then": holder_on(measure.portfolio_id, measure.approved_on),
        "now": holder_on(measure.portfolio_id, today),
    }
