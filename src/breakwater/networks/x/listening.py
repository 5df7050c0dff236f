"""What came in, one request a poll: mentions, answers, messages, own posts.

A cursor is the id that was read up to ("12"), or three of them while older pages are still to
come ("12/40/55"): read up to, this walk goes on below, newest of this walk.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from breakwater.domain.errors import Refused, Unsupported
from breakwater.networks.base import Account, Arrived, Batch, Source, What
from breakwater.networks.x import messages
from breakwater.networks.x.api import Api
from breakwater.networks.x.inbound import next_token, posts_of
from breakwater.networks.x.manifest import MANIFEST
from breakwater.networks.x.shown import Around, around, author, refers, seen

_POSTS = {
    "max_results": "50",
    "post.fields": "created_at,text,entities,attachments,conversation_id,note_post",
    "expansions": "author_id,in_reply_to_user_id,referenced_posts,attachments.media_keys",
    "user.fields": "username,name,profile_image_url",
    "media.fields": "url,preview_image_url,alt_text,type",
}
_QUERY = 512
"""Characters of a search (docs.x.com/x-api/fundamentals/rate-limits, read 2026-11-28)."""


@dataclass(frozen=True)
class Cursor:
    since: str = ""
    below: str = ""
    newest: str = ""

    @classmethod
    def of(cls, text: str) -> "Cursor":
        since, _, rest = text.partition("/")
        below, _, newest = rest.partition("/")
        return cls(since, below, newest)

    def after(self, ids: Sequence[str], *, more: bool) -> str:
        """Where the next poll goes on. Without a beginning the newest page is enough."""
        newest = self.newest or max([*ids, self.since], key=lambda one: int(one or 0), default="")
        if more and self.since:
            return f"{self.since}/{min(ids, key=int)}/{newest}"
        return newest

    def params(self) -> dict[str, str]:
        given = {"since_id": self.since, "until_id": self.below}
        return {name: value for name, value in given.items() if value}


class Listener:
    """Polls of one account."""

    def __init__(self, api: Api, account: Account) -> None:
        self._api = api
        self._account = account
        self._web = MANIFEST.at(account.origin, "web")

    async def poll(self, source: Source, cursor: str) -> Batch:
        at = Cursor.of(cursor)
        match source:
            case Source.MENTIONS:
                path = f"/2/users/{quote(self._account.remote_id, safe='')}/mentions"
                return await self._posts("mentions", "read_own", path, at)
            case Source.OWN_POSTS:
                path = f"/2/users/{quote(self._account.remote_id, safe='')}/tweets"
                return await self._posts("timeline", "read_own", path, at, exclude="retweets")
            case Source.COMMENTS:
                return await self._below_own_posts(at)
            case Source.MESSAGES:
                return await self._messages(at)
            case _:
                raise Unsupported(f"{source} cannot be polled")

    async def _posts(self, call: str, price: str, path: str, at: Cursor, **more: str) -> Batch:
        answer = await self._api.get(call, path, **_POSTS, **at.params(), **more)
        rows = posts_of(answer)
        await self._api.paid(price, rows)
        near = around(answer, self._web)
        arrived = tuple(arrival(row, near, self._account.remote_id) for row in rows)
        goes_on = bool(rows and next_token(answer) and at.since)
        return Batch(arrived, at.after([str(row["id"]) for row in rows], more=goes_on), goes_on)

    async def _below_own_posts(self, at: Cursor) -> Batch:
        """Answers in the conversations of the latest own posts, as many as a search can name."""
        query = _query(await self._latest_own(at), self._account.handle)
        if not query:
            return Batch((), at.since)
        path = "/2/tweets/search/recent"
        try:
            return await self._posts("search", "read_post", path, at, query=query)
        except Refused as error:
            if error.reason != "not_accepted" or not at.since:
                raise
            # The id is older than the seven days that a search reaches: begin anew.
            return await self._posts("search", "read_post", path, Cursor(), query=query)

    async def _latest_own(self, at: Cursor) -> list[str]:
        """Only those that are new are counted: X takes nothing for the others on the same day."""
        path = f"/2/users/{quote(self._account.remote_id, safe='')}/tweets"
        params = {"max_results": "20", "exclude": "retweets,replies"}
        answer = await self._api.get("timeline", path, **params)
        ids = [str(row["id"]) for row in posts_of(answer)]
        await self._api.paid("read_own", [one for one in ids if int(one) > int(at.since or 0)])
        return ids

    async def _messages(self, at: Cursor) -> Batch:
        """The newest messages; X cannot be asked for those since an id, so pages are walked by
        their token and end at the one that is known."""
        params = {"max_results": "50", "event_types": "MessageCreate", **messages.FIELDS}
        if at.below:
            params["pagination_token"] = at.below
        answer = await self._api.get("messages", "/2/dm_events", **params)
        rows = posts_of(answer)
        fresh = [row for row in rows if int(row["id"]) > int(at.since or 0)]
        await self._api.paid("read_message", fresh)
        near, token = around(answer, self._web), next_token(answer)
        arrived = tuple(messages.arrived(row, near, self._account.remote_id) for row in fresh)
        newest = at.newest or max((str(row["id"]) for row in fresh), key=int, default=at.since)
        if token and at.since and fresh and len(fresh) == len(rows):
            return Batch(arrived, f"{at.since}/{token}/{newest}", more=True)
        return Batch(arrived, newest)


def arrival(post: Mapping[str, Any], near: Around, own_id: str) -> Arrived:
    """A post of the API, for the account whose id is `own_id`."""
    shown, writer = seen(post, near, _handle(post, near)), str(post.get("author_id") or "")
    answered = refers(post, "replied_to")
    conversation = str(post.get("conversation_id") or "")
    what = _what(post, near, own_id)
    quoted = refers(post, "quoted") if what is What.QUOTE else ""
    return Arrived(
        what=what,
        remote_id=shown.remote_id,
        at=shown.created_at,
        author=author(writer, near),
        text=shown.text,
        url=shown.url,
        about=quoted or (conversation if what is What.COMMENT else ""),
        parent=answered,
        thread=conversation,
        media=shown.media,
        own=writer == own_id,
        raw=post,
    )


def _what(post: Mapping[str, Any], near: Around, own_id: str) -> What:
    """A comment answers us or stands in a conversation of ours; all else named us."""
    if str(post.get("author_id") or "") == own_id:
        return What.COMMENT if refers(post, "replied_to") else What.POST
    quoted = near.posts.get(refers(post, "quoted"), {})
    if str(quoted.get("author_id") or "") == own_id:
        return What.QUOTE
    begun = near.posts.get(str(post.get("conversation_id") or ""), {})
    ours = own_id in (str(post.get("in_reply_to_user_id") or ""), str(begun.get("author_id") or ""))
    return What.COMMENT if ours and refers(post, "replied_to") else What.MENTION


def _handle(post: Mapping[str, Any], near: Around) -> str:
    return author(str(post.get("author_id") or ""), near).handle


def _query(ids: Sequence[str], handle: str) -> str:
    """A search for what others wrote in these conversations; "" for none."""
    ending = f" -from:{handle.lstrip('@')}" if handle else ""
    chosen = ""
    for one in ids:
        longer = f"{chosen} OR conversation_id:{one}" if chosen else f"conversation_id:{one}"
        if len(longer) + len(ending) + 2 > _QUERY:
            break
        chosen = longer
    return f"({chosen}){ending}" if chosen else ""
