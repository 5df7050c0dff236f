"""The stand-in itself, and what a test may do to it."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from email.utils import format_datetime
from typing import Any

from tests.standins.base.door import Door, refused
from tests.standins.base.exchange import Reply, Request, as_json
from tests.standins.base.tricks import Tricky
from tests.standins.tiktok import described, network
from tests.standins.tiktok.network import bad
from tests.standins.tiktok.state import Person, State, Video

SCOPES = ("user.info.basic", "user.info.profile", "user.info.stats", "video.list", "video.publish")
BACK = "https://desk.example/channels/back"
APP = {"client_id": "awkey12345", "client_secret": "a-secret-of-the-app"}
A_YEAR_S = 31_536_000

_API: Mapping[tuple[str, str], tuple[network.Handler, int]] = {
    ("GET", "/v2/user/info/"): (network.user_info, 600),
    ("POST", "/v2/post/publish/creator_info/query/"): (network.creator_info, 20),
    ("POST", "/v2/post/publish/video/init/"): (network.video_init, 6),
    ("POST", "/v2/post/publish/content/init/"): (network.content_init, 6),
    ("POST", "/v2/post/publish/status/fetch/"): (network.status_fetch, 30),
    ("POST", "/v2/video/list/"): (network.video_list, 600),
    ("POST", "/v2/video/query/"): (network.video_query, 600),
}
"""Call -> what answers it, and how often a minute it may be made."""


class TikTokStandin(Tricky):
    """One account, `harbour`, and one app. state: all that it knows."""

    def __init__(self, origin: str = "https://tiktok.test") -> None:
        super().__init__(origin)
        self.state = State()
        self.state.people["open-harbour"] = Person("open-harbour", "harbour", "Harbour Café")
        self.door = Door(
            apps={APP["client_id"]: APP["client_secret"]},
            redirects=(BACK,),
            signs_in_as="open-harbour",
            known_scopes=frozenset({*SCOPES, "video.upload"}),
            id_name="client_key",
            separator=",",
            lasts=timedelta(days=1),
            pkce=False,
        )

    @property
    def harbour(self) -> Person:
        return self.state.people["open-harbour"]

    @property
    def videos(self) -> list[Video]:
        """All that are out now, oldest first, private ones too."""
        with self.lock:
            network.settle(self.state, self.now())
            return list(self.state.videos.values())

    def connected(self, scopes: tuple[str, ...] = SCOPES) -> dict[str, str]:
        """Secrets of an account, as after the walk through the door."""
        with self.lock:
            made = self.door.give("open-harbour", scopes, APP["client_id"], self.now())
        return {
            "access_token": made["access_token"],
            "refresh_token": made["refresh_token"],
            "open_id": "open-harbour",
            "scope": " ".join(scopes),
        }

    def post(self, text: str) -> Video:
        """A public video made by hand."""
        with self.lock:
            now = self.now().replace(microsecond=0)
            made = Video(str(next(self.state.ids)), self.harbour, text, now, "PUBLIC_TO_EVERYONE")
            self.state.videos[made.id] = made
        return made

    def push(
        self, event: str, content: Mapping[str, Any], at: datetime | None = None
    ) -> tuple[dict[str, str], bytes]:
        """Headers and body of what it would send to the app's address."""
        moment = int((at or self.now()).timestamp())
        told = {
            "client_key": APP["client_id"], "event": event, "create_time": moment,
            "user_openid": "open-harbour", "content": json.dumps(dict(content)),
        }  # fmt: skip
        body = json.dumps(told).encode()
        signed = hmac.new(
            APP["client_secret"].encode(), f"{moment}.".encode() + body, hashlib.sha256
        )
        return {"tiktok-signature": f"t={moment},s={signed.hexdigest()}"}, body

    def handle(self, request: Request) -> Reply:
        now = self.now()
        reply = self._door(request, now) or self._answer(request, now)
        body = reply.body.replace(b"{origin}", self.origin.encode())
        dated = {"date": format_datetime(now, usegmt=True), **reply.headers}
        return Reply(reply.status, body, dated)

    def held_against(self, request: Request, reply: Reply) -> list[str]:
        return described.violations(request, reply)

    def _door(self, request: Request, now: datetime) -> Reply | None:
        called = (request.method, request.path)
        if called == ("GET", "/v2/auth/authorize/"):
            return self.door.page(request)
        if called == ("POST", "/v2/auth/authorize/"):
            return self.door.answer_page(request, now)
        if called == ("POST", "/v2/oauth/revoke/"):
            self.door.revoke(str(request.fields.get("token")))
            return as_json({})
        return self._token(request, now) if called == ("POST", "/v2/oauth/token/") else None

    def _token(self, request: Request, now: datetime) -> Reply:
        fields = request.fields
        if fields.get("grant_type") == "client_credentials":
            key, secret = str(fields.get("client_key")), fields.get("client_secret")
            if self.door.apps.get(key) != secret:
                return refused("invalid_client")
            return as_json({"access_token": "clt.x", "expires_in": 7200, "token_type": "Bearer"})
        reply = self.door.token(request, now)
        answer = json.loads(reply.body)
        if reply.status != 200:
            return refused("invalid_request" if "code" in fields else answer["error"], 400)
        whose = self.door.tokens[answer["access_token"]].person
        more = {"open_id": whose, "refresh_expires_in": A_YEAR_S, "token_type": "Bearer"}
        return as_json({**answer, **more})

    def _answer(self, request: Request, now: datetime) -> Reply:
        called = (request.method, request.path)
        if called == ("PUT", "/video/"):
            return network.upload(request, self.state, now)
        if called not in _API:
            return as_json({"error": {"code": "not_found"}}, 404)
        token, rule = self.door.owner(request.bearer, now), described.RULES[called]
        if token is None:
            return bad("access_token_invalid", 401)
        if rule.scope not in token.scopes or network.lacking(request, token.scopes):
            return bad("scope_not_authorized", 401)
        handler, most = _API[called]
        person = self.state.people[token.person]
        if self.state.too_often(person, request.path, most, now):
            return bad("rate_limit_exceeded", 429)
        return handler(request, self.state, person, now)
