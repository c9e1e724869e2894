from django.apps import AppConfig


class StatisticsConfig(AppConfig):
    name = "samhandling_web.observe.statistics"
    label = "statistics"

    def ready(self) -> None:
        from samhandling.sources.schema import Kind
        from samhandling_web.base.common.navigation import NavItem, Room
        from samhandling_web.base.common.navigation import register as show
        from samhandling_web.base.common.text import _
        from samhandling_web.observe.imports import receivers
        from samhandling_web.observe.statistics.permissions import may_read_figures
        from samhandling_web.observe.statistics.receiving import FigureReceiver

        receivers.register(Kind.STATISTICS, FigureReceiver())
        show(
            NavItem(
                Room.OBSERVE,
                _("Statistik"),
                "statistics:indicator-list",
                may_read_figures,
                order=20,
            )
        )
