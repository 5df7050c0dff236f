"""The stand-in itself: one Page of two, its visitors, and what a test may do to it."""

import hashlib
import hmac
import json
from datetime import datetime
from typing import Any

from tests.standins.base.exchange import Reply, Request, as_json
from tests.standins.base.tricks import Tricky
from tests.standins.facebook import described, door, edges, reading
from tests.standins.facebook.edges import Again, Call, thread_with
from tests.standins.facebook.state import Somebody, State, Thing, Token, Wrong

VERSION = "v25.0"
ANN = Somebody("10100001", "Ann Pilot")
_WANTED = {
    "feed": ("pages_manage_posts",), "photos": ("pages_manage_posts",),
    "videos": ("pages_manage_posts",), "video_reels": ("pages_manage_posts",),
    "video_stories": ("pages_manage_posts",), "photo_stories": ("pages_manage_posts",),
    "live_videos": ("publish_video",), "comments": ("pages_manage_engagement",),
    "likes": ("pages_manage_engagement",), "blocked": ("pages_manage_engagement",),
    "messages": ("pages_messaging",), "message_attachments": ("pages_messaging",),
    "subscribed_apps": ("pages_manage_metadata",),
}  # fmt: skip
"""What a POST needs."""
_READ = {
    "insights": ("read_insights",), "conversations": ("pages_messaging",),
    "ratings": ("pages_read_user_content",), "tagged": ("pages_read_user_content",),
    "comments": ("pages_read_user_content",), "ads_posts": ("pages_manage_ads",),
}  # fmt: skip
"""What a GET needs beside pages_read_engagement."""


