"""What an account shows, read once for a comparison with the ledger. Read only, few calls."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID

from breakwater.channels import doors
from breakwater.delivery.likeness import alike
from breakwater.delivery.models import Delivery
from breakwater.domain.errors import NetworkError, Reconnect, TryLater
from breakwater.domain.guarantees import Guarantee
from breakwater.domain.likeness import Likeness
from breakwater.domain.text import says
from breakwater.networks.base import Connector, Parcel, Seen

MOST_POSTS = 2000
MOST_LOOKS = 200
"""Looks by key or handle in one comparison."""
_DEADLINE_S = 300
_PICTURES_S = 120
"""For all pictures of one comparison: they help to tell posts apart, and never decide alone."""
log = logging.getLogger(__name__)


@dataclass
class Shown:
    """posts: the account's, by id; by_id: these and those that were asked for by key or handle.

    asked: what became of known ids that are not among the posts (there, or a code). by_handle:
    delivery -> the post that its key or handle made. unlike: (delivery, post) of the same words
    with other pictures. complete: the posts were seen back to the beginning of the period.
    """

    guarantee: Guarantee
    posts: dict[str, Seen] = field(default_factory=dict)
    by_id: dict[str, Seen] = field(default_factory=dict)
    asked: dict[str, bool | str] = field(default_factory=dict)
    by_handle: dict[UUID, str] = field(default_factory=dict)
    unlike: set[tuple[UUID, str]] = field(default_factory=set)
    complete: bool = True


async def look(
    opened: doors.Opened,
    *,
    sent: Sequence[str],
    open_rows: Sequence[Delivery],
    since: datetime,
) -> Shown:
    """One comparison's reading; a token that ran out is renewed once.

    sent: ids of what is known to be out; what of them is not listed is asked for. open_rows: whose
    post is not known. Pictures that cannot be fetched count as not compared.
    Raises: NetworkError (TryLater after five minutes), EgressRefused.
    """
    try:
        async with asyncio.timeout(_DEADLINE_S):
            try:
                shown = await _read(opened, sent, open_rows, since)
            except Reconnect:
                opened = await doors.refresh(opened)
                shown = await _read(opened, sent, open_rows, since)
    except TimeoutError as error:
        raise TryLater("the account could not be read in five minutes") from error
    try:
        async with asyncio.timeout(_PICTURES_S):
            await _compare_pictures(opened, sent, open_rows, shown)
    except TimeoutError:
        log.warning("reconcile.pictures_not_all_compared channel=%s", opened.channel_id)
    return shown


async def _read(
    opened: doors.Opened, sent: Sequence[str], open_rows: Sequence[Delivery], since: datetime
) -> Shown:
    async with doors.connector(opened) as connector:
        shown = Shown(connector.guarantee)
        listed = await connector.timeline(MOST_POSTS)
        shown.posts = {seen.remote_id: seen for seen in listed}
        shown.by_id = dict(shown.posts)
        shown.complete = len(listed) < MOST_POSTS or min(s.created_at for s in listed) < since
        await _ask_for(connector, sent, shown)
        await _by_handle(connector, open_rows, shown)
    return shown


async def _ask_for(connector: Connector, wanted: Sequence[str], shown: Shown) -> None:
    for remote_id in wanted:
        if remote_id not in shown.posts:
            try:
                shown.asked[remote_id] = await connector.read(remote_id) is not None
            except Reconnect:
                raise
            except NetworkError as error:
                shown.asked[remote_id] = error.code


async def _by_handle(connector: Connector, rows: Sequence[Delivery], shown: Shown) -> None:
    """Rows whose handle or key can be asked for: all with a handle; of those with a key only
    what the list cannot show, because it does not reach back far enough."""
    if shown.guarantee is Guarantee.HANDLE:
        wanted = [row for row in rows if row.handle]
    elif shown.guarantee is Guarantee.LASTING_KEY and not shown.complete:
        wanted = [row for row in rows if row.first_sent_at]
    else:
        return
    for row in wanted[:MOST_LOOKS]:
        found = await connector.look(_parcel(row), row.handle)
        if found.exact and len(found.posts) == 1:
            (seen,) = found.posts
            shown.by_handle[row.pk] = seen.remote_id
            shown.by_id[seen.remote_id] = seen
    shown.complete = shown.complete and len(wanted) <= MOST_LOOKS


async def _compare_pictures(
    opened: doors.Opened, sent: Sequence[str], rows: Sequence[Delivery], shown: Shown
) -> None:
    """Only for equal words with pictures, which are few."""
    known = {*sent, *shown.by_handle.values()}
    pictured = [post for post in shown.posts.values() if post.media]
    for row in rows:
        pictures = row.payload["media"]
        for post in pictured if pictures else []:
            equal = len(post.media) == len(pictures) and says(
                post.text, row.payload["text"], post.spellings
            )
            if equal and post.remote_id not in known:
                verdict = await alike(opened, pictures, post)
                if verdict is Likeness.DIFFERENT:
                    shown.unlike.add((row.pk, post.remote_id))


def _parcel(row: Delivery) -> Parcel:
    """Enough to look for it."""
    return Parcel(
        key=row.pk.hex,
        record_key=row.record_key,
        created_at=row.created_stamp.astimezone(UTC),
        text=row.payload["text"],
        first_sent_at=row.first_sent_at,
    )
