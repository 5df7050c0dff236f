from django.apps import AppConfig


class PublishingConfig(AppConfig):
    name = "breakwater.publishing"
    label = "publishing"
