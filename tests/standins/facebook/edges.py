"""What can be made on a Page, a post, a comment: one function for each edge."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from tests.standins.base.exchange import File
from tests.standins.facebook.state import Somebody, State, Thing, Wrong

LONGEST, LARGEST = 63_206, 4_000_000
DAY, WEEK = timedelta(days=1), timedelta(days=7)


@dataclass
class Call:
    """One call that passed the door. target: what it is about; me: the Page that calls."""

    state: State
    me: Thing
    target: Thing
    fields: Mapping[str, Any]
    now: datetime
    processing: int = 0
    refuses_equal: bool = False
    starts_as_number: bool = False

    def text(self, name: str) -> str:
        return str(self.fields.get(name) or "")


def feed(call: Call) -> dict[str, Any]:
    message, link = call.text("message"), call.text("link")
    photos = [str(one["media_fbid"]) for one in json.loads(call.text("attached_media") or "[]")]
    if not (message or link or photos):
        raise Wrong(100, "Missing message or attachment")
    if len(message) > LONGEST:
        raise Wrong(100, "The status you are trying to publish is too long")
    if link and not link.startswith("https://"):
        raise Wrong(1500, "The url you supplied is invalid")
    _not_twice(call, message)
    for one in photos:
        _own_photo(call, one)
    post = _post(call, message, photos=photos, link=link, targeting=call.text("targeting"))
    for one in photos:
        call.state.things[one].about = post.id
        call.state.things[one].published = True
    return {"id": post.id}


def photos(call: Call) -> dict[str, Any]:
    file = call.fields.get("source")
    if not isinstance(file, File):
        raise Wrong(324, "Requires upload file")
    if len(file.data) > LARGEST or file.mime not in ("image/jpeg", "image/png", "image/gif"):
        raise Wrong(100, "Invalid parameter", 1366046)
    facts = {"alt": call.text("alt_text_custom"), "mime": file.mime}
    photo = _thing(call, "Photo", facts=facts, published=False, data=bytearray(file.data))
    if call.text("published") != "false":
        post = _post(call, call.text("caption"), photos=[photo.id])
        photo.about, photo.published = post.id, True
        return {"id": photo.id, "post_id": post.id}
    return {"id": photo.id}


def videos(call: Call) -> dict[str, Any]:
    """Resumable, in pieces: start, transfer, finish."""
    phase = call.text("upload_phase")
    if phase == "start":
        size = int(call.text("file_size"))
        video = _thing(call, "AdVideo", facts={"size": size, "session": call.state.number()})
        video.published = False
        return {
            "upload_session_id": video.facts["session"],
            "video_id": video.id,
            **_offsets(video),
        }
    video = _session(call)
    if phase == "transfer":
        return _transferred(call, video)
    if len(video.data) < video.facts["size"]:
        raise Wrong(100, "The video is not whole", 1363033)
    video.title = call.text("title")
    video.facts["thumb"] = isinstance(call.fields.get("thumb"), File)
    _out(call, video, call.text("description"))
    return {"success": True}


def video_reels(call: Call) -> dict[str, Any]:
    if call.text("upload_phase") == "start":
        return _upload_started(call)
    video = _whole_video(call)
    if call.text("video_state") != "PUBLISHED":
        raise Wrong(100, "Only PUBLISHED is imitated")
    video.title = call.text("title")
    _out(call, video, call.text("description"))
    return {"success": True}


def video_stories(call: Call) -> dict[str, Any]:
    if call.text("upload_phase") == "start":
        return _upload_started(call)
    return _story(call, _whole_video(call), "video")


def photo_stories(call: Call) -> dict[str, Any]:
    return _story(call, _own_photo(call, call.text("photo_id")), "photo")


def live_videos(call: Call) -> dict[str, Any]:
    said = json.loads(call.text("event_params") or "0")
    if isinstance(said, dict) == call.starts_as_number:
        raise Wrong(100, "Invalid parameter")
    start = int(said["start_time"] if isinstance(said, dict) else said)
    ahead = start - call.now.timestamp()
    if not 0 < ahead <= 7 * 86400:
        raise Wrong(100, "The start has to be within the next seven days")
    live = _thing(call, "LiveVideo", facts={"status": call.text("status"), "starts": start})
    live.text, live.title = call.text("description"), call.text("title")
    return {"id": live.id, "stream_url": "rtmp://x", "secure_stream_url": "rtmps://x"}


def comments(call: Call) -> dict[str, Any]:
    """A comment below a post, or an answer below a comment (one level, as Facebook shows it)."""
    message, photo = call.text("message"), call.text("attachment_id")
    if not (message or photo):
        raise Wrong(100, "Missing message")
    if photo:
        _own_photo(call, photo)
    below = call.target
    about = below.about if below.kind == "Comment" else below.id
    made = Thing(
        f"{about.rpartition('_')[2]}_{call.state.number()}", "Comment", call.me.by, call.now,
        message, page=call.me.id, about=about, parent=below.id if below.kind == "Comment" else "",
        facts={"photo": photo} if photo else {},
    )  # fmt: skip
    call.state.add(made)
    return {"id": made.id}


def messages(call: Call) -> dict[str, Any]:
    """To a person who wrote within a day (a week for a person's answer), or in private to the
    author of a comment."""
    recipient, said = json.loads(call.text("recipient")), json.loads(call.text("message"))
    if comment := call.state.things.get(recipient.get("comment_id", "")):
        thread = thread_with(call.state, call.me, comment.by, call.now)
    else:
        thread = _thread(call, str(recipient.get("id", "")))
        _window(call, thread)
    if "text" in said and "attachment" in said:
        raise Wrong(100, "A message has either text or an attachment")
    if len(str(said.get("text", ""))) > 2000:
        raise Wrong(100, "Length of param message[text] must be less than or equal to 2000")
    picture = said.get("attachment", {}).get("payload", {}).get("attachment_id", "")
    made = Thing(
        f"m_{call.state.number()}", "UnifiedMessage", call.me.by, call.now, said.get("text", ""),
        page=call.me.id, about=thread.id, facts={"to": thread.by, "picture": picture},
    )  # fmt: skip
    call.state.add(made)
    return {"recipient_id": thread.by.id, "message_id": made.id}


def message_attachments(call: Call) -> dict[str, Any]:
    file = call.fields.get("filedata")
    if not isinstance(file, File):
        raise Wrong(100, "(#100) Upload attachment failure.", 2018047)
    made = _thing(call, "Photo", data=bytearray(file.data), facts={"mime": file.mime})
    return {"attachment_id": made.id}


def likes(call: Call) -> dict[str, Any]:
    call.target.likes.add(call.me.id)
    return {"success": True}


def blocked(call: Call) -> dict[str, Any]:
    wanted = json.loads(call.text("user"))
    call.state.blocked.setdefault(call.me.id, set()).update(wanted)
    return dict.fromkeys(wanted, True)


def subscribed_apps(call: Call) -> dict[str, Any]:
    call.state.subscribed[call.me.id] = call.text("subscribed_fields")
    return {"success": True}


MADE: Mapping[str, Callable[[Call], dict[str, Any]]] = {
    one.__name__: one
    for one in (
        feed, photos, videos, video_reels, video_stories, photo_stories, live_videos, comments,
        messages, message_attachments, likes, blocked, subscribed_apps,
    )
}  # fmt: skip


def thread_with(state: State, page: Thing, person: Somebody, now: datetime) -> Thing:
    """The conversation of a Page and a person, made when it is new."""
    for one in state.of_kind("UnifiedThread", page=page.id):
        if one.by.id == person.id:
            return one
    return state.add(Thing(f"t_{state.number()}", "UnifiedThread", person, now, page=page.id))


def _thing(call: Call, kind: str, **more: Any) -> Thing:
    made = Thing(call.state.number(), kind, call.me.by, call.now, page=call.me.id, **more)
    return call.state.add(made)


def _post(call: Call, message: str, **facts: Any) -> Thing:
    number = f"{call.me.id}_{call.state.number()}"
    post = Thing(number, "PagePost", call.me.by, call.now, message, page=call.me.id, facts=facts)
    return call.state.add(post)


def _out(call: Call, video: Thing, text: str) -> None:
    """A second finish of the same video changes nothing."""
    if video.published:
        return
    video.published, video.text = True, text
    video.facts["polls"] = call.processing
    video.about = _post(call, text, video=video.id).id


def _story(call: Call, media: Thing, kind: str) -> dict[str, Any]:
    made = _thing(call, "Stories", facts={"media": media.id, "type": kind})
    return {"success": True, "post_id": made.id}


def _upload_started(call: Call) -> dict[str, Any]:
    video = _thing(call, "AdVideo", published=False)
    return {
        "video_id": video.id,
        "upload_url": f"https://rupload.facebook.com/video-upload/v25.0/{video.id}",
    }


def _whole_video(call: Call) -> Thing:
    video = call.state.things.get(call.text("video_id"))
    if video is None or len(video.data) < video.facts.get("size", 1):
        raise Wrong(6000, "There was a problem uploading your video file.", 1363019)
    return video


def _session(call: Call) -> Thing:
    for video in call.state.of_kind("AdVideo", page=call.me.id):
        if video.facts.get("session") == call.text("upload_session_id"):
            return video
    raise Wrong(100, "Unsupported post request. Object does not exist", 33)


def _transferred(call: Call, video: Thing) -> dict[str, Any]:
    piece = call.fields.get("video_file_chunk")
    if int(call.text("start_offset")) != len(video.data) or not isinstance(piece, File):
        wrong = Wrong(100, "There was a problem uploading your video.", 1363037)
        body = json.loads(wrong.reply.body)
        body["error"]["error_data"] = json.dumps(_offsets(video))
        raise Again(body)
    video.data += piece.data
    return _offsets(video)


class Again(Exception):
    """The error that says from where on it wants the bytes."""

    def __init__(self, body: dict[str, Any]) -> None:
        super().__init__("offset")
        self.body = body


def _offsets(video: Thing) -> dict[str, str]:
    end = min(len(video.data) + 8192, video.facts["size"])
    return {"start_offset": str(len(video.data)), "end_offset": str(end)}


def _own_photo(call: Call, photo_id: str) -> Thing:
    photo = call.state.things.get(photo_id)
    if photo is None or photo.kind != "Photo" or photo.page != call.me.id:
        raise Wrong(100, f"Object with ID '{photo_id}' does not exist", 33)
    return photo


def _not_twice(call: Call, message: str) -> None:
    same = [one for one in call.state.of_kind("PagePost", page=call.me.id) if one.text == message]
    if call.refuses_equal and same:
        raise Wrong(506, "Duplicate status message")


def _thread(call: Call, person: str) -> Thing:
    for one in call.state.of_kind("UnifiedThread", page=call.me.id):
        if one.by.id == person:
            return one
    raise Wrong(100, "No matching user found", 2018001)


def _window(call: Call, thread: Thing) -> None:
    theirs = [
        one for one in call.state.of_kind("UnifiedMessage", about=thread.id) if one.by == thread.by
    ]
    age = call.now - theirs[0].at if theirs else WEEK * 2
    allowed = WEEK if call.text("tag") == "HUMAN_AGENT" else DAY
    if age > allowed:
        raise Wrong(10, "This message is sent outside of allowed window.", 2018278)
