from django.apps import AppConfig


class ChannelsConfig(AppConfig):
    name = "breakwater.channels"
    label = "channels"
