"""What has to be on Facebook before the one call that publishes: uploads, and whom it is for."""

from breakwater.domain.errors import Refused, TryLater
from breakwater.networks.base import Handle, KeepHandle, Kind, Parcel
from breakwater.networks.facebook import bodies
from breakwater.networks.facebook.calls import Page, listed
from breakwater.networks.facebook.publishing import form_name
from breakwater.networks.facebook.uploads import Uploads


class Preparing:
    """Harmless, and goes on from the handle."""

    def __init__(self, page: Page, uploads: Uploads) -> None:
        self._page = page
        self._uploads = uploads

    async def prepare(self, parcel: Parcel, handle: Handle, keep: KeepHandle) -> Handle:
        if parcel.to:
            return await self._message(parcel, handle, keep)
        if parcel.reply_to:
            return await self._comment(parcel, handle, keep)
        form = form_name(parcel)
        if form == "video":
            return await self._uploads.video(parcel, handle, keep)
        if form == "reel":
            return await self._uploads.reel("video_reels", parcel, handle, keep)
        if form == "story_video":
            return await self._uploads.reel("video_stories", parcel, handle, keep)
        if form == "live":
            return await self._live(parcel, handle, keep)
        return await self._pictures(parcel, handle, keep)

    async def _pictures(self, parcel: Parcel, handle: Handle, keep: KeepHandle) -> Handle:
        bodies.targeting(parcel)  # what Facebook cannot take is refused before anything goes up
        if not parcel.media:
            return {}
        return await self._uploads.photos(parcel, handle, keep)

    async def _comment(self, parcel: Parcel, handle: Handle, keep: KeepHandle) -> Handle:
        if any(medium.kind is not Kind.PICTURE for medium in parcel.media):
            raise Refused("media_type", "a comment takes a picture")
        if len(parcel.media) > 1:
            raise Refused("too_many_pictures", "a comment takes one")
        return await self._pictures(parcel, handle, keep)

    async def _message(self, parcel: Parcel, handle: Handle, keep: KeepHandle) -> Handle:
        if len(parcel.media) > 1 or (parcel.media and parcel.text):
            raise Refused("message_one_thing", f"{len(parcel.media)} pictures and words")
        made = dict(handle)
        if "recipient" not in made:
            made["recipient"] = await self._recipient(parcel)
            await keep(dict(made))
        if parcel.media and "attachment" not in made:
            made["attachment"] = await self._uploads.attachment(parcel.media[0])
            await keep(dict(made))
        return made

    async def _recipient(self, parcel: Parcel) -> dict[str, str]:
        """The person; whoever wrote the comment that is answered in private; or the other one in
        the conversation."""
        if parcel.reply_to and not parcel.reply_to.startswith("m_"):
            return {"comment_id": self._page.plain(parcel.reply_to)}
        if not parcel.to.startswith("t_"):
            return {"id": parcel.to}
        thread = await self._page.graph.get(parcel.to, fields="participants")
        people = [str(one.get("id")) for one in listed(thread, "participants", "data")]
        others = [one for one in people if one != self._page.id]
        if not others:
            raise Refused("message_refused", f"nobody else in {parcel.to}")
        return {"id": others[0]}

    async def _live(self, parcel: Parcel, handle: Handle, keep: KeepHandle) -> Handle:
        if handle.get("live"):
            return handle
        described, shown = bodies.live(parcel)
        path = f"{self._page.id}/live_videos"
        try:
            answer = await self._page.graph.post(path, safe=True, **described)
        except Refused as error:
            if error.reason != "not_accepted":
                raise
            answer = await self._page.graph.post(path, safe=True, **shown)
        if not answer.get("id"):
            raise TryLater(f"no id in the answer: has {sorted(answer)}")
        made = {"live": str(answer["id"])}
        await keep(made)
        return made
