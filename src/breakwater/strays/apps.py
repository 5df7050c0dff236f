from django.apps import AppConfig


class StraysConfig(AppConfig):
    name = "breakwater.strays"
    label = "strays"
