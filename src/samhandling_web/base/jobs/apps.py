from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "samhandling_web.base.jobs"
    label = "jobs"

    def ready(self) -> None:
        from samhandling_web.base.common.navigation import NavItem, Room, register
        from samhandling_web.base.common.text import _

        register(NavItem(Room.BASE, _("Jobb"), "jobs:job-list", order=10))
