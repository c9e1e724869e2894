from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "samhandling_web.observe.events"
    label = "events"

    def ready(self) -> None:
        from samhandling.sources.schema import Kind
        from samhandling_web.base.audit import checks
        from samhandling_web.base.common.navigation import NavItem, Room
        from samhandling_web.base.common.navigation import register as show
        from samhandling_web.base.common.text import _
        from samhandling_web.base.jobs import registry
        from samhandling_web.observe.events.permissions import may_read_events
        from samhandling_web.observe.events.receiving import EventReceiver
        from samhandling_web.observe.events.snapshot import rebuild
        from samhandling_web.observe.events.tasks import PLACING, run_placing
        from samhandling_web.observe.imports import receivers

        receivers.register(Kind.EVENTS, EventReceiver())
        registry.register(PLACING, run_placing)
        registry.register(rebuild.JOB_KIND, rebuild.work)
        receivers.watch(rebuild.on_import)
        checks.register(
            "event-snapshot", _("Sammanställningen är lika med databasen"), rebuild.findings
        )
        show(NavItem(Room.OBSERVE, _("Händelser"), "events:event-list", may_read_events, order=10))
