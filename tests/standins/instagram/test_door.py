"""The walk through Facebook's door, and the pushes that come back through ours."""

import json
import secrets
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from breakwater.domain.errors import Reconnect, Refused
from breakwater.networks import instagram
from breakwater.networks.base import Account, Auth, Purpose, Source, What
from breakwater.networks.instagram.manifest import MANIFEST
from tests.standins.base.calling import Calling
from tests.standins.base.exchange import Request
from tests.standins.instagram import InstagramStandin
from tests.standins.instagram.calling import APP, connected
from tests.standins.instagram.standin import BACK

FORM = {"content-type": "application/x-www-form-urlencoded"}


def _outside(standin: InstagramStandin, app: dict[str, str] | None = None) -> Calling:
    account = Account("", "", standin.origin)
    keys = APP if app is None else app
    return Calling(instagram.build(Path()), account, standin.transport(), keys)


def _asked(standin: InstagramStandin) -> str:
    """The address of the consent page."""

    async def asked(door: Auth) -> str:
        keys = await door.register(standin.origin, BACK)
        return door.authorise_url(
            standin.origin, keys, redirect_uri=BACK, state="one use", challenge="c" * 43
        )

    return _outside(standin).door(asked)


def _click(standin: InstagramStandin, url: str, answer: str = "authorize") -> dict[str, str]:
    split = urlsplit(url)
    assert standin.answer(Request("GET", split.path, split.query)).status == 200
    body = f"{split.query}&answer={answer}".encode()
    back = standin.answer(Request("POST", split.path, "", FORM, body))
    return dict(parse_qsl(urlsplit(back.headers["location"]).query))


def _exchange(standin: InstagramStandin, code: str) -> Callable[[Auth], Awaitable[Any]]:
    return lambda door: door.exchange(
        standin.origin, APP, code=code, verifier="v", redirect_uri=BACK
    )


def test_the_walk_through_the_door(instagram_standin: InstagramStandin) -> None:
    standin, outside = instagram_standin, _outside(instagram_standin)

    came = _click(standin, _asked(standin))
    given = outside.door(_exchange(standin, came["code"]))
    (found,) = outside.door(lambda d: d.accounts(standin.origin, given))

    assert came["state"] == "one use"
    assert datetime.fromisoformat(given["expires_at"]) - standin.now() > timedelta(days=59)
    assert (found.who.remote_id, found.who.handle) == (standin.state.me, "@harbour_cafe")
    assert found.who.url == "https://www.instagram.com/harbour_cafe/"
    assert found.secrets["access_token"] == standin.state.page_token
    assert found.secrets["page_id"] == standin.state.page
    assert "instagram_content_publish" in found.secrets["scope"].split()
    assert "expires_at" not in found.secrets

    account = Account(found.who.remote_id, found.who.handle, standin.origin, found.secrets)
    assert outside.door(lambda d: d.refresh(account)) == found.secrets
    standin.state.page_token = "another"
    with pytest.raises(Reconnect):
        outside.door(lambda d: d.refresh(account))


def test_it_asks_for_no_more_than_it_was_told(instagram_standin: InstagramStandin) -> None:
    asked = dict(parse_qsl(urlsplit(_asked(instagram_standin)).query))

    assert asked["scope"].split(",") == list(MANIFEST.scopes_for(Purpose.PUBLISH))
    assert "instagram_content_publish" not in MANIFEST.scopes_for(Purpose.ANSWER)
    assert "code_challenge" not in asked


def test_a_person_may_say_no(instagram_standin: InstagramStandin) -> None:
    assert _click(instagram_standin, _asked(instagram_standin), "deny")["error"] == "access_denied"


def test_a_code_opens_once(instagram_standin: InstagramStandin) -> None:
    standin, outside = instagram_standin, _outside(instagram_standin)
    code = _click(standin, _asked(standin))["code"]
    outside.door(_exchange(standin, code))

    with pytest.raises(Reconnect):
        outside.door(_exchange(standin, code))


def test_the_keys_of_the_app_are_needed_and_checked(instagram_standin: InstagramStandin) -> None:
    standin = instagram_standin
    _outside(standin).door(lambda d: d.check_app(standin.origin))

    for keys, reason in (
        ({}, "app_keys_missing"),
        ({**APP, "client_secret": "typed wrong"}, "app_keys_refused"),
    ):
        with pytest.raises(Refused) as caught:
            _outside(standin, keys).door(lambda d: d.check_app(standin.origin))
        assert caught.value.reason == reason


def test_calls_carry_the_proof_of_our_app(instagram_standin: InstagramStandin) -> None:
    calling = connected(instagram_standin)
    calling.app = {**APP, "client_secret": "of another app"}

    with pytest.raises(Refused):
        calling.run(lambda c: c.timeline(1))


