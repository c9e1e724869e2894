"""Both horizons on one page: money and responsibility per horizon, portfolio and district."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from samhandling_web.agree.measures.choosing import CITYWIDE
from samhandling_web.agree.measures.models import Measure, Portfolio
from samhandling_web.agree.measures.plan_content import WHOLE
from samhandling_web.agree.measures.rules import HORIZONS, Horizon
from samhandling_web.agree.measures.selectors.figures import Share, share_figures
from samhandling_web.agree.measures.selectors.measures import (
    Budget,
    budgets_by,
    in_force,
)
from samhandling_web.agree.measures.selectors.portfolios import holders_on

NOTHING = Budget(None, "", 0, 0, 0)
Budgets = dict[tuple[object, str], Budget]


@dataclass(frozen=True, slots=True)
class Row:
    """One portfolio or district: its money per horizon, in the horizons' order, and who answers."""

    label: str
    office: str
    query: str
    budgets: tuple[Budget, ...]

    @property
    def measures(self) -> int:
        return sum(budget.measures for budget in self.budgets)

    @property
    def investment_sek(self) -> int:
        return sum(budget.investment_sek for budget in self.budgets)

    @property
    def running_sek_per_year(self) -> int:
        return sum(budget.running_sek_per_year for budget in self.budgets)


@dataclass(frozen=True, slots=True)
class Overview:
    """The page: totals per horizon, rows per portfolio and per district, and the four shares."""

    totals: tuple[tuple[str, str, Budget], ...]
    portfolios: tuple[Row, ...]
    districts: tuple[Row, ...]
    shares: tuple[Share, ...]


def overview_of(
    measures: QuerySet[Measure], names: dict[int, str], today: date, district_id: int | None
) -> Overview:
    """Return the overview of the measures that are proposed, decided or going on."""
    if district_id is not None:
        measures = measures.filter(district_id=district_id)
    held = in_force(measures)
    sums = budgets_by(held, "horizon")
    totals = tuple(
        (str(label), horizon.value, sums.get((horizon.value, horizon.value), NOTHING))
        for horizon, label in HORIZONS.items()
    )
    return Overview(
        totals,
        tuple(_portfolio_rows(held, today)),
        tuple(_district_rows(held, names)),
        tuple(share_figures(district_id, today)),
    )


def _cells(budgets: Budgets, key: object) -> tuple[Budget, ...]:
    return tuple(budgets.get((key, horizon.value), NOTHING) for horizon in Horizon)


def _portfolio_rows(held: QuerySet[Measure], today: date) -> Iterable[Row]:
    budgets, holders = budgets_by(held, "portfolio"), holders_on(today)
    for portfolio in Portfolio.objects.order_by("name"):
        cells = _cells(budgets, portfolio.pk)
        holder = holders.get(portfolio.pk)
        if portfolio.is_active or any(cell.measures for cell in cells):
            office = f"{holder.office}, {holder.organisation}" if holder else _("ingen är utsedd")
            yield Row(portfolio.name, office, f"portfolio={portfolio.pk}", cells)
    cells = _cells(budgets, None)
    if any(cell.measures for cell in cells):
        yield Row(_("Utan ansvarsområde"), "–", "", cells)


def _district_rows(held: QuerySet[Measure], names: dict[int, str]) -> Iterable[Row]:
    everywhere = held.filter(is_citywide=True)
    cells = _cells(budgets_by(everywhere, "district"), None)
    if any(cell.measures for cell in cells):
        yield Row(str(WHOLE), "", f"district={CITYWIDE}", cells)
    budgets = budgets_by(held.filter(is_citywide=False), "district")
    known = {key for key, _horizon in budgets if isinstance(key, int)}
    for pk in [*names, *sorted(known - set(names))]:
        label = names.get(pk, _("tidigare område"))
        yield Row(label, "", f"district={pk}", _cells(budgets, pk))
    cells = _cells(budgets, None)
    if any(cell.measures for cell in cells):
        yield Row(_("Utan område"), "", "", cells)
