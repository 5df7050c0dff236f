"""A stand-in for LinkedIn, on one address for all its hosts.

What it imitates beside the documented shapes: text cut at a bare reserved character or after 3,000
characters, duplicates refused with the URN of the first, ghosts (a refusal that names a post which is
not there), uploads in parts with etags and slow processing, versions that have ended, members whose
posts nobody may read.
"""

import re
from collections.abc import Callable
from datetime import timedelta
from email.utils import format_datetime
from typing import Any
from urllib.parse import unquote

from tests.standins.base.door import Door, Token
from tests.standins.base.exchange import Reply, Request, as_json
from tests.standins.base.tricks import Tricky
from tests.standins.linkedin import rules
from tests.standins.linkedin.comments import Comments
from tests.standins.linkedin.posts import Posts
from tests.standins.linkedin.replies import refused
from tests.standins.linkedin.state import MEMBER, World
from tests.standins.linkedin.uploads import Uploads

CLIENT_ID, CLIENT_SECRET = "86vhj2q7ukf83q", "WPL_AP1.secret.abc="
REDIRECT = "https://desk.example/channels/linkedin/back"
COMMUNITY = frozenset(
    {
        "r_basicprofile", "rw_organization_admin", "w_member_social", "w_organization_social",
        "w_member_social_feed", "w_organization_social_feed", "r_organization_social",
        "r_organization_social_feed",
    }
)  # fmt: skip
SHARE = frozenset({"openid", "profile", "w_member_social"})
YEAR = 365 * 86_400


