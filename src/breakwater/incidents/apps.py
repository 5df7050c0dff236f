from django.apps import AppConfig


class IncidentsConfig(AppConfig):
    name = "breakwater.incidents"
    label = "incidents"
