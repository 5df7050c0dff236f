from django.apps import AppConfig


class PausesConfig(AppConfig):
    name = "breakwater.pauses"
    label = "pauses"
