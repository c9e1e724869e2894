"""Did every district have an agreement in force that day? Page, map values and files."""

from datetime import date

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET
from django_tables2 import RequestConfig

from samhandling_web.agree.partnership import permissions
from samhandling_web.agree.partnership.exporting import table_export
from samhandling_web.agree.partnership.forms.agreements import DayForm
from samhandling_web.agree.partnership.models import Agreement
from samhandling_web.agree.partnership.selectors.coverage import Coverage, coverage_on
from samhandling_web.agree.partnership.tables import CoverTable
from samhandling_web.agree.partnership.validity import Cover
from samhandling_web.base.common.http import UserRequest


@login_required
@require_GET
def coverage(request: UserRequest) -> HttpResponse:
    permissions.check_may_read(request.user)
    day = _day(request)
    answer = coverage_on(day)
    table = CoverTable(answer.rows)
    if file_format := request.GET.get("export"):
        return table_export(
            table,
            file_format,
            f"overenskommelser-{day}",
            kind="partnership.coverage.exported",
            target=Agreement(title=f"coverage {day}"),
            actor=request.user,
        )
    RequestConfig(request, paginate=False).configure(table)
    context = {
        "coverage": answer,
        "table": table,
        "form": DayForm({"dag": day}),
        "day": day,
        "covered": [row for row in answer.rows if row.cover != Cover.MISSING],
    }
    return render(request, "partnership/coverage.html", context)


@login_required
@require_GET
def coverage_values(request: UserRequest) -> JsonResponse:
    """Give the map each district's days left: of the police area that has fewest."""
    permissions.check_may_read(request.user)
    return JsonResponse(_values(coverage_on(_day(request))))


def _values(answer: Coverage) -> dict[str, dict[str, int]]:
    left: dict[str, int] = {}
    for row in answer.rows:
        code, days = row.district.code, row.days_left(answer.day)
        left[code] = min(days, left.get(code, days))
    return {code: {"value": days} for code, days in left.items()}


def _day(request: UserRequest) -> date:
    form = DayForm(request.GET)
    return form.cleaned_data["dag"] if form.is_valid() else timezone.localdate()
