"""Our connector over the recorded answers of a real 4.6.4: what comes, deeds, edits, a stream."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from breakwater.domain.errors import Reconnect, TryLater, Unsupported
from breakwater.networks.base import Account, Act, Deed, Figure, Metric, Source, What
from tests.standins.mastodon.calling import Calling, parcel
from tests.standins.mastodon.recorded import ORIGIN, recorded, replay

SECRETS = {"access_token": "t", "client_id": "i", "client_secret": "s"}
ANN = "117020565693913441"


def _calling(*names: str, remote_id: str = "117020566092212359") -> Calling:
    return Calling(Account(remote_id, "@a@localhost:3000", ORIGIN, SECRETS), replay(*names))


def test_a_mention_comes() -> None:
    batch = _calling("notifications").run(lambda c: c.poll(Source.MENTIONS, ""))

    [mention] = batch.arrived
    assert (mention.what, mention.text) == (What.MENTION, "@mastodonpy_test hello!")
    assert (mention.author.handle, mention.author.remote_id) == ("@admin", ANN)
    assert (batch.cursor, batch.more) == ("20", False)
    assert _calling("notifications").run(lambda c: c.poll(Source.COMMENTS, "")).arrived == ()


def test_messages_come() -> None:
    batch = _calling("conversations").run(lambda c: c.poll(Source.MESSAGES, ""))

    assert [(one.what, one.thread, one.text, one.own) for one in batch.arrived] == [
        (What.MESSAGE, "15", "@admin ilu bby ;3", True),
        (What.MESSAGE, "12", "@mastodonpy_test pssssst!", True),
    ]
    assert batch.cursor == "117020593780198542"


@pytest.mark.parametrize(
    ("deed", "target", "name"),
    [
        (Deed.LIKE, "117020586054490060", "favourite"),
        (Deed.UNLIKE, "117020586054490060", "unfavourite"),
        (Deed.PIN, "117020586114250853", "pin"),
        (Deed.UNPIN, "117020586114250853", "unpin"),
        (Deed.MUTE, ANN, "mute"),
        (Deed.UNMUTE, ANN, "unmute"),
        (Deed.BLOCK, "117020457624302809", "block"),
        (Deed.UNBLOCK, "117020457624302809", "unblock"),
        (Deed.UNFOLLOW, "117020457624302809", "unfollow"),
    ],
)
def test_deeds(deed: Deed, target: str, name: str) -> None:
    sent = _calling(name).run(lambda c: c.act(Act(deed, target, detail={"seconds": "3"})))

    assert sent.remote_id == ""


def test_a_quote_is_revoked() -> None:
    act = Act(Deed.REMOVE, "117020583080889590", about="117020583073249915")

    assert _calling("quote_revoked").run(lambda c: c.act(act)).remote_id == ""


def test_a_report_has_a_reference() -> None:
    account = recorded("reported")["response"]["body"]["account"]["id"]
    status = recorded("reported")["response"]

    def answer(request: httpx.Request) -> httpx.Response:
        found = status if request.method == "GET" else recorded("report")["response"]
        return httpx.Response(found["status"], json=found["body"])

    calling = Calling(Account(account, "@a@b", ORIGIN, SECRETS), httpx.MockTransport(answer))

    sent = calling.run(lambda c: c.act(Act(Deed.REPORT, "117020583182779033")))

    assert sent.remote_id == "2"


def test_whether_it_was_done_is_seen() -> None:
    calling = _calling("relationships")

    assert not calling.run(lambda c: c.acted(Act(Deed.MUTE, ANN)))
    assert calling.run(lambda c: c.acted(Act(Deed.UNBLOCK, ANN)))


def test_nobody_is_followed() -> None:
    people = _calling("following", remote_id="117020457910412882").run(lambda c: c.following())

    assert (people.people, people.cursor) == ((), "")


def test_a_status_is_edited() -> None:
    before = recorded("status_before_edit")["response"]
    after = recorded("status_edited")["response"]

    def answer(request: httpx.Request) -> httpx.Response:
        found = before if request.method == "GET" else after
        return httpx.Response(found["status"], json=found["body"])

    account = Account("117020566092212359", "@a@b", ORIGIN, SECRETS)
    calling = Calling(account, httpx.MockTransport(answer))

    sent = calling.run(lambda c: c.edit("117020586180926938", parcel("Kate")))

    assert sent.remote_id == "117020586180926938"


def test_figures() -> None:
    account = _calling("verify_credentials").run(lambda c: c.insights())

    assert account == (Figure(Metric.FOLLOWERS, 0),)


def test_a_stream() -> None:
    names, me = ("instance_v2", "stream"), "117020617404561855"

    told = _calling(*names, remote_id=me).run(_all)

    assert [(one.what, one.text) for one in told] == [
        (What.POST, "only real cars respond."),
        (What.MENTION, "@mastodonpy_test beep beep I'm a jeep"),
        (What.MESSAGE, "@mastodonpy_test_2 pssssst"),
        (What.MESSAGE, "@mastodonpy_test pssssst!"),
        (What.POST, "only real animals respond."),
        (What.GONE, ""),
    ]
    assert told[-1].at.isoformat() == "2026-08-02T05:22:12+00:00"


@pytest.mark.parametrize(
    ("stream", "error"),
    [
        (httpx.Response(404, text="no"), Unsupported),
        (httpx.Response(426, text="upgrade"), Unsupported),
        (
            httpx.Response(200, text="<h1>hello</h1>", headers={"content-type": "text/html"}),
            Unsupported,
        ),
        (httpx.Response(401, json={"error": "The access token is invalid"}), Reconnect),
        (httpx.Response(503, text="busy"), TryLater),
    ],
)
def test_a_server_without_a_stream_says_so(stream: httpx.Response, error: type[Exception]) -> None:
    with pytest.raises(error):
        _streaming(lambda _: stream).run(_all)


def test_a_stream_that_does_not_open_is_tried_later() -> None:
    def refuse(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused")

    with pytest.raises(TryLater):
        _streaming(refuse).run(_all)


def test_a_stream_that_breaks_off_has_ended() -> None:
    text = recorded("stream")["response"]["body"].encode()

    async def broken() -> Any:
        yield text[: len(text) // 3]
        raise httpx.ReadError("reset")

    reply = httpx.Response(200, headers={"content-type": "text/event-stream"}, content=broken())

    told = _streaming(lambda _: reply).run(_all)

    assert [one.what for one in told] == [What.POST]


@pytest.mark.parametrize("urls", [{}, {"streaming": "ws://elsewhere.example"}, {"streaming": 5}])
def test_an_instance_without_an_address_for_streams_has_none(urls: dict[str, Any]) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, json={"configuration": {"urls": urls}})

    account = Account("1", "@a@b", "https://relative.example", SECRETS)

    with pytest.raises(Unsupported):
        Calling(account, httpx.MockTransport(answer)).run(_all)


def _streaming(answer: Callable[[httpx.Request], httpx.Response]) -> Calling:
    instance = recorded("instance_v2")["response"]["body"]

    def both(request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/instance"):
            return httpx.Response(200, json=instance)
        return answer(request)

    account = Account("117020617404561855", "@a@b", ORIGIN, SECRETS)
    return Calling(account, httpx.MockTransport(both))


async def _all(connector: Any) -> list[Any]:
    return [one async for one in connector.stream()]
