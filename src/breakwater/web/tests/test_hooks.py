"""The address that networks push to: signed things come in once, all else stays outside."""

import base64
import hashlib
import hmac

import pytest
from django.test import Client

from breakwater.channels.models import Arrival
from breakwater.channels.services.keys import asked, save_keys
from breakwater.core import clock
from breakwater.people.models import Person
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


def test_a_push_that_is_nested_without_end_is_refused(ann: Person) -> None:
    """It is signed, so its network made it: it is refused, not met with a traceback each hour."""
    save_keys(
        network="x", by=ann.pk, now=clock.now(),
        typed={one.name: "kelp-lantern" for one in asked("x").fields},
    )  # fmt: skip
    body = b"[" * 100_000
    made = hmac.new(b"kelp-lantern", body, hashlib.sha256).digest()
    seal = "sha256=" + base64.b64encode(made).decode()

    answer = Client().post(
        "/hooks/x/", body, "application/json",
        headers={"x-twitter-webhooks-signature-oauth2": seal},
    )  # fmt: skip

    assert answer.status_code == 403
