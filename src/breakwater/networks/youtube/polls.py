"""What comes to a channel: own uploads, comments and their answers, chats of live events."""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from breakwater.domain.errors import TryLater, Unsupported
from breakwater.networks import newest
from breakwater.networks.base import Account, Arrived, Author, Batch, Source, What
from breakwater.networks.google import moment
from breakwater.networks.youtube.calls import Api
from breakwater.networks.youtube.inbound import Reader, comment_text, seen, shown_to, watch_url

_CHATS = 3
"""Live events of one channel at a time; their places have to fit in one cursor."""


async def poll(api: Api, reader: Reader, account: Account, source: Source, cursor: str) -> Batch:
    """What came since `cursor`."""
    if source is Source.OWN_POSTS:
        return await _own_posts(reader, account, cursor)
    if source is Source.COMMENTS:
        return await _comments(api, account, cursor)
    if source is Source.LIVE_CHAT:
        return await _chats(api, account, cursor)
    raise Unsupported(f"YouTube has no {source}")


async def _own_posts(reader: Reader, account: Account, cursor: str) -> Batch:
    """The newest page of uploads; more than that in a quarter of an hour is no plan."""
    rows = [row for row in await reader.uploads() if shown_to(row) != "private"]
    arrived = tuple(_post(row, account) for row in rows)
    oldest = min((one.at for one in arrived), default=None)
    return newest.batch(newest.Mark.of(cursor), arrived, oldest, "")


async def _comments(api: Api, account: Account, cursor: str) -> Batch:
    """One page of threads on all of the channel's videos, with the newest answers of each."""
    mark = newest.Mark.of(cursor)
    more = {"pageToken": mark.page} if mark.page else {}
    answer = await api.page(
        "commentThreads", part="snippet,replies", order="time", maxResults="100",
        allThreadsRelatedToChannelId=account.remote_id, textFormat="plainText", **more,
    )  # fmt: skip
    threads = [row for row in answer.get("items") or [] if isinstance(row, dict)]
    arrived = tuple(one for thread in threads for one in _thread(thread, account))
    oldest = min((_head(thread) for thread in threads), default=None)
    return newest.batch(mark, arrived, oldest, str(answer.get("nextPageToken") or ""))


async def _chats(api: Api, account: Account, cursor: str) -> Batch:
    """The next page of each chat that is going on. cursor: chat -> its page."""
    events = await api.items(
        "liveBroadcasts", part="id,snippet", broadcastStatus="active", broadcastType="all"
    )
    places, arrived = _places(cursor), []
    now: dict[str, str] = {}
    for event in events[:_CHATS]:
        chat = str((event.get("snippet") or {}).get("liveChatId") or "")
        if not chat:
            continue
        more = {"pageToken": places[chat]} if places.get(chat) else {}
        answer = await api.page(
            "liveChatMessages", liveChatId=chat, part="id,snippet,authorDetails", **more
        )
        now[chat] = str(answer.get("nextPageToken") or "")
        rows = [row for row in answer.get("items") or [] if isinstance(row, dict)]
        arrived += [one for row in rows for one in _message(row, str(event["id"]), account)]
    return Batch(tuple(arrived), json.dumps(now) if now else "")


def _places(cursor: str) -> dict[str, str]:
    try:
        value = json.loads(cursor)
    except ValueError:
        return {}
    return {str(k): str(v) for k, v in value.items()} if isinstance(value, dict) else {}


def _post(row: Mapping[str, Any], account: Account) -> Arrived:
    post = seen(row)
    author = Author(account.remote_id, account.handle)
    return Arrived(
        What.POST, post.remote_id, post.created_at, author, text=post.text, url=post.url,
        media=post.media, own=True, raw=row,
    )  # fmt: skip


def _head(thread: Mapping[str, Any]) -> datetime:
    top = (thread.get("snippet") or {}).get("topLevelComment") or {}
    return _at(top)


def _thread(thread: Mapping[str, Any], account: Account) -> Iterator[Arrived]:
    facts = thread.get("snippet") or {}
    video, head = str(facts.get("videoId") or ""), str(thread.get("id") or "")
    yield _comment(facts.get("topLevelComment") or {}, video, head, "", account)
    for answer in (thread.get("replies") or {}).get("comments") or []:
        yield _comment(answer, video, head, head, account)


def _comment(
    row: Mapping[str, Any], video: str, thread: str, parent: str, account: Account
) -> Arrived:
    facts = row.get("snippet") or {}
    author = str((facts.get("authorChannelId") or {}).get("value") or "")
    remote_id = str(row.get("id") or "")
    return Arrived(
        What.COMMENT, remote_id, _at(row),
        Author(
            author, str(facts.get("authorDisplayName") or ""),
            str(facts.get("authorDisplayName") or ""), str(facts.get("authorChannelUrl") or ""),
            str(facts.get("authorProfileImageUrl") or ""),
        ),
        text=comment_text(facts), url=watch_url(video, remote_id), about=video, parent=parent,
        thread=thread, own=author == account.remote_id, raw=row,
    )  # fmt: skip


def _message(row: Mapping[str, Any], event: str, account: Account) -> Iterator[Arrived]:
    """A message of a chat, or that one was taken away. Joins and polls are no messages."""
    facts, who = row.get("snippet") or {}, row.get("authorDetails") or {}
    gone = (facts.get("messageDeletedDetails") or {}).get("deletedMessageId")
    author = Author(
        str(who.get("channelId") or facts.get("authorChannelId") or ""),
        name=str(who.get("displayName") or ""), url=str(who.get("channelUrl") or ""),
        picture=str(who.get("profileImageUrl") or ""),
    )  # fmt: skip
    chat = str(facts.get("liveChatId") or "")
    if facts.get("type") == "messageDeletedEvent" and gone:
        yield Arrived(
            What.GONE, str(gone), _at(row), author, about=event, thread=chat, raw=row
        )  # fmt: skip
    elif text := str(facts.get("displayMessage") or ""):
        yield Arrived(
            What.COMMENT, str(row.get("id") or ""), _at(row), author, text=text,
            url=watch_url(event), about=event, thread=chat,
            own=author.remote_id == account.remote_id, raw=row,
        )  # fmt: skip


def _at(row: Mapping[str, Any]) -> datetime:
    text = (row.get("snippet") or {}).get("publishedAt")
    try:
        return moment(text)
    except ValueError as error:
        raise TryLater(f"no time in a row: {text!r}") from error
