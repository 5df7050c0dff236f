from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "breakwater.evidence"
    label = "evidence"
