"""What leaves for Instagram: posts by containers, comments and messages by one call."""

from datetime import datetime, timedelta
from typing import Any

import httpx

from breakwater.domain.errors import TryLater
from breakwater.domain.guarantees import Guarantee
from breakwater.networks.base import (
    Account,
    Act,
    Batch,
    Comment,
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
from breakwater.networks.graph import Graph, follow
from breakwater.networks.instagram import answers, deeds, figures
from breakwater.networks.instagram.errors import CODES, refusal
from breakwater.networks.instagram.hooks import FIELDS
from breakwater.networks.instagram.inbound import Reader
from breakwater.networks.instagram.manifest import COMMENT, MANIFEST, MESSAGE, PUBLISH, graph_at
from breakwater.networks.instagram.messages import Letters
from breakwater.networks.instagram.posts import checked, recipe
from breakwater.networks.unable import Unable, deny_shapes
from breakwater.networks.wire import told

LOOK_BACK = timedelta(minutes=2)
FULL_WAIT_S = 3600.0
"""How long to leave an account alone that has published as much as it may in a day."""


class InstagramConnector(Unable):
    """One professional account."""

    def __init__(self, client: httpx.AsyncClient, account: Account, kit: Kit) -> None:
        me, secrets = account.remote_id, account.secrets
        token, secret = secrets.get("access_token", ""), kit.app.get("client_secret", "")
        self._graph = Graph(client, graph_at(account.origin), token, CODES, secret)
        self._client, self._account, self._kit, self._me = client, account, kit, me
        self._page = secrets.get("page_id", "")
        ways = Ways(f"{me}/media", f"{me}/media_publish", "status_code", "status", refusal)
        self._containers = Containers(self._graph, ways)
        self._reader = Reader(self._graph, account)
        self._letters = Letters(self._graph, account, kit)

    @property
    def guarantee(self) -> Guarantee:
        return Guarantee.HANDLE

    def guards(self, parcel: Parcel) -> Guarantee:
        """Nothing protects a comment or a message."""
        return Guarantee.NONE if parcel.to or parcel.reply_to else Guarantee.HANDLE

    async def prepare(self, parcel: Parcel, handle: Handle, keep: KeepHandle) -> Handle:
        if parcel.to:
            self._letters.checked(parcel)
            return handle
        if parcel.reply_to:
            answers.checked(parcel)
            return handle
        checked(parcel)
        deny_shapes(MANIFEST, parcel)
        if not handle.get("whole"):
            await self._has_room()
        made = recipe(parcel, self._kit.address)
        return await self._containers.fill(parcel, made, handle, keep)

    async def commit(self, parcel: Parcel, handle: Handle) -> Sent:
        if parcel.to:
            await self._kit.take(MESSAGE)
            return await self._letters.send(parcel)
        if parcel.reply_to:
            await self._kit.take(COMMENT)
            return await answers.say(self._graph, self._me, parcel)
        await self._kit.take(PUBLISH)
        return await self._containers.publish(handle)

    async def look(self, parcel: Parcel, handle: Handle) -> Look:
        since = (parcel.first_sent_at or parcel.created_at) - LOOK_BACK
        if parcel.to:
            return Look(False, await self._letters.own_since(parcel.to, since))
        if parcel.reply_to:
            return await answers.look(self._reader, parcel, since)

        async def own_posts() -> Found:
            return await self._reader.since(since, stories=parcel.form == "story")

        return await self._containers.look(parcel, handle, own_posts)

    async def read(self, remote_id: str) -> Seen | None:
        if remote_id.startswith("comment:"):
            return await self._reader.comment(remote_id)
        if remote_id.startswith("message:"):
            return await self._letters.read(self._reader, remote_id)
        if remote_id.startswith("mention:"):
            return await self._reader.mention(remote_id)
        return await self._reader.media(remote_id)

    async def delete(self, remote_id: str) -> None:
        """A post, a story, or an own comment."""
        await deeds.remove(self._graph, remote_id)

    async def timeline(self, limit: int) -> tuple[Seen, ...]:
        return await self._reader.timeline(limit)

    async def comments(self, remote_id: str) -> tuple[Comment, ...]:
        return await self._reader.comments(remote_id)

    async def poll(self, source: Source, cursor: str) -> Batch:
        polls = {
            Source.OWN_POSTS: self._reader.new_posts,
            Source.COMMENTS: self._reader.new_comments,
            Source.MENTIONS: self._reader.new_tags,
            Source.MESSAGES: self._letters.new,
        }
        if source not in polls:
            return await super().poll(source, cursor)
        return await polls[source](cursor)

    async def profile(self) -> Profile:
        """Without the picture: its address is signed anew again and again, so that another one is no
        other picture. Fields: api_specs/specs/IGUser.json."""
        row = await self._graph.get(self._me, fields="id,username,name,biography,website")
        username = told(row, "username")
        return Profile(
            str(row.get("name") or username), f"@{username}", str(row.get("biography") or ""),
            str(row.get("website") or ""),
        )  # fmt: skip

    async def insights(self, remote_id: str = "") -> tuple[Figure, ...]:
        if remote_id:
            return await figures.of_post(self._graph, remote_id)
        return await figures.of_account(self._graph, self._me)

    async def act(self, act: Act) -> Sent:
        await deeds.do(self._graph, self._me, act)
        return Sent("")

    async def acted(self, act: Act) -> bool:
        return await deeds.done(self._reader, act)

    async def subscribe(self, address: str) -> datetime | None:
        """The app's address for all its accounts, then this account's Page. For good."""
        app = self._kit.app
        app_id = app.get("client_id", "")
        token = f"{app_id}|{app.get('client_secret', '')}"
        by_app = Graph(self._client, graph_at(self._account.origin), token, CODES)
        await by_app.post(
            f"{app_id}/subscriptions",
            safe=True,
            object="instagram",
            callback_url=address,
            fields=",".join(FIELDS),
            verify_token=app.get("verify_token", ""),
        )
        await follow(self._graph, self._page, app_id, ("feed", "messages"))
        return None

    async def _has_room(self) -> None:
        """Raises: TryLater(throttled) when the account published all that it may in a day."""
        path = f"{self._me}/content_publishing_limit"
        answer = await self._graph.get(path, fields="quota_usage,config")
        row: dict[str, Any] = next(iter(answer.get("data") or []), {})
        used, most = row.get("quota_usage"), (row.get("config") or {}).get("quota_total")
        if isinstance(used, int) and isinstance(most, int) and used >= most:
            raise TryLater(f"{used} of {most} posts a day", after_s=FULL_WAIT_S, throttled=True)
