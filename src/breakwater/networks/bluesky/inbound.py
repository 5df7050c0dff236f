"""Reading our own repository: exact, by record key, on the server that keeps it."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import httpx

from breakwater.domain.errors import TryLater
from breakwater.networks import wire
from breakwater.networks.base import Account, Handle, Kit, Look, Parcel, Profile, Seen
from breakwater.networks.bluesky.chat import CHAT, Chat, is_message
from breakwater.networks.bluesky.echoes import profile_of
from breakwater.networks.bluesky.errors import NO_RECORD, name_of, refusal
from breakwater.networks.bluesky.records import POST, PROFILE, parts, post_uri, seen
from breakwater.networks.bluesky.xrpc import Server
from breakwater.networks.unable import Unable

_PAGE = 100
"""The most that listRecords gives at once (com/atproto/repo/listRecords.json)."""


class BlueskyReader(Unable):
    """The reading half of the connector. com.atproto.repo.* is answered by any server;
    app.bsky.* only by one that is joined to Bluesky's."""

    def __init__(self, client: httpx.AsyncClient, account: Account, kit: Kit) -> None:
        self._account = account
        self._kit = kit
        self._server = Server(client, account.origin, account.secrets.get("access_token", ""))

    async def look(self, parcel: Parcel, handle: Handle) -> Look:
        """Exact: the record under the parcel's own key, or the proof that there is none. For a
        message: what was said in its conversation since."""
        if parcel.to:
            return await self._chat.look(parcel, handle)
        post = await self.read(post_uri(self._account.remote_id, parcel.record_key))
        return Look(exact=True, posts=(post,) if post else ())

    async def read(self, remote_id: str) -> Seen | None:
        """The post as its server keeps it now; None only if the server says RecordNotFound,
        which it does for repositories that it keeps itself."""
        if is_message(remote_id):
            return await self._chat.read(remote_id)
        did, collection, rkey = parts(remote_id)
        response = await self._server.asked(
            "com.atproto.repo.getRecord", repo=did, collection=collection, rkey=rkey
        )
        if name_of(response) == NO_RECORD:
            return None
        if not response.is_success:
            raise refusal(response, safe=True)
        post = self._seen(wire.body(response, safe=True))
        if post is None or post.remote_id != remote_id:
            raise TryLater(f"not the record that was asked for: {wire.excerpt(response)}")
        return post

    async def timeline(self, limit: int) -> tuple[Seen, ...]:
        """Own posts and replies, newest first by the date they bear.

        They are fetched in the order of their keys, which is the order they were made in.
        """
        found: list[Seen] = []
        cursor = ""
        while len(found) < limit:
            page = await self._page(min(_PAGE, limit - len(found)), cursor)
            found += self._posts(page)
            cursor = str(page.get("cursor") or "")
            if not cursor or not page.get("records"):
                break
        return tuple(sorted(found, key=lambda post: post.created_at, reverse=True))

    async def profile(self) -> Profile:
        """As its own server keeps it; of an account that never filled one in, the handle alone."""
        did, handle = self._account.remote_id, self._account.handle
        response = await self._server.asked(
            "com.atproto.repo.getRecord", repo=did, collection=PROFILE, rkey="self"
        )
        if name_of(response) == NO_RECORD:
            return Profile(handle, handle, bio="", link="", picture="")
        if not response.is_success:
            raise refusal(response, safe=True)
        record = wire.body(response, safe=True).get("value")
        if not isinstance(record, Mapping):
            raise TryLater(f"no profile in the answer: {wire.excerpt(response)}")
        return profile_of(record, handle)

    @property
    def _chat(self) -> Chat:
        proxied = replace(self._server, proxy=CHAT)
        return Chat(proxied, self._account)

    async def _page(self, limit: int, cursor: str) -> dict[str, Any]:
        return await self._server.query(
            "com.atproto.repo.listRecords",
            repo=self._account.remote_id,
            collection=POST,
            limit=limit,
            **({"cursor": cursor} if cursor else {}),
        )

    def _posts(self, page: dict[str, Any]) -> Iterator[Seen]:
        records = page.get("records")
        if not isinstance(records, list):
            raise TryLater("a list of records without records")
        for record in records:
            post = self._seen(record) if isinstance(record, dict) else None
            if post is not None:
                yield post

    def _seen(self, answer: dict[str, Any]) -> Seen | None:
        return seen(answer, origin=self._account.origin, handle=self._account.handle)
