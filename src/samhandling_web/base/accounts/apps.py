from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "samhandling_web.base.accounts"
    label = "accounts"
    # The log knows people, so people cannot import the log: it is named here instead.
    recorder = "samhandling_web.base.audit.services.record"

    def ready(self) -> None:
        from samhandling_web.base.accounts.permissions import may_administer_accounts
        from samhandling_web.base.common.navigation import NavItem, Room, register
        from samhandling_web.base.common.text import _

        may = may_administer_accounts
        register(NavItem(Room.BASE, _("Min profil"), "accounts:profile", order=5))
        register(NavItem(Room.BASE, _("Användare"), "accounts:user-list", may, order=50))
        register(
            NavItem(Room.BASE, _("Organisationer"), "accounts:organisation-list", may, order=60)
        )
