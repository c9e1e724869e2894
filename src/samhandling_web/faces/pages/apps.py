from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "samhandling_web.faces.pages"
    label = "pages"

    def ready(self) -> None:
        from datetime import time

        from samhandling_web.base.common.navigation import NavItem, Room, register
        from samhandling_web.base.common.text import _
        from samhandling_web.base.jobs import registry, schedule
        from samhandling_web.base.jobs.rhythms import daily
        from samhandling_web.faces.pages import permissions, tasks

        may = permissions.may_read_overview
        register(NavItem(Room.AGREE, _("Översikt"), "pages:overview", may, order=90))
        register(NavItem(Room.BASE, _("Sök"), "pages:search", order=1))
        registry.register(tasks.REMINDERS, tasks.reminders)
        schedule.register(
            tasks.REMINDERS, tasks.REMINDERS, daily(at=time(7)), label=_("Påminnelser med mejl")
        )
