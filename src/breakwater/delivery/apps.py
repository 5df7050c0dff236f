from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    name = "breakwater.delivery"
    label = "delivery"
