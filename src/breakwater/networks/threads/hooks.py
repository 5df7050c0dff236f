"""What Threads pushes: replies, mentions, deletions, our own publications.

Source: https://developers.facebook.com/docs/threads/webhooks, read 2026-11-28 from a stored copy.
`target_id` is the account for a mention; a reply names the owner of the post at its root.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from breakwater.domain.errors import Refused
from breakwater.networks import graph
from breakwater.networks.base import Arrived, Author, Echo, Pushed, Secrets, Source, What
from breakwater.networks.graph import moment


class ThreadsHooks:
    """See `base.Hooks`."""

    def challenge(self, query: Mapping[str, str], app: Secrets) -> Echo:
        return graph.echo(query, app)

    def verify(self, headers: Mapping[str, str], body: bytes, app: Secrets, now: datetime) -> None:
        """Signed, but not dated: the time within is that of the first try, and a push is tried
        again for hours. What it brings is known by its id, so an old one changes nothing."""
        del now
        graph.check_signature(headers, body, app)

    def parse(self, headers: Mapping[str, str], body: bytes) -> tuple[Pushed, ...]:
        del headers
        try:
            told = json.loads(body)
            value, field = told["values"]["value"], told["values"]["field"]
            read = _FIELDS.get(field)
            return (read(told, value),) if read else ()
        except (ValueError, KeyError, TypeError, AttributeError, OverflowError) as error:
            raise Refused("hook_refused", f"{type(error).__name__} {error}") from error


def _reply(told: Mapping[str, Any], value: Mapping[str, Any]) -> Pushed:
    del told
    root, above = value["root_post"], value.get("replied_to") or {}
    about = str(root["id"])
    arrived = Arrived(
        What.COMMENT, str(value["id"]), moment(value["timestamp"]), _author(value),
        str(value.get("text") or ""), str(value.get("permalink") or ""), about=about,
        parent=str(above.get("id") or about), thread=about,
        own=value.get("username") == root.get("username"), raw=value,
    )  # fmt: skip
    return Pushed(str(root["owner_id"]), (arrived,))


def _mention(told: Mapping[str, Any], value: Mapping[str, Any]) -> Pushed:
    what = What.QUOTE if value.get("is_quote_post") else What.MENTION
    remote_id = str(value["id"])
    arrived = Arrived(
        what, remote_id, moment(value["timestamp"]), _author(value), str(value.get("text") or ""),
        str(value.get("permalink") or ""), thread=remote_id, raw=value,
    )  # fmt: skip
    return Pushed(str(told["target_id"]), (arrived,))


def _deleted(told: Mapping[str, Any], value: Mapping[str, Any]) -> Pushed:
    del told
    at = moment(value.get("deleted_at") or value["timestamp"])
    arrived = Arrived(What.GONE, str(value["id"]), at, _author(value), own=True, raw=value)
    return Pushed(str(value["owner"]["owner_id"]), (arrived,))


def _published(told: Mapping[str, Any], value: Mapping[str, Any]) -> Pushed:
    """Whose target it names is not written down: only a hint to look."""
    del value
    return Pushed(str(told["target_id"]), look=(Source.OWN_POSTS,))


def _author(value: Mapping[str, Any]) -> Author:
    name = str(value.get("username") or "")
    return Author(name, f"@{name}" if name else "")


_FIELDS = {
    "replies": _reply,
    "mentions": _mention,
    "delete": _deleted,
    "publish": _published,
}
