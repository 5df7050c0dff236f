"""What leaves for LinkedIn: uploads first (harmless), then one post or one comment.

The handle: {"media": [entry, …], "card": entry} (media.py). {"duplicate_of": URN} in it names
the post that a refusal as a duplicate spoke of; `look` then asks for that one first.
"""

from typing import Any

import httpx

from breakwater.domain.errors import OutcomeUnknown, Refused
from breakwater.domain.guarantees import Guarantee
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
    Medium,
    Parcel,
    Profile,
    Seen,
    Sent,
    Source,
)
from breakwater.networks.linkedin import acts, bodies, figures, hooks, profiles, urns
from breakwater.networks.linkedin.api import Api, made_id
from breakwater.networks.linkedin.inbound import Reader
from breakwater.networks.linkedin.little import commentary
from breakwater.networks.linkedin.manifest import MANIFEST
from breakwater.networks.linkedin.media import Entry, Uploads
from breakwater.networks.unable import Unable, deny_answers


class LinkedInConnector(Unable):
    """One member or organisation. Its remote id is its URN."""

    def __init__(self, client: httpx.AsyncClient, account: Account, kit: Kit) -> None:
        self._account = account
        self._kit = kit
        self._api = Api(client, account)
        self._reader = Reader(self._api, account)

    @property
    def guarantee(self) -> Guarantee:
        return MANIFEST.guarantee

    def guards(self, parcel: Parcel) -> Guarantee:
        """Comments may be there twice, and nothing says that polls may not."""
        form = MANIFEST.form_of(parcel.media, parcel.form)
        own = form.guarantee if form else None
        return Guarantee.NONE if parcel.reply_to else own or self.guarantee

    async def prepare(self, parcel: Parcel, handle: Handle, keep: KeepHandle) -> Handle:
        """The handle with everything uploaded and ready. An upload that was swept out meanwhile
        is made anew."""
        deny_answers(MANIFEST, parcel)
        bodies.checked(parcel)
        made: dict[str, Any] = dict(handle)
        for place, medium in enumerate(parcel.media):
            made = await self._bring(medium, made, place, keep)
        if parcel.card is not None and parcel.card.picture and not parcel.media:
            picture = Medium(parcel.card.picture, "image/jpeg", 0, 0, 0)
            made = await self._bring(picture, made, None, keep)
        return made

    async def commit(self, parcel: Parcel, handle: Handle) -> Sent:
        """The post or the comment, public from the answer on. One request."""
        if parcel.reply_to:
            return await self._comment(parcel, handle)
        await self._kit.take("post")
        body = bodies.post(parcel, self._account.remote_id, handle)
        response = await self._api.send("POST", "/rest/posts", body)
        urn = made_id(response)
        if not urn:
            raise OutcomeUnknown(f"no post in the answer: {wire.excerpt(response)}")
        return Sent(urn, urns.public_address(urn), wire.excerpt(response))

    async def look(self, parcel: Parcel, handle: Handle) -> Look:
        """Own posts (or comments) since two minutes before the first send."""
        return await self._reader.look(parcel, str(handle.get("duplicate_of") or ""))

    async def read(self, remote_id: str) -> Seen | None:
        return await self._reader.read(remote_id)

    async def edit(self, remote_id: str, parcel: Parcel) -> Sent:
        """The text only. What else the parcel has stays as it was."""
        bodies.check_text(parcel.text, comment=urns.is_comment(remote_id))
        if urns.is_comment(remote_id):
            patch: dict[str, Any] = {"message": {"$set": {"text": parcel.text}}}
            path = f"{_comment_path(remote_id)}?actor={urns.path(self._account.remote_id)}"
        else:
            patch = {"$set": {"commentary": commentary(parcel.text)}}
            path = f"/rest/posts/{urns.path(remote_id)}"
        await self._api.send("POST", path, {"patch": patch}, method="PARTIAL_UPDATE")
        return Sent(remote_id, urns.public_address(remote_id))

    async def delete(self, remote_id: str) -> None:
        """Gone, or already gone: the network's own deletes are idempotent."""
        if urns.is_comment(remote_id):
            path = f"{_comment_path(remote_id)}?actor={urns.path(self._account.remote_id)}"
        else:
            path = f"/rest/posts/{urns.path(remote_id)}"
        try:
            await self._api.send("DELETE", path, method="DELETE")
        except Refused as error:
            if error.reason != "not_there":
                raise

    async def act(self, act: Act) -> Sent:
        return await acts.do(self._api, self._account, act)

    async def acted(self, act: Act) -> bool:
        return await acts.done(self._api, self._account, act)

    async def timeline(self, limit: int) -> tuple[Seen, ...]:
        return await self._reader.timeline(limit)

    async def comments(self, remote_id: str) -> tuple[Comment, ...]:
        return await self._reader.comments(remote_id)

    async def poll(self, source: Source, cursor: str) -> Batch:
        return await self._reader.poll(source, cursor)

    async def subscribe(self, address: str) -> None:
        await hooks.subscribe(self._api, self._account, self._kit.app, address)

    async def unsubscribe(self, address: str) -> None:
        await hooks.unsubscribe(self._api, self._account, self._kit.app)

    async def insights(self, remote_id: str = "") -> tuple[Figure, ...]:
        return await figures.read(self._api, self._account, remote_id)

    async def profile(self) -> Profile:
        return await profiles.read(self._api, self._account)

    async def _comment(self, parcel: Parcel, handle: Handle) -> Sent:
        body = bodies.comment(parcel, self._account.remote_id, handle)
        path = f"/rest/socialActions/{urns.path(parcel.reply_to)}/comments"
        response = await self._api.send("POST", path, body)
        said = wire.body(response)
        urn = str(said.get("commentUrn") or said.get("$URN") or "")
        if not urn and (number := made_id(response)):
            urn = number if urns.is_comment(number) else urns.comment(body["object"], number)
        if not urn:
            raise OutcomeUnknown(f"no comment in the answer: {wire.excerpt(response)}")
        return Sent(urns.whole(urn), urns.public_address(urn), wire.excerpt(response))

    async def _bring(
        self, medium: Medium, made: dict[str, Any], place: int | None, keep: KeepHandle
    ) -> dict[str, Any]:
        """`made` with this medium ready: at `place` of "media", or (None) as the card's."""
        uploads = Uploads(self._api, self._kit, self._account.remote_id)
        held = {"made": made}

        async def keep_entry(entry: Entry) -> None:
            held["made"] = _with(held["made"], place, entry)
            await keep(held["made"])

        try:
            await uploads.bring(medium, _at(made, place), keep_entry)
        except Refused as error:
            if error.reason != "media_gone" or _at(made, place) is None:
                raise
            await uploads.bring(medium, None, keep_entry)
        return held["made"]


def _at(made: dict[str, Any], place: int | None) -> Entry | None:
    if place is None:
        return made.get("card")
    entries = made.get("media") or []
    return entries[place] if place < len(entries) else None


def _with(made: dict[str, Any], place: int | None, entry: Entry) -> dict[str, Any]:
    if place is None:
        return {**made, "card": entry}
    entries = list(made.get("media") or [])
    return {**made, "media": [*entries[:place], entry, *entries[place + 1 :]]}


def _comment_path(remote_id: str) -> str:
    about, number = urns.parts(remote_id)
    return f"/rest/socialActions/{urns.path(about)}/comments/{number}"
