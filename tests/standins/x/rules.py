"""The routes, with the scopes that X wants for each and the few rules that need no description."""

import re
from dataclasses import dataclass

from tests.standins.base.exchange import Request

_NUMBER = r"(\d{1,19})"
_FIELDS = ("post.fields", "expansions", "user.fields", "media.fields")
_PAGE = ("max_results", "pagination_token")
_SINCE = ("since_id", "until_id", "start_time", "end_time")
_DM = ("dm_event.fields", "expansions", "user.fields", "media.fields")
_READ = ("tweet.read", "users.read")
_BEARER = ("app",)
"""Not a scope: only the app's own token opens it."""


@dataclass(frozen=True)
class Route:
    """name: of the handler. scopes: all of them are needed. query, body: names that are known."""

    method: str
    path: str
    name: str
    scopes: tuple[str, ...]
    query: tuple[str, ...] = ()
    body: tuple[str, ...] = ()

    def found(self, request: Request) -> re.Match[str] | None:
        return re.fullmatch(self.path, request.path) if request.method == self.method else None


_POST = (
    "text", "media", "reply", "reply_settings", "quote_tweet_id", "poll", "paid_partnership",
    "made_with_ai", "for_super_followers_only", "edit_options",
)  # fmt: skip
_LIST = (*_PAGE, *_SINCE, *_FIELDS)
_USER = rf"/2/users/{_NUMBER}"
_DMS = ("dm.read", *_READ)
ROUTES = (
    Route("GET", "/2/users/me", "me", _READ, ("user.fields",)),
    Route("GET", _USER, "person", _READ, ("user.fields",)),
    Route("GET", rf"{_USER}/tweets", "own_posts", _READ, (*_LIST, "exclude")),
    Route("GET", rf"{_USER}/mentions", "mentions", _READ, _LIST),
    Route("GET", rf"{_USER}/following", "following", ("follows.read", *_READ), (*_PAGE, *_FIELDS[:3])),
    Route("DELETE", rf"{_USER}/following/{_NUMBER}", "unfollow", ("follows.write", *_READ)),
    Route("POST", rf"{_USER}/likes", "like", ("like.write", *_READ), body=("tweet_id",)),
    Route("DELETE", rf"{_USER}/likes/{_NUMBER}", "unlike", ("like.write", *_READ)),
    Route("GET", rf"{_USER}/liked_tweets", "liked", ("like.read", *_READ), (*_PAGE, *_FIELDS)),
    Route("POST", rf"{_USER}/muting", "mute", ("mute.write", *_READ), body=("target_user_id",)),
    Route("DELETE", rf"{_USER}/muting/{_NUMBER}", "unmute", ("mute.write", *_READ)),
    Route("POST", "/2/tweets", "create", ("tweet.write", *_READ), body=_POST),
    Route("GET", rf"/2/tweets/{_NUMBER}", "lookup", _READ, _FIELDS),
    Route("DELETE", rf"/2/tweets/{_NUMBER}", "delete", ("tweet.write", *_READ)),
    Route(
        "PUT", rf"/2/tweets/{_NUMBER}/hidden", "hide", ("tweet.moderate.write", *_READ),
        body=("hidden",),
    ),
    Route("GET", "/2/tweets/search/recent", "search", _READ, (*_LIST, "query", "next_token")),
    Route("GET", "/2/media/upload", "upload_state", ("media.write",), ("media_id", "command")),
    Route(
        "POST", "/2/media/upload/initialize", "begin_upload", ("media.write",),
        body=("media_category", "media_type", "total_bytes"),
    ),
    Route(
        "POST", rf"/2/media/upload/{_NUMBER}/append", "append", ("media.write",),
        body=("media", "segment_index"),
    ),
    Route("POST", rf"/2/media/upload/{_NUMBER}/finalize", "end_upload", ("media.write",)),
    Route("POST", "/2/media/metadata", "describe", ("media.write",), body=("id", "metadata")),
    Route("GET", "/2/dm_events", "dm_events", _DMS, (*_PAGE, *_DM, "event_types")),
    Route("GET", rf"/2/dm_events/{_NUMBER}", "dm_event", _DMS, _DM),
    Route("DELETE", rf"/2/dm_events/{_NUMBER}", "delete_dm", ("dm.write", "dm.read")),
    Route(
        "GET", r"/2/dm_conversations/(with/\d+|\d+(?:-\d+)?)/dm_events", "conversation", _DMS,
        (*_PAGE, *_DM, "event_types"),
    ),
    Route(
        "POST", r"/2/dm_conversations/(with/\d+|\d+(?:-\d+)?)/messages", "send_dm",
        ("dm.write", *_READ), body=("text", "attachments"),
    ),
    Route("GET", "/2/webhooks", "hooks", _BEARER, ("webhook_config.fields",)),
    Route("POST", "/2/webhooks", "create_hook", _BEARER, body=("url",)),
    Route("PUT", rf"/2/webhooks/{_NUMBER}", "validate_hook", _BEARER),
    Route("GET", "/2/activity/subscriptions", "subscriptions", _BEARER, _PAGE),
    Route("DELETE", "/2/activity/subscriptions", "unsubscribe", _BEARER, ("ids",)),
    Route(
        "POST", "/2/activity/subscriptions", "subscribe", (),
        body=("event_type", "filter", "tag", "webhook_id"),
    ),
)  # fmt: skip


def route(request: Request) -> tuple[Route, re.Match[str]] | None:
    for one in ROUTES:
        if match := one.found(request):
            return one, match
    return None


def violations(request: Request) -> list[str]:
    """Sentences about what was asked: an unknown call, query or field."""
    where, found = f"{request.method} {request.path}", route(request)
    if found is None:
        return [f"{where}: unknown call"]
    known = found[0]
    wrong = [f"{where}: unknown query {name}" for name in request.args if name not in known.query]
    if request.body:
        wrong += [f"{where}: unknown field {n}" for n in request.fields if n not in known.body]
    return wrong
