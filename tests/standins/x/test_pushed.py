"""Pushes of X: asked for by the reading loop, taken in by the product, ended with the channel."""

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import Settings

from breakwater.channels.models import Arrival, Channel, Cursor
from breakwater.channels.services import disconnect, reading
from breakwater.core import clock
from breakwater.workers.tests.conftest import Bench
from tests.standins.x import XStandin
from tests.standins.x.pushes import signature
from tests.standins.x.standin import CLIENT_SECRET

pytestmark = pytest.mark.slow
ADDRESS = "https://desk.example/hooks/x/"


def test_what_is_asked_for_comes_until_the_channel_is_disconnected(
    bench: Bench, quay: Channel, x_standin: XStandin, settings: Settings, client: Client
) -> None:
    settings.PUBLIC_URL = "https://desk.example"
    reading.ensure_cursors(now=clock.now())
    later = clock.now() + timedelta(hours=1)
    Cursor.objects.exclude(source="push").update(next_at=later)

    bench.read_until(lambda: Cursor.objects.filter(source="push", read_at__isnull=False).exists())

    assert [one.url for one in x_standin.state.webhooks.values()] == [ADDRESS]
    assert len(x_standin.state.subscriptions) == 7
    said = x_standin.says("ann", "@harbour is it open?")
    harbour = x_standin.person("harbour")
    body = x_standin.pushes.of_post("post.mention.create", said, harbour)
    headers = {"x-twitter-webhooks-signature-oauth2": signature(CLIENT_SECRET, body)}
    told = client.post("/hooks/x/", body, content_type="application/json", headers=headers)
    assert told.status_code == 200
    assert Arrival.objects.values_list("text", flat=True).get() == "@harbour is it open?"
    assert Cursor.objects.get(source="mentions").pushed_at is not None
    disconnect(
        workspace_id=quay.workspace_id, channel_id=quay.pk, by=bench.person.pk, now=clock.now()
    )
    assert x_standin.state.subscriptions == []
    assert not Cursor.objects.filter(source="push").exists()
