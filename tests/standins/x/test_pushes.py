"""What X pushes: the question, the signature, the events; and asking for them."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from breakwater.domain.errors import Refused
from breakwater.networks.base import Hooks, Pushed, Source, What
from tests.standins.x import XStandin
from tests.standins.x.calling import NETWORK, connected
from tests.standins.x.pushes import signature
from tests.standins.x.standin import APP, CLIENT_SECRET, CONSUMER_SECRET

NOW = datetime(2026, 11, 28, tzinfo=UTC)
OURS, OLDER = "x-twitter-webhooks-signature-oauth2", "x-twitter-webhooks-signature"
ADDRESS = "https://desk.example/hooks/x"


def _hooks() -> Hooks:
    assert NETWORK.hooks is not None
    return NETWORK.hooks


def _parsed(body: bytes) -> tuple[Pushed, ...]:
    return _hooks().parse({}, body)


def test_the_question_is_answered_with_our_secret() -> None:
    echo = _hooks().challenge({"crc_token": "c" * 40}, APP)

    assert echo.mime == "application/json"
    assert json.loads(echo.text) == {"response_token": signature(CLIENT_SECRET, b"c" * 40)}


@pytest.mark.parametrize(
    ("query", "app"), [({}, APP), ({"crc_token": "c"}, {}), ({"crc_token": "c" * 1001}, APP)]
)
def test_another_question_is_not_answered(query: dict[str, str], app: dict[str, str]) -> None:
    with pytest.raises(Refused) as refused:
        _hooks().challenge(query, app)

    assert refused.value.reason == "hook_refused"


@pytest.mark.parametrize(
    "headers",
    [
        {OURS: signature(CLIENT_SECRET, b"{}")},
        {OLDER: signature(CONSUMER_SECRET, b"{}")},
        {OURS: signature(CLIENT_SECRET, b"{}"), OLDER: "sha256=wrong"},
    ],
)
def test_a_signature_of_xs_is_believed(headers: dict[str, str]) -> None:
    _hooks().verify(headers, b"{}", APP, NOW)


@pytest.mark.parametrize(
    ("headers", "app"),
    [
        ({}, APP),
        ({OURS: signature("another", b"{}")}, APP),
        ({OURS: signature(CLIENT_SECRET, b"{ }")}, APP),
        ({OURS: "sha256=wrong", OLDER: signature(CONSUMER_SECRET, b"{}")}, APP),
        ({OURS: signature("", b"{}")}, {}),
        ({OLDER: signature("", b"{}")}, {"client_secret": CLIENT_SECRET}),
        ({OURS: "é"}, APP),
    ],
)
def test_any_other_is_not(headers: dict[str, str], app: dict[str, str]) -> None:
    with pytest.raises(Refused) as refused:
        _hooks().verify(headers, b"{}", app, NOW)

    assert refused.value.reason == "hook_refused"


def test_posts_by_others_come_with_all_that_is_needed(x_standin: XStandin) -> None:
    harbour, own = x_standin.person("harbour"), x_standin.says("harbour", "Fresh mussels")
    named = x_standin.says("ann", "Ask @harbour & see")
    answer = x_standin.says("bob", "Are they?", reply_to=own.id)
    quote = x_standin.says("bob", "Look", quotes=own.id)
    bodies = [
        x_standin.pushes.of_post("post.mention.create", named, harbour),
        x_standin.pushes.of_post("post.reply.create", answer, harbour),
        x_standin.pushes.of_post("post.quote.create", quote, harbour),
    ]

    pushed = [one for body in bodies for one in _parsed(body)]

    assert {one.remote_id for one in pushed} == {harbour.id}
    shown = [(a.what, a.text, a.about, a.author.handle) for one in pushed for a in one.arrived]
    assert shown == [
        (What.MENTION, "Ask @harbour & see", "", "@ann"),
        (What.COMMENT, "Are they?", own.id, "@bob"),
        (What.QUOTE, "Look", own.id, "@bob"),
    ]


def test_own_posts_and_their_end_are_told(x_standin: XStandin) -> None:
    harbour, own = x_standin.person("harbour"), x_standin.says("harbour", "By hand")

    [made] = _parsed(x_standin.pushes.of_post("post.create", own, harbour))
    [gone] = _parsed(x_standin.pushes.of_deletion(own.id, harbour))

    assert [(one.what, one.own) for one in made.arrived] == [(What.POST, True)]
    assert [(one.what, one.remote_id) for one in gone.arrived] == [(What.GONE, own.id)]
    assert abs((gone.arrived[0].at - own.created_at).total_seconds()) < 0.01


@pytest.mark.parametrize(
    ("sender", "to", "own"), [("ann", "harbour", False), ("harbour", "ann", True)]
)
def test_a_message_that_is_pushed_is_the_one_that_is_polled(
    sender: str, to: str, *, own: bool, x_standin: XStandin
) -> None:
    harbour, calling = x_standin.person("harbour"), connected(x_standin)
    people = x_standin.person(sender), x_standin.person(to)
    message = x_standin.mail.add(people[0], x_standin.mail.between(*people), "Hello!")
    kind = "dm.sent" if own else "dm.received"

    [pushed] = _parsed(x_standin.pushes.of_message(kind, message, people[1], harbour))

    [polled] = calling.run(lambda c: c.poll(Source.MESSAGES, "")).arrived
    [arrived] = pushed.arrived
    assert (arrived.remote_id, arrived.thread) == (polled.remote_id, polled.thread)
    assert (arrived.own, arrived.text) == (own, "Hello!")
    assert (arrived.author.remote_id, arrived.author.handle) == (people[0].id, f"@{sender}")
    assert abs((arrived.at - message.created_at).total_seconds()) < 0.01


@pytest.mark.parametrize(
    "data",
    [
        {"event_type": "like.create", "filter": {"user_id": "1"}, "payload": {"id": "2"}},
        {"event_type": "post.create", "filter": {"keyword": "sea"}, "payload": {"id": "2"}},
        {"event_type": "post.create", "filter": {"user_id": "1"}, "payload": None},
    ],
)
def test_what_is_of_no_interest_gives_nothing(data: dict[str, Any]) -> None:
    assert _parsed(json.dumps({"data": data}).encode()) == ()
    assert _parsed(b"[]") == _parsed(b"{}") == ()


@pytest.mark.parametrize(
    "body",
    [
        b"<xml>",
        b'{"data":{"event_type":"post.create","filter":{"user_id":"1"},"payload":{"id":3}}}',
        b'{"data":{"event_type":"post.delete","filter":{"user_id":"1"},"payload":{}}}',
    ],
)
def test_what_makes_no_sense_is_refused(body: bytes) -> None:
    with pytest.raises(Refused) as refused:
        _parsed(body)

    assert refused.value.reason == "hook_refused"


def test_pushes_are_asked_for_once(x_standin: XStandin) -> None:
    calling = connected(x_standin)

    assert calling.run(lambda c: c.subscribe(ADDRESS)) is None
    calling.run(lambda c: c.subscribe(ADDRESS))

    events = [one.event for one in x_standin.state.subscriptions]
    assert sorted(events) == sorted(
        {
            "post.mention.create", "post.reply.create", "post.quote.create", "post.create",
            "post.delete", "dm.received", "dm.sent",
        }
    )  # fmt: skip
    assert [one.url for one in x_standin.state.webhooks.values()] == [ADDRESS]


def test_pushes_end_for_this_account_and_no_other(x_standin: XStandin) -> None:
    calling = connected(x_standin)
    calling.run(lambda c: c.subscribe(ADDRESS))
    calling.run(lambda c: c.subscribe(f"{ADDRESS}/other"))

    calling.run(lambda c: c.unsubscribe(ADDRESS))
    calling.run(lambda c: c.unsubscribe(ADDRESS))

    [kept] = {one.webhook for one in x_standin.state.subscriptions}
    assert x_standin.state.webhooks[kept].url == f"{ADDRESS}/other"
    assert len(x_standin.calls("DELETE", "/2/activity/subscriptions")) == 1


def test_a_webhook_that_x_gave_up_is_made_valid_again(x_standin: XStandin) -> None:
    calling = connected(x_standin)
    calling.run(lambda c: c.subscribe(ADDRESS))
    [hook] = x_standin.state.webhooks.values()
    hook.valid = False

    calling.run(lambda c: c.subscribe(ADDRESS))

    assert hook.valid


def test_an_event_that_the_plan_lacks_leaves_the_others(x_standin: XStandin) -> None:
    calling = connected(x_standin)
    x_standin.state.refused_events = frozenset({"dm.received", "dm.sent"})

    calling.run(lambda c: c.subscribe(ADDRESS))

    assert len(x_standin.state.subscriptions) == 5


@pytest.mark.parametrize(
    ("app", "address", "reason"),
    [
        ({}, ADDRESS, "hook_keys_missing"),
        (APP, "http://desk.example/hooks/x", "hook_address"),
        (APP, "https://desk.example:8443/hooks/x", "hook_address"),
    ],
)
def test_pushes_need_a_token_and_an_address(
    app: dict[str, str], address: str, reason: str, x_standin: XStandin
) -> None:
    calling = connected(x_standin)
    calling.app = app

    with pytest.raises(Refused) as refused:
        calling.run(lambda c: c.subscribe(address))

    assert refused.value.reason == reason
    assert x_standin.requests == []
