"""Who is politically responsible for what: portfolios and those who answer for them."""

from datetime import date

from django.db import transaction

from samhandling_web.agree.measures import permissions
from samhandling_web.agree.measures.models import Portfolio, PortfolioHolder
from samhandling_web.agree.measures.refusals import DayWrong, ReasonMissing
from samhandling_web.agree.measures.selectors.portfolios import latest_holder
from samhandling_web.base.accounts.models import Organisation, User
from samhandling_web.base.audit import services as audit
from samhandling_web.base.common.text import _


@transaction.atomic
def portfolio_set(
    *,
    name: str,
    horizon: str,
    actor: User,
    is_active: bool = True,
    portfolio_id: int | None = None,
) -> Portfolio:
    """Make a portfolio, or change the one that is named."""
    permissions.check_may_manage_portfolios(actor)
    portfolio = (
        Portfolio()
        if portfolio_id is None
        else Portfolio.objects.select_for_update().get(pk=portfolio_id)
    )
    names = ("name", "horizon", "is_active")
    before = {field: getattr(portfolio, field) for field in names} if portfolio.pk else None
    portfolio.name, portfolio.horizon, portfolio.is_active = name, horizon, is_active
    portfolio.save()
    audit.record(
        actor=actor,
        kind="agree.portfolio.set",
        target=portfolio,
        before=before,
        after={field: getattr(portfolio, field) for field in names},
    )
    return portfolio


@transaction.atomic
def portfolio_holder_set(
    *,
    portfolio_id: int,
    office: str,
    organisation: Organisation,
    valid_from: date,
    actor: User,
    reason: str = "",
) -> PortfolioHolder:
    """Say who answers for a portfolio from a day on. Who did before stays in its history.

    Raises
    ------
    NotAllowed, DayWrong, ReasonMissing
        If the actor does not keep portfolios, the day is not after the last change, or somebody
        is replaced without a reason.
    """
    permissions.check_may_manage_portfolios(actor)
    portfolio = Portfolio.objects.select_for_update().get(pk=portfolio_id)
    last = latest_holder(portfolio_id)
    if last is not None and valid_from <= last.valid_from:
        explanation = _("{office} ansvarar från {first}. Välj en senare dag.")
        raise DayWrong(
            on=valid_from,
            explanation=explanation.format(office=last.office, first=last.valid_from),
        )
    if last is not None and not reason.strip():
        raise ReasonMissing
    holder = PortfolioHolder.objects.create(
        portfolio=portfolio,
        office=office,
        organisation=organisation,
        valid_from=valid_from,
        reason=reason,
    )
    audit.record(
        actor=actor,
        kind="agree.portfolio.holder_set",
        target=portfolio,
        before={"office": last.office} if last else None,
        after={"office": office, "organisation": organisation.slug, "valid_from": valid_from},
        reason=reason,
    )
    return holder
