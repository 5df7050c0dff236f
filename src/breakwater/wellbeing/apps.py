from django.apps import AppConfig


class WellbeingConfig(AppConfig):
    name = "breakwater.wellbeing"
    label = "wellbeing"
