"""The list of measures with its filters and files, and both horizons on one page."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET
from django_tables2 import RequestConfig

from samhandling_web.agree.measures import choosing, permissions
from samhandling_web.agree.measures.forms.measures import MeasureFilterForm
from samhandling_web.agree.measures.models import Measure
from samhandling_web.agree.measures.overview import overview_of
from samhandling_web.agree.measures.selectors import measures as selectors
from samhandling_web.agree.measures.tables import IN_FILES_ONLY, MeasureTable
from samhandling_web.base.audit import services as audit
from samhandling_web.base.common.http import UserRequest
from samhandling_web.base.common.tables import exported

FORMATS = {"csv", "xlsx"}


@login_required
@require_GET
def measure_list(request: UserRequest) -> HttpResponse:
    permissions.check_may_read_measures(request.user)
    today = timezone.localdate()
    form = MeasureFilterForm(request.GET)
    visible = selectors.measures_visible_to(request.user)
    measures = choosing.measures_chosen(visible, form.chosen(), today)
    if (file_format := request.GET.get("export")) in FORMATS:
        return _export(request, measures, str(file_format))
    table = _table(measures, exclude=IN_FILES_ONLY)
    RequestConfig(request, paginate={"per_page": 50}).configure(table)
    context = {
        "form": form,
        "table": table,
        "may_propose": permissions.may_propose(request.user),
        "may_read_overview": permissions.may_read_overview(request.user),
        "asked": choosing.asked_in_words(form.chosen(), visible),
    }
    return render(request, "measures/measure_list.html", context)


def _table(measures: QuerySet[Measure], **options: Any) -> MeasureTable:
    today = timezone.localdate()
    names = selectors.district_names(today)
    return MeasureTable(measures, names=names, today=today, **options)


def _export(request: UserRequest, measures: QuerySet[Measure], file_format: str) -> HttpResponse:
    """Give out the chosen measures as a file, and record that it left the house."""
    name = f"atgarder-{timezone.localdate().isoformat()}"
    table = _table(measures)
    response = exported(table, file_format, name)
    audit.record_export(
        actor=request.user,
        kind="agree.measures.exported",
        target=Measure(title="measures"),
        file_name=f"{name}.{file_format}",
        row_count=len(table.rows),
    )
    return response


@login_required
@require_GET
def horizons(request: UserRequest) -> HttpResponse:
    """Show both horizons on one page, for the city or for one district."""
    permissions.check_may_read_overview(request.user)
    today = timezone.localdate()
    names = selectors.district_names(today)
    chosen = request.GET.get("district", "")
    district_id = int(chosen) if chosen.isdigit() and int(chosen) in names else None
    measures = selectors.measures_visible_to(request.user)
    context = {
        "overview": overview_of(measures, names, today, district_id),
        "districts": sorted(names.items(), key=lambda one: one[1]),
        "district_id": district_id,
        "area_name": names.get(district_id) if district_id else "",
    }
    return render(request, "measures/horizons.html", context)
