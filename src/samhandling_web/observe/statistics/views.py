"""Pages of published figures, as they were imported."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET
from django_tables2 import RequestConfig

from samhandling_web.base.common.http import UserRequest
from samhandling_web.base.common.tables import exported
from samhandling_web.observe.statistics import permissions, selectors, services
from samhandling_web.observe.statistics.models import Indicator
from samhandling_web.observe.statistics.tables import FigureTable, IndicatorTable

FORMATS = frozenset({"csv", "xlsx"})


@login_required
@require_GET
def indicator_list(request: UserRequest) -> HttpResponse:
    permissions.check_may_read_figures(request.user)
    table = IndicatorTable(selectors.indicators_in_use())
    RequestConfig(request, paginate={"per_page": 100}).configure(table)
    return render(request, "statistics/indicator_list.html", {"table": table})


@login_required
@require_GET
def indicator_detail(request: UserRequest, slug: str) -> HttpResponse:
    permissions.check_may_read_figures(request.user)
    indicator = get_object_or_404(Indicator, slug=slug)
    figures = selectors.figures_current().filter(indicator=slug)
    figures = figures.order_by("area_level", "area_code", "period_start", "breakdown")
    table = FigureTable(figures)
    if (file_format := request.GET.get("export", "")) in FORMATS:
        response = exported(table, file_format, slug)
        services.figures_export_record(
            indicator=indicator,
            actor=request.user,
            file_name=f"{slug}.{file_format}",
            row_count=figures.count(),
        )
        return response
    RequestConfig(request, paginate={"per_page": 100}).configure(table)
    context = {"indicator": indicator, "table": table}
    return render(request, "statistics/indicator_detail.html", context)
