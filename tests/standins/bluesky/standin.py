"""Bluesky in memory: an AT Protocol server that is joined to the app, the chat and the videos.

Every request and every record is held against the lexicons; so is the shape of what is answered.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import parse_qs

from tests.standins.base.exchange import Reply, Request, as_json
from tests.standins.base.tricks import Tricky
from tests.standins.bluesky import app, lexicon, repo
from tests.standins.bluesky.services import Chats, Videos
from tests.standins.bluesky.state import Person, Record, Refusal, State

PUT = "/xrpc/com.atproto.repo.putRecord"
CHAT = "did:web:api.bsky.chat#bsky_chat"
_OPEN = ("com.atproto.server.createSession", "com.atproto.identity.resolveHandle")
_SERVICES = ("app.bsky.", "chat.bsky.", "com.atproto.moderation.")

Args = Mapping[str, list[str]]
Way = Callable[[Request, Person, Args], Any]


class BlueskyStandin(Tricky):
    """`ann` is the account; anybody else is a stranger."""

    def __init__(self, origin: str = "https://pds.test", *, joined: bool = True) -> None:
        super().__init__(origin)
        self.state = State(joined=joined)
        self.videos, self.chats = Videos(), Chats()
        self.ann = self.state.add("ann.test")

    # What a test sees and does

    def connected(self) -> dict[str, str]:
        """Secrets of ann's account."""
        made = self.state.session(self.ann.did, self.now())
        return {"access_token": made["accessJwt"], "refresh_token": made["refreshJwt"]}

    def expire_tokens(self) -> None:
        self.state.access.clear()

    def person(self, name: str) -> Person:
        """A stranger, made if new."""
        handle = f"{name}.test"
        known = [one for one in self.state.people.values() if one.handle == handle]
        return known[0] if known else self.state.add(handle)

    def writes(self, who: Person, text: str, *, made_at: str = "", **more: Any) -> Record:
        """A post of a stranger; made_at: what they say that the time is."""
        value = {
            "$type": app.POST,
            "text": text,
            "createdAt": made_at or self.now().isoformat(),
            **more,
        }
        assert lexicon.record(value, app.POST) == []
        return self.state.put(who.did, app.POST, self.state.key(), value, self.now())

    def replies(self, who: Person, post: str, text: str, **more: Any) -> Record:
        found = self.state.records[post]
        own = {"uri": found.uri, "cid": found.cid}
        root = found.value.get("reply", {}).get("root", own)
        return self.writes(who, text, reply={"root": root, "parent": own}, **more)

    def follows(self, who: Person) -> None:
        """Ann follows them, by a record that was made in an app."""
        value = {
            "$type": "app.bsky.graph.follow",
            "subject": who.did,
            "createdAt": self.now().isoformat(),
        }
        self.state.put(self.ann.did, "app.bsky.graph.follow", self.state.key(), value, self.now())

    # The network

    def handle(self, request: Request) -> Reply:
        nsid = request.path.removeprefix("/xrpc/")
        try:
            way = self._ways().get(nsid)
            if way is None:
                raise Refusal("MethodNotImplemented", "Method Not Implemented", 501)
            person = self._entered(request, nsid)
            if wrong := self._malformed(nsid, lexicon.method(nsid) or {}, request):
                raise Refusal("InvalidRequest", f"Error: {wrong[0]}")
            if nsid.startswith(_SERVICES) and not self.state.joined:
                raise Refusal("InvalidRequest", f"No service configured for {nsid}")
            if nsid.startswith("chat.") and request.headers.get("atproto-proxy") != CHAT:
                raise Refusal("MethodNotImplemented", "Method Not Implemented", 501)
            return self._reply(way(request, person, parse_qs(request.query)))
        except Refusal as no:
            return self._reply({"error": no.error, "message": no.message}, no.status)

    def held_against(self, request: Request, reply: Reply) -> list[str]:
        if not request.path.startswith("/xrpc/"):
            return []  # another service's door, which nobody keeps here: it is refused
        nsid = request.path.removeprefix("/xrpc/")
        method = lexicon.method(nsid)
        if method is None:
            return [f"{nsid} is not in the lexicons that are kept here"]
        wrong = [f"{nsid}: {one}" for one in self._asked(nsid, method, request)]
        schema = method.get("output", {}).get("schema")
        if schema and reply.status == 200 and not reply.lie:
            told = lexicon.faults(schema, json.loads(reply.body), nsid, "answer")
            wrong += [f"{nsid}: {one}" for one in told]
        return wrong

    def _asked(self, nsid: str, method: Mapping[str, Any], request: Request) -> list[str]:
        wrong = self._malformed(nsid, method, request)
        if not wrong and request.path == PUT:
            wrong += self._strange_fields(json.loads(request.body))
        return wrong

    def _malformed(self, nsid: str, method: Mapping[str, Any], request: Request) -> list[str]:
        verb = "POST" if method["type"] == "procedure" else "GET"
        wrong = [] if request.method == verb else [f"is a {verb}"]
        given = parse_qs(request.query, keep_blank_values=True)
        if nsid != "app.bsky.video.uploadVideo":  # did and name are known by custom only
            wrong += lexicon.params(method.get("parameters", {}), given, nsid)
        schema = method.get("input", {}).get("schema")
        if schema:
            body = json.loads(request.body or b"null")
            wrong += lexicon.faults(schema, body, nsid, "input")
        return wrong

    def _strange_fields(self, body: Mapping[str, Any]) -> list[str]:
        """Of a record: what is too long is for the server to refuse, what is unknown is ours."""
        return [
            one
            for one in lexicon.record(body["record"], body["collection"])
            if "not in the lexicon" in one or "is a " in one or "is missing" in one
        ]

    def _entered(self, request: Request, nsid: str) -> Person:
        """Whose token it is; ann's for what is open to all. Raises: Refusal."""
        token = request.bearer
        if nsid in _OPEN or nsid in (
            "com.atproto.server.refreshSession",
            "com.atproto.server.deleteSession",
        ):
            return self.ann
        if nsid in ("app.bsky.video.getUploadLimits", "app.bsky.video.uploadVideo"):
            return self._served(token, nsid)
        if not token:
            raise Refusal("AuthMissing", "Authentication Required", 401)
        known = self.state.access.get(token)
        if known is None:
            raise Refusal("InvalidToken", "Token could not be verified")
        if known[1] <= self.now():
            raise Refusal("ExpiredToken", "Token has expired")
        return self.state.people[known[0]]

    def _served(self, token: str, nsid: str) -> Person:
        """Whose service token it is, for this very method (videos are stored by uploadBlob)."""
        did, audience, method = self.state.service_tokens.get(token, ("", "", ""))
        wanted = "com.atproto.repo.uploadBlob" if nsid.endswith("uploadVideo") else nsid
        if method != wanted or not audience.startswith("did:web:"):
            raise Refusal("AuthenticationRequired", "not for this method", 401)
        return self.state.people[did]

    def _service_auth(self, request: Request, me: Person, args: Args) -> Any:
        token = f"svc-{len(self.state.service_tokens)}"
        self.state.service_tokens[token] = (me.did, args["aud"][0], args["lxm"][0])
        return {"token": token}

    def _reply(self, content: Any, status: int = 200) -> Reply:
        moment = self.now().strftime("%a, %d %b %Y %H:%M:%S GMT")
        if content == {} and status == 200:
            return Reply(200, b"{}", {"content-type": "application/json", "date": moment})
        return as_json(content, status, {"date": moment})

    def _muted(self, request: Request, me: Person, args: Args) -> Any:
        del args
        change = me.mutes.discard if "unmute" in request.path else me.mutes.add
        change(str(request.fields["actor"]))
        return {}

    def _ways(self) -> Mapping[str, Way]:
        state, now = self.state, self.now()
        one = {
            "createSession": lambda r, me, a: repo.create_session(state, r.fields, now),
            "refreshSession": lambda r, me, a: repo.refresh_session(state, r.bearer, now),
            "deleteSession": lambda r, me, a: (state.refresh.pop(r.bearer, None) and {}) or {},
            "getSession": lambda r, me, a: repo.get_session(state, me.did, self.origin),
            "getServiceAuth": self._service_auth,
        }
        two = {
            "putRecord": lambda r, me, a: repo.put_record(state, me.did, r.fields, now),
            "deleteRecord": lambda r, me, a: repo.delete_record(state, me.did, r.fields),
            "getRecord": lambda r, me, a: repo.get_record(state, _last(a)),
            "listRecords": lambda r, me, a: repo.list_records(state, _last(a)),
            "uploadBlob": lambda r, me, a: repo.upload_blob(state, r.body, r.content_type),
        }
        return {
            **{f"com.atproto.server.{name}": way for name, way in one.items()},
            **{f"com.atproto.repo.{name}": way for name, way in two.items()},
            "com.atproto.identity.resolveHandle": lambda r, me, a: repo.resolve_handle(
                state, _last(a)
            ),
            **self._app_ways(),
        }

    def _app_ways(self) -> Mapping[str, Way]:
        state, now = self.state, self.now()
        return {
            "com.atproto.moderation.createReport": lambda r, me, a: app.report(
                state, me, r.fields, now.isoformat()
            ),
            "app.bsky.notification.listNotifications": lambda r, me, a: app.notifications(state, me, a),
            "app.bsky.feed.getPosts": lambda r, me, a: app.posts(state, me, a),
            "app.bsky.feed.getPostThread": lambda r, me, a: app.thread(state, me, a),
            "app.bsky.actor.getProfile": lambda r, me, a: app.profile(state, me, a),
            "app.bsky.graph.getFollows": lambda r, me, a: app.follows(state, me, a),
            "app.bsky.graph.muteActor": self._muted,
            "app.bsky.graph.unmuteActor": self._muted,
            "app.bsky.video.getUploadLimits": lambda r, me, a: self.videos.limits(),
            "app.bsky.video.uploadVideo": lambda r, me, a: self.videos.upload(
                state, a["did"][0], r.body
            ),
            "app.bsky.video.getJobStatus": lambda r, me, a: self.videos.status(a["jobId"][0]),
            "chat.bsky.convo.getConvoForMembers": lambda r, me, a: self.chats.conversation(
                me.did, a["members"]
            ),
            "chat.bsky.convo.sendMessage": lambda r, me, a: self.chats.send(
                me.did, r.fields["convoId"], r.fields["message"], now
            ),
            "chat.bsky.convo.getMessages": lambda r, me, a: self.chats.messages(
                a["convoId"][0], a.get("cursor", [""])[0], int(a.get("limit", ["50"])[0])
            ),
            "chat.bsky.convo.getLog": lambda r, me, a: self.chats.logged(a.get("cursor", [""])[0]),
        }  # fmt: skip


def _last(args: Args) -> dict[str, str]:
    return {name: values[-1] for name, values in args.items()}
