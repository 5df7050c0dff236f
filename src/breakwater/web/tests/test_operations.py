"""What machines are told: alive, ready, figures; and whom the figures are for."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from breakwater.core import clock
from breakwater.delivery.models import Worker


def _worker(seconds_ago: int) -> None:
    moment = clock.now() - timedelta(seconds=seconds_ago)
    Worker.objects.create(host="here", pid=1, lock_key=1, seen_at=moment, created_at=moment)


def test_alive_asks_nobody_else(client: Client) -> None:
    answer = client.get("/healthz")

    assert answer.json() == {"status": "alive", "version": settings.VERSION}
    assert "no-store" in answer["Cache-Control"]
    assert "Set-Cookie" not in answer


@pytest.mark.django_db
def test_ready_needs_a_worker(client: Client) -> None:
    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json() == {"database": True, "migrations": True, "workers": False}


@pytest.mark.django_db
@pytest.mark.parametrize(("seconds_ago", "status"), [(5, 200), (29, 200), (31, 503)])
def test_a_worker_counts_for_thirty_seconds(client: Client, seconds_ago: int, status: int) -> None:
    _worker(seconds_ago)

    assert client.get("/readyz").status_code == status


@pytest.mark.usefixtures("database_away")
def test_ready_says_that_the_database_is_away(client: Client) -> None:
    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json() == {"database": False, "migrations": False, "workers": False}


@pytest.mark.django_db
def test_figures_are_shown_to_this_machine(client: Client) -> None:
    _worker(1)

    answer = client.get("/metrics")

    lines = answer.content.decode().splitlines()
    assert answer["Content-Type"].startswith("text/plain")
    assert "breakwater_workers 1.0" in lines
    assert 'breakwater_deliveries{state="queued"} 0.0' in lines
    assert "breakwater_deliveries_unknown 0.0" in lines
    assert "breakwater_late_seconds 0.0" in lines


@pytest.mark.django_db
def test_figures_take_few_queries(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(4):  # PostgreSQL is asked the time, too
        client.get("/metrics")


@pytest.mark.parametrize(
    "seen",
    [
        {"REMOTE_ADDR": "192.0.2.7"},
        {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "192.0.2.7"},
        {"REMOTE_ADDR": "127.0.0.1", "HTTP_FORWARDED": "for=192.0.2.7"},
    ],
)
def test_figures_are_not_shown_to_others(client: Client, seen: dict[str, Any]) -> None:
    assert client.get("/metrics", **seen).status_code == 404


@pytest.mark.django_db
def test_with_a_token_only_its_bearer_sees_figures(client: Client, settings: Any) -> None:
    settings.METRICS_TOKEN = "figures-please"

    assert client.get("/metrics").status_code == 404
    assert client.get("/metrics", headers={"Authorization": "Bearer wrong"}).status_code == 404
    assert (
        client.get(
            "/metrics", headers={"Authorization": "Bearer figures-please"}, REMOTE_ADDR="192.0.2.7"
        ).status_code
        == 200
    )


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
def test_nothing_can_be_posted(client: Client, path: str) -> None:
    assert client.post(path).status_code == 405
