from django.apps import AppConfig


class SurveysConfig(AppConfig):
    name = "samhandling_web.observe.surveys"
    label = "surveys"

    def ready(self) -> None:
        from samhandling.sources.schema import Kind
        from samhandling_web.observe.imports import receivers
        from samhandling_web.observe.surveys.receiving import SurveyReceiver

        receivers.register(Kind.SURVEY, SurveyReceiver())
