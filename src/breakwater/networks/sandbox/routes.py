"""Where everything of the harbour is: method and path -> what answers. Controls: controls.py."""

import re

from breakwater.networks.sandbox.asked import Asked, Handler
from breakwater.networks.sandbox.controls import CONTROLS
from breakwater.networks.sandbox.faults import Call
from breakwater.networks.sandbox.harbour import Happened, Harbour
from breakwater.networks.sandbox.pages import post_page
from breakwater.networks.sandbox.posts import Done


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


def _put_medium(harbour: Harbour, asked: Asked) -> Happened:
    args = {**asked.parts, "content_range": asked.headers.get("content-range", "")}
    return harbour.ask(asked.token, Call.PREPARE, "put_medium", args, asked.body)


def _medium(harbour: Harbour, asked: Asked) -> Happened:
    return Happened(harbour.medium(asked.parts["sha256"]))


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


ROUTES = tuple(
    (method, re.compile(pattern), handler)
    for method, pattern, handler in (
        ("POST", r"/api/accounts", _connect),
        ("POST", r"/api/token", _renew),
        ("DELETE", r"/api/token", _revoke),
        ("GET", r"/api/me", _act(Call.LOOK, "me")),
        ("POST", r"/api/media", _add_picture),
        ("GET", r"/api/media/(?P<sha256>[0-9a-f]{64})", _medium),
        ("POST", r"/api/media/sessions", _act(Call.PREPARE, "begin_medium")),
        ("PUT", r"/api/media/sessions/(?P<id>[^/]+)", _put_medium),
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
        ("PUT", r"/api/posts/(?P<id>[^/]+)", _act(Call.COMMIT, "edit")),
        ("DELETE", r"/api/posts/(?P<id>[^/]+)", _act(Call.DELETE, "delete")),
        ("GET", r"/api/posts/(?P<id>[^/]+)/comments", _act(Call.LOOK, "comments")),
        ("GET", r"/api/arrivals", _act(Call.LOOK, "feed")),
        ("POST", r"/api/deeds", _act(Call.COMMIT, "act")),
        ("GET", r"/api/deeds/(?P<deed>[a-z]+)/(?P<target>[^/]+)", _act(Call.LOOK, "acted")),
        ("GET", r"/api/following", _act(Call.LOOK, "following")),
        ("GET", r"/api/audiences", _act(Call.LOOK, "audiences")),
        ("GET", r"/api/insights", _act(Call.LOOK, "insights")),
        ("GET", r"/api/profile", _act(Call.LOOK, "profile")),
        ("PUT", r"/api/subscription", _act(Call.PREPARE, "subscribe")),
        ("GET", r"/posts/(?P<id>[^/]+)", _page),
        *CONTROLS,
    )
)
