from django.apps import AppConfig


class PartnershipConfig(AppConfig):
    name = "samhandling_web.agree.partnership"
    label = "partnership"
