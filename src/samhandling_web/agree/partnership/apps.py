from django.apps import AppConfig


class PartnershipConfig(AppConfig):
    name = "samhandling_web.agree.partnership"
    label = "partnership"

    def ready(self) -> None:
        from samhandling_web.agree.partnership import registration

        registration.navigation()
        registration.agendas()
        registration.waits()
        registration.proofs()
