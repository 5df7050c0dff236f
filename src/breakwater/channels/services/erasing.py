"""Erasing what somebody wrote: their arrivals are emptied, and stay as stubs that say nothing, so that
the same words do not come back when the network is read again."""

import hashlib
import hmac
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import QuerySet

from breakwater.channels.models import Arrival, Channel
from breakwater.core.rows import write_rows

Seen = TypeVar("Seen")
_STUB = "erased:"
_EMPTY: Mapping[str, Any] = {
    "author_id": "", "author": {}, "text": "", "url": "", "about": "", "parent": "", "thread": "",
    "media": [], "rating": None, "raw": {},
}  # fmt: skip
_SHOWN = ("text", "media", "raw", "rating")
_BATCH = 500


def written_by(workspace_id: UUID, network: str, origin: str, author_id: str) -> QuerySet[Arrival]:
    """All that this person, as one network knows them, wrote to the workspace. Not of one that has
    no id there: nobody knows whose it is."""
    rows = Arrival.objects.filter(
        workspace_id=workspace_id, author_id=author_id, channel__network=network,
        channel__origin=origin, own=False,
    )  # fmt: skip
    return rows if author_id else rows.none()


def empty(rows: Iterable[Arrival], *, now: datetime) -> int:
    """Nothing of what was said, and of who said it, is left in these rows; how many. Call it inside
    the deed's transaction."""
    overwrite()
    stubs = [_stub(row, now) for row in rows if not row.remote_id.startswith(_STUB)]
    for first in range(0, len(stubs), _BATCH):
        write_rows(stubs[first : first + _BATCH], ("remote_id", "erased_at", *_EMPTY))
    return len(stubs)


def blank(row: Arrival, *, now: datetime) -> None:
    """Nothing of what was said or shown is left in it, but where it is and whose: it can still be
    reported and removed on its network. It does not come back either."""
    overwrite()
    row.erased_at = now
    for name in _SHOWN:
        setattr(row, name, _EMPTY[name])
    row.author = {**row.author, "picture": ""}
    row.save(update_fields=["erased_at", "author", *_SHOWN])


def without_erased(
    channel: Channel, seen: Sequence[Seen], *, key: Callable[[Seen], tuple[str, str]]
) -> Sequence[Seen]:
    """Those of what a network brought that nobody had erased before. key: what it is, and its remote
    id. One query where nothing was ever erased."""
    erased = Arrival.objects.filter(channel=channel, erased_at__isnull=False)
    if not seen or not erased.exists():
        return seen
    names = {_name(channel.pk, *key(one)) for one in seen}
    there = set(erased.filter(remote_id__in=names).values_list("remote_id", flat=True))
    return [one for one in seen if _name(channel.pk, *key(one)) not in there]


def overwrite() -> None:
    """What is deleted from now on is overwritten in the file as well, not only given free."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = ON")


def _stub(row: Arrival, now: datetime) -> Arrival:
    row.remote_id = _name(row.channel_id, row.what, row.remote_id)
    row.erased_at = now
    for name, value in _EMPTY.items():
        setattr(row, name, value)
    return row


def _name(channel_id: UUID, what: str, remote_id: str) -> str:
    """As a remote id that says nothing to who has not the key: ids of networks name people."""
    said = f"{channel_id}|{what}|{remote_id}".encode()
    return _STUB + hmac.new(settings.TEXTS_KEY, said, hashlib.sha256).hexdigest()
