"""For machines that watch us: alive, ready, and figures. No session, no personal data."""

import hmac
from datetime import datetime

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CollectorRegistry, Gauge, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

from breakwater.core import clock, schema
from breakwater.delivery import selectors
from breakwater.delivery.lifecycle import DELIVERY

_LOOPBACK = ("127.0.0.1", "::1")
_FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP")


@require_safe
@never_cache
def healthz(_request: HttpRequest) -> HttpResponse:
    """200 while this process answers; it asks nobody else."""
    return JsonResponse({"status": "alive", "version": settings.VERSION})


@require_safe
@never_cache
def readyz(_request: HttpRequest) -> HttpResponse:
    """200 when the database answers, is up to date, and a worker was seen; else 503 and which."""
    found = _readiness()
    return JsonResponse(found, status=200 if all(found.values()) else 503)


@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """Figures in Prometheus' text form, for who may see them; 404 for everybody else."""
    if not _may_see_figures(request):
        return HttpResponse(status=404)
    return HttpResponse(_figures(clock.now()), content_type=CONTENT_TYPE_PLAIN_0_0_4)


def _readiness() -> dict[str, bool]:
    try:
        pending = schema.pending()
        seen = 0 if pending else selectors.workers_seen_since(clock.now() - selectors.ALIVE_WITHIN)
    except DatabaseError:
        return {"database": False, "migrations": False, "workers": False}
    return {"database": True, "migrations": not pending, "workers": seen > 0}


def _may_see_figures(request: HttpRequest) -> bool:
    """With BREAKWATER_METRICS_TOKEN: its bearer. Without: this machine itself, not through a proxy."""
    if settings.METRICS_TOKEN:
        shown = request.headers.get("Authorization", "")
        return hmac.compare_digest(shown.encode(), f"Bearer {settings.METRICS_TOKEN}".encode())
    near = request.META.get("REMOTE_ADDR") in _LOOPBACK
    return near and not any(header in request.META for header in _FORWARDED)


def _figures(now: datetime) -> bytes:
    registry = CollectorRegistry()
    by_state = Gauge(
        "breakwater_deliveries", "Deliveries not at an end, by state.", ["state"], registry=registry
    )
    counts = selectors.counts()
    for state in sorted(DELIVERY.states - DELIVERY.terminal):
        by_state.labels(state).set(counts.get(state, 0))
    unknown = Gauge(
        "breakwater_deliveries_unknown", "Deliveries whose outcome is unknown.", registry=registry
    )
    unknown.set(counts.get("unknown", 0))
    late = Gauge(
        "breakwater_late_seconds", "How late the latest moving delivery is.", registry=registry
    )
    late.set(selectors.most_late_s(now))
    workers = Gauge("breakwater_workers", "Workers seen in the last 30 s.", registry=registry)
    workers.set(selectors.workers_seen_since(now - selectors.ALIVE_WITHIN))
    return generate_latest(registry)
