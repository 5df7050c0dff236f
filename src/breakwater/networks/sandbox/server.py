"""The harbour's JSON API as an ASGI application: routes, sign-in, bodies. Rules: posts.py.

It runs in process (httpx.ASGITransport) and behind a socket (sockets.py). A lost answer
is an exception (replies.Dropped, replies.Reset) after the deed.
"""

import asyncio
import json
import logging
import re
import sqlite3
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, unquote

from breakwater.networks.base import Fault
from breakwater.networks.sandbox import replies
from breakwater.networks.sandbox.chances import chances_of
from breakwater.networks.sandbox.faults import Call, Refusal
from breakwater.networks.sandbox.harbour import Happened, Harbour
from breakwater.networks.sandbox.pages import post_page
from breakwater.networks.sandbox.posts import Done
from breakwater.networks.sandbox.replies import Door, Pause

ALONE = "harbour.alone"
"""ASGI extension of a server that has nothing to do but this application."""

Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
BODY_BYTES = 9_000_000
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Asked:
    """One request. parts: from the path; query and headers: last value wins, lower-case names."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes
    parts: Mapping[str, str] = field(default_factory=dict)

    @property
    def token(self) -> str:
        return self.headers.get("authorization", "").removeprefix("Bearer ")

    def json(self) -> dict[str, Any]:
        """The JSON object of the body ({} without one). Raises: Refusal(400)."""
        try:
            value = json.loads(self.body or b"{}")
        except ValueError as error:
            raise Refusal(400, "not_json") from error
        if not isinstance(value, dict):
            raise Refusal(400, "not_an_object")
        return value


Handler = Callable[[Harbour, Asked], Happened]


class HarbourApp:
    """ASGI 3. Nothing is kept but the harbour.

    A request is one transaction. In process it runs in a thread, as SQLite waits for others;
    behind a socket of its own (`ALONE`) the loop has nobody else to serve meanwhile.
    """

    def __init__(self, harbour: Harbour, pause: Pause = asyncio.sleep) -> None:
        self.harbour = harbour
        self._pause = pause

    async def __call__(
        self, scope: Mapping[str, Any], receive: Receive, send: replies.Send
    ) -> None:
        if scope["type"] != "http":
            raise ValueError(f"not served: {scope['type']}")
        try:
            asked = _asked(scope, await _body(receive))
            if ALONE in scope.get("extensions", {}):
                happened = self._handle(asked)
            else:
                happened = await asyncio.to_thread(self._handle, asked)
        except Refusal as no:
            happened = Happened(Done(no.status, {"error": no.error}))
        except UnicodeError:  # a lone surrogate: rolled back
            happened = Happened(Done(400, {"error": "not_storable"}))
        except (sqlite3.Error, OSError):  # a full disk, say: the caller cannot know what it was
            log.exception("harbour.store")
            happened = Happened(Done(500, {"error": "store"}))
        door = Door(send, self.harbour.clock(), self._pause)
        if happened.fault is not None:
            await replies.spoiled(door, happened.done, happened.fault)
        else:
            await replies.usual(door, happened.done or Done())

    def _handle(self, asked: Asked) -> Happened:
        for method, pattern, handler in _ROUTES:
            if asked.method == method and (match := pattern.fullmatch(asked.path)):
                parts = {name: unquote(value) for name, value in match.groupdict().items()}
                return handler(self.harbour, _with_parts(asked, parts))
        raise Refusal(404, "no_such_path")


def _with_parts(asked: Asked, parts: Mapping[str, str]) -> Asked:
    return Asked(asked.method, asked.path, asked.query, asked.headers, asked.body, parts)


def _asked(scope: Mapping[str, Any], body: bytes) -> Asked:
    return Asked(
        scope["method"],
        (scope.get("raw_path") or scope["path"].encode()).decode("ascii", "replace"),
        dict(parse_qsl(scope["query_string"].decode("ascii", "replace"))),
        {
            name.decode("latin-1").lower(): value.decode("latin-1")
            for name, value in scope["headers"]
        },
        body,
    )


async def _body(receive: Receive) -> bytes:
    chunks, size, more = [], 0, True
    while more:
        message = await receive()
        chunk = message.get("body", b"")
        size += len(chunk)
        if size > BODY_BYTES:
            raise Refusal(413, "too_large")
        chunks.append(chunk)
        more = message.get("more_body", False)
    return b"".join(chunks)


def _act(call: Call, what: str) -> Handler:
    """A deed whose arguments are the JSON body, the query and the parts of the path."""

    def handler(harbour: Harbour, asked: Asked) -> Happened:
        args = {**asked.json(), **asked.query, **asked.parts}
        if key := asked.headers.get("idempotency-key"):
            args["key"] = key
        return harbour.ask(asked.token, call, what, args)

    return handler


def _add_picture(harbour: Harbour, asked: Asked) -> Happened:
    args = {"mime": asked.headers.get("content-type", "")}
    return harbour.ask(asked.token, Call.PREPARE, "add_picture", args, asked.body)


def _put_bytes(harbour: Harbour, asked: Asked) -> Happened:
    args = {**asked.parts, "content_range": asked.headers.get("content-range", "")}
    return harbour.ask(asked.token, Call.PREPARE, "put_bytes", args, asked.body)


def _picture(harbour: Harbour, asked: Asked) -> Happened:
    return Happened(harbour.picture(asked.parts["sha256"]))


def _page(harbour: Harbour, asked: Asked) -> Happened:
    return Happened(
        Done(content=post_page(*harbour.page(asked.parts["id"])), mime="text/html; charset=utf-8")
    )


def _connect(harbour: Harbour, asked: Asked) -> Happened:
    wish = asked.json()
    name, guarantee = str(wish.pop("name", "")), str(wish.pop("class", ""))
    return Happened(Done(201, harbour.connect(name, guarantee, **wish)))


def _renew(harbour: Harbour, asked: Asked) -> Happened:
    return harbour.renew(asked.token)


def _revoke(harbour: Harbour, asked: Asked) -> Happened:
    harbour.revoke(asked.token)
    return Happened(Done(204))


def _control(deed: Callable[[Harbour, str, Asked], Any]) -> Handler:
    """Control calls meet no faults and take dead tokens too, or nobody could mend things."""

    def handler(harbour: Harbour, asked: Asked) -> Happened:
        return Happened(Done(content=deed(harbour, harbour.owner(asked.token), asked)))

    return handler


def _faults(harbour: Harbour, account: str, asked: Asked) -> Any:
    del asked
    return [
        {"kind": f.kind, "call": f.call, "sticky": f.sticky, "detail": dict(f.detail)}
        for f in harbour.faults(account)
    ]


def _plan(harbour: Harbour, account: str, asked: Asked) -> Any:
    wish = asked.json()
    detail = wish.get("detail", {})
    if not isinstance(detail, dict):
        raise Refusal(422, "bad_detail")
    harbour.plan(
        account,
        Fault(
            str(wish.get("kind", "")),
            str(wish.get("call", "")),
            bool(wish.get("sticky", False)),
            {str(name): str(value) for name, value in detail.items()},
        ),
    )
    return {}


def _clear(harbour: Harbour, account: str, asked: Asked) -> Any:
    del asked
    harbour.clear(account)
    return {}


def _take_chances(harbour: Harbour, account: str, asked: Asked) -> Any:
    del account
    harbour.take_chances(chances_of(asked.json()))
    return {}


def _leave_chances(harbour: Harbour, account: str, asked: Asked) -> Any:
    del account, asked
    harbour.take_chances(None)
    return {}


def _say(harbour: Harbour, account: str, asked: Asked) -> Any:
    wish = asked.json()
    author = str(wish.get("author", ""))
    return harbour.say(account, str(wish.get("id", "")), str(wish.get("text", "")), author)


def _as_class(harbour: Harbour, account: str, asked: Asked) -> Any:
    wish = asked.json()
    return harbour.as_class(account, str(wish.pop("class", "")), **wish)


def _truth(harbour: Harbour, account: str, asked: Asked) -> Any:
    del asked
    return list(harbour.posts(account))


def _calls(harbour: Harbour, account: str, asked: Asked) -> Any:
    del asked
    return [
        {"call": c.call, "what": c.what, "fault": c.fault, "at": c.at.isoformat()}
        for c in harbour.calls(account)
    ]


_ROUTES = tuple(
    (method, re.compile(pattern), handler)
    for method, pattern, handler in (
        ("POST", r"/api/accounts", _connect),
        ("POST", r"/api/token", _renew),
        ("DELETE", r"/api/token", _revoke),
        ("GET", r"/api/me", _act(Call.LOOK, "me")),
        ("POST", r"/api/pictures", _add_picture),
        ("GET", r"/api/pictures/(?P<sha256>[0-9a-f]{64})", _picture),
        ("POST", r"/api/containers", _act(Call.PREPARE, "make_container")),
        ("GET", r"/api/containers/(?P<id>[^/]+)", _act(Call.LOOK, "container")),
        ("POST", r"/api/containers/(?P<id>[^/]+)/publish", _act(Call.COMMIT, "publish_container")),
        ("POST", r"/api/uploads", _act(Call.PREPARE, "begin_upload")),
        ("PUT", r"/api/uploads/(?P<id>[^/]+)", _put_bytes),
        ("GET", r"/api/uploads/(?P<id>[^/]+)", _act(Call.LOOK, "upload")),
        ("PUT", r"/api/posts/(?P<id>[^/]+)/visibility", _act(Call.COMMIT, "show_upload")),
        ("POST", r"/api/publishes", _act(Call.PREPARE, "announce")),
        ("PUT", r"/api/publishes/(?P<id>[^/]+)", _act(Call.COMMIT, "hand_in")),
        ("GET", r"/api/publishes/(?P<id>[^/]+)", _act(Call.LOOK, "publication")),
        ("DELETE", r"/api/publishes/(?P<id>[^/]+)", _act(Call.DELETE, "withdraw")),
        ("PUT", r"/api/records/(?P<record_key>[^/]+)", _act(Call.COMMIT, "put_record")),
        ("GET", r"/api/records/(?P<record_key>[^/]+)", _act(Call.LOOK, "record")),
        ("POST", r"/api/posts", _act(Call.COMMIT, "create_post")),
        ("GET", r"/api/posts", _act(Call.LOOK, "posts")),
        ("GET", r"/api/posts/(?P<id>[^/]+)", _act(Call.LOOK, "post")),
        ("DELETE", r"/api/posts/(?P<id>[^/]+)", _act(Call.DELETE, "delete")),
        ("GET", r"/api/posts/(?P<id>[^/]+)/comments", _act(Call.LOOK, "comments")),
        ("GET", r"/posts/(?P<id>[^/]+)", _page),
        ("GET", r"/control/faults", _control(_faults)),
        ("POST", r"/control/faults", _control(_plan)),
        ("DELETE", r"/control/faults", _control(_clear)),
        ("PUT", r"/control/chances", _control(_take_chances)),
        ("DELETE", r"/control/chances", _control(_leave_chances)),
        ("POST", r"/control/comments", _control(_say)),
        ("PUT", r"/control/class", _control(_as_class)),
        ("GET", r"/control/posts", _control(_truth)),
        ("GET", r"/control/calls", _control(_calls)),
    )
)