def test_pushes_are_asked_for(instagram_standin: InstagramStandin) -> None:
    address = "https://desk.example/hooks/instagram"
    instagram_standin.state.page_follows = ["feed", "mention"]

    until = connected(instagram_standin).run(lambda c: c.subscribe(address))

    assert until is None
    by_app, by_page = instagram_standin.state.subscriptions
    assert (by_app["object"], by_app["callback_url"]) == ("instagram", address)
    assert by_app["verify_token"] == "of the quay"
    assert by_page["subscribed_fields"] == "feed,mention,messages"


def test_a_push_is_proved_and_read(instagram_standin: InstagramStandin) -> None:
    standin, hooks = instagram_standin, instagram.InstagramHooks()
    comment = {
        "id": "17", "text": "Any left? 🦪", "from": {"id": "9eve", "username": "eve"},
        "media": {"id": "18", "media_product_type": "FEED"}, "parent_id": "16",
    }  # fmt: skip
    messaging = (
        {
            "sender": {"id": "4242"}, "recipient": {"id": standin.state.me},
            "timestamp": 1_795_000_000_000, "message": {"mid": "aWdf1", "text": "Open?"},
        },
        {
            "sender": {"id": "4242"}, "recipient": {"id": standin.state.me},
            "timestamp": 1_795_000_000_000, "message": {"mid": "aWdf1", "is_deleted": True},
        },
        {"sender": {"id": "4242"}, "recipient": {"id": "1"}, "timestamp": 1, "read": {}},
    )  # fmt: skip
    headers, body = standin.push(
        {"field": "comments", "value": comment},
        {"field": "mentions", "value": {"media_id": "20", "comment_id": "21"}},
        {"field": "story_insights", "value": {"media_id": "22", "reach": 5}},
        messaging=messaging,
    )

    hooks.verify(headers, body, APP, datetime.now(UTC))
    (told,) = hooks.parse(headers, body)

    assert told.remote_id == standin.state.me
    assert told.look == (Source.OWN_POSTS,)
    assert [(one.what, one.remote_id, one.text, one.thread) for one in told.arrived] == [
        (What.COMMENT, "comment:17", "Any left? 🦪", "18"),
        (What.MENTION, "mention:20:21", "", "20"),
        (What.MESSAGE, "message:aWdf1", "Open?", "4242"),
        (What.GONE, "message:aWdf1", "", "4242"),
    ]
    assert told.arrived[0].parent == "comment:16"
    assert told.arrived[2].at == datetime.fromtimestamp(1_795_000_000, UTC)


def test_comments_under_a_live_video_and_under_an_ad_are_pushed(
    instagram_standin: InstagramStandin,
) -> None:
    standin, hooks = instagram_standin, instagram.InstagramHooks()
    by = {"from": {"id": "9sam", "username": "sam"}}
    live = {"id": "17", "text": "Hello!", "media": {"id": "18"}, **by}
    paid = {"id": "19", "text": "Spam", "media": {"id": "20", "ad_id": "21"}, **by}
    headers, body = standin.push(
        {"field": "live_comments", "value": live}, {"field": "comments", "value": paid}
    )

    hooks.verify(headers, body, APP, datetime.now(UTC))
    (told,) = hooks.parse(headers, body)

    assert [(one.what, one.remote_id, one.about, one.ad) for one in told.arrived] == [
        (What.COMMENT, "comment:17", "18", False),
        (What.COMMENT, "comment:19", "20", True),
    ]


def test_a_push_of_a_stranger_is_refused(instagram_standin: InstagramStandin) -> None:
    hooks, now = instagram.InstagramHooks(), datetime.now(UTC)
    headers, body = instagram_standin.push({"field": "comments", "value": {"id": "1"}})
    other = {**headers, "x-hub-signature-256": f"sha256={secrets.token_hex(32)}"}

    for given, said, app in (
        (other, body, APP), ({}, body, APP), (headers, body + b" ", APP), (headers, body, {}),
    ):  # fmt: skip
        with pytest.raises(Refused) as caught:
            hooks.verify(given, said, app, now)
        assert caught.value.reason == "hook_refused"


@pytest.mark.parametrize(
    "body",
    [
        b"", b"[]", b"{}", b'{"object":"instagram","entry":[{}]}',
        b'{"object":"instagram","entry":[{"id":"1","time":1e400}]}',
        json.dumps({"object": "instagram", "entry": [
            {"id": "1", "time": 5, "changes": [{"field": "comments", "value": None}]}]}).encode(),
    ],
)  # fmt: skip
def test_a_push_of_nonsense_is_refused(body: bytes) -> None:
    with pytest.raises(Refused):
        instagram.InstagramHooks().parse({}, body)


def test_the_question_of_the_network_is_answered() -> None:
    hooks = instagram.InstagramHooks()
    query = {"hub.mode": "subscribe", "hub.verify_token": "of the quay", "hub.challenge": "1158"}

    assert hooks.challenge(query, APP).text == "1158"
    for wrong in ({**query, "hub.verify_token": "x"}, {**query, "hub.mode": ""}, {}):
        with pytest.raises(Refused):
            hooks.challenge(wrong, APP)
