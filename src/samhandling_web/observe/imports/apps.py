from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "samhandling_web.observe.imports"
    label = "imports"

    def ready(self) -> None:
        from datetime import time

        from samhandling.sources.schema import Kind
        from samhandling_web.base.common.inbox import register as tell
        from samhandling_web.base.common.navigation import NavItem, Room
        from samhandling_web.base.common.navigation import register as show
        from samhandling_web.base.common.text import _
        from samhandling_web.base.jobs import registry, schedule
        from samhandling_web.base.jobs.rhythms import daily
        from samhandling_web.observe.imports import receivers, waiting
        from samhandling_web.observe.imports.area_receiver import AreaReceiver
        from samhandling_web.observe.imports.permissions import may_import
        from samhandling_web.observe.imports.tasks import BATCH, FEEDS, fetch_feeds, run_batch

        registry.register(BATCH, run_batch)
        registry.register(FEEDS, fetch_feeds)
        label = _("Hämta nytt från källor på nätet")
        schedule.register(FEEDS, FEEDS, daily(at=time(5)), label=label)
        tell("imports", waiting.waiting_for)
        receivers.register(Kind.AREAS, AreaReceiver())
        show(NavItem(Room.OBSERVE, _("Källor"), "imports:source-list", may_import, order=90))
