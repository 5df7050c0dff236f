"""Who an answer or a message goes to, and who may see it: asked once, kept in the handle.

An answer on Mastodon reaches whom it names. So those whom it answers are written before the words
of a person, unless the words name them already; what is read back is without them (`inbound`).
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from breakwater.domain.errors import Refused
from breakwater.domain.text import folded
from breakwater.networks.base import Parcel
from breakwater.networks.mastodon.inbound import Reader

_NARROW = ("direct", "private", "unlisted")
"""What an answer takes over from the post that it answers, if nothing else was chosen."""


async def envelope(parcel: Parcel, reader: Reader, me: str) -> Mapping[str, Any]:
    """{"to": [acct, …], "visibility": …} of an answer or a message; empty for a post of its own.

    An answer to a message is a message, whatever was chosen: it never becomes public.
    """
    if parcel.reply_to:
        return _answering(parcel, await _status(reader, parcel.reply_to), me)
    if parcel.to:
        person = await reader.one(f"/api/v1/accounts/{quote(parcel.to, safe='')}")
        return {"to": [str(person.get("acct") or "")], "visibility": "direct"}
    return {}


def addressed(text: str, to: list[str]) -> str:
    """`text`, with those before it whom it does not name."""
    named = {word.strip(".,:;!?()").casefold() for word in folded(text).split(" ")}
    missing = [f"@{acct}" for acct in to if acct and f"@{acct}".casefold() not in named]
    return " ".join([*missing, text])


def _answering(parcel: Parcel, status: Mapping[str, Any], me: str) -> Mapping[str, Any]:
    author = status.get("account") or {}
    narrow = str(status.get("visibility") or "")
    is_message = narrow == "direct" or bool(parcel.to)
    people = [author]
    if is_message:
        people += [one for one in status.get("mentions") or () if isinstance(one, dict)]
    to = [str(one.get("acct") or "") for one in people if str(one.get("id")) != me]
    chosen = parcel.options.get("visibility") or (narrow if narrow in _NARROW else "")
    if is_message and not any(to):
        raise Refused("not_there", "nobody is named in the message that this answers")
    return {
        "to": list(dict.fromkeys(acct for acct in to if acct)),
        "visibility": "direct" if is_message else str(chosen),
    }


async def _status(reader: Reader, remote_id: str) -> Mapping[str, Any]:
    return await reader.one(f"/api/v1/statuses/{quote(remote_id, safe='')}")
