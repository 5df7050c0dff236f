from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "breakwater.notices"
    label = "notices"
