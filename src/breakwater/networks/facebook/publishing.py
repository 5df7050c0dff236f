"""The one call that publishes, for each form."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from breakwater.domain.errors import OutcomeUnknown, Refused, TryLater
from breakwater.networks.base import Form, Handle, Kit, Parcel, Sent
from breakwater.networks.facebook import bodies
from breakwater.networks.facebook.calls import Page, inner
from breakwater.networks.facebook.manifest import MANIFEST


def form_of(parcel: Parcel) -> Form | None:
    """None: it is no post (an answer, a message), or a shape that Facebook has not."""
    if parcel.to or parcel.reply_to:
        return None
    return MANIFEST.form_of(parcel.media, parcel.form)


def form_name(parcel: Parcel) -> str:
    form = form_of(parcel)
    if form is None:
        raise Refused("not_accepted", f"no form {parcel.form!r} with these media")
    return form.name


async def commit(page: Page, kit: Kit, parcel: Parcel, handle: Handle) -> Sent:
    """Out, and under which id. Exactly one request."""
    if parcel.to:
        answer = await page.graph.post(
            f"{page.id}/messages", safe=False, **bodies.message(parcel, handle)
        )
        return _sent(answer, "message_id")
    if parcel.reply_to:
        path = f"{page.plain(parcel.reply_to)}/comments"
        return _sent(
            await page.graph.post(path, safe=False, **bodies.comment(parcel, handle)), "id"
        )
    return await _POSTS[form_name(parcel)](page, kit, parcel, handle)


async def _feed(page: Page, kit: Kit, parcel: Parcel, handle: Handle) -> Sent:
    del kit
    answer = await page.graph.post(f"{page.id}/feed", safe=False, **bodies.feed(parcel, handle))
    sent = _sent(answer, "id")
    return Sent(sent.remote_id, f"https://www.facebook.com/{sent.remote_id}", sent.detail)


async def _video(page: Page, kit: Kit, parcel: Parcel, handle: Handle) -> Sent:
    fields, path = bodies.video(parcel, handle), f"{page.id}/videos"
    cover = next((medium.cover for medium in parcel.media if medium.cover), "")
    if cover:
        files = {"thumb": ("cover.jpg", await kit.read(cover), "image/jpeg")}
        answer = page.video.body(await page.video.sent(path, files, safe=False, **fields))
    else:
        answer = await page.video.post(path, safe=False, **fields)
    return _done(answer, f"video:{bodies.video_state(handle)['id']}")


async def _reel(page: Page, kit: Kit, parcel: Parcel, handle: Handle) -> Sent:
    fields = bodies.reel(parcel, handle)
    await kit.take("reel")
    answer = await page.graph.post(f"{page.id}/video_reels", safe=False, **fields)
    return _done(answer, f"video:{fields['video_id']}")


async def _story_picture(page: Page, kit: Kit, parcel: Parcel, handle: Handle) -> Sent:
    del kit
    photo = bodies.photo_ids(parcel, handle)[0]
    answer = await page.graph.post(f"{page.id}/photo_stories", photo_id=photo)
    return _story(answer)


async def _story_video(page: Page, kit: Kit, parcel: Parcel, handle: Handle) -> Sent:
    del kit, parcel
    video = str(bodies.video_state(handle)["id"])
    answer = await page.graph.post(
        f"{page.id}/video_stories", upload_phase="finish", video_id=video
    )
    return _story(answer)


async def _live(page: Page, kit: Kit, parcel: Parcel, handle: Handle) -> Sent:
    """From here on the Page says that it will be live."""
    del kit, parcel
    live = handle.get("live")
    if not live:
        raise TryLater("the live video is not made: prepare first")
    answer = await page.graph.post(str(live), status="SCHEDULED_LIVE")
    if not answer.get("id") and answer.get("success") is not True:
        raise _unclear(answer)
    return Sent(f"live:{live}", detail=str(answer))


_Commit = Callable[[Page, Kit, Parcel, Handle], Awaitable[Sent]]
_POSTS: Mapping[str, _Commit] = {
    "text": _feed,
    "pictures": _feed,
    "video": _video,
    "reel": _reel,
    "story_picture": _story_picture,
    "story_video": _story_video,
    "live": _live,
}


def _sent(answer: Mapping[str, Any], name: str) -> Sent:
    value = inner(answer, name)
    if not isinstance(value, str) or not value:
        raise _unclear(answer)
    return Sent(value, detail=str(answer))


def _done(answer: Mapping[str, Any], remote_id: str) -> Sent:
    if answer.get("success") is not True:
        raise _unclear(answer)
    return Sent(remote_id, detail=str(answer))


def _story(answer: Mapping[str, Any]) -> Sent:
    post = answer.get("post_id")
    if answer.get("success") is not True or not post:
        raise _unclear(answer)
    return Sent(f"story:{post}", detail=str(answer))


def _unclear(answer: Mapping[str, Any]) -> OutcomeUnknown:
    return OutcomeUnknown(f"a success that does not say what was made: {str(answer)[:500]}")
