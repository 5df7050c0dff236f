"""The address that networks push to: signed things come in once, all else stays outside."""

import pytest
from django.test import Client

from breakwater.channels.models import Arrival
from breakwater.web.tests.routes import routes

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("network", ["nothing", "mastodon"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_network_that_pushes_nothing_has_no_such_address(network: str, method: str) -> None:
    answer = getattr(Client(), method)(f"/hooks/{network}/")

    assert (answer.status_code, answer.content) == (404, b"")
    assert "Set-Cookie" not in answer
    assert not Arrival.objects.exists()


def test_only_what_machines_sign_needs_no_token() -> None:
    exempt = {route.name for route in routes() if route.right == "signed"}

    assert exempt == {"hook"}
