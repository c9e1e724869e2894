"""Pages of survey results, as they were imported."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET
from django_tables2 import RequestConfig

from samhandling_web.base.common.http import UserRequest
from samhandling_web.base.common.tables import exported
from samhandling_web.observe.surveys import permissions, selectors, services
from samhandling_web.observe.surveys.tables import ResultTable

FORMATS = frozenset({"csv", "xlsx"})


@login_required
@require_GET
def result_list(request: UserRequest) -> HttpResponse:
    permissions.check_may_read_results(request.user)
    results = selectors.results_current().order_by("item", "wording", "wave", "area_name")
    table = ResultTable(results)
    if (file_format := request.GET.get("export", "")) in FORMATS:
        response = exported(table, file_format, "enkatresultat")
        services.results_export_record(
            actor=request.user, file_name=f"enkatresultat.{file_format}", row_count=results.count()
        )
        return response
    RequestConfig(request, paginate={"per_page": 100}).configure(table)
    return render(request, "surveys/result_list.html", {"table": table})
