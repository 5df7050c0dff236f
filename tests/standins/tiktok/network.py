"""The API behind the door: creators, publishings, uploads, videos."""

import re
import secrets
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.standins.base.exchange import Reply, Request, as_json
from tests.standins.tiktok.described import USER_FIELDS
from tests.standins.tiktok.state import ADDRESS_LASTS, PUBLIC, Person, Publishing, State, Video

MB = 1_000_000
OK = {"code": "ok", "message": "", "log_id": "20261128"}

Handler = Callable[[Request, State, Person, datetime], Reply]


def good(data: Mapping[str, Any]) -> Reply:
    return as_json({"data": dict(data), "error": OK})


def bad(code: str, status: int = 403) -> Reply:
    error = {"code": code, "message": code.replace("_", " "), "log_id": "20261128"}
    return as_json({"data": {}, "error": error}, status)


def creator_info(request: Request, state: State, person: Person, now: datetime) -> Reply:
    if state.posts_today(person, now) >= state.posts_a_day:
        return bad("spam_risk_too_many_posts", 200)
    if person.banned:
        return bad("spam_risk_user_banned_from_posting", 200)
    return good(
        {
            "creator_avatar_url": "https://cdn.example/a.webp",
            "creator_username": person.username,
            "creator_nickname": person.name,
            "privacy_level_options": list(person.options),
            **{f"{one}_disabled": one in person.off for one in ("comment", "duet", "stitch")},
            "max_video_post_duration_sec": person.longest_s,
        }
    )


def video_init(request: Request, state: State, person: Person, now: datetime) -> Reply:
    """A publishing without a byte, and the address for its bytes."""
    info, source = request.fields.get("post_info", {}), request.fields.get("source_info", {})
    if problem := _not_allowed(info, state, person, now):
        return bad(problem)
    if _units(info.get("title", "")) > 2200 or not _cut_is_right(source):
        return bad("invalid_param", 400)
    made = _publishing(state, person, info, now, "v_pub_file~v2-1.")
    made.token = secrets.token_urlsafe(16)
    made.size, made.chunk = source["video_size"], source["chunk_size"]
    made.number = source["total_chunk_count"]
    query = f"upload_id={made.publish_id[-19:]}&upload_token={made.token}"
    return good({"publish_id": made.publish_id, "upload_url": f"{{origin}}/video/?{query}"})


def content_init(request: Request, state: State, person: Person, now: datetime) -> Reply:
    """The pictures are fetched, and the post is out."""
    info, source = request.fields.get("post_info", {}), request.fields.get("source_info", {})
    addresses = source.get("photo_images", [])
    if problem := _not_allowed(info, state, person, now):
        return bad(problem)
    if not all(one.startswith(state.verified) for one in addresses):
        return bad("url_ownership_unverified")
    too_long = _units(info.get("title", "")) > 90 or _units(info.get("description", "")) > 4000
    if too_long or not 1 <= len(addresses) <= 35:
        return bad("invalid_param", 400)
    made = _publishing(state, person, info, now, "p_pub_url~v2.")
    made.photos, made.done_at = tuple(addresses), now
    if not all(re.search(r"\.(jpeg|webp)(\?|$)", one) for one in addresses):
        made.fails = "file_format_check_failed"
    return good({"publish_id": made.publish_id})


def upload(request: Request, state: State, now: datetime) -> Reply:
    """One chunk: 206 while some are missing, 201 after the last. The answers have no body."""
    token = request.args.get("upload_token", "")
    made = next((p for p in state.publishings.values() if p.token and p.token == token), None)
    if made is None:
        return Reply(404)
    if now >= made.made_at + ADDRESS_LASTS:
        return Reply(403)
    found = re.fullmatch(r"bytes (\d+)-(\d+)/(\d+)", request.headers.get("content-range", ""))
    if not found or int(found[2]) - int(found[1]) + 1 != len(request.body):
        return Reply(400)
    first, last, size = (int(one) for one in found.groups())
    if size != made.size or first != len(made.data):
        return Reply(416, headers={"content-range": f"bytes 0-{len(made.data)}/{made.size}"})
    if not _is_chunk(made, first, last):
        return Reply(400)
    made.data += request.body
    if len(made.data) < made.size:
        return Reply(206, headers={"content-range": f"bytes 0-{len(made.data) - 1}/{made.size}"})
    made.done_at, made.fails, state.fail_next = now, state.fail_next, ""
    return Reply(201)


def status_fetch(request: Request, state: State, person: Person, now: datetime) -> Reply:
    made = state.publishings.get(str(request.fields.get("publish_id")))
    if made is None:
        return bad("invalid_publish_id", 400)
    if made.person is not person:
        return bad("token_not_authorized_for_specified_publish_id", 400)
    settle(state, now)
    answer: dict[str, Any] = {"status": _status(made, state, now)}
    counted = "downloaded_bytes" if made.photos else "uploaded_bytes"
    answer[counted] = len(made.data)
    if answer["status"] == "FAILED":
        answer["fail_reason"] = made.fails
    video = state.videos.get(made.video_id)
    seen_at = made.done_at and made.done_at + _s(state.processing_s + state.moderation_s)
    is_seen = video and video.privacy == PUBLIC and seen_at and now >= seen_at
    answer["publicaly_available_post_id"] = [int(made.video_id)] if is_seen else []
    return good(answer)


