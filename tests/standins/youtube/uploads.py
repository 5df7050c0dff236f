"""Resumable sessions, thumbnails and captions, as the guide of the protocol has them."""

import json
import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tests.standins.base.exchange import Reply, Request, as_json
from tests.standins.google.discovery import related
from tests.standins.google.standin import error
from tests.standins.youtube import shapes
from tests.standins.youtube.state import Session, Video

if TYPE_CHECKING:
    from tests.standins.youtube.standin import YouTubeStandin

_SPAN = re.compile(r"bytes (\d+)-(\d+)/(\d+)")
_ASK = re.compile(r"bytes \*/(\d+)")
_PIECE = 256 * 1024
LASTS = timedelta(days=1)


def opened(standin: "YouTubeStandin", request: Request) -> Reply:
    """A session; no video until its last byte."""
    body = json.loads(request.body)
    if refusal := refused_words(body.get("snippet", {})):
        return refusal
    if body["status"]["privacyStatus"] != "private":
        standin.violations.append("an upload that is public before its commit call")
    standin.uploads += 1
    if standin.uploads > standin.uploads_a_day:
        return error(403, "quotaExceeded", "Quota exceeded for quota metric 'Video uploads'")
    session = Session(
        standin.state.new_id("session0000"), body,
        int(request.headers["x-upload-content-length"]), standin.now(),
    )  # fmt: skip
    standin.state.sessions[session.id] = session
    where = f"{standin.origin}{request.path}?uploadType=resumable&upload_id={session.id}"
    return Reply(200, b"", {"location": where})


def piece(standin: "YouTubeStandin", request: Request) -> Reply:
    """A PUT to a session: bytes, or the question how many have arrived."""
    session = standin.state.sessions.get(request.args.get("upload_id", ""))
    if session is None or session.gone or standin.now() - session.opened_at > LASTS:
        return error(404, "notFound", "Upload session not found")
    span = request.headers.get("content-range", "")
    if found := _SPAN.fullmatch(span):
        if problem := _taken(session, request, int(found[1]), int(found[2]), int(found[3])):
            standin.violations.append(f"{span}: {problem}")
            return error(400, "badRequest", problem)
    elif not _ASK.fullmatch(span):
        standin.violations.append(f"no Content-Range of a session: {span!r}")
    return _state_of(standin, session)


def _taken(session: Session, request: Request, start: int, end: int, size: int) -> str:
    if size != session.size or len(request.body) != end - start + 1:
        return "the range is not that of the bytes"
    if end + 1 != size and len(request.body) % _PIECE:
        return "not a multiple of 256 KiB"
    if start == len(session.data):
        session.data += request.body
    return ""


def _state_of(standin: "YouTubeStandin", session: Session) -> Reply:
    if len(session.data) < session.size:
        so_far = {"range": f"bytes=0-{len(session.data) - 1}"} if session.data else {}
        return Reply(308, b"", so_far)
    if not session.video:
        session.video = _made(standin, session).id
    return as_json(shapes.video(standin.state.videos[session.video], {"snippet", "status"}))


def _made(standin: "YouTubeStandin", session: Session) -> Video:
    now = standin.now()
    video = Video(
        standin.state.new_id("vid00000000"), dict(session.body["snippet"]),
        dict(session.body["status"]), now, now, bytes(session.data),
        polls=standin.polls_of_next_video,
    )  # fmt: skip
    video.upload_status = "uploaded" if video.polls else standin.next_upload_status
    standin.state.videos[video.id] = video
    return video


def thumbnail(standin: "YouTubeStandin", request: Request) -> Reply:
    video = standin.state.videos.get(request.args["videoId"])
    if video is None:
        return error(404, "videoNotFound", "The video cannot be found")
    video.thumbnail = request.body
    return as_json({"kind": "youtube#thumbnailSetResponse", "items": [{}]})


def captions(standin: "YouTubeStandin", request: Request) -> Reply:
    (_, described), (_, track) = related(request)
    facts: dict[str, Any] = json.loads(described)["snippet"]
    video = standin.state.videos[facts["videoId"]]
    if any(language == facts["language"] for language, _ in video.captions):
        return error(409, "captionExists", "The specified video already has the given track")
    video.captions.append((facts["language"], track.decode()))
    return as_json({"kind": "youtube#caption", "id": "caption-1", "snippet": facts})


def refused_words(snippet: dict[str, Any]) -> Reply | None:
    """What videos.insert and videos.update say of words that they do not take."""
    title, description = snippet.get("title", ""), snippet.get("description", "")
    if not title or len(title) > 100 or set("<>") & set(title):
        return error(400, "invalidTitle", "The request metadata specifies an invalid title")
    if len(description.encode()) > 5000 or set("<>") & set(description):
        return error(400, "invalidDescription", "an invalid video description")
    return None
