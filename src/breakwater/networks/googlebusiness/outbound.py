"""What leaves for a place on Google: a post (nothing guards it), hours and answers (set, not added).

There is nothing to prepare: Google fetches the picture itself when the post is made.
"""

from datetime import timedelta

import httpx

from breakwater.domain.errors import OutcomeUnknown, Refused, Unsupported
from breakwater.domain.guarantees import Guarantee
from breakwater.domain.text import folded
from breakwater.networks.base import (
    Account,
    Batch,
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
from breakwater.networks.googlebusiness import drafts, figures, hours
from breakwater.networks.googlebusiness.calls import Api
from breakwater.networks.googlebusiness.forms import HOURS
from breakwater.networks.googlebusiness.inbound import REPLY, Reader, hours_id
from breakwater.networks.googlebusiness.manifest import MANIFEST
from breakwater.networks.unable import Unable, deny_answers

LOOK_BACK = timedelta(minutes=2)


class BusinessConnector(Unable):
    """One place."""

    def __init__(self, client: httpx.AsyncClient, account: Account, kit: Kit) -> None:
        self._account = account
        self._kit = kit
        self._api = Api(client, account, kit.take)
        self._reader = Reader(self._api)

    @property
    def guarantee(self) -> Guarantee:
        return MANIFEST.guarantee

    def guards(self, parcel: Parcel) -> Guarantee:
        """A review has one answer and a place one set of hours, whose address is known before."""
        if parcel.reply_to or parcel.form == HOURS:
            return Guarantee.LASTING_KEY
        return self.guarantee

    async def prepare(self, parcel: Parcel, handle: Handle, keep: KeepHandle) -> Handle:
        """Looks that Google can take it, and that it can fetch the picture. Nothing is made."""
        del keep
        deny_answers(MANIFEST, parcel)
        drafts.check(parcel)
        for picture in parcel.media:
            self._address(picture)
        return handle

    async def commit(self, parcel: Parcel, handle: Handle) -> Sent:
        """Public, or in Google's hands, from the answer on. One request."""
        del handle
        if parcel.reply_to:
            return await self._answer(parcel.reply_to, parcel.text)
        if parcel.form == HOURS:
            return await self._set_hours(parcel)
        body = drafts.post(parcel, self._address)
        path = f"{self._account.remote_id}/localPosts"
        answer = await self._api.write("posts.write", "POST", path, json=body)
        name, state = answer.get("name"), str(answer.get("state") or "")
        if not isinstance(name, str) or not name:
            raise OutcomeUnknown(f"no name in the answer: {sorted(answer)}")
        if state == "REJECTED":
            raise Refused("post_rejected", name)
        return Sent(name, str(answer.get("searchUrl") or ""), f"{name} {state}")

    async def look(self, parcel: Parcel, handle: Handle) -> Look:
        """Exact for an answer and for hours: they are read where they were put."""
        del handle
        if parcel.reply_to:
            return _exactly(await self._reader.read(parcel.reply_to + REPLY), parcel.text)
        if parcel.form == HOURS:
            mask, body = drafts.change(parcel)
            return _exactly(await self._reader.read(hours_id(self._api.place, mask, body)), "")
        return await self._reader.look((parcel.first_sent_at or parcel.created_at) - LOOK_BACK)

    async def read(self, remote_id: str) -> Seen | None:
        return await self._reader.read(remote_id)

    async def edit(self, remote_id: str, parcel: Parcel) -> Sent:
        """An answer or a post says what the parcel says. Hours are planned anew instead."""
        if remote_id.endswith(REPLY):
            drafts.check_answer(parcel.text)
            return await self._answer(remote_id.removesuffix(REPLY), parcel.text)
        if "/localPosts/" not in remote_id:
            raise Unsupported(f"neither a post nor an answer: {remote_id}")
        drafts.check(parcel)
        body = drafts.post(parcel, self._address)
        mask = ",".join(sorted(set(body) - {"topicType"}))
        answer = await self._api.write(
            "posts.write", "PATCH", remote_id, params={"updateMask": mask}, json=body
        )
        if answer.get("name") != remote_id:
            raise OutcomeUnknown(f"another post in the answer: {answer.get('name')!r}")
        return Sent(remote_id, str(answer.get("searchUrl") or ""))

    async def delete(self, remote_id: str) -> None:
        """A post or an answer is gone, or already gone."""
        if "/localPosts/" not in remote_id and not remote_id.endswith(REPLY):
            raise Unsupported(f"only posts and answers can be deleted: {remote_id}")
        call = "reviews.write" if remote_id.endswith(REPLY) else "posts.write"
        try:
            await self._api.write(call, "DELETE", remote_id)
        except Refused as refused:
            if refused.reason != "not_there":
                raise

    async def timeline(self, limit: int) -> tuple[Seen, ...]:
        return await self._reader.timeline(limit)

    async def poll(self, source: Source, cursor: str) -> Batch:
        return await self._reader.poll(self._account, source, cursor)

    async def profile(self) -> Profile:
        return await self._reader.profile()

    async def insights(self, remote_id: str = "") -> tuple[Figure, ...]:
        if remote_id:
            raise Unsupported("Google gives no figures of a single post any more")
        return await figures.read(self._api, self._reader)

    async def _answer(self, review: str, text: str) -> Sent:
        """PUT: there is one answer, and it is this one from now on."""
        answer = await self._api.write(
            "reviews.write", "PUT", review + REPLY, json={"comment": text}
        )
        if folded(str(answer.get("comment") or "")) != folded(text):
            raise OutcomeUnknown(f"another answer in the answer: {sorted(answer)}")
        return Sent(review + REPLY, detail=f"{review}{REPLY}")

    async def _set_hours(self, parcel: Parcel) -> Sent:
        mask, body = drafts.change(parcel)
        answer = await self._api.change(mask, body)
        if answer.get("name") != self._api.place:
            raise OutcomeUnknown(f"another place in the answer: {sorted(answer)}")
        wanted = hours.digest(mask, body)
        return Sent(hours_id(self._api.place, mask, body), detail=f"{mask} {wanted}")

    def _address(self, picture: Medium) -> str:
        return self._kit.address(picture.sha256, picture.mime)


def _exactly(seen: Seen | None, text: str) -> Look:
    ours = seen is not None and folded(seen.text) == folded(text)
    return Look(exact=True, posts=(seen,) if seen is not None and ours else ())
