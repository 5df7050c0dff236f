from django.apps import AppConfig


class InboxConfig(AppConfig):
    name = "breakwater.inbox"
    label = "inbox"
