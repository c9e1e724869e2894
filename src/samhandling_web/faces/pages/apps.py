from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "samhandling_web.faces.pages"
    label = "pages"

    def ready(self) -> None:
        from datetime import time

        from samhandling_web.base.common.navigation import (
            NavItem,
            Room,
            register,
            register_thread,
        )
        from samhandling_web.base.common.text import _
        from samhandling_web.base.jobs import registry, schedule
        from samhandling_web.base.jobs.rhythms import daily
        from samhandling_web.faces.pages import permissions, tasks

        may = permissions.may_read_overview
        register(NavItem(Room.AGREE, _("Översikt"), "pages:overview", may, order=90))
        register(NavItem(Room.BASE, _("Att göra"), "pages:inbox", order=1, icon="inbox"))
        register(NavItem(Room.BASE, _("Sök"), "pages:search", order=2, icon="search"))
        register_thread("pages:thread")
        registry.register(tasks.REMINDERS, tasks.reminders)
        schedule.register(
            tasks.REMINDERS, tasks.REMINDERS, daily(at=time(7)), label=_("Påminnelser med mejl")
        )
