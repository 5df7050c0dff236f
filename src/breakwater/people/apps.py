from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "breakwater.people"
    label = "people"
