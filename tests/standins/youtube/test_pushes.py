"""Pushes: asked of the hub, its question answered, its signature checked, its feed read."""

import hashlib
import hmac
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from breakwater.domain.errors import Refused, TryLater
from breakwater.networks.base import Hooks, Source, What
from tests.standins.google.standin import KEYS
from tests.standins.youtube import YouTubeStandin
from tests.standins.youtube.calling import NETWORK, Desk
from tests.standins.youtube.state import OWN

TOPIC = f"https://www.youtube.com/xml/feeds/videos.xml?channel_id={OWN}"
NOW = datetime(2026, 11, 28, tzinfo=UTC)
FEED = f"""<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:yt="http://www.youtube.com/xml/schemas/2015" xmlns="http://www.w3.org/2005/Atom">
 <entry><id>yt:video:hand0000001</id><yt:videoId>hand0000001</yt:videoId>
 <yt:channelId>{OWN}</yt:channelId><title>Mussels</title></entry></feed>""".encode()
GONE = f"""<feed xmlns:at="http://purl.org/atompub/tombstones/1.0">
 <at:deleted-entry ref="yt:video:hand0000001" when="2026-11-28T07:00:00+00:00">
 <link href="https://www.youtube.com/watch?v=hand0000001"/>
 <at:by><name>Harbour</name><uri>https://www.youtube.com/channel/{OWN}</uri></at:by>
 </at:deleted-entry></feed>""".encode()


@pytest.fixture
def hooks() -> Hooks:
    assert NETWORK.hooks is not None
    return NETWORK.hooks


def _signed(standin: YouTubeStandin, body: bytes) -> Mapping[str, str]:
    secret = standin.state.hub[0]["hub.secret"]
    digest = hmac.new(secret.encode(), body, hashlib.sha1).hexdigest()
    return {"x-hub-signature": f"sha1={digest}"}


def _question(standin: YouTubeStandin, **changes: str) -> dict[str, str]:
    """What the hub asks the address that it was given, whose query it keeps."""
    address = httpx.URL(standin.state.hub[-1]["hub.callback"])
    asked = {"hub.mode": "subscribe", "hub.topic": TOPIC, "hub.challenge": "c-1"}
    return {**dict(address.params), **asked, **changes}


def test_a_push_is_asked_for_answered_checked_and_read(
    standin: YouTubeStandin, desk: Desk, hooks: Hooks
) -> None:
    until = desk.run(lambda c: c.subscribe("https://desk.example/hooks/1"))

    assert until is not None
    assert timedelta(days=5) - (until - standin.now()) < timedelta(seconds=5)
    [asked] = standin.state.hub
    assert asked["hub.topic"] == TOPIC
    echo = hooks.challenge(_question(standin), KEYS)
    assert (echo.text, echo.about) == ("c-1", OWN)
    headers = _signed(standin, FEED)
    hooks.verify(headers, FEED, KEYS, NOW)
    [pushed] = hooks.parse(headers, FEED)
    assert (pushed.remote_id, pushed.look) == (OWN, (Source.OWN_POSTS,))


def test_a_deleted_film_is_gone_at_once(hooks: Hooks) -> None:
    [pushed] = hooks.parse({}, GONE)

    [gone] = pushed.arrived
    assert (pushed.remote_id, gone.what, gone.remote_id) == (OWN, What.GONE, "hand0000001")
    assert gone.at == datetime(2026, 11, 28, 7, tzinfo=UTC)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"x-hub-signature": "sha1=" + "0" * 40},
        {"x-hub-signature": "sha256=" + "0" * 64},
        {"x-hub-signature": "sha1=é"},
    ],
)
def test_a_strangers_push_is_refused(hooks: Hooks, headers: dict[str, str]) -> None:
    with pytest.raises(Refused) as refused:
        hooks.verify(headers, FEED, KEYS, NOW)

    assert refused.value.reason == "hook_refused"


def test_a_changed_body_is_refused(standin: YouTubeStandin, desk: Desk, hooks: Hooks) -> None:
    desk.run(lambda c: c.subscribe("https://desk.example/hooks/1"))

    with pytest.raises(Refused):
        hooks.verify(_signed(standin, FEED), FEED + b" ", KEYS, NOW)


@pytest.mark.parametrize(
    "change",
    [
        {"hub.mode": "unsubscribe"},
        {"hub.topic": "https://evil.example/feed"},
        {"hub.topic": TOPIC.replace(OWN, f"UC{'e' * 22}")},
        {"hub.challenge": ""},
        {"mark": ""},
        {"mark": "é"},
        {"mark": "0" * 64},
    ],
)
def test_only_the_hubs_own_question_is_answered(
    standin: YouTubeStandin, desk: Desk, hooks: Hooks, change: dict[str, str]
) -> None:
    desk.run(lambda c: c.subscribe("https://desk.example/hooks/1"))

    with pytest.raises(Refused) as refused:
        hooks.challenge(_question(standin, **change), KEYS)

    assert refused.value.reason == "hook_refused"


def test_what_was_asked_with_another_secret_is_confirmed_no_more(
    standin: YouTubeStandin, desk: Desk, hooks: Hooks
) -> None:
    desk.run(lambda c: c.subscribe("https://desk.example/hooks/1"))

    with pytest.raises(Refused):
        hooks.challenge(_question(standin), {**KEYS, "client_secret": "another"})


@pytest.mark.parametrize("body", [b"", b"<feed/>", b"\xff\xfe", b"<entry><yt:channelId>UC</entry>"])
def test_what_is_no_entry_gives_nothing(hooks: Hooks, body: bytes) -> None:
    assert hooks.parse({}, body) == ()


def test_a_hub_in_trouble_is_asked_again(standin: YouTubeStandin, desk: Desk) -> None:
    standin.server_error("POST", "/subscribe")

    with pytest.raises(TryLater):
        desk.run(lambda c: c.subscribe("https://desk.example/hooks/1"))

    assert standin.state.hub == []