class LinkedInStandin(Tricky):
    """ann signs in; she administers two organisations and only analyses a third."""

    def __init__(
        self, origin: str = "https://linkedin.test", known: frozenset[str] = COMMUNITY
    ) -> None:
        super().__init__(origin)
        self.world = World()
        self.door = Door(
            apps={CLIENT_ID: CLIENT_SECRET}, redirects=(REDIRECT,), signs_in_as=MEMBER,
            known_scopes=known, lasts=timedelta(days=60), rotates=False, pkce=False,
        )  # fmt: skip
        self.uploads = Uploads(self)
        self.posts = Posts(self)
        self.comments = Comments(self)
        self._calls: dict[str, Callable[..., Reply]] = {
            "me": self._me, "userinfo": self._userinfo, "acls": self._acls,
            "organisation": self._organisation, "size": self._size,
            "statistics": self._statistics, "notifications": self._notifications,
            "subscribe": self._subscribe, "unsubscribe": self._unsubscribe, **self.uploads.calls(), **self.posts.calls(),
            **self.comments.calls(),
        }  # fmt: skip

    # What a test does

    def connected(self, scopes: frozenset[str] | None = None) -> dict[str, str]:
        """Secrets of an account, as if ann had gone through the door."""
        wanted = tuple(sorted(scopes or self.door.known_scopes))
        body = self.door.give(MEMBER, wanted, CLIENT_ID, self.now())
        return {
            "access_token": body["access_token"], "refresh_token": body["refresh_token"],
            "scope": body["scope"], "member": MEMBER,
        }  # fmt: skip

    def now_ms(self) -> int:
        return round(self.now().timestamp() * 1000)

    # The network

    def handle(self, request: Request) -> Reply:
        path = unquote(request.path)
        if path.startswith("/oauth/v2/"):
            return self._oauth(request, path.rpartition("/")[2])
        if path.startswith("/media/"):
            return self.uploads.give(path.rpartition("/")[2])
        if path.startswith("/dms-uploads/"):
            return self.uploads.take(request, path.rpartition("/")[2])
        rule = rules.rule_of(request)
        token = self.door.owner(request.bearer, self.now())
        if token is None:
            return refused(401, "Invalid access token", "REVOKED_ACCESS_TOKEN", service=65601)
        if (
            path.startswith("/rest/")
            and request.headers.get("linkedin-version") not in rules.VERSIONS
        ):
            return refused(426, "Requested version is not active", "NONEXISTENT_VERSION")
        if rule is None:
            return refused(404, f"No virtual resource found for {path}")
        if not self._allowed(rule, request, token):
            return refused(403, f"Not enough permissions to access: {rule.name}", "ACCESS_DENIED", service=100)  # fmt: skip
        found = re.fullmatch(rule.path, path)
        return self._calls[rule.name](request, *(found.groups() if found else ()))

    def held_against(self, request: Request, reply: Reply) -> list[str]:
        return rules.found_against(request)

    def _allowed(self, rule: rules.Rule, request: Request, token: Token) -> bool:
        """By the scope for whoever it is about: an organisation that is named, else the member."""
        named = set(
            re.findall(r"urn:li:organization:\d+", unquote(request.query) + unquote(request.path))
        )
        if rule.body is not None and request.body:
            body = request.fields
            owner = (
                body.get("author")
                or body.get("actor")
                or body.get("initializeUploadRequest", {}).get("owner")
            )
            named |= {owner} & self.world.roles.keys()
        about = self.posts.author_of(unquote(request.path))
        named |= {about} & self.world.roles.keys()
        posting = {u for u in named if self.world.roles.get(u) != "ANALYST"}
        if named - posting:
            return False
        if rule.name in ("asset", "finish"):
            return True
        return (rule.organisation if named else rule.member) in token.scopes

    def _oauth(self, request: Request, name: str) -> Reply:
        if name == "authorization":
            answers = request.method == "POST"
            return (
                self.door.answer_page(request, self.now()) if answers else self.door.page(request)
            )
        if name == "introspectToken":
            return self._introspect(request)
        reply = self.door.token(request, self.now())
        dated = {**reply.headers, "date": format_datetime(self.now(), usegmt=True)}
        if reply.status == 200 and b"refresh_token" in reply.body:
            body = reply.body[:-1] + f', "refresh_token_expires_in": {YEAR}}}'.encode()
            return Reply(200, body, dated)
        return Reply(reply.status, reply.body, dated)

    def _introspect(self, request: Request) -> Reply:
        fields = request.fields
        proved = self.door.apps.get(str(fields.get("client_id"))) == fields.get("client_secret")
        return as_json({"active": False}) if proved else as_json({"error": "invalid_client"}, 401)

    def _me(self, request: Request) -> Reply:
        del request
        return as_json(
            {"id": MEMBER.rpartition(":")[2], "localizedFirstName": "Ann", "localizedLastName": "Bø",
             "vanityName": "ann-bo"}
        )  # fmt: skip

    def _userinfo(self, request: Request) -> Reply:
        del request
        return as_json({"sub": MEMBER.rpartition(":")[2], "name": "Ann Bø", "locale": "en-US"})

    def _acls(self, request: Request) -> Reply:
        rows = [
            {"organization": urn, "role": role, "roleAssignee": MEMBER, "state": "APPROVED"}
            for urn, role in self.world.roles.items()
        ]
        return page_of(request, rows)

    def _organisation(self, request: Request, number: str) -> Reply:
        del request
        name, vanity = self.world.names.get(f"urn:li:organization:{number}", ("", ""))
        if not name:
            return refused(404, "Could not find organization")
        page = {"id": int(number), "localizedName": name, "vanityName": vanity}
        if self.world.roles.get(f"urn:li:organization:{number}") == "ADMINISTRATOR":
            page |= self.world.shown
        return as_json(page)

    def _size(self, request: Request, urn: str) -> Reply:
        del request
        return as_json({"firstDegreeSize": 219_145 if urn in self.world.names else 0})

    def _statistics(self, request: Request) -> Reply:
        likes = 7 if "shares" in request.args or "ugcPosts" in request.args else 1_523
        total = {
            "uniqueImpressionsCount": 92, "shareCount": 3, "engagement": 0.007, "clickCount": 41,
            "likeCount": likes, "impressionCount": 4_620, "commentCount": -1,
        }  # fmt: skip
        row = {"organizationalEntity": request.args["organizationalEntity"]}
        return as_json({"elements": [{**row, "totalShareStatistics": total}]})

    def _notifications(self, request: Request) -> Reply:
        wanted = set(re.findall(r"[A-Z_]+", request.args["actions"].removeprefix("List")))
        rows = [n for n in self.world.notifications if n["action"] in wanted]
        return as_json({"elements": rows, "paging": {"start": 0, "count": len(rows), "links": []}})

    def _subscribe(self, request: Request, key: str) -> Reply:
        self.world.subscriptions[key] = request.fields["webhook"]
        return Reply(204)

    def _unsubscribe(self, request: Request, key: str) -> Reply:
        return Reply(204 if self.world.subscriptions.pop(key, None) else 404)


def page_of(request: Request, rows: list[Any]) -> Reply:
    start, count = int(request.args.get("start", 0)), int(request.args.get("count", 10))
    return as_json(
        {"elements": rows[start : start + count], "paging": {"start": start, "count": count, "total": len(rows), "links": []}}
    )  # fmt: skip
