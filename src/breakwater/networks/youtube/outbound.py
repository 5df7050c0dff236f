"""What leaves for YouTube. A video goes up private, in pieces (harmless); the commit call makes it
visible, and can be made again at will. Comments are one call.

The handle of a video: `session` … then `video`, `ready`, `thumbnail`, `captions`, `playlist`, each
once it is there. Of a live event: `event`, `bound`, `thumbnail`.
"""

import httpx

from breakwater.domain.errors import OutcomeUnknown, Refused, TryLater
from breakwater.domain.guarantees import Guarantee
from breakwater.networks.base import (
    Account,
    Handle,
    KeepHandle,
    Kit,
    Look,
    Parcel,
    Sent,
)
from breakwater.networks.youtube import drafts, talk
from breakwater.networks.youtube.calls import Api
from breakwater.networks.youtube.finish import finish
from breakwater.networks.youtube.forms import LIVE
from breakwater.networks.youtube.inbound import PARTS, Reader, is_chat, is_video, seen, shown_to
from breakwater.networks.youtube.keeping import Kept
from breakwater.networks.youtube.listening import Listening
from breakwater.networks.youtube.live import announced
from breakwater.networks.youtube.manifest import MANIFEST
from breakwater.networks.youtube.media import Upload


class YouTubeConnector(Listening):
    """One channel."""

    def __init__(self, client: httpx.AsyncClient, account: Account, kit: Kit) -> None:
        self._account = account
        self._kit = kit
        self._api = Api(client, account, kit.take)
        self._reader = Reader(self._api, account)

    @property
    def guarantee(self) -> Guarantee:
        return MANIFEST.guarantee

    def guards(self, parcel: Parcel) -> Guarantee:
        """A comment has no second step and no key."""
        return Guarantee.NONE if talk.is_talk(parcel) else self.guarantee

    async def prepare(self, parcel: Parcel, handle: Handle, keep: KeepHandle) -> Handle:
        """Private there, complete, and ready to be seen. Goes on with whatever is there."""
        if talk.is_talk(parcel):
            talk.check(parcel)
            return handle
        drafts.check(parcel)
        kept = Kept(handle, keep)
        if _is_event(parcel):
            await announced(self._api, self._kit, parcel, kept)
        else:
            await Upload(self._api, self._reader, self._kit, parcel, kept).arrived()
            await finish(self._api, self._reader, self._kit, parcel, kept)
        return kept.facts

    async def commit(self, parcel: Parcel, handle: Handle) -> Sent:
        """Visible from the answer on. One request."""
        if talk.is_talk(parcel):
            return await talk.send(self._api, self._account, parcel)
        wanted, there = drafts.privacy(parcel), _there(parcel, handle)
        if not there:
            raise TryLater("it is not uploaded: prepare first")
        event = _is_event(parcel)
        status = (drafts.broadcast_status if event else drafts.status)(parcel, wanted)
        call = "liveBroadcasts.update" if event else "videos.update"
        body = {"id": there, "status": status}
        answer = await self._api.write(
            call, {"part": "id,status" if event else "status"}, json=body
        )
        shown = shown_to(answer)
        if answer.get("id") != there or not shown:
            raise OutcomeUnknown(f"not the video in the answer: {sorted(answer)}")
        if shown != wanted:
            raise Refused("still_private", f"{there} is {shown}, not {wanted}")
        return Sent(there, _url(there), f"{call} {there} {shown}")

    async def look(self, parcel: Parcel, handle: Handle) -> Look:
        """Exact for what has an id: it is out when it is as visible as was asked."""
        if talk.is_talk(parcel):
            return await talk.look(self._api, self._account, parcel)
        there = _there(parcel, handle)
        row = await self._reader.video(there, PARTS) if there else None
        if row is None or shown_to(row) != drafts.privacy(parcel):
            return Look(exact=True, posts=())
        never_asked = drafts.privacy(parcel) == "private" and parcel.first_sent_at is None
        return Look(exact=True, posts=() if never_asked else (seen(row),))

    async def edit(self, remote_id: str, parcel: Parcel) -> Sent:
        """The words are the parcel's. The film stays, and so does who may see it: somebody may have
        changed that there."""
        if not is_video(remote_id):
            return await talk.edit(self._api, remote_id, parcel.text)
        drafts.check_words(parcel)
        body = {"id": remote_id, "snippet": drafts.snippet(parcel)}
        answer = await self._api.write("videos.update", {"part": "id,snippet"}, json=body)
        if answer.get("id") != remote_id:
            raise OutcomeUnknown(f"another video in the answer: {answer.get('id')!r}")
        return Sent(remote_id, _url(remote_id))

    async def delete(self, remote_id: str) -> None:
        """Gone, or already gone."""
        kind = "liveChatMessages" if is_chat(remote_id) else "comments"
        call = f"{'videos' if is_video(remote_id) else kind}.delete"
        try:
            await self._api.write(call, {"id": remote_id})
        except Refused as refused:
            if refused.reason != "not_there":
                raise


def _is_event(parcel: Parcel) -> bool:
    return parcel.form == LIVE


def _there(parcel: Parcel, handle: Handle) -> str:
    return str(handle.get("event" if _is_event(parcel) else "video") or "")


def _url(video: str) -> str:
    return f"https://www.youtube.com/watch?v={video}"
