from django.apps import AppConfig
from django.db.backends.signals import connection_created

from breakwater.core.parameters import as_many_as_it_takes


class CoreConfig(AppConfig):
    name = "breakwater.core"
    label = "core"

    def ready(self) -> None:
        connection_created.connect(as_many_as_it_takes)
