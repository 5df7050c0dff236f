"""What the API wants of each request: hand-written from its documentation, since no machine-
readable description may be kept (../shared/specs/linkedin: a third party's copy of Postman
collections, without bodies). Paths are compared with those collections where they are at hand.
"""

import json
import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from jsonschema import Draft202012Validator

from tests.standins.base.exchange import Request

VERSIONS = ("202512", "202601", "202602", "202603", "202604", "202605", "202606", "202607")
"""Those alive: https://learn.microsoft.com/en-us/linkedin/marketing/versioning, a year each."""

_URN = r"urn:li:\w+:[\w-]+"
_TEXT, _BOOL, _INT = {"type": "string"}, {"type": "boolean"}, {"type": "integer"}


def _object(needed: dict[str, Any], also: dict[str, Any] | None = None) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {**needed, **(also or {})},
        "required": sorted(needed),
        "additionalProperties": False,
    }


def _urn(*kinds: str) -> dict[str, Any]:
    return {"type": "string", "pattern": rf"^urn:li:(?:{'|'.join(kinds)}):[\w-]+$"}


_OWNER = _urn("person", "organization")
_MEDIA = _object({"id": _urn("image", "video", "document")}, {"altText": _TEXT, "title": _TEXT})
_IMAGE = _object({"id": _urn("image")}, {"altText": _TEXT})
_CONTENT = {
    "oneOf": [
        _object({"media": _MEDIA}),
        _object({"multiImage": _object({"images": {"type": "array", "items": _IMAGE, "minItems": 2, "maxItems": 20}})}),
        _object({"article": _object({"source": _TEXT, "title": _TEXT}, {"description": _TEXT, "thumbnail": _urn("image")})}),
        _object({"poll": _object({
            "question": {"type": "string", "maxLength": 140},
            "options": {"type": "array", "minItems": 2, "maxItems": 4, "items": _object({"text": {"type": "string", "maxLength": 30}})},
            "settings": _object({"duration": {"enum": ["ONE_DAY", "THREE_DAYS", "SEVEN_DAYS", "FOURTEEN_DAYS"]}}),
        })}),
    ]
}  # fmt: skip
_POST = _object(
    {
        "author": _OWNER,
        "commentary": _TEXT,
        "visibility": {"enum": ["PUBLIC", "CONNECTIONS", "LOGGED_IN"]},
        "distribution": _object(
            {
                "feedDistribution": {"enum": ["MAIN_FEED", "NONE"]},
                "targetEntities": {"type": "array", "maxItems": 0},
                "thirdPartyDistributionChannels": {"type": "array", "maxItems": 0},
            }
        ),
        "lifecycleState": {"const": "PUBLISHED"},
    },
    {"content": _CONTENT, "isReshareDisabledByAuthor": _BOOL},
)
_BEGIN = _object({"initializeUploadRequest": _object({"owner": _OWNER})})
_BEGIN_VIDEO = _object(
    {
        "initializeUploadRequest": _object(
            {"owner": _OWNER, "fileSizeBytes": _INT, "uploadCaptions": _BOOL, "uploadThumbnail": _BOOL}
        )
    }
)  # fmt: skip
_FINISH = _object(
    {
        "finalizeUploadRequest": _object(
            {"video": _urn("video"), "uploadToken": _TEXT, "uploadedPartIds": {"type": "array", "items": _TEXT, "minItems": 1}}
        )
    }
)  # fmt: skip
_COMMENT = _object(
    {"actor": _OWNER, "object": _TEXT, "message": _object({"text": _TEXT})},
    {
        "parentComment": _TEXT,
        "content": {"type": "array", "maxItems": 1, "items": _object({"entity": _object({"image": _urn("image")})})},
    },
)  # fmt: skip
_EDIT = _object({"patch": _object({"$set": _object({"commentary": _TEXT})})})
_EDIT_COMMENT = _object(
    {"patch": _object({"message": _object({"$set": _object({"text": _TEXT})})})}
)
_REACTION = _object({"root": _TEXT, "reactionType": {"enum": ["LIKE"]}})
_WEBHOOK = _object({"webhook": {"type": "string", "pattern": "^https?://"}})


@dataclass(frozen=True)
class Rule:
    """One operation. scopes: of a member's or an organisation's token. method: Rest.li's own."""

    verb: str
    path: str
    name: str
    member: str = ""
    organisation: str = ""
    body: dict[str, Any] | None = None
    query: dict[str, str] = field(default_factory=dict)
    also: tuple[str, ...] = ()
    method: str = ""

    def fits(self, request: Request) -> bool:
        if request.method != self.verb or not re.fullmatch(self.path, unquote(request.path)):
            return False
        return all(re.fullmatch(v, request.args.get(k, "")) for k, v in self.query.items())


_POST_PATH = r"/rest/posts/(urn:li:(?:share|ugcPost):\d+)"
_THREAD = r"/rest/socialActions/(urn:li:(?:share|ugcPost|activity):\d+|urn:li:comment:\(.+,\d+\))"
_PAGED = ("start", "count")
_W, _WO = "w_member_social", "w_organization_social"
_WF, _WOF = "w_member_social_feed", "w_organization_social_feed"
_RO, _ROF = "r_organization_social", "r_organization_social_feed"
_ADMIN = "rw_organization_admin"
_NEVER = "r_member_social"

