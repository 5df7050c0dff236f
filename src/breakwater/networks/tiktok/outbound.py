"""What leaves for TikTok.

A video: `prepare` announces it (TikTok names the publishing and the address for its bytes) and
sends all but the last chunk; the last chunk makes it public, so it is the commit. Pictures: TikTok
fetches them, so the announcement itself is the commit, and nothing protects it from being repeated.

The handle: {"publish_id", "upload_url", "size", "sent", "made"}. upload_url opens this one upload
for an hour. made: when it was announced, by TikTok's clock ("" where it did not say).
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import httpx

from breakwater.domain.errors import (
    NetworkError,
    OutcomeUnknown,
    Refused,
    TryLater,
    Unsupported,
)
from breakwater.domain.guarantees import Guarantee
from breakwater.networks import wire
from breakwater.networks.base import (
    Account,
    Author,
    Batch,
    Choice,
    Figure,
    Handle,
    KeepHandle,
    Kind,
    Kit,
    Look,
    Parcel,
    Profile,
    Seen,
    Sent,
    Source,
)
from breakwater.networks.tiktok import post
from breakwater.networks.tiktok.api import Answer, Api
from breakwater.networks.tiktok.chunks import Cut
from breakwater.networks.tiktok.errors import failure, refusal
from breakwater.networks.tiktok.inbound import PHOTOS, SHUT, Reader, is_on_its_way, received
from breakwater.networks.tiktok.manifest import MANIFEST
from breakwater.networks.tiktok.options import EVERYONE, INTERACTIONS, PRIVACY
from breakwater.networks.unable import Unable, deny_answers

LOOK_BACK = timedelta(minutes=2)
UPLOAD_LASTS = timedelta(minutes=50)
"""Of the hour that an upload address is good for; a new one is asked for well before its end."""
UPLOAD_IS_DEAD = timedelta(minutes=65)
"""When not even a chunk that is on its way can arrive any more."""

_TWO_FORMS = "a post here is one video, or up to 35 pictures"


class TikTokConnector(Unable):
    """One account."""

    def __init__(self, client: httpx.AsyncClient, account: Account, kit: Kit) -> None:
        self._client = client
        self._account = account
        self._kit = kit
        self._api = Api(client, account, kit)
        self._reader = Reader(self._api)
        self._scopes = account.secrets.get("scope", "").split()

    @property
    def guarantee(self) -> Guarantee:
        return MANIFEST.guarantee

    def guards(self, parcel: Parcel) -> Guarantee:
        return Guarantee.HANDLE if _is_video(parcel) else Guarantee.NONE

    async def prepare(self, parcel: Parcel, handle: Handle, keep: KeepHandle) -> Handle:
        """All but the last chunk is there. Nothing is public, whatever happens here.

        Raises: Refused where this account cannot post this, or where TikTok has looked at what it
        was sent and will not have it.
        """
        deny_answers(MANIFEST, parcel)
        if not _is_video(parcel):
            self._addresses(parcel)
            post.check(parcel, await self._reader.creator())
            return {}
        going = await self._resumed(parcel, handle) if handle.get("publish_id") else {}
        if not going:
            going = await self._announce(parcel)
            await keep(going)
        elif dict(going) != dict(handle):
            await keep(going)
        cut = Cut(parcel.media[0].size)
        while going["sent"] < cut.last:
            await self._send(parcel, going, keep)
            going = {**going, "sent": going["sent"] + cut.chunk}
            await keep(going)
        return going

    async def commit(self, parcel: Parcel, handle: Handle) -> Sent:
        """One request: a video's last chunk, or the pictures' announcement."""
        if not _is_video(parcel):
            return await self._announce_pictures(parcel)
        cut = Cut(parcel.media[0].size)
        if not handle.get("publish_id") or handle.get("sent") != cut.last:
            raise TryLater("the upload is not begun: prepare first")
        response = await self._put(parcel, handle, cut.last, safe=False)
        if response.status_code != httpx.codes.CREATED:
            raise _not_taken(response)
        return Sent(_remote_id(parcel, handle["publish_id"]), detail=wire.excerpt(response))

    async def look(self, parcel: Parcel, handle: Handle) -> Look:
        """What became of the upload. Pictures have none: own public videos since the first send,
        which prove nothing where they lack it."""
        if _is_video(parcel):
            if not handle.get("publish_id"):
                return Look(exact=True, posts=())
            remote_id = _remote_id(parcel, handle["publish_id"])
            return await self._reader.look(remote_id, parcel.media[0].size)
        if parcel.first_sent_at is None:
            return Look(exact=True, posts=())
        since = parcel.first_sent_at - LOOK_BACK
        posts, _ = await self._reader.since(since)
        return Look(exact=False, posts=posts, complete=False)

    async def read(self, remote_id: str) -> Seen | None:
        return await self._reader.read(remote_id)

    async def timeline(self, limit: int) -> tuple[Seen, ...]:
        return await self._reader.timeline(limit)

    async def poll(self, source: Source, cursor: str) -> Batch:
        if source is not Source.OWN_POSTS:
            return await super().poll(source, cursor)
        return await self._reader.poll(
            Author(self._account.remote_id, self._account.handle), cursor
        )

    async def insights(self, remote_id: str = "") -> tuple[Figure, ...]:
        """Of the account only where that was granted: TikTok would have us connect anew, and an
        account that people still can post for would be shut."""
        if not remote_id and "user.info.stats" not in self._scopes:
            raise Unsupported("user.info.stats was not granted")
        return await self._reader.figures(remote_id)

    async def profile(self) -> Profile:
        return await self._reader.profile(self._scopes)

    async def choices(self, option: str) -> tuple[Choice, ...]:
        """Audiences that the account offers now; for an interaction: "on", or nothing where the
        account has switched it off."""
        if option not in ("privacy", *INTERACTIONS):
            return await super().choices(option)
        creator = await self._reader.creator()
        if option in INTERACTIONS:
            return () if creator.get(f"{option}_disabled") else (Choice("on", option),)
        labels = dict(PRIVACY)
        offered = creator.get("privacy_level_options") or ()
        return tuple(Choice(str(one), labels.get(str(one), str(one))) for one in offered)

    async def _announce(self, parcel: Parcel) -> Handle:
        """A new publishing, without a byte. One that is never finished comes to nothing."""
        post.check(parcel, await self._reader.creator())
        answer = await self._api.post("init", "post/publish/video/init", post.video(parcel))
        publish_id, address = answer.data.get("publish_id"), answer.data.get("upload_url")
        if not isinstance(publish_id, str) or not isinstance(address, str) or not publish_id:
            raise TryLater(f"no publishing in the answer: {answer.detail}")
        self._check_address(address)
        return {
            "publish_id": publish_id,
            "upload_url": address,
            "size": parcel.media[0].size,
            "sent": 0,
            "made": answer.at.isoformat() if answer.at else "",
        }

    async def _resumed(self, parcel: Parcel, handle: Handle) -> Handle:
        """The handle as far as TikTok has it; empty where a new publishing has to be begun, which
        is only when the old one can certainly never come out."""
        size = parcel.media[0].size
        if handle.get("size") != size and parcel.first_sent_at is None:
            return {}
        answer = await self._reader.status(handle["publish_id"])
        if answer.data.get("status") == "FAILED":
            if error := failure(str(answer.data.get("fail_reason") or "internal")):
                raise error
            return {}
        if is_on_its_way(answer.data, size):
            return {**handle, "sent": Cut(size).last}
        if _is_over(handle, answer, sent=parcel.first_sent_at is not None):
            return {}
        return {**handle, "sent": Cut(size).resume(received(answer.data))}

    async def _send(self, parcel: Parcel, handle: Handle, keep: KeepHandle) -> None:
        """A chunk that is not the last. An address that TikTok no longer knows is forgotten, if no
        last chunk can be on its way to it."""
        response = await self._put(parcel, handle, handle["sent"], safe=True)
        if response.status_code == httpx.codes.PARTIAL_CONTENT:
            return
        if response.status_code in (403, 404) and parcel.first_sent_at is None:
            await keep({})
        raise _not_now(response)

    async def _put(
        self, parcel: Parcel, handle: Handle, offset: int, *, safe: bool
    ) -> httpx.Response:
        """One chunk. No token goes with it: the address is what opens the upload."""
        video, cut = parcel.media[0], Cut(parcel.media[0].size)
        self._check_address(handle["upload_url"])
        data = await self._kit.piece(video.sha256, offset, cut.span(offset))
        headers = {"Content-Type": video.mime, "Content-Range": cut.heading(offset)}
        try:
            return await wire.call(
                self._client, "PUT", handle["upload_url"], content=data, headers=headers
            )
        except OutcomeUnknown as error:
            raise TryLater(error.detail) if safe else error from error

    async def _announce_pictures(self, parcel: Parcel) -> Sent:
        body = post.photos(parcel, self._addresses(parcel))
        answer = await self._api.post("init", "post/publish/content/init", body, safe=False)
        publish_id = answer.data.get("publish_id")
        if not isinstance(publish_id, str) or not publish_id:
            raise OutcomeUnknown(f"no publishing in the answer: {answer.detail}")
        return Sent(_remote_id(parcel, publish_id), detail=answer.detail)

    def _addresses(self, parcel: Parcel) -> list[str]:
        return [self._kit.address(one.sha256, one.mime) for one in parcel.media]

    def _check_address(self, address: str) -> None:
        """A video goes to TikTok and nowhere else, whatever an answer says."""
        url, own = urlsplit(address), urlsplit(self._api.base)
        theirs = url.scheme == "https" and (url.hostname or "").endswith(".tiktokapis.com")
        if not theirs and (url.scheme, url.netloc) != (own.scheme, own.netloc):
            raise Refused("address_refused", f"not TikTok's: {url.scheme}://{url.netloc}")


def _is_video(parcel: Parcel) -> bool:
    """Raises: Refused for what is neither one video nor pictures alone."""
    form = MANIFEST.form_of(parcel.media)
    if form is None:
        raise Refused("not_accepted", _TWO_FORMS)
    return parcel.media[0].kind is Kind.VIDEO


def _remote_id(parcel: Parcel, publish_id: str) -> str:
    if parcel.options.get("privacy") != EVERYONE:
        return publish_id + SHUT
    return publish_id if _is_video(parcel) else publish_id + PHOTOS


def _is_over(handle: Mapping[str, Any], answer: Answer, *, sent: bool) -> bool:
    """Whether the upload's address has ended, by TikTok's own clock. sent: a last chunk may be on
    its way, so that nothing is begun anew before it cannot arrive any more."""
    if not handle.get("made") or answer.at is None:
        return False
    age = answer.at - datetime.fromisoformat(handle["made"])
    return age >= (UPLOAD_IS_DEAD if sent else UPLOAD_LASTS)


def _not_now(response: httpx.Response) -> NetworkError:
    """A chunk that was not taken. Its address may be over or TikTok may be further than we think:
    the next `prepare` asks."""
    if response.status_code in (400, 413, 415):
        return refusal(response, safe=True)
    return TryLater(wire.excerpt(response))


def _not_taken(response: httpx.Response) -> NetworkError:
    """The last chunk. "It is there already" (416), "no such upload" (404) and "the address is over"
    (403) can each mean that an earlier call did it: a look says."""
    if response.status_code in (400, 413, 415, 429):
        return refusal(response)
    return OutcomeUnknown(wire.excerpt(response))
