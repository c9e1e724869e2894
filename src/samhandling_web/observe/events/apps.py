from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "samhandling_web.observe.events"
    label = "events"
