"""The guide's rules as schemas: each exchange is held against them. SOURCE.md has the pages."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from jsonschema import Draft202012Validator

from tests.standins.base.exchange import Reply, Request

_TEXT, _FLAG, _NUMBER = {"type": "string"}, {"type": "boolean"}, {"type": "integer"}
_FORM = "application/x-www-form-urlencoded"
PRIVACY = ("PUBLIC_TO_EVERYONE", "MUTUAL_FOLLOW_FRIENDS", "FOLLOWER_OF_CREATOR", "SELF_ONLY")
VIDEO_FIELDS = frozenset(
    [
        "id",
        "create_time",
        "cover_image_url",
        "share_url",
        "video_description",
        "duration",
        "height",
        "width",
        "title",
        "embed_html",
        "embed_link",
        "like_count",
        "comment_count",
        "share_count",
        "view_count",
        "is_aigc",
    ]
)
USER_FIELDS: Mapping[str, str] = {
    **dict.fromkeys(("open_id", "union_id", "avatar_url", "display_name"), "user.info.basic"),
    **dict.fromkeys(
        ("username", "profile_deep_link", "bio_description", "is_verified"), "user.info.profile"
    ),
    **dict.fromkeys(
        ("follower_count", "following_count", "likes_count", "video_count"), "user.info.stats"
    ),
}


def _object(required: str = "", **properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": required.split(),
        "additionalProperties": False,
    }


_INFO = {
    "title": _TEXT,
    "privacy_level": {"enum": list(PRIVACY)},
    "disable_comment": _FLAG,
    "brand_content_toggle": _FLAG,
    "brand_organic_toggle": _FLAG,
}
_VIDEO_INIT = _object(
    "post_info source_info",
    post_info=_object(
        "privacy_level", **_INFO, disable_duet=_FLAG, disable_stitch=_FLAG, is_aigc=_FLAG,
        video_cover_timestamp_ms=_NUMBER,
    ),
    source_info=_object(
        "source video_size chunk_size total_chunk_count", source={"const": "FILE_UPLOAD"},
        video_size=_NUMBER, chunk_size=_NUMBER, total_chunk_count=_NUMBER,
    ),
)  # fmt: skip
_PHOTO_INIT = _object(
    "media_type post_mode post_info source_info",
    media_type={"const": "PHOTO"},
    post_mode={"enum": ["DIRECT_POST", "MEDIA_UPLOAD"]},
    post_info=_object("privacy_level", **_INFO, description=_TEXT, auto_add_music=_FLAG),
    source_info=_object(
        "source photo_images photo_cover_index", source={"const": "PULL_FROM_URL"},
        photo_images={"type": "array", "minItems": 1, "maxItems": 35, "items": _TEXT},
        photo_cover_index={"type": "integer", "minimum": 0},
    ),
)  # fmt: skip
_STATUS = _object(
    "status", publish_id=_TEXT, fail_reason=_TEXT, uploaded_bytes=_NUMBER,
    downloaded_bytes=_NUMBER, publicaly_available_post_id={"type": "array", "items": _NUMBER},
    status={
        "enum": [
            "PROCESSING_UPLOAD", "PROCESSING_DOWNLOAD", "SEND_TO_USER_INBOX", "PUBLISH_COMPLETE",
            "FAILED",
        ]
    },
)  # fmt: skip
_VIDEOS = {"type": "array", "maxItems": 20, "items": {"type": "object", "required": ["id"]}}


@dataclass(frozen=True)
class Rule:
    """One call of the guide. scope: that its token has to have ("" for none); fields: of the query;
    body, data: schemas of what goes in, and of `data` in what comes out."""

    scope: str
    body: Mapping[str, Any] = field(default_factory=_object)
    data: Mapping[str, Any] = field(default_factory=_object)
    fields: frozenset[str] = frozenset()


RULES: Mapping[tuple[str, str], Rule] = {
    ("GET", "/v2/user/info/"): Rule(
        "user.info.basic", data=_object("user", user={"type": "object"}),
        fields=frozenset(USER_FIELDS),
    ),
    ("POST", "/v2/post/publish/creator_info/query/"): Rule(
        "video.publish",
        data=_object(
            "creator_username creator_nickname privacy_level_options comment_disabled "
            "duet_disabled stitch_disabled max_video_post_duration_sec",
            creator_avatar_url=_TEXT, creator_username=_TEXT, creator_nickname=_TEXT,
            privacy_level_options={"type": "array", "items": {"enum": list(PRIVACY)}},
            comment_disabled=_FLAG, duet_disabled=_FLAG, stitch_disabled=_FLAG,
            max_video_post_duration_sec=_NUMBER,
        ),
    ),
    ("POST", "/v2/post/publish/video/init/"): Rule(
        "video.publish", _VIDEO_INIT,
        _object("publish_id upload_url", publish_id=_TEXT, upload_url={**_TEXT, "maxLength": 256}),
    ),
    ("POST", "/v2/post/publish/content/init/"): Rule(
        "video.publish", _PHOTO_INIT, _object("publish_id", publish_id=_TEXT)
    ),
    ("POST", "/v2/post/publish/status/fetch/"): Rule(
        "video.publish", _object("publish_id", publish_id=_TEXT), _STATUS
    ),
    ("POST", "/v2/video/list/"): Rule(
        "video.list",
        _object(cursor=_NUMBER, max_count={"type": "integer", "minimum": 1, "maximum": 20}),
        _object("videos cursor has_more", videos=_VIDEOS, cursor=_NUMBER, has_more=_FLAG),
        VIDEO_FIELDS,
    ),
    ("POST", "/v2/video/query/"): Rule(
        "video.list",
        _object(
            "filters",
            filters=_object(
                "video_ids", video_ids={"type": "array", "maxItems": 20, "items": _TEXT}
            ),
        ),
        _object("videos", videos=_VIDEOS),
        VIDEO_FIELDS,
    ),
}  # fmt: skip

_PROOF = {"client_key", "client_secret"}
FORMS: Mapping[str, frozenset[str]] = {
    "authorization_code": frozenset(_PROOF | {"grant_type", "code", "redirect_uri"}),
    "refresh_token": frozenset(_PROOF | {"grant_type", "refresh_token"}),
    "client_credentials": frozenset(_PROOF | {"grant_type"}),
}
"""What the token page wants of an app on the web; `code_verifier` is for phones and desktops."""


def violations(request: Request, reply: Reply) -> list[str]:
    """What either side did that the guide does not have, as sentences."""
    where = f"{request.method} {request.path}"
    rule = RULES.get((request.method, request.path))
    if rule is None:
        return [f"{where}: {why}" for why in _elsewhere(request)]
    refused = reply.status == 400  # a body that is not as it should be is told so
    found = [*_query(request, rule), *_headers(request), *([] if refused else _body(request, rule))]
    if not reply.lie:
        found += _answer(reply, rule)
    return [f"{where}: {why}" for why in found]


def _elsewhere(request: Request) -> list[str]:
    called = (request.method, request.path)
    if called in (("GET", "/v2/auth/authorize/"), ("POST", "/v2/auth/authorize/")):
        return []
    if called in (("POST", "/v2/oauth/token/"), ("POST", "/v2/oauth/revoke/")):
        return _form(request)
    if called == ("PUT", "/video/"):
        return _chunk(request)
    return ["not in the guide"]


def _form(request: Request) -> list[str]:
    given = set(request.fields)
    wanted = _PROOF | {"token"}
    if request.path.endswith("/token/"):
        grant = str(request.fields.get("grant_type"))
        if grant not in FORMS:
            return [f"unknown grant {grant}"]
        wanted = set(FORMS[grant])
    found = [] if request.content_type == _FORM else [f"content type {request.content_type}"]
    return found + ([f"fields {sorted(given)}, not {sorted(wanted)}"] if given != wanted else [])


def _chunk(request: Request) -> list[str]:
    found = []
    if "authorization" in request.headers:
        found.append("a token goes to the upload's address")
    if request.content_type not in ("video/mp4", "video/quicktime", "video/webm"):
        found.append(f"content type {request.content_type}")
    if not re.fullmatch(r"bytes \d+-\d+/\d+", request.headers.get("content-range", "")):
        found.append(f"content range {request.headers.get('content-range')}")
    return found


def _query(request: Request, rule: Rule) -> list[str]:
    unknown = [f"unknown query {name}" for name in request.args if name != "fields"]
    asked = {one for one in request.args.get("fields", "").split(",") if one}
    if rule.fields and not asked:
        unknown.append("no fields are asked for")
    return unknown + [f"unknown field {one}" for one in sorted(asked - rule.fields)]


def _headers(request: Request) -> list[str]:
    if request.method == "GET" or request.content_type == "application/json; charset=UTF-8":
        return []
    return [f"content type {request.content_type}"]


def _body(request: Request, rule: Rule) -> list[str]:
    return _why(request.fields, rule.body) if request.method == "POST" else []


def _answer(reply: Reply, rule: Rule) -> list[str]:
    body = json.loads(reply.body)
    found = _why(
        body.get("error"), _object("code message log_id", code=_TEXT, message=_TEXT, log_id=_TEXT)
    )
    is_ok = body.get("error", {}).get("code") == "ok"
    return [f"reply: {why}" for why in found + (_why(body.get("data"), rule.data) if is_ok else [])]


def _why(value: Any, schema: Mapping[str, Any]) -> list[str]:
    return [
        f"{'/'.join(map(str, error.absolute_path))}: {error.message[:200]}"
        for error in Draft202012Validator(dict(schema)).iter_errors(value)
    ]
