"""The walk through the window of Threads, tokens that are renewed, and pushes."""

import json
import secrets
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from breakwater.domain.errors import Reconnect, Refused
from breakwater.networks import threads
from breakwater.networks.base import Account, Auth, Purpose, Source, What
from breakwater.networks.threads.manifest import MANIFEST
from tests.standins.base.calling import Calling
from tests.standins.base.exchange import Request
from tests.standins.threads import ThreadsStandin
from tests.standins.threads.calling import APP
from tests.standins.threads.standin import BACK

FORM = {"content-type": "application/x-www-form-urlencoded"}
DAY_S = 86_400


def _outside(standin: ThreadsStandin, app: dict[str, str] | None = None) -> Calling:
    keys = APP if app is None else app
    account = Account("", "", standin.origin)
    return Calling(threads.build(Path()), account, standin.transport(), keys)


def _asked(standin: ThreadsStandin) -> str:
    async def asked(door: Auth) -> str:
        keys = await door.register(standin.origin, BACK)
        return door.authorise_url(
            standin.origin, keys, redirect_uri=BACK, state="one use", challenge="c" * 43
        )

    return _outside(standin).door(asked)


def _click(standin: ThreadsStandin, answer: str = "authorize") -> dict[str, str]:
    split = urlsplit(_asked(standin))
    assert standin.answer(Request("GET", split.path, split.query)).status == 200
    body = f"{split.query}&answer={answer}".encode()
    back = standin.answer(Request("POST", split.path, "", FORM, body))
    return dict(parse_qsl(urlsplit(back.headers["location"]).query))


def _exchange(standin: ThreadsStandin, code: str) -> Callable[[Auth], Awaitable[Any]]:
    return lambda door: door.exchange(
        standin.origin, APP, code=code, verifier="v", redirect_uri=BACK
    )


def _ends_in(given: Any, standin: ThreadsStandin) -> timedelta:
    return datetime.fromisoformat(given["expires_at"]) - standin.now()


def test_the_walk_through_the_door(threads_standin: ThreadsStandin) -> None:
    standin, outside = threads_standin, _outside(threads_standin)

    came = _click(standin)
    given = outside.door(_exchange(standin, f"{came['code']}#_"))
    (found,) = outside.door(lambda d: d.accounts(standin.origin, given))

    assert came["state"] == "one use"
    assert timedelta(days=59) < _ends_in(given, standin) <= timedelta(days=60)
    assert (found.who.remote_id, found.who.handle) == (standin.state.me, "@harbour.cafe")
    assert (found.who.name, found.who.url) == (
        "Harbour Café",
        "https://www.threads.com/@harbour.cafe",
    )
    assert found.secrets == given


def test_a_token_is_renewed_for_sixty_days_once_it_is_a_day_old(
    threads_standin: ThreadsStandin,
) -> None:
    standin, outside = threads_standin, _outside(threads_standin)
    given = outside.door(_exchange(standin, _click(standin)["code"]))
    account = Account(standin.state.me, "@harbour.cafe", standin.origin, given)

    young = outside.door(lambda d: d.refresh(account))
    standin.advance(40 * DAY_S)
    renewed = outside.door(lambda d: d.refresh(account))

    assert young == given
    assert renewed["access_token"] != given["access_token"]
    assert timedelta(days=59) < _ends_in(renewed, standin) <= timedelta(days=60)
    standin.advance(61 * DAY_S)
    with pytest.raises(Reconnect):
        outside.door(lambda d: d.refresh(Account("1", "@x", standin.origin, renewed)))


def test_it_asks_for_no_more_than_it_was_told(threads_standin: ThreadsStandin) -> None:
    asked = dict(parse_qsl(urlsplit(_asked(threads_standin)).query))

    assert asked["scope"].split(",") == list(MANIFEST.scopes_for(Purpose.PUBLISH))
    assert "threads_content_publish" not in MANIFEST.scopes_for(Purpose.LISTEN)
    assert _click(threads_standin, "deny")["error"] == "access_denied"


def test_a_code_opens_once(threads_standin: ThreadsStandin) -> None:
    standin, outside = threads_standin, _outside(threads_standin)
    code = _click(standin)["code"]
    outside.door(_exchange(standin, code))

    with pytest.raises(Reconnect):
        outside.door(_exchange(standin, code))


def test_the_keys_of_the_app_are_needed_and_checked(threads_standin: ThreadsStandin) -> None:
    standin = threads_standin
    _outside(standin).door(lambda d: d.check_app(standin.origin))

    for keys, reason in (
        ({}, "app_keys_missing"),
        ({**APP, "client_secret": "typed wrong"}, "app_keys_refused"),
    ):
        with pytest.raises(Refused) as caught:
            _outside(standin, keys).door(lambda d: d.check_app(standin.origin))
        assert caught.value.reason == reason


def test_pushes_are_proved_and_read(threads_standin: ThreadsStandin) -> None:
    standin, hooks = threads_standin, threads.ThreadsHooks()
    root = standin.post("Ours")
    reply = standin.post("Any left? 🦪", by="eve", above=root.id)
    mention = standin.post("At @harbour.cafe", by="bob")
    pushes = [
        standin.push("replies", reply),
        standin.push("mentions", mention),
        standin.push("delete", root),
        standin.push("publish", root),
    ]

    for headers, body in pushes:
        hooks.verify(headers, body, APP, datetime.now(UTC))
    told = [one for headers, body in pushes for one in hooks.parse(headers, body)]

    assert {one.remote_id for one in told} == {standin.state.me}
    assert [(one.what, one.remote_id, one.text, one.own) for t in told for one in t.arrived] == [
        (What.COMMENT, reply.id, "Any left? 🦪", False),
        (What.MENTION, mention.id, "At @harbour.cafe", False),
        (What.GONE, root.id, "", True),
    ]
    assert told[0].arrived[0].about == root.id
    assert told[3].look == (Source.OWN_POSTS,)


def test_a_push_of_a_stranger_or_of_nonsense_is_refused(threads_standin: ThreadsStandin) -> None:
    hooks, now = threads.ThreadsHooks(), datetime.now(UTC)
    headers, body = threads_standin.push("mentions", threads_standin.post("x"))
    other = {"x-hub-signature-256": f"sha256={secrets.token_hex(32)}"}

    for given, said, app in ((other, body, APP), ({}, body, APP), (headers, body, {})):
        with pytest.raises(Refused) as caught:
            hooks.verify(given, said, app, now)
        assert caught.value.reason == "hook_refused"
    half = {"values": {"field": "replies", "value": {"id": "1"}}}
    for said in (b"", b"[]", b"{}", json.dumps(half).encode()):
        with pytest.raises(Refused):
            hooks.parse({}, said)
    assert hooks.parse({}, b'{"values": {"field": "new", "value": {}}}') == ()


def test_the_question_of_the_network_is_answered() -> None:
    hooks = threads.ThreadsHooks()
    query = {"hub.mode": "subscribe", "hub.verify_token": "of the quay", "hub.challenge": "1158"}

    assert hooks.challenge(query, APP).text == "1158"
    with pytest.raises(Refused):
        hooks.challenge({**query, "hub.verify_token": "x"}, APP)
