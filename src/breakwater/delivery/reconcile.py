"""Does the ledger tell the truth? It is held against what the account itself shows. Read only."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from asgiref.sync import async_to_sync

from breakwater.channels import doors
from breakwater.channels.models import Channel
from breakwater.delivery.models import Delivery
from breakwater.domain.errors import EgressRefused, NetworkError, TryLater
from breakwater.domain.text import folded, says
from breakwater.networks.base import Seen

MOST_POSTS = 2000
_DEADLINE_S = 300
_EXCERPT = 60


class Verdict(StrEnum):
    """What does not agree."""

    ABSENT = "absent"  # the ledger says it is out; the account does not show it
    STILL_THERE = "still_there"  # deleted and proved, and there all the same
    STRAY = "stray"  # on the account, and no delivery explains it
    UNKNOWN = "unknown"  # a delivery of the period that nobody knows the outcome of
    UNREADABLE = "unreadable"  # the network did not let us look


@dataclass(frozen=True)
class Difference:
    """One thing that does not agree. delivery_id: None for a stray; at: UTC."""

    verdict: Verdict
    at: datetime
    remote_id: str
    text: str
    delivery_id: UUID | None = None
    detail: str = ""


@dataclass(frozen=True)
class Report:
    """What one channel's check gave. agreed: deliveries that the account shows.

    complete: whether the account's posts were seen back to the beginning of the period.
    """

    channel: Channel
    agreed: int
    differences: tuple[Difference, ...]
    complete: bool

    @property
    def fine(self) -> bool:
        return self.complete and not self.differences


@dataclass(frozen=True)
class _Shown:
    """What the account shows: its posts by id, and what became of those asked for one by one."""

    posts: dict[str, Seen]
    asked: dict[str, bool | str]
    complete: bool


def reconcile(channel: Channel, *, since: datetime, until: datetime) -> Report:
    """The differences between the ledger and the account for since <= post < until.

    Nothing is changed here or there. A network that cannot be asked is a difference too.
    """
    sent = _sent(channel, since, until)
    gone = _undone(row.pk for row in sent)
    unknown = [_unknown(row) for row in _doubtful(channel, since, until)]
    opened = doors.unlock([channel.pk]).get(channel.pk)
    if opened is None:
        return Report(channel, 0, (*unknown, _unreadable(since, "no_credential")), complete=False)
    try:
        shown = async_to_sync(_look)(opened, [row.remote_id for row in sent], since)
    except (NetworkError, EgressRefused) as error:
        return Report(channel, 0, (*unknown, _unreadable(since, error.code)), complete=False)
    differing = [one for row in sent if (one := _compared(row, row.pk in gone, shown))]
    strays = [_stray(post) for post in _unexplained(channel, shown, since, until)]
    found = sorted([*differing, *strays, *unknown], key=lambda one: one.at)
    return Report(channel, len(sent) - len(differing), tuple(found), shown.complete)


def _sent(channel: Channel, since: datetime, until: datetime) -> list[Delivery]:
    """Publish deliveries of the period that the network gave an id for."""
    rows = Delivery.objects.filter(
        channel=channel, kind="publish", state__in=("accepted", "verified"),
        first_sent_at__gte=since, first_sent_at__lt=until,
    )  # fmt: skip
    return list(rows.exclude(remote_id="").order_by("first_sent_at", "pk"))


def _doubtful(channel: Channel, since: datetime, until: datetime) -> list[Delivery]:
    rows = Delivery.objects.filter(
        channel=channel, state__in=("sending", "unknown", "needs_human"),
        first_sent_at__gte=since, first_sent_at__lt=until,
    )  # fmt: skip
    return list(rows.order_by("first_sent_at", "pk"))


def _undone(keys: Iterable[UUID]) -> set[UUID]:
    """Those of the deliveries that were deleted again, with proof."""
    rows = Delivery.objects.filter(kind="delete", source__in=list(keys), state="verified")
    return set(rows.values_list("source", flat=True))


async def _look(opened: doors.Opened, wanted: list[str], since: datetime) -> _Shown:
    """The account's posts; what is wanted and not among them is asked for by its id."""
    try:
        async with asyncio.timeout(_DEADLINE_S), doors.connector(opened) as connector:
            listed = await connector.timeline(MOST_POSTS)
            posts = {seen.remote_id: seen for seen in listed}
            asked: dict[str, bool | str] = {}
            for remote_id in wanted:
                if remote_id not in posts:
                    try:
                        asked[remote_id] = await connector.read(remote_id) is not None
                    except NetworkError as error:
                        asked[remote_id] = error.code
    except TimeoutError as error:
        raise TryLater("the account could not be read in five minutes") from error
    complete = len(listed) < MOST_POSTS or min(seen.created_at for seen in listed) < since
    return _Shown(posts, asked, complete)


def _compared(row: Delivery, gone: bool, shown: _Shown) -> Difference | None:
    there = True if row.remote_id in shown.posts else shown.asked.get(row.remote_id, False)
    if isinstance(there, str):
        return _difference(Verdict.UNREADABLE, row, there)
    if there == gone:
        return _difference(Verdict.STILL_THERE if gone else Verdict.ABSENT, row)
    return None


def _unexplained(channel: Channel, shown: _Shown, since: datetime, until: datetime) -> list[Seen]:
    """Posts of the period that belong to no delivery: neither by id, nor (for those that a
    person vouched for, or that are not resolved yet) by their text."""
    own = Delivery.objects.filter(channel=channel, kind="publish")
    known = set(own.exclude(remote_id="").values_list("remote_id", flat=True))
    nameless = own.filter(remote_id="", first_sent_at__isnull=False).exclude(state="failed")
    texts = {str(payload.get("text", "")) for payload in nameless.values_list("payload", flat=True)}
    plain = {folded(text) for text in texts}
    return [
        post
        for post in shown.posts.values()
        if since <= post.created_at < until
        and post.remote_id not in known
        and folded(post.text) not in plain
        and not (post.spellings and any(says(post.text, one, post.spellings) for one in texts))
    ]


def _stray(post: Seen) -> Difference:
    return Difference(Verdict.STRAY, post.created_at, post.remote_id, post.text[:_EXCERPT])


def _unknown(row: Delivery) -> Difference:
    return _difference(Verdict.UNKNOWN, row, row.reason)


def _unreadable(since: datetime, why: str) -> Difference:
    return Difference(Verdict.UNREADABLE, since, "", "", detail=why)


def _difference(verdict: Verdict, row: Delivery, detail: str = "") -> Difference:
    text = str(row.payload.get("text", ""))[:_EXCERPT]
    return Difference(verdict, row.first_sent_at or row.due_at, row.remote_id, text, row.pk, detail)
