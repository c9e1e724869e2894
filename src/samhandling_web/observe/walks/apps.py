from django.apps import AppConfig


class WalksConfig(AppConfig):
    name = "samhandling_web.observe.walks"
    label = "walks"

    def ready(self) -> None:
        from samhandling_web.base.common import inbox
        from samhandling_web.base.common.navigation import NavItem, Room, register
        from samhandling_web.base.common.text import _
        from samhandling_web.observe.walks import waiting
        from samhandling_web.observe.walks.permissions import may_read_walks

        register(
            NavItem(
                Room.OBSERVE, _("Trygghetsvandringar"), "walks:walk-list", may_read_walks, order=30
            )
        )
        inbox.register("walks", waiting.waiting_for)
