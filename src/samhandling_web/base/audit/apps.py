from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "samhandling_web.base.audit"
    label = "audit"
