"""What comes to an account: mentions, answers, quotes, messages, own posts made elsewhere."""

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote

from breakwater.domain.errors import TryLater
from breakwater.networks import wire
from breakwater.networks.base import Arrived, Author, Batch, Source, What
from breakwater.networks.mastodon.inbound import PAGE, Reader, moment, pictures, words

_NOTIFIED: Mapping[Source, tuple[frozenset[What], tuple[str, ...]]] = {
    Source.MENTIONS: (frozenset({What.MENTION, What.QUOTE}), ("mention", "quote")),
    Source.COMMENTS: (frozenset({What.COMMENT}), ("mention",)),
}
"""Source -> what of it, and the types of notification that it is among."""


class Inbox:
    """Of one account; `me` is its id. A poll goes on from the id that the last one ended with."""

    def __init__(self, reader: Reader, me: str) -> None:
        self._reader = reader
        self._me = me

    async def poll(self, source: Source, cursor: str) -> Batch:
        if source is Source.MESSAGES:
            return await self._messages(cursor)
        if source is Source.OWN_POSTS:
            path = f"/api/v1/accounts/{quote(self._me, safe='')}/statuses"
            rows = await self._page(path, cursor, {"exclude_reblogs": "true"})
            return self._batch(rows, cursor, [arrived(row, self._me) for row in rows])
        wanted, types = _NOTIFIED[source]
        rows = await self._page("/api/v1/notifications", cursor, {"types[]": list(types)})
        told = [one for row in rows if (one := notified(row, self._me)) and one.what in wanted]
        return self._batch(rows, cursor, told)

    async def _messages(self, cursor: str) -> Batch:
        """Every message of the conversations that went on, our own too. cursor: id of the newest
        one; a conversation only shows its last, so what came before it is asked for."""
        last = cursor.partition(" ")[0]  # cursors of 0.1 went on with its time
        rows = await self._page("/api/v1/conversations", last, {})
        found: list[Arrived] = []
        for row in rows:
            newest = row.get("last_status")
            if not isinstance(newest, dict):
                continue
            before = await self._reader.around(str(newest.get("id")), "ancestors") if last else []
            told = [arrived(one, self._me, thread=str(row.get("id"))) for one in [*before, newest]]
            found += [one for one in told if not last or _age(one.remote_id) > _age(last)]
        messages = [one for one in found if one.what is What.MESSAGE]
        if not messages:
            return Batch((), cursor)
        newest_id = max((one.remote_id for one in messages), key=_age)
        return Batch(tuple(messages), newest_id, more=len(rows) == PAGE and bool(last))

    async def _page(
        self, path: str, after: str, params: Mapping[str, str | list[str]]
    ) -> list[dict[str, Any]]:
        """The page that follows `after`; without it the newest. Newest first."""
        asked = {**params, "limit": str(PAGE), **({"min_id": after} if after else {})}
        return wire.rows(await self._reader.many(path, asked))

    def _batch(self, rows: list[dict[str, Any]], cursor: str, told: Iterable[Arrived]) -> Batch:
        newest = str(rows[0].get("id") or "") if rows else ""
        return Batch(tuple(told), newest or cursor, more=bool(cursor) and len(rows) == PAGE)


def _age(remote_id: str) -> tuple[int, str]:
    """In the order of the server's own pages. Two messages may be of one millisecond."""
    return len(remote_id), remote_id


def notified(row: Mapping[str, Any], me: str) -> Arrived | None:
    """What a notification is about; None where it is no word of anybody."""
    status = row.get("status")
    if row.get("type") not in ("mention", "quote") or not isinstance(status, dict):
        return None
    return arrived(status, me, quotes_us=row.get("type") == "quote")


def arrived(
    status: Mapping[str, Any], me: str, *, quotes_us: bool = False, thread: str = ""
) -> Arrived:
    """A status as something that came. TryLater when it lacks what makes one."""
    try:
        author = author_of(status["account"])
        parent = str(status.get("in_reply_to_id") or "")
        what = _what(status, author.remote_id == me, me, quotes_us=quotes_us)
        return Arrived(
            what=what,
            remote_id=str(status["id"]),
            at=moment(str(status["created_at"])),
            author=author,
            text=words(status),
            url=str(status.get("url") or status.get("uri") or ""),
            about=_quoted(status) if what is What.QUOTE else parent if what is What.COMMENT else "",
            parent=parent,
            thread=thread,
            media=pictures(status),
            own=author.remote_id == me,
            raw=status,
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise TryLater(f"not a status: {type(error).__name__} {error}") from error


def is_about_us(status: Mapping[str, Any], me: str) -> bool:
    """Whether we wrote it, are named in it, or are answered."""
    account = status.get("account") or {}
    named = {str(one.get("id")) for one in status.get("mentions") or () if isinstance(one, dict)}
    return me in {str(account.get("id")), str(status.get("in_reply_to_account_id")), *named}


def _what(status: Mapping[str, Any], own: bool, me: str, *, quotes_us: bool) -> What:
    if status.get("visibility") == "direct":
        return What.MESSAGE
    if own:
        return What.POST
    if quotes_us:
        return What.QUOTE
    return What.COMMENT if status.get("in_reply_to_account_id") == me else What.MENTION


def _quoted(status: Mapping[str, Any]) -> str:
    """Remote id of the post that is quoted."""
    found = status.get("quote")
    inner = found.get("quoted_status") if isinstance(found, dict) else None
    return str(inner.get("id") or "") if isinstance(inner, dict) else ""


def author_of(account: Mapping[str, Any]) -> Author:
    acct = str(account.get("acct") or account.get("username") or "")
    return Author(
        remote_id=str(account["id"]),
        handle=f"@{acct}" if acct else "",
        name=str(account.get("display_name") or acct),
        url=str(account.get("url") or account.get("uri") or ""),
        picture=str(account.get("avatar") or ""),
    )
