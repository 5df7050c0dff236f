from django.apps import AppConfig


class InsightsConfig(AppConfig):
    name = "breakwater.insights"
    label = "insights"
