from django.apps import AppConfig


class AreasConfig(AppConfig):
    name = "samhandling_web.base.areas"
    label = "areas"

    def ready(self) -> None:
        from samhandling_web.base.common.navigation import NavItem, Room, everyone, register
        from samhandling_web.base.common.text import _

        register(NavItem(Room.BASE, _("Områden"), "areas:level-list", everyone, order=30))