RULES = (
    Rule("GET", "/v2/me", "me", "r_basicprofile", "r_basicprofile"),
    Rule("GET", "/v2/userinfo", "userinfo", "openid", "openid"),
    Rule("GET", "/rest/organizationAcls", "acls", _ADMIN, _ADMIN, None, {"q": "roleAssignee", "state": "APPROVED"}, _PAGED, "FINDER"),
    Rule("GET", r"/rest/organizations/(\d+)", "organisation", _ADMIN, _ADMIN),
    Rule("POST", "/rest/(images|documents)", "begin", _W, _WO, _BEGIN, {"action": "initializeUpload"}),
    Rule("POST", "/rest/(videos)", "begin", _W, _WO, _BEGIN_VIDEO, {"action": "initializeUpload"}),
    Rule("POST", "/rest/videos", "finish", _W, _WO, _FINISH, {"action": "finalizeUpload"}),
    Rule("GET", r"/rest/(?:images|videos|documents)/(urn:li:\w+:\w+)", "asset", _W, _WO),
    Rule("POST", "/rest/posts", "publish", _W, _WO, _POST),
    Rule("GET", "/rest/posts", "own_posts", _NEVER, _RO, None, {"q": "author", "author": _URN, "sortBy": "CREATED|LAST_MODIFIED"}, (*_PAGED, "viewContext"), "FINDER"),
    Rule("GET", _POST_PATH, "post", _NEVER, _RO, None, {}, ("viewContext",)),
    Rule("POST", _POST_PATH, "edit", _W, _WO, _EDIT, method="PARTIAL_UPDATE"),
    Rule("DELETE", _POST_PATH, "delete", _W, _WO, method="DELETE"),
    Rule("GET", _THREAD + "/comments", "comments", _WF, _ROF, None, {}, _PAGED),
    Rule("POST", _THREAD + "/comments", "comment", _WF, _WOF, _COMMENT),
    Rule("GET", _THREAD + r"/comments/(\d+)", "one_comment", _WF, _ROF),
    Rule("POST", _THREAD + r"/comments/(\d+)", "edit_comment", _WF, _WOF, _EDIT_COMMENT, {"actor": _URN}, method="PARTIAL_UPDATE"),
    Rule("DELETE", _THREAD + r"/comments/(\d+)", "remove_comment", _WF, _WOF, None, {"actor": _URN}, method="DELETE"),
    Rule("POST", "/rest/reactions", "react", _WF, _WOF, _REACTION, {"actor": _URN}),
    Rule("GET", r"/rest/reactions/\(actor:(.+?),entity:(.+)\)", "reaction", _WF, _WOF),
    Rule("DELETE", r"/rest/reactions/\(actor:(.+?),entity:(.+)\)", "unreact", _WF, _WOF, method="DELETE"),
    Rule("GET", "/rest/organizationalEntityShareStatistics", "statistics", _ADMIN, _ADMIN, None, {"q": "organizationalEntity", "organizationalEntity": _URN}, ("shares", "ugcPosts"), "FINDER"),
    Rule("GET", rf"/rest/networkSizes/({_URN})", "size", _ADMIN, _ADMIN, None, {"edgeType": "COMPANY_FOLLOWED_BY_MEMBER"}),
    Rule("GET", "/rest/organizationalEntityNotifications", "notifications", _ADMIN, _ADMIN, None, {"q": "criteria", "organizationalEntity": _URN, "actions": r"List\(.+\)"}, (), "FINDER"),
    Rule("PUT", r"/rest/eventSubscriptions/\((.+)\)", "subscribe", _ADMIN, _ADMIN, _WEBHOOK),
    Rule("DELETE", r"/rest/eventSubscriptions/\((.+)\)", "unsubscribe", _ADMIN, _ADMIN),
)  # fmt: skip
PLAIN = ("/media/", "/oauth/v2/", "/dms-uploads/")


def rule_of(request: Request) -> Rule | None:
    return next((rule for rule in RULES if rule.fits(request)), None)


def found_against(request: Request) -> list[str]:
    """Sentences; none where the request is as the API wants it."""
    where = f"{request.method} {unquote(request.path)}?{request.query}"
    if request.path.startswith(PLAIN):
        return []
    rule = rule_of(request)
    if rule is None:
        return [f"{where}: there is no such call"]
    return [f"{where}: {why}" for why in (*_query(request, rule), *_head(request, rule), *_body(request, rule))]  # fmt: skip


def _query(request: Request, rule: Rule) -> list[str]:
    known = {*rule.query, *rule.also}
    found = [f"unknown query {name}" for name in request.args if name not in known]
    if re.search(r"=urn:", request.query):
        found.append("a URN that is not encoded")
    return found


def _head(request: Request, rule: Rule) -> list[str]:
    found = []
    if request.path.startswith("/rest/"):
        if request.headers.get("x-restli-protocol-version") != "2.0.0":
            found.append("no X-Restli-Protocol-Version: 2.0.0")
        if not re.fullmatch(r"\d{6}", request.headers.get("linkedin-version", "")):
            found.append("no LinkedIn-Version")
    if rule.method and request.headers.get("x-restli-method", "") != rule.method:
        found.append(f"X-RestLi-Method is not {rule.method}")
    return found


def _body(request: Request, rule: Rule) -> list[str]:
    if rule.body is None:
        return ["a body"] if request.body else []
    try:
        said = json.loads(request.body)
    except ValueError:
        return ["no JSON"]
    return [
        f"{'/'.join(str(step) for step in error.absolute_path)}: {error.message[:200]}"
        for error in Draft202012Validator(rule.body).iter_errors(said)
    ]
