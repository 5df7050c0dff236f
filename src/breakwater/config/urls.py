"""Root addresses."""

from django.urls import URLPattern, URLResolver, path

from breakwater.web import operations

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", operations.healthz, name="healthz"),
    path("readyz", operations.readyz, name="readyz"),
    path("metrics", operations.metrics, name="metrics"),
]
