from django.apps import AppConfig


class SurveysConfig(AppConfig):
    name = "samhandling_web.observe.surveys"
    label = "surveys"

    def ready(self) -> None:
        from samhandling.sources.schema import Kind
        from samhandling_web.base.common.navigation import NavItem, Room
        from samhandling_web.base.common.navigation import register as show
        from samhandling_web.base.common.text import _
        from samhandling_web.observe.imports import receivers
        from samhandling_web.observe.surveys.permissions import may_read_results
        from samhandling_web.observe.surveys.receiving import SurveyReceiver

        receivers.register(Kind.SURVEY, SurveyReceiver())
        show(
            NavItem(
                Room.OBSERVE, _("Enkätresultat"), "surveys:result-list", may_read_results, order=30
            )
        )
