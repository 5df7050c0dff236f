"""Media: begun, appended, ended, worked on, described."""

from collections.abc import Callable
from datetime import datetime

from tests.standins.base.exchange import File, Reply, Request, as_json
from tests.standins.x import shapes
from tests.standins.x.state import Media, Person, State

_MAGIC = {
    "image/png": b"\x89PNG\r\n\x1a\n",
    "image/jpeg": b"\xff\xd8\xff",
    "image/gif": b"GIF8",
    "video/mp4": b"\x00\x00\x00\x18ftyp",
}
_MOST = {"image": 5 << 20, "gif": 15 << 20, "video": 8 << 30}


class Uploads:
    def __init__(self, state: State, now: Callable[[], datetime]) -> None:
        self._state = state
        self._now = now

    def begin_upload(self, request: Request, me: Person) -> Reply:
        fields = request.fields
        category = fields["media_category"]
        if fields["total_bytes"] > _MOST[category.rpartition("_")[2]]:
            return shapes.problem("invalid-request", "maxFileSizeExceeded", 400)
        number = self._state.new_id(self._now())
        made = Media(number, me, fields["media_type"], category, fields["total_bytes"])
        made.polls_left, self._state.polls_of_next_media = self._state.polls_of_next_media, 0
        made.failed, self._state.next_media_fails = self._state.next_media_fails, False
        self._state.media[number] = made
        data = {"id": number, "media_key": made.key, "expires_after_secs": 86_400}
        return as_json({"data": data})

    def append(self, request: Request, me: Person, number: str) -> Reply:
        """The same piece twice is one piece."""
        item, piece = self._own(number, me), request.fields["media"]
        if item is None or item.ended:
            return self._unknown()
        item.pieces[int(request.fields["segment_index"])] = (
            piece.data if isinstance(piece, File) else b""
        )
        return as_json({"data": {"expires_at": int(self._now().timestamp()) + 3600}})

    def end_upload(self, request: Request, me: Person, number: str) -> Reply:
        item = self._own(number, me)
        if item is None or item.ended:
            return self._unknown()
        if len(item.data) != item.size:
            return shapes.problem("invalid-request", "the pieces are not the whole file", 400)
        if not item.data.startswith(_MAGIC.get(item.mime, b"\0no such type\0")):
            return shapes.problem("invalid-request", "not of the type that was said", 400)
        item.ended = True
        return as_json({"data": self._shown(item)})

    def upload_state(self, request: Request, me: Person) -> Reply:
        item = self._own(request.args["media_id"], me)
        if item is None:
            return self._unknown()
        reply = as_json({"data": self._shown(item)})
        item.polls_left = max(0, item.polls_left - 1)
        return reply

    def describe(self, request: Request, me: Person) -> Reply:
        item, metadata = self._own(request.fields["id"], me), request.fields.get("metadata", {})
        if item is None:
            return self._unknown()
        item.alt = metadata["alt_text"]["text"]
        if len(item.alt) > 1_000:
            return shapes.problem("invalid-request", "alt text is too long", 400)
        return as_json({"data": {"id": item.id, "associated_metadata": metadata}})

    def _own(self, number: str, me: Person) -> Media | None:
        item = self._state.media.get(number)
        return item if item and item.owner is me else None

    def _unknown(self) -> Reply:
        return shapes.problem("invalid-request", "Invalid media id", 400)

    def _shown(self, item: Media) -> dict[str, object]:
        shown: dict[str, object] = {
            "id": item.id,
            "media_key": item.key,
            "size": len(item.data),
            "expires_after_secs": 86_400,
        }
        if item.failed:
            return {**shown, "processing_info": {"state": "failed"}}
        if item.polls_left:
            working = {"state": "in_progress", "check_after_secs": 3, "progress_percent": 40}
            return {**shown, "processing_info": working}
        if item.mime.startswith("video/"):
            return {**shown, "processing_info": {"state": "succeeded", "progress_percent": 100}}
        return shown
