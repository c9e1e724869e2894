from django.apps import AppConfig


class ObservationsConfig(AppConfig):
    name = "samhandling_web.observe.observations"
    label = "observations"

    def ready(self) -> None:
        from samhandling_web.base.common import inbox as inboxes
        from samhandling_web.base.jobs import registry
        from samhandling_web.observe.observations import inbox, registration
        from samhandling_web.observe.observations.tasks import WEEK_JOB, week_work

        registration.navigation()
        registry.register(WEEK_JOB, week_work)
        inboxes.register("observations", inbox.waiting)
