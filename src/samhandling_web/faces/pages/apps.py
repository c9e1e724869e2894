from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "samhandling_web.faces.pages"
    label = "pages"

    def ready(self) -> None:
        from samhandling_web.base.jobs import registry
        from samhandling_web.faces.pages import tasks

        registry.register(tasks.REMINDERS, tasks.reminders)
