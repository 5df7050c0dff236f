"""The address that networks push to: signed things come in once, all else stays outside."""

import base64
import hashlib
import hmac
from datetime import timedelta

import pytest
from django.test import Client

from breakwater.channels.models import Arrival, Channel, Cursor
from breakwater.channels.services.keys import asked, save_keys
from breakwater.core import clock
from breakwater.people.models import Person, Workspace
from breakwater.publishing.tests.conftest import make_channel
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


OWN = f"UC{'a' * 22}"
TOPIC = f"https://www.youtube.com/xml/feeds/videos.xml?channel_id={OWN}"
KEY = "kelp-lantern"


@pytest.fixture
def subscribing(ann: Person, harbour_workspace: Workspace) -> Cursor:
    """A channel that asked for pushes a minute ago."""
    now = clock.now()
    save_keys(
        network="youtube", by=ann.pk, now=now,
        typed={one.name: KEY for one in asked("youtube").fields},
    )  # fmt: skip
    quay = make_channel(
        harbour_workspace, "@quay", now, network="youtube", remote_id=OWN, state="connected"
    )
    return Cursor.objects.create(
        channel=quay, source="push", read_at=now - timedelta(minutes=1), created_at=now
    )


def question(topic: str = TOPIC) -> int:
    """What the hub gets that asks, at the address of `topic`, whether we want OWN's."""
    key = hmac.new(KEY.encode(), b"breakwater websub", hashlib.sha256).hexdigest()
    mark = hmac.new(key.encode(), f"address {topic}".encode(), hashlib.sha256).hexdigest()
    words = {"hub.mode": "subscribe", "hub.topic": TOPIC, "hub.challenge": "c", "mark": mark}
    answer = Client().get("/hooks/youtube/", words)
    assert answer.content == (b"c" if answer.status_code == 200 else b"")
    return answer.status_code


def test_a_subscription_is_confirmed_that_we_have_just_asked_for(subscribing: Cursor) -> None:
    now = clock.now()
    assert question() == 200

    Cursor.objects.update(read_at=None, lease_until=now + timedelta(minutes=1))
    assert question() == 200  # while the hub still has our question


@pytest.mark.parametrize("change", ["asked long ago", "never asked", "signed out", "gone"])
def test_a_subscription_that_nobody_asked_for_is_not_confirmed(
    subscribing: Cursor, change: str
) -> None:
    if change == "asked long ago":
        Cursor.objects.update(read_at=clock.now() - timedelta(hours=2))
    elif change == "never asked":
        Cursor.objects.update(read_at=None)
    elif change == "signed out":
        Channel.objects.update(state="disconnected")
    else:
        Cursor.objects.all().delete()

    assert question() == 403


def test_the_address_of_one_feed_confirms_no_other(subscribing: Cursor) -> None:
    assert question(TOPIC.replace("aaaa", "bbbb")) == 403
