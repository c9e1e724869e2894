from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "samhandling_web.base.audit"
    label = "audit"

    def ready(self) -> None:
        from samhandling_web.base.audit.permissions import may_read_log
        from samhandling_web.base.common.navigation import NavItem, Room, register
        from samhandling_web.base.common.text import _

        register(NavItem(Room.BASE, _("Logg"), "audit:record-list", may_read_log, order=20))
