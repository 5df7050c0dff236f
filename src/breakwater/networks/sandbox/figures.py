"""What the harbour counts. Invented, and the same each time, but for what can be counted."""

import hashlib
import sqlite3
from datetime import timedelta
from typing import Any

from breakwater.networks.base import Metric
from breakwater.networks.sandbox import accounts
from breakwater.networks.sandbox.comments import comments
from breakwater.networks.sandbox.drafts import post_of
from breakwater.networks.sandbox.faults import Refusal
from breakwater.networks.sandbox.people import residents
from breakwater.networks.sandbox.posts import Deed, Done

_DAYS = 7


def insights(db: sqlite3.Connection, deed: Deed) -> Done:
    """[{metric, value, day}] of one post (`id`), or of the account."""
    thing = str(deed.args.get("id", ""))
    if not thing:
        return Done(content=_of_account(db, deed))
    post = post_of(db, deed.account, thing)
    if not post:
        raise Refusal(404, "not_there")
    said = comments(db, Deed(deed.account, {"id": post}, deed.at)).content
    likes = _drawn(post, 40)
    return Done(
        content=[
            _figure(Metric.LIKES, likes),
            _figure(Metric.COMMENTS, len(said)),
            _figure(Metric.SHARES, likes // 7),
            _figure(Metric.VIEWS, 60 + 11 * likes),
        ]
    )


def _of_account(db: sqlite3.Connection, deed: Deed) -> list[dict[str, Any]]:
    language = accounts.me(db, deed.account)["options"]["language"]
    days = [deed.at.date() - timedelta(days=number) for number in reversed(range(_DAYS))]
    drawn = len(residents(language)) + _drawn(deed.account, 90)
    followers = accounts.shown_as(db, deed.account).get("followers", drawn)
    return [
        _figure(Metric.FOLLOWERS, followers),
        *(_figure(Metric.VIEWS, _drawn(f"{deed.account} {day}", 400), str(day)) for day in days),
    ]


def _figure(metric: Metric, value: int, day: str = "") -> dict[str, Any]:
    return {"metric": metric, "value": value, "day": day}


def _drawn(seed: str, below: int) -> int:
    return int.from_bytes(hashlib.sha256(seed.encode()).digest()[:4]) % below
