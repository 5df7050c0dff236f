from django.apps import AppConfig


class GuidelinesConfig(AppConfig):
    name = "breakwater.guidelines"
    label = "guidelines"
