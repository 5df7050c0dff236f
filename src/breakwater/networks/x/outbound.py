"""What leaves for X: media first (harmless), then one post or message; edits and deletion.

The handle: {"media": [entry, …]}, one for each medium, in order (`media.py`).
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import httpx

from breakwater.domain.errors import OutcomeUnknown, Refused, TryLater, Unsupported
from breakwater.domain.guarantees import Guarantee
from breakwater.domain.text import links
from breakwater.networks import wire
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
    People,
    Profile,
    Seen,
    Sent,
    Source,
)
from breakwater.networks.unable import Unable, deny_shapes
from breakwater.networks.x import messages
from breakwater.networks.x.acts import Deeds
from breakwater.networks.x.api import Api
from breakwater.networks.x.content import check, message, post
from breakwater.networks.x.conversations import Conversation
from breakwater.networks.x.errors import refusal
from breakwater.networks.x.inbound import Reader
from breakwater.networks.x.listening import Listener
from breakwater.networks.x.manifest import MANIFEST
from breakwater.networks.x.media import Entry, Uploads, settled
from breakwater.networks.x.subscribing import Subscriber

LOOK_BACK = timedelta(minutes=2)


class XConnector(Unable):
    """One account."""

    def __init__(self, client: httpx.AsyncClient, account: Account, kit: Kit) -> None:
        self._account = account
        self._kit = kit
        self._api = Api(client, account, kit)
        self._reader = Reader(self._api, account)
        self._listener = Listener(self._api, account)
        self._deeds = Deeds(self._api, self._reader, account)
        self._subscriber = Subscriber(client, account, kit)

    @property
    def guarantee(self) -> Guarantee:
        return MANIFEST.guarantee

    def guards(self, parcel: Parcel) -> Guarantee:
        """Equal words are refused. With media, a poll or in a message nobody says so."""
        alone = not (parcel.media or parcel.to or parcel.form == "poll")
        return MANIFEST.guarantee if alone else Guarantee.NONE

    async def prepare(self, parcel: Parcel, handle: Handle, keep: KeepHandle) -> Handle:
        """The handle with each medium uploaded, described and ready.

        Raises TryLater while X still works on one; the next call goes on from there.
        """
        deny_shapes(MANIFEST, parcel)
        check(parcel)
        media = await self._living(parcel, _kept(parcel, handle))
        uploads = self._uploads(parcel)
        for place, medium in enumerate(parcel.media):
            if place == len(media):
                media = [*media, await uploads.begun(medium)]
                await keep({"media": media})
            while not settled(media[place], medium):
                fresh = await uploads.one_step(media[place], medium)
                media = [*media[:place], fresh, *media[place + 1 :]]
                await keep({"media": media})
        return {"media": media}

    async def commit(self, parcel: Parcel, handle: Handle) -> Sent:
        ids = _ids(parcel, handle)
        if parcel.to:
            return await self._message(parcel, ids)
        return await self._post(parcel, post(parcel, ids))

    async def look(self, parcel: Parcel, handle: Handle) -> Look:
        """Own posts (or messages of that conversation) since two minutes before the first send."""
        since = (parcel.first_sent_at or parcel.created_at) - LOOK_BACK
        if parcel.to:
            return await Conversation(self._api, self._account).since(parcel.to, since)
        return await self._reader.look(since)

    async def read(self, remote_id: str) -> Seen | None:
        return await self._reader.read(remote_id)

    async def edit(self, remote_id: str, parcel: Parcel) -> Sent:
        """The post under its new number. What becomes of its media, X does not say."""
        if messages.is_message(remote_id):
            raise Unsupported("a message stays as it is")
        if parcel.media:
            raise Unsupported("nobody says what becomes of media in an edit")
        change = {"edit_options": {"previous_post_id": remote_id}}
        return await self._post(parcel, {**post(parcel, []), **change})

    async def delete(self, remote_id: str) -> None:
        """Gone; of an edited post all its versions are."""
        if messages.is_message(remote_id):
            path, call = f"/2/dm_events/{_safe(messages.bare(remote_id))}", "delete_message"
        else:
            path, call = f"/2/tweets/{_safe(remote_id)}", "delete"
        response = await self._api.write(call, "DELETE", path)
        if response.is_success:
            return
        error = refusal(response)
        if not (isinstance(error, Refused) and error.reason == "not_there"):
            raise error

    async def act(self, act: Act) -> Sent:
        return await self._deeds.do(act)

    async def acted(self, act: Act) -> bool:
        return await self._deeds.done(act)

    async def timeline(self, limit: int) -> tuple[Seen, ...]:
        return await self._reader.timeline(limit)

    async def comments(self, remote_id: str) -> tuple[Comment, ...]:
        return await self._reader.comments(remote_id)

    async def poll(self, source: Source, cursor: str) -> Batch:
        return await self._listener.poll(source, cursor)

    async def subscribe(self, address: str) -> None:
        """Pushes go to `address` for good: X itself asks now and then whether it is still ours."""
        await self._subscriber.subscribe(address)

    async def unsubscribe(self, address: str) -> None:
        await self._subscriber.unsubscribe(address)

    async def insights(self, remote_id: str = "") -> tuple[Figure, ...]:
        return await self._reader.insights(remote_id)

    async def profile(self) -> Profile:
        return await self._reader.profile()

    async def following(self, cursor: str = "") -> People:
        return await self._reader.following(cursor)

    async def _post(self, parcel: Parcel, body: Mapping[str, Any]) -> Sent:
        call = "post_with_link" if links(parcel.text) else "post"
        answer, detail = await self._published(call, "/2/tweets", body)
        remote_id = answer.get("id")
        if not isinstance(remote_id, str) or not remote_id:
            raise OutcomeUnknown(f"no post in the answer: {detail}")
        name = self._account.handle.lstrip("@") or "i"
        web = MANIFEST.at(self._account.origin, "web")
        return Sent(remote_id, f"{web}/{name}/status/{remote_id}", detail)

    async def _message(self, parcel: Parcel, ids: list[str]) -> Sent:
        path = f"/2/dm_conversations/{messages.conversation(parcel.to)}/messages"
        answer, detail = await self._published("send_message", path, message(parcel, ids))
        event = answer.get("dm_event_id")
        if not isinstance(event, str) or not event:
            raise OutcomeUnknown(f"no message in the answer: {detail}")
        return Sent(messages.marked(event), detail=detail)

    async def _published(
        self, call: str, path: str, body: Mapping[str, Any]
    ) -> tuple[dict[str, Any], str]:
        response = await self._api.write(call, "POST", path, json=body)
        if not response.is_success:
            raise refusal(response)
        found = wire.body(response).get("data")
        return found if isinstance(found, dict) else {}, wire.excerpt(response)

    async def _living(self, parcel: Parcel, media: list[Entry]) -> list[Entry]:
        """Those up to the first that X threw away, which may be made anew while no commit call
        can have used them."""
        if parcel.first_sent_at is not None:
            return media
        uploads = self._uploads(parcel)
        for place, entry in enumerate(media):
            if entry["state"] != "open" and not await uploads.still_there(entry):
                return media[:place]
        return media

    def _uploads(self, parcel: Parcel) -> Uploads:
        return Uploads(self._api, self._kit, "dm" if parcel.to else "tweet")


def _kept(parcel: Parcel, handle: Handle) -> list[Entry]:
    """The uploads of `handle` that are still this parcel's media, in order."""
    kept: list[Entry] = []
    for entry, medium in zip(handle.get("media", ()), parcel.media, strict=False):
        if entry["sha256"] != medium.sha256:
            break
        kept.append(dict(entry))
    return kept


def _ids(parcel: Parcel, handle: Handle) -> list[str]:
    media = _kept(parcel, handle)
    if len(media) != len(parcel.media) or not all(map(settled, media, parcel.media)):
        raise TryLater("the media are not uploaded: prepare first")
    return [entry["id"] for entry in media]


def _safe(part: str) -> str:
    return quote(part, safe="")
