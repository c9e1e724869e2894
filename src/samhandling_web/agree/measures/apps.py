from django.apps import AppConfig


class MeasuresConfig(AppConfig):
    name = "samhandling_web.agree.measures"
    label = "measures"

    def ready(self) -> None:
        from samhandling_web.agree.measures import registration

        registration.navigation()
        registration.inbox()
        registration.agendas()
        registration.checks()
        registration.on_other_pages()
        registration.proofs()
