"""The API behind the door: who-am-I, the instance, media, statuses."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import regex

from tests.standins.base.exchange import File, Reply, Request, as_json
from tests.standins.mastodon import shapes
from tests.standins.mastodon.state import Media, Person, State, Status

_URL = re.compile(r"https?://\S+")
_REMOTE = re.compile(r"(?<![\w/])(@\w+)@[\w.-]+")
_MAGIC = {
    "image/png": b"\x89PNG\r\n\x1a\n",
    "image/jpeg": b"\xff\xd8\xff",
    "image/gif": b"GIF8",
    "image/webp": b"RIFF",
    "video/mp4": b"\x00\x00\x00\x18ftyp",
}
_HIDDEN = ("private", "direct")

Handler = Callable[[Request, State, Person, str], Reply]


def verify_credentials(request: Request, state: State, person: Person, origin: str) -> Reply:
    return as_json(shapes.credential_account(person, origin, state))


def create_media(request: Request, state: State, person: Person, origin: str) -> Reply:
    """200 with the picture, or 202 while it is (said to be) worked on."""
    file, description = request.fields.get("file"), request.fields.get("description")
    if not isinstance(file, File):
        return as_json({"error": "Validation failed: File can't be blank"}, 422)
    if not file.data.startswith(_MAGIC.get(file.mime, b"\0no such type\0")):
        return as_json({"error": "File type of uploaded media could not be verified"}, 422)
    if file.mime.startswith("image/") and len(file.data) > shapes.IMAGE_SIZE_LIMIT:
        return as_json({"error": "Validation failed: File must be less than 16 MB"}, 422)
    if len(description or "") > shapes.DESCRIPTION_LIMIT:
        return as_json({"error": "Validation failed: Description is too long"}, 422)
    made = Media(state.new_id(), person, file.data, file.mime, description)
    made.focus = request.fields.get("focus", "")
    if isinstance(cover := request.fields.get("thumbnail"), File):
        made.cover = cover.data
    made.polls_left = state.polls_of_next_media
    state.polls_of_next_media = 0
    state.media[made.id] = made
    return as_json(shapes.media(made, origin), 202 if made.polls_left else 200)


def get_media(request: Request, state: State, person: Person, origin: str) -> Reply:
    """206 while it is worked on; 404 once it is attached to a status."""
    item = state.media.get(_id_in(request))
    if item is None or item.person is not person or item.status_id:
        return not_found()
    if item.polls_left:
        item.polls_left -= 1
        return as_json(shapes.media(item, origin), 206)
    return as_json(shapes.media(item, origin))


def create_status(request: Request, state: State, person: Person, origin: str) -> Reply:
    """The status; the earlier one for a key of the last hour."""
    key = request.headers.get("idempotency-key", "")
    if key and not state.ignore_keys and (earlier := state.status_by_key(person, key)):
        return as_json(shapes.status(earlier, origin, state))
    fields = request.fields
    if (answers := fields.get("in_reply_to_id")) and answers not in state.statuses:
        return not_found()
    if "scheduled_at" in fields:
        state.violations.append("POST /api/v1/statuses: scheduled_at would escape the wall")
    media = _media_of(fields, state, person)
    if isinstance(media, Reply):
        return media
    if why := problem(fields, media):
        return as_json({"error": f"Validation failed: {why}"}, 422)
    made = _status_of(fields, media, state, person)
    state.add_status(made, shapes.named(made.text, origin, state))
    for item in media:
        item.status_id = made.id
    if key:
        state.keys[person.id, key] = (made.id, state.now())
    return as_json(shapes.status(made, origin, state))


def get_status(request: Request, state: State, person: Person | None, origin: str) -> Reply:
    post = state.statuses.get(_id_in(request))
    if post is None or not shapes.may_see(post, person, origin, state):
        return not_found()
    return as_json(shapes.status(post, origin, state, person))


def delete_status(request: Request, state: State, person: Person, origin: str) -> Reply:
    post = state.statuses.get(_id_in(request))
    if post is None or post.person is not person:
        return not_found()
    del state.statuses[post.id]
    state.happened.append(("delete", post.id))
    return as_json(shapes.deleted_status(post, origin, state))


def account_statuses(request: Request, state: State, person: Person | None, origin: str) -> Reply:
    """A page of statuses, newest first, with a Link to the next."""
    wanted, args = _id_in(request, before_last=True), request.args
    owner = next((p for p in state.people.values() if p.id == wanted), None)
    if owner is None:
        return not_found()
    posts = [p for p in state.own(owner) if p.visibility not in _HIDDEN or owner is person]
    if args.get("pinned") == "true":
        posts = [p for p in posts if p.pinned]
    if args.get("exclude_reblogs") == "true":
        posts = [p for p in posts if not p.is_boost]
    if max_id := args.get("max_id"):
        posts = [p for p in posts if int(p.id) < int(max_id)]
    if min_id := args.get("min_id"):
        posts = [p for p in posts if int(p.id) > int(min_id)][-int(args.get("limit", "20")) :]
    page = posts[: min(int(args.get("limit", "20")), 40)]
    headers = {}
    if page:
        query = urlencode({**args, "max_id": page[-1].id})
        headers = {"link": f'<{origin}{request.path}?{query}>; rel="next"'}
    return as_json([shapes.status(p, origin, state) for p in page], headers=headers)


def context(request: Request, state: State, person: Person | None, origin: str) -> Reply:
    root = _id_in(request, before_last=True)
    if root not in state.statuses:
        return not_found()
    below, found = {root}, []
    for post in sorted(state.statuses.values(), key=lambda p: int(p.id)):
        if post.in_reply_to in below:
            below.add(post.id)
            found.append(shapes.status(post, origin, state))
    above = []
    while (parent := state.statuses[root].in_reply_to) in state.statuses and parent:
        above.insert(0, shapes.status(state.statuses[parent], origin, state))
        root = parent
    return as_json({"ancestors": above, "descendants": found})


def not_found() -> Reply:
    return as_json({"error": "Record not found"}, 404)


def length(text: str) -> int:
    """Grapheme clusters, a URL for 23, a remote mention for its local part."""
    text = _REMOTE.sub(r"\1", _URL.sub("x" * shapes.RESERVED_PER_URL, text))
    return len(regex.findall(r"\X", text))


def _id_in(request: Request, *, before_last: bool = False) -> str:
    return request.path.split("/")[-2 if before_last else -1]


def _media_of(fields: dict[str, Any], state: State, person: Person) -> tuple[Media, ...] | Reply:
    ids = fields.get("media_ids", [])
    if len(ids) > shapes.MAX_MEDIA:
        return as_json({"error": "Cannot attach more than 4 files"}, 422)
    found = [state.media.get(wanted) for wanted in ids]
    usable = tuple(m for m in found if m and m.person is person and not m.status_id)
    if len(usable) != len(ids):
        return as_json({"error": f"Media ({', '.join(ids)}) not found or already attached"}, 422)
    if any(item.polls_left for item in usable):
        return as_json({"error": "Cannot attach files that have not finished processing."}, 422)
    return usable


def problem(fields: dict[str, Any], media: tuple[Media, ...]) -> str:
    if len(media) > 1 and any(item.mime.startswith("video/") for item in media):
        return "Cannot attach a video to a post that already contains images"
    if fields.get("quote_approval_policy", "public") not in ("public", "followers", "nobody"):
        return "Quote approval policy is not included in the list"
    text = fields.get("status", "")
    if not text.strip() and not media:
        return "Text can't be blank"
    if length(text + fields.get("spoiler_text", "")) > shapes.MAX_CHARACTERS:
        return f"Text character limit of {shapes.MAX_CHARACTERS} exceeded"
    return ""


def _status_of(
    fields: dict[str, Any], media: tuple[Media, ...], state: State, person: Person
) -> Status:
    return Status(
        id=state.new_id(),
        person=person,
        text=fields.get("status", "").strip(),
        created_at=state.moment(),
        visibility=fields.get("visibility", "public"),
        language=fields.get("language", "en"),
        warning=fields.get("spoiler_text", ""),
        sensitive=bool(fields.get("sensitive")) or bool(fields.get("spoiler_text")),
        media=media,
        in_reply_to=fields.get("in_reply_to_id"),
        quotes=fields.get("quote_approval_policy", ""),
    )
