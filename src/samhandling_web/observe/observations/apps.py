from django.apps import AppConfig


class ObservationsConfig(AppConfig):
    name = "samhandling_web.observe.observations"
    label = "observations"

    def ready(self) -> None:
        from datetime import time

        from samhandling_web.base.common import inbox as inboxes
        from samhandling_web.base.common.text import _
        from samhandling_web.base.jobs import registry, schedule
        from samhandling_web.base.jobs.rhythms import weekly
        from samhandling_web.observe.observations import inbox, registration
        from samhandling_web.observe.observations.tasks import WEEK_JOB, week_work

        registration.navigation()
        registry.register(WEEK_JOB, week_work)
        monday = weekly(weekday=0, at=time(6))
        schedule.register(WEEK_JOB, WEEK_JOB, monday, label=_("Veckosammanställning"))
        inboxes.register("observations", inbox.waiting)