def video_list(request: Request, state: State, person: Person, now: datetime) -> Reply:
    """A page of public videos, newest first. cursor: milliseconds; older ones come."""
    settle(state, now)
    videos = state.own(person)
    if cursor := request.fields.get("cursor"):
        videos = [one for one in videos if int(one.created_at.timestamp() * 1000) < cursor]
    page = videos[: request.fields.get("max_count", 10)]
    next_cursor = int(page[-1].created_at.timestamp() * 1000) if page else 0
    shown = [_shown(one, request) for one in page]
    return good({"videos": shown, "cursor": next_cursor, "has_more": len(videos) > len(page)})


def video_query(request: Request, state: State, person: Person, now: datetime) -> Reply:
    settle(state, now)
    wanted = request.fields["filters"]["video_ids"]
    return good({"videos": [_shown(v, request) for v in state.own(person) if v.id in wanted]})


def user_info(request: Request, state: State, person: Person, now: datetime) -> Reply:
    facts = {
        "open_id": person.open_id,
        "union_id": f"union-{person.open_id}",
        "avatar_url": "https://cdn.example/a.webp",
        "display_name": person.name,
        "username": person.username,
        "profile_deep_link": f"https://vm.tiktok.com/{person.username}",
        "bio_description": person.bio,
        "follower_count": person.followers,
        "likes_count": 7,
    }
    asked = request.args.get("fields", "").split(",")
    return good({"user": {name: facts[name] for name in asked if name in facts}})


def lacking(request: Request, scopes: tuple[str, ...]) -> bool:
    """Whether a field of a person is asked for that the token was not given for."""
    asked = request.args.get("fields", "").split(",")
    return any(USER_FIELDS.get(one, scopes[0]) not in scopes for one in asked if scopes)


def settle(state: State, now: datetime) -> None:
    """What had its time is out from now on."""
    for made in state.publishings.values():
        ready = made.done_at and now >= made.done_at + _s(state.processing_s)
        if ready and not made.fails and not made.video_id and made.done_at:
            made.video_id = str(next(state.ids))
            text = made.info.get("description") or made.info.get("title", "")
            at = made.done_at.replace(microsecond=0)
            state.videos[made.video_id] = Video(
                made.video_id, made.person, text, at, made.info["privacy_level"], len(made.photos)
            )


def _status(made: Publishing, state: State, now: datetime) -> str:
    if made.done_at and now >= made.done_at + _s(state.processing_s):
        return "FAILED" if made.fails else "PUBLISH_COMPLETE"
    return "PROCESSING_DOWNLOAD" if made.photos else "PROCESSING_UPLOAD"


def _publishing(
    state: State, person: Person, info: dict[str, Any], now: datetime, prefix: str
) -> Publishing:
    made = Publishing(f"{prefix}{next(state.ids)}", person, info, now)
    state.publishings[made.publish_id] = made
    return made


def _not_allowed(info: Mapping[str, Any], state: State, person: Person, now: datetime) -> str:
    if person.banned:
        return "spam_risk_user_banned_from_posting"
    if state.posts_today(person, now) >= state.posts_a_day:
        return "spam_risk_too_many_posts"
    if info.get("privacy_level") not in person.options:
        return "privacy_level_option_mismatch"
    if not state.audited and (info["privacy_level"] != "SELF_ONLY" or PUBLIC in person.options):
        return "unaudited_client_can_only_post_to_private_accounts"
    return ""


def _cut_is_right(source: Mapping[str, Any]) -> bool:
    size, chunk = source.get("video_size", 0), source.get("chunk_size", 0)
    if size <= 0 or not 0 < chunk <= size or source.get("total_chunk_count") != size // chunk:
        return False
    if size < 5 * MB:
        return bool(chunk == size)
    last = size - chunk * (size // chunk - 1)
    return bool(5 * MB <= chunk <= 64 * MB and last <= 128 * MB and size // chunk <= 1000)


def _is_chunk(made: Publishing, first: int, last: int) -> bool:
    is_last = first == made.chunk * (made.number - 1)
    return last == (made.size if is_last else first + made.chunk) - 1


def _shown(video: Video, request: Request) -> dict[str, Any]:
    facts = {
        "id": video.id,
        "create_time": int(video.created_at.astimezone(UTC).timestamp()),
        "title": video.text,
        "video_description": video.text,
        "cover_image_url": f"https://cdn.example/{video.id}.webp",
        "share_url": f"https://www.tiktok.com/@{video.person.username}/video/{video.id}",
        **video.counts,
    }
    asked = request.args.get("fields", "").split(",")
    return {name: facts[name] for name in asked if name in facts}


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _s(seconds: float) -> timedelta:
    return timedelta(seconds=seconds)
