from django.apps import AppConfig


class HygieneConfig(AppConfig):
    name = "breakwater.hygiene"
    label = "hygiene"
