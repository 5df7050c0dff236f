"""What calls to X count against, and what they cost.

Limits: https://docs.x.com/x-api/fundamentals/rate-limits; prices:
https://docs.x.com/x-api/getting-started/pricing and, for 2026-04-20,
https://docs.x.com/changelog. Both read 2026-11-28. A call's name is the key of COSTS; what a
read brings is priced by the piece, under the names of PRICES.
"""

from collections.abc import Mapping

from breakwater.networks.base import Budget, Pays, Price

READ_ON = "2026-11-28"
_RATES = "https://docs.x.com/x-api/fundamentals/rate-limits"
_PRICING = "https://docs.x.com/x-api/getting-started/pricing"
_QUARTER, _DAY = 900, 86_400


def _of_account(name: str, units: int, window_s: int = _QUARTER) -> Budget:
    return Budget(name, units, window_s, _RATES, READ_ON)


def _of_app(name: str, units: int, window_s: int = _DAY) -> Budget:
    return Budget(name, units, window_s, _RATES, READ_ON, whole_app=True)


BUDGETS: tuple[Budget, ...] = (
    _of_account("posts", 100),
    Budget(
        "posts_3h",
        300,
        3 * 3600,
        "https://docs.x.com/x-api/posts/manage-tweets/integrate",
        READ_ON,
    ),
    _of_app("posts_app", 10_000),
    _of_account("deletes", 50),
    _of_account("lookups", 900),
    _of_account("people", 900),
    _of_account("timelines", 900),
    _of_account("mentions", 300),
    _of_account("searches", 300),
    _of_app("searches_app", 450, _QUARTER),
    _of_account("me", 75),
    _of_account("likes", 50),
    _of_account("likes_day", 1_000, _DAY),
    _of_account("liked", 75),
    _of_account("hides", 50),
    _of_account("mutes", 50),
    _of_account("follows", 50),
    _of_account("followed", 300),
    _of_account("messages_read", 15),
    _of_account("message_read", 15),
    _of_account("messages", 15),
    _of_account("messages_day", 1_440, _DAY),
    _of_app("messages_app", 1_440),
    _of_account("messages_deleted", 300),
    _of_account("uploads", 1_875),
    _of_app("uploads_app", 180_000),
    _of_account("upload_states", 1_000),
    _of_account("descriptions", 500),
    _of_app("subscriptions", 500, _QUARTER),
    _of_app("hooks", 450, _QUARTER),
)

_POST = {"posts": 1, "posts_3h": 1, "posts_app": 1}
_MESSAGE = {"messages": 1, "messages_day": 1, "messages_app": 1}
_UPLOAD = {"uploads": 1, "uploads_app": 1}
COSTS: Mapping[str, Mapping[str, int]] = {
    "post": _POST,
    "post_with_link": _POST,
    "delete": {"deletes": 1},
    "lookup": {"lookups": 1},
    "person": {"people": 1},
    "timeline": {"timelines": 1},
    "mentions": {"mentions": 1},
    "search": {"searches": 1, "searches_app": 1},
    "me": {"me": 1},
    "like": {"likes": 1, "likes_day": 1},
    "unlike": {"likes": 1, "likes_day": 1},
    "likes": {"liked": 1},
    "hide": {"hides": 1},
    "mute": {"mutes": 1},
    "unmute": {"mutes": 1},
    "unfollow": {"follows": 1},
    "following": {"followed": 1},
    "messages": {"messages_read": 1},
    "message": {"message_read": 1},
    "send_message": _MESSAGE,
    "delete_message": {"messages_deleted": 1},
    "upload": _UPLOAD,
    "upload_state": {"upload_states": 1},
    "describe": {"descriptions": 1},
    "subscribe": {"subscriptions": 1},
    "hook": {"hooks": 1},
}


def _dollars(millis: int, of: Pays = Pays.CALL) -> Price:
    """millis: thousandths of a dollar."""
    return Price(millis * 1_000, _PRICING, READ_ON, of)


PRICES: Mapping[str, Price] = {
    "post": _dollars(15, Pays.POST),
    "post_with_link": _dollars(200, Pays.LINKED),
    "send_message": _dollars(15),
    "like": _dollars(15),
    "mute": _dollars(15),
    "delete": _dollars(10, Pays.DELETE),
    "delete_message": _dollars(10, Pays.DELETE),
    "unlike": _dollars(10),
    "unmute": _dollars(10),
    "unfollow": _dollars(10),
    "hide": _dollars(5),
    "read_own": _dollars(1, Pays.PIECE),
    "read_post": _dollars(5, Pays.PIECE),
    "read_person": _dollars(10, Pays.PIECE),
    "read_message": _dollars(10, Pays.PIECE),
}
"""read_…: a piece. Asked again on the same day (UTC) it is free there, and counted all the same
here. An answer to somebody who named us costs 10; nothing tells which that is, so it counts 15."""
