from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "samhandling_web.base.accounts"
    label = "accounts"
