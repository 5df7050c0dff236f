from django.apps import AppConfig


class DrillsConfig(AppConfig):
    name = "breakwater.drills"
    label = "drills"
