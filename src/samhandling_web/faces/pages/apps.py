from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "samhandling_web.faces.pages"
    label = "pages"

    def ready(self) -> None:
        from datetime import time

        from samhandling_web.base.common.text import _
        from samhandling_web.base.jobs import registry, schedule
        from samhandling_web.base.jobs.rhythms import daily
        from samhandling_web.faces.pages import tasks

        registry.register(tasks.REMINDERS, tasks.reminders)
        schedule.register(
            tasks.REMINDERS, tasks.REMINDERS, daily(at=time(7)), label=_("Påminnelser med mejl")
        )
