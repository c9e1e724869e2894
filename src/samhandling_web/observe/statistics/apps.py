from django.apps import AppConfig


class StatisticsConfig(AppConfig):
    name = "samhandling_web.observe.statistics"
    label = "statistics"

    def ready(self) -> None:
        from samhandling.sources.schema import Kind
        from samhandling_web.observe.imports import receivers
        from samhandling_web.observe.statistics.receiving import FigureReceiver

        receivers.register(Kind.STATISTICS, FigureReceiver())
