from django.apps import AppConfig


class ScoringConfig(AppConfig):
    name = "breakwater.scoring"
    label = "scoring"
