"""Did it get out? Read only. By the object's own id where Facebook lets us ask it."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from breakwater.domain.errors import Refused
from breakwater.networks.base import Handle, Look, Parcel, Seen
from breakwater.networks.facebook import shapes
from breakwater.networks.facebook.calls import Page, listed, moment
from breakwater.networks.facebook.inbound import Reader, story
from breakwater.networks.facebook.publishing import form_name

LOOK_BACK = timedelta(minutes=2)


class Looker:
    """Looks for one parcel."""

    def __init__(self, page: Page, reader: Reader) -> None:
        self._page = page
        self._reader = reader

    async def look(self, parcel: Parcel, handle: Handle) -> Look:
        if parcel.to:
            return await self._messages(parcel, handle)
        if parcel.reply_to:
            return await self._comments(parcel)
        form = form_name(parcel)
        if form in ("video", "reel"):
            return await self._video(handle)
        if form in ("story_picture", "story_video"):
            return await self._story(handle)
        if form == "live":
            return await self._live(handle)
        return await self._post(parcel, handle)

    async def _post(self, parcel: Parcel, handle: Handle) -> Look:
        """A picture that is out says in which post. Otherwise the Page's posts of the time."""
        for photo in handle.get("photos", ()):
            if (seen := await self._post_of(str(photo["id"]))) is not None:
                return Look(exact=True, posts=(seen,))
        return await self._reader.posts_since(_since(parcel))

    async def _post_of(self, photo: str) -> Seen | None:
        try:
            row = await self._page.graph.get(photo, fields="page_story_id")
        except Refused as error:
            if error.reason != "not_there":
                raise
            return None
        post = str(row.get("page_story_id") or "")
        return await self._reader.read(post) if post else None

    async def _video(self, handle: Handle) -> Look:
        video = str((handle.get("video") or {}).get("id") or "")
        if not video:
            return Look(exact=True, posts=())
        try:
            seen = await self._reader.video(video)
        except Refused as error:
            if error.reason != "not_there":
                raise
            seen = None
        return Look(exact=True, posts=(seen,) if seen else ())

    async def _story(self, handle: Handle) -> Look:
        """Found by its picture or video. Not found proves nothing: a Page may keep no archive."""
        media = {str(one["id"]) for one in handle.get("photos", ())}
        media.add(str((handle.get("video") or {}).get("id") or ""))
        for row in await self._reader.stories():
            if str(row.get("media_id") or "-") in media:
                return Look(exact=True, posts=(story(row),))
        return Look(exact=True, posts=(), complete=False)

    async def _live(self, handle: Handle) -> Look:
        live = str(handle.get("live") or "")
        if not live:
            return Look(exact=True, posts=())
        row = await self._page.graph.get(live, fields=shapes.LIVE)
        hidden = str(row.get("status")).upper() in ("SCHEDULED_UNPUBLISHED", "UNPUBLISHED")
        return Look(exact=True, posts=() if hidden else (shapes.live(row),))

    async def _comments(self, parcel: Parcel) -> Look:
        """Own comments below what is answered, since the first call."""
        since, found = _since(parcel), list[Seen]()
        plain = self._page.plain(parcel.reply_to)
        async for rows in self._reader.comment_pages(plain, "reverse_chronological"):
            for row in rows:
                if moment(row.get("created_time")) < since:
                    return Look(exact=False, posts=tuple(found))
                if self._is_own(row):
                    found.append(shapes.comment(row))
            if not rows:
                return Look(exact=False, posts=tuple(found))
        return Look(exact=False, posts=tuple(found), complete=False)

    async def _messages(self, parcel: Parcel, handle: Handle) -> Look:
        """Own messages to that person, since the first call."""
        person = str((handle.get("recipient") or {}).get("id") or "")
        if not person:
            return Look(exact=False, posts=(), complete=False)
        answer = await self._page.graph.get(
            f"{self._page.id}/conversations",
            platform="MESSENGER",
            user_id=person,
            fields=f"id,messages.limit(50){{{shapes.MESSAGE}}}",
        )
        rows = [row for one in listed(answer, "data") for row in listed(one, "messages", "data")]
        since = _since(parcel)
        young = [row for row in rows if moment(row.get("created_time")) >= since]
        found = tuple(shapes.message(row) for row in young if self._is_own(row))
        return Look(exact=False, posts=found, complete=len(young) < 50)

    def _is_own(self, row: Mapping[str, Any]) -> bool:
        return shapes.person(row.get("from")).remote_id == self._page.id


def _since(parcel: Parcel) -> datetime:
    return (parcel.first_sent_at or parcel.created_at) - LOOK_BACK
