"""What leaves for Threads: posts and replies by containers, deletions, replies hidden."""

from datetime import timedelta
from typing import Any

import httpx

from breakwater.domain.errors import Refused, TryLater, Unsupported
from breakwater.domain.guarantees import Guarantee
from breakwater.networks.base import (
    Account,
    Act,
    Batch,
    Comment,
    Deed,
    Figure,
    Handle,
    KeepHandle,
    Kit,
    Look,
    Parcel,
    Profile,
    Seen,
    Sent,
    Source,
)
from breakwater.networks.containers import Containers, Found, Ways
from breakwater.networks.graph import Graph
from breakwater.networks.threads import figures
from breakwater.networks.threads.errors import CODES, refusal
from breakwater.networks.threads.inbound import Reader, bare
from breakwater.networks.threads.manifest import DELETE, MANIFEST, PUBLISH, REPLY, graph_at
from breakwater.networks.threads.posts import checked, recipe
from breakwater.networks.unable import Unable, deny_shapes
from breakwater.networks.wire import told

LOOK_BACK = timedelta(minutes=2)
FULL_WAIT_S = 3600.0
"""How long to leave an account alone that has published as much as it may in a day."""

_WAYS = Ways("me/threads", "me/threads_publish", "status", "error_message", refusal)
_HIDING = (Deed.HIDE, Deed.UNHIDE)


class ThreadsConnector(Unable):
    """One account. Replies are posts here, so they have the same guard."""

    def __init__(self, client: httpx.AsyncClient, account: Account, kit: Kit) -> None:
        token = account.secrets.get("access_token", "")
        self._graph = Graph(client, graph_at(account.origin), token, CODES)
        self._kit = kit
        self._containers = Containers(self._graph, _WAYS)
        self._reader = Reader(self._graph, account)

    @property
    def guarantee(self) -> Guarantee:
        return Guarantee.HANDLE

    async def prepare(self, parcel: Parcel, handle: Handle, keep: KeepHandle) -> Handle:
        if parcel.to:
            raise Unsupported("there are no direct messages")
        checked(parcel)
        deny_shapes(MANIFEST, parcel)
        if not handle.get("whole"):
            await self._has_room("reply_" if parcel.reply_to else "")
        made = recipe(parcel, self._kit.address)
        return await self._containers.fill(parcel, made, handle, keep)

    async def commit(self, parcel: Parcel, handle: Handle) -> Sent:
        await self._kit.take(REPLY if parcel.reply_to else PUBLISH)
        return await self._containers.publish(handle)

    async def look(self, parcel: Parcel, handle: Handle) -> Look:
        since = (parcel.first_sent_at or parcel.created_at) - LOOK_BACK

        async def own_posts() -> Found:
            return await self._reader.since(since, replies=bool(parcel.reply_to))

        return await self._containers.look(parcel, handle, own_posts)

    async def read(self, remote_id: str) -> Seen | None:
        return await self._reader.read(remote_id)

    async def delete(self, remote_id: str) -> None:
        await self._kit.take(DELETE)
        try:
            await self._graph.delete(bare(remote_id))
        except Refused as error:
            if error.reason != "not_there":
                raise

    async def timeline(self, limit: int) -> tuple[Seen, ...]:
        return await self._reader.timeline(limit)

    async def comments(self, remote_id: str) -> tuple[Comment, ...]:
        return await self._reader.comments(remote_id)

    async def poll(self, source: Source, cursor: str) -> Batch:
        polls = {
            Source.OWN_POSTS: self._reader.new_posts,
            Source.COMMENTS: self._reader.new_replies,
            Source.MENTIONS: self._reader.new_mentions,
        }
        if source not in polls:
            return await super().poll(source, cursor)
        return await polls[source](cursor)

    async def profile(self) -> Profile:
        """Without the picture: its address is signed anew again and again. Threads tells no link.
        https://developers.facebook.com/docs/threads/threads-profiles (Postman collection, 2026-01-02)."""
        row = await self._graph.get("me", fields="id,username,name,threads_biography")
        username = told(row, "username")
        bio = str(row.get("threads_biography") or "")
        return Profile(str(row.get("name") or username), f"@{username}", bio)

    async def insights(self, remote_id: str = "") -> tuple[Figure, ...]:
        if remote_id:
            return await figures.of_post(self._graph, remote_id)
        return await figures.of_account(self._graph)

    async def act(self, act: Act) -> Sent:
        if act.deed not in _HIDING:
            return await super().act(act)
        hide = "true" if act.deed is Deed.HIDE else "false"
        await self._graph.post(f"{bare(act.target)}/manage_reply", safe=True, hide=hide)
        return Sent("")

    async def acted(self, act: Act) -> bool:
        """hide_status is HIDDEN, HUSHED or UNHUSHED, BLOCKED, COVERED, RESTRICTED or NOT_HUSHED."""
        if act.deed not in _HIDING:
            return await super().acted(act)
        row = await self._reader.node(act.target, "id,hide_status") or {}
        return (row.get("hide_status") in _HIDDEN) is (act.deed is Deed.HIDE)

    async def _has_room(self, kind: str) -> None:
        """Raises: TryLater(throttled) when the account published all that it may in a day."""
        usage, config = f"{kind}quota_usage", f"{kind}config"
        answer = await self._graph.get("me/threads_publishing_limit", fields=f"{usage},{config}")
        row: dict[str, Any] = next(iter(answer.get("data") or []), {})
        used, most = row.get(usage), (row.get(config) or {}).get("quota_total")
        if isinstance(used, int) and isinstance(most, int) and used >= most:
            raise TryLater(f"{used} of {most} a day", after_s=FULL_WAIT_S, throttled=True)


_HIDDEN = ("HIDDEN", "HUSHED")
