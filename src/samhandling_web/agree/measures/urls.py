from django.urls import path, register_converter

from samhandling_web.agree.measures.plan_page import FILES
from samhandling_web.agree.measures.views import (
    following,
    indicators,
    lists,
    plans,
    portfolios,
    proposing,
    steps,
)


class PlanFileEnding:
    """One of the endings that a plan is given out with."""

    regex = "|".join(FILES)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(PlanFileEnding, "plan_file")

app_name = "measures"
urlpatterns = [
    path("atgarder/", lists.measure_list, name="measure-list"),
    path("atgarder/horisonter/", lists.horizons, name="horizons"),
    path("atgarder/ny/", proposing.measure_new, name="measure-new"),
    path("atgarder/ansvar/", portfolios.portfolio_list, name="portfolio-list"),
    path("atgarder/ansvar/nytt/", portfolios.portfolio_new, name="portfolio-new"),
    path("atgarder/ansvar/<int:pk>/", portfolios.portfolio_edit, name="portfolio-edit"),
    path("atgarder/ansvar/<int:pk>/vem/", portfolios.portfolio_holder, name="portfolio-holder"),
    path("atgarder/<int:pk>/", steps.measure_detail, name="measure-detail"),
    path("atgarder/<int:pk>/skriv/", proposing.measure_edit, name="measure-edit"),
    path("atgarder/<int:pk>/spara/", proposing.measure_save, name="measure-save"),
    path("atgarder/<int:pk>/indikator/", indicators.measure_indicator, name="measure-indicator"),
    path(
        "atgarder/<int:pk>/indikator/skriv-in/",
        indicators.measure_indicator_type,
        name="measure-indicator-type",
    ),
    path("atgarder/<int:pk>/besluta/", steps.measure_approve, name="measure-approve"),
    path("atgarder/<int:pk>/aterta/", steps.measure_withdraw, name="measure-withdraw"),
    path("atgarder/<int:pk>/starta/", steps.measure_start, name="measure-start"),
    path("atgarder/<int:pk>/genomford/", steps.measure_done, name="measure-done"),
    path("atgarder/<int:pk>/avbryt/", steps.measure_stop, name="measure-stop"),
    path("atgarder/<int:pk>/dos/", steps.dose_plan, name="dose-plan"),
    path("atgarder/<int:pk>/dos/gjort/", steps.dose_add, name="dose-add"),
    path("atgarder/<int:pk>/folj-upp/", following.measure_follow_up, name="measure-follow-up"),
    path("atgardsplaner/", plans.plan_list, name="plan-list"),
    path("atgardsplaner/ny/", plans.plan_new, name="plan-new"),
    path("atgardsplaner/<int:pk>/", plans.plan_detail, name="plan-detail"),
    path("atgardsplaner/<int:pk>/jamfor/", plans.plan_compare, name="plan-compare"),
    path("atgardsplaner/<int:pk>/spara/", plans.plan_save, name="plan-save"),
    path("atgardsplaner/<int:pk>/atgarder/", plans.plan_measures, name="plan-measures"),
    path("atgardsplaner/<int:pk>/anta/", plans.plan_adopt, name="plan-adopt"),
    path("atgardsplaner/<int:pk>/nasta/", plans.plan_next, name="plan-next"),
    path("atgardsplaner/<int:pk>/folj-upp/", plans.plan_follow_up, name="plan-follow-up"),
    path(
        "atgardsplaner/<int:pk>/atgardsplan.<plan_file:file_format>",
        plans.plan_file,
        name="plan-file",
    ),
]