class FacebookStandin(Tricky):
    """Two Pages of ann: `page` (Harbour Café) and `other`.

    process_next_videos: so many questions until the next videos are out. refuses_equal: whether
    the words of a post may come once only. starts_as_number: how the start of a live video has to
    be said (Meta says both). keeps_stories: whether the Page has an archive.
    """

    def __init__(self, origin: str = "https://facebook.test") -> None:
        super().__init__(origin)
        self.state = State()
        self.door = door.door(ANN.id)
        self.process_next_videos = 0
        self.refuses_equal = False
        self.starts_as_number = False
        self.keeps_stories = True
        self.page = self._new_page("2121008874780932", "Harbour Café", "harbourcafe")
        self.other = self._new_page("2121008874780933", "Harbour Museum", "")
        self.other.facts["tasks"] = ["ANALYZE", "MODERATE"]

    # What a test sees

    @property
    def posts(self) -> list[Thing]:
        """What stands on the Page by itself, newest first."""
        return self.state.of_kind("PagePost", page=self.page.id, where="published_posts")

    def of(self, kind: str, **facts: object) -> list[Thing]:
        return self.state.of_kind(kind, **facts)

    # What a test does

    def connected(self, scopes: tuple[str, ...] = door.SCOPES) -> dict[str, str]:
        """Secrets of the Page, as after the walk through the door."""
        word = self.state.give(Token(self.page.id, scopes))
        return {"access_token": word, "scope": " ".join(scopes)}

    def keys(self) -> dict[str, str]:
        """The administrator's."""
        return {
            "client_id": door.CLIENT_ID,
            "client_secret": door.CLIENT_SECRET,
            "verify_token": door.VERIFY_TOKEN,
        }

    def revoke_tokens(self) -> None:
        self.state.tokens.clear()

    def stray(self, text: str, where: str = "published_posts", by: Somebody = ANN) -> Thing:
        """A post that we did not make: a stray, an ad, or one that mentions the Page."""
        at = self.page.by if where in ("published_posts", "ads_posts") else by
        number = f"{self.page.id}_{self.state.number()}"
        post = Thing(number, "PagePost", at, self.now(), text, page=self.page.id, where=where)
        return self.state.add(post)

    def comment(self, about: str, text: str, by: Somebody = ANN, parent: str = "") -> Thing:
        number = f"{about.rpartition('_')[2]}_{self.state.number()}"
        made = Thing(number, "Comment", by, self.now(), text, about=about, parent=parent)
        return self.state.add(made)

    def write(self, text: str, by: Somebody = ANN) -> Thing:
        """A message of a person to the Page."""
        thread = thread_with(self.state, self.page, by, self.now())
        return self.state.add(
            Thing(
                f"m_{self.state.number()}", "UnifiedMessage", by, self.now(), text,
                page=self.page.id, about=thread.id, facts={"to": self.page.by},
            )
        )  # fmt: skip

    def review(self, text: str, recommends: str = "positive", stars: int | None = None) -> Thing:
        facts = {"recommends": recommends, "stars": stars}
        return self.state.add(
            Thing(
                self.state.number(), "Recommendation", ANN, self.now(), text, page=self.page.id,
                facts=facts,
            )
        )  # fmt: skip

    def goes_live(self, live_id: str) -> None:
        self.state.things[live_id].facts["status"] = "LIVE"

    def push(self, *changes: dict[str, Any], **entry: Any) -> tuple[dict[str, str], bytes]:
        """Headers and body of a push that it signs."""
        about = {"id": self.page.id, "time": int(self.now().timestamp()), **entry}
        if changes:
            about["changes"] = list(changes)
        body = json.dumps({"object": "page", "entry": [about]}).encode()
        signed = hmac.new(door.CLIENT_SECRET.encode(), body, hashlib.sha256).hexdigest()
        return {"x-hub-signature-256": f"sha256={signed}"}, body

    # What a network does

    def handle(self, request: Request) -> Reply:
        try:
            return self._route(request)
        except Wrong as wrong:
            return wrong.reply
        except Again as again:
            return as_json(again.body, 400)

    def held_against(self, request: Request, reply: Reply) -> list[str]:
        if not request.path.startswith(f"/{VERSION}/"):
            return []
        target, edge = self._called(request)
        if f"{target}/{edge}" in ("dialog/oauth", "oauth/access_token") or target == "debug_token":
            return []
        if target == door.CLIENT_ID:
            return described.held_against(request, "Application", edge)
        if target == "me" and edge == "accounts":
            return described.held_against(request, "User", edge)
        if request.args.get("ids"):
            target = request.args["ids"].split(",")[0]
        thing = self.page if target == "me" else self.state.found(target)
        kind = {"Recommendation": "OpenGraphStory"}.get(thing.kind, thing.kind) if thing else ""
        return described.held_against(request, kind, edge) if kind else []

    def _called(self, request: Request) -> tuple[str, str]:
        target, _, edge = request.path.removeprefix(f"/{VERSION}/").partition("/")
        return target, edge

    def _route(self, request: Request) -> Reply:
        now, (target, edge) = self.now(), self._called(request)
        if request.path.startswith("/video-upload/"):
            return self._uploaded(request)
        if request.path.startswith("/media/"):
            found = self.state.things[request.path.rpartition("/")[2]]
            return Reply(200, bytes(found.data), {"content-type": found.facts["mime"]})
        match (target, edge):
            case ("dialog", "oauth"):
                is_get = request.method == "GET"
                return self.door.page(request) if is_get else self.door.answer_page(request, now)
            case ("oauth", "access_token"):
                return door.token(request, self.state, self.door, now)
            case ("debug_token", ""):
                return door.about(request, self.state, now)
            case (door.CLIENT_ID, "subscriptions"):
                return self._subscription(request)
        return self._as_somebody(request, target, edge, now)

    def _as_somebody(self, request: Request, target: str, edge: str, now: datetime) -> Reply:
        given = {**request.args, **(request.fields if request.method == "POST" else {})}
        token = self._owner(str(given.get("access_token") or ""), given, now)
        if token.of == ANN.id:
            return self._accounts(request, token)
        me = self.state.things[token.of]
        self._allowed(token, request.method, edge)
        if request.args.get("ids"):
            return reading.several(request, self.state, self.origin)
        thing = me if target in ("me", me.id) else self.state.things.get(target)
        if thing is None:
            raise Wrong(
                100, f"Unsupported request. Object with ID '{target}' does not exist, cannot be "
                "loaded due to missing permissions, or does not support this operation", 33
            )  # fmt: skip
        if request.method == "GET":
            return reading.read(request, self.state, me, thing, edge, self)
        if request.method == "DELETE":
            return reading.delete(request, self.state, me, thing, edge)
        call = Call(
            self.state,
            me,
            thing,
            request.fields,
            now,
            self.process_next_videos,
            self.refuses_equal,
            self.starts_as_number,
        )
        if not edge:
            return as_json(reading.update(call))
        return as_json(edges.MADE[edge](call))

    def _owner(self, word: str, given: dict[str, Any], now: datetime) -> Token:
        token = self.state.tokens.get(word)
        if token is None:
            raise Wrong(190, "Error validating access token", 460)
        if token.ends_at and token.ends_at <= now:
            raise Wrong(190, "Error validating access token: Session has expired", 463)
        proof = hmac.new(door.CLIENT_SECRET.encode(), word.encode(), hashlib.sha256).hexdigest()
        if given.get("appsecret_proof") != proof:
            self.violations.append("a call without the proof that the app has its secret")
            raise Wrong(100, "Invalid appsecret_proof provided in the API argument")
        return token

    def _allowed(self, token: Token, method: str, edge: str) -> None:
        wanted = _WANTED.get(edge, ()) if method == "POST" else _READ.get(edge, ())
        missing = {*wanted, "pages_show_list"} - set(token.scopes)
        if missing:
            raise Wrong(200, f"(#200) requires {sorted(missing)}", status=403)

    def _accounts(self, request: Request, token: Token) -> Reply:
        rows = []
        for page in (self.page, self.other):
            word = self.state.give(Token(page.id, token.scopes))
            rows.append({"id": page.id, **page.facts, "access_token": word})
        return as_json(reading.page_of(rows, request))

    def _uploaded(self, request: Request) -> Reply:
        scheme, _, word = request.headers.get("authorization", "").partition(" ")
        video = self.state.things.get(request.path.rpartition("/")[2])
        if scheme != "OAuth" or word not in self.state.tokens or video is None:
            raise Wrong(190, "Invalid OAuth access token")
        if int(request.headers["offset"]) != len(video.data):
            raise Wrong(100, "The offset is not where the upload ended", 1363037)
        video.facts["size"] = int(request.headers["file_size"])
        video.data += request.body
        return as_json({"success": True})

    def _subscription(self, request: Request) -> Reply:
        if request.fields.get("access_token") != f"{door.CLIENT_ID}|{door.CLIENT_SECRET}":
            raise Wrong(190, "An app access token is needed")
        self.state.subscription = {k: str(v) for k, v in request.fields.items()}
        return as_json({"success": True})

    def _new_page(self, number: str, name: str, username: str) -> Thing:
        who = Somebody(number, name)
        facts = {
            "name": name,
            "username": username or None,
            "link": f"https://www.facebook.com/{username or number}",
            "followers_count": 1200,
            "about": "At the quay",
            "website": "https://harbour.example/",
            "tasks": ["ANALYZE", "MESSAGING", "MODERATE", "CREATE_CONTENT", "MANAGE"],
        }
        return self.state.add(Thing(number, "Page", who, self.now(), page=number, facts=facts))
