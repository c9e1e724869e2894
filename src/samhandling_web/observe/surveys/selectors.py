"""Reading survey results: each as its newest applied revision tells it."""

from django.db.models import Exists, OuterRef, QuerySet

from samhandling.sources.schema import Kind
from samhandling_web.observe.imports import selectors as imports
from samhandling_web.observe.imports.models import Batch
from samhandling_web.observe.imports.rules import State
from samhandling_web.observe.surveys import rules
from samhandling_web.observe.surveys.models import SurveyResultRevision

# Parts of the key by which the database finds the few results that may share it.
INDEXED = ("item", "area_level", "area_code", "wave")
SAME_QUESTION = ("survey", "item", "wording", "cut", "area_level", "area_code", "group")


def data_version() -> str:
    """Return a text that changes whenever any survey result may have changed."""
    return imports.data_version(Kind.SURVEY)


def results_current() -> QuerySet[SurveyResultRevision]:
    """Every result once, as it counts now; where two sources give the same, the later one."""
    newer = SurveyResultRevision.objects.filter(
        **{name: OuterRef(name) for name in INDEXED},
        key=OuterRef("key"),
        batch_id__gt=OuterRef("batch_id"),
        batch__state=State.APPLIED,
    )
    applied = Batch.objects.filter(state=State.APPLIED, kind=Kind.SURVEY).values("pk")
    return SurveyResultRevision.objects.filter(~Exists(newer), batch_id__in=applied)


def series_of(result: SurveyResultRevision) -> QuerySet[SurveyResultRevision]:
    """Return one question through the waves: same wording, answers, area and group only."""
    same = {name: getattr(result, name) for name in SAME_QUESTION}
    if not result.area_code:
        same["area_name"] = result.area_name
    return results_current().filter(**same).order_by("fieldwork_start", "wave")


def change_between(earlier: SurveyResultRevision, later: SurveyResultRevision) -> float:
    """Return the change in percentage points; WordingsDiffer when the questions differ."""
    rules.check_comparable((earlier.wording, earlier.cut), (later.wording, later.cut))
    return later.value_percent - earlier.value_percent
