"""Root addresses."""

from django.urls import URLPattern, URLResolver, include, path

from breakwater.api import site
from breakwater.web import operations

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", operations.healthz, name="healthz"),
    path("readyz", operations.readyz, name="readyz"),
    path("metrics", operations.metrics, name="metrics"),
    *site.urlpatterns,
    path("", include("breakwater.web.urls")),
]

handler400 = "breakwater.web.errors.bad_request"
handler403 = "breakwater.web.errors.forbidden"
handler404 = "breakwater.web.errors.not_found"
handler500 = "breakwater.web.errors.broken"
