"""The stand-in itself: `answer(request) -> reply`, and what a test may do to it.

Carried by a real socket (server.py) or inside the process (`transport()`).
"""

import re
import secrets

import httpx

from tests.standins.base.exchange import Reply, Request, as_html, as_json
from tests.standins.mastodon import api, oauth, shapes, social
from tests.standins.mastodon.described import scopes, violations
from tests.standins.mastodon.state import (
    STATUSES,
    App,
    Person,
    State,
    Status,
    Token,
    Trick,
    rate_headers,
)

SCOPES = (
    "read:accounts", "read:follows", "read:notifications", "read:statuses", "write:accounts",
    "write:blocks",
    "write:favourites", "write:follows", "write:media", "write:mutes", "write:reports",
    "write:statuses",
)  # fmt: skip
_DROPPED = Reply(0, dropped=True, lie=True)

_ROUTES: tuple[tuple[str, str, api.Handler], ...] = (
    ("GET", r"/api/v1/accounts/verify_credentials", api.verify_credentials),
    ("GET", r"/api/v1/accounts/relationships", social.relationships),
    ("GET", r"/api/v1/accounts/[^/]+/statuses", api.account_statuses),
    ("GET", r"/api/v1/accounts/[^/]+/following", social.following),
    ("GET", r"/api/v1/accounts/[^/]+", social.get_account),
    ("POST", r"/api/v1/accounts/[^/]+/(?:un)?(?:mute|block|follow)", social.relate),
    ("GET", r"/api/v1/notifications", social.notifications),
    ("GET", r"/api/v1/conversations", social.conversations),
    ("POST", r"/api/v1/reports", social.report),
    ("GET", r"/api/v1/streaming/user", social.stream),
    ("POST", r"/api/v1/statuses/[^/]+/(?:un)?favourite", social.favourite),
    ("POST", r"/api/v1/statuses/[^/]+/(?:un)?pin", social.pin),
    ("POST", r"/api/v1/statuses/[^/]+/quotes/[^/]+/revoke", social.revoke_quote),
    ("PUT", r"/api/v1/statuses/[^/]+", social.edit_status),
    ("POST", r"/api/v2/media", api.create_media),
    ("GET", r"/api/v1/media/[^/]+", api.get_media),
    ("POST", r"/api/v1/statuses", api.create_status),
    ("GET", r"/api/v1/statuses/[^/]+", api.get_status),
    ("DELETE", r"/api/v1/statuses/[^/]+", api.delete_status),
    ("GET", r"/api/v1/statuses/[^/]+/context", api.context),
)


class MastodonStandin:
    """A small Mastodon with one account, `harbour`.

    state: everything it knows (statuses, media, tokens, requests, violations).
    signs_in_as: whose page the Authorize button is on.
    """

    def __init__(self, origin: str = "https://mastodon.test") -> None:
        self.origin = origin
        self.state = State()
        self.state.add_person("harbour", "Harbour Café")
        self.signs_in_as = "harbour"

    # What a test sees

    @property
    def statuses(self) -> list[Status]:
        """All that are public now, oldest first."""
        with self.state.lock:
            return sorted(self.state.statuses.values(), key=lambda s: int(s.id))

    @property
    def violations(self) -> list[str]:
        """What either side did against the description, so far."""
        with self.state.lock:
            return list(self.state.violations)

    def broke(self, why: str) -> None:
        with self.state.lock:
            self.state.violations.append(f"the stand-in broke: {why}")

    def calls(self, method: str, path: str) -> list[Request]:
        """The requests of this method and exact path that came in."""
        with self.state.lock:
            return [r for r in self.state.requests if (r.method, r.path) == (method, path)]

    # What a test does

    def connected(
        self, username: str = "harbour", scopes: tuple[str, ...] = SCOPES
    ) -> dict[str, str]:
        """Secrets of an account, as after the walk through the door."""
        with self.state.lock:
            app = App(secrets.token_hex(8), secrets.token_hex(8), "Breakwater", (), SCOPES)
            self.state.apps[app.client_id] = app
            token = self.state.add_token(app, self.state.people[username], scopes)
        return {
            "access_token": token,
            "scope": " ".join(scopes),
            "client_id": app.client_id,
            "client_secret": app.client_secret,
        }

    def person(self, username: str) -> Person:
        """The account of this name, made when it is new."""
        with self.state.lock:
            return self.state.people.get(username) or self.state.add_person(username)

    def post(
        self,
        username: str,
        text: str,
        *,
        in_reply_to: str | None = None,
        visibility: str = "public",
        quoting: str | None = None,
    ) -> Status:
        """A status made by hand: a stray, or somebody's comment, message or quote."""
        person = self.person(username)
        with self.state.lock:
            made = Status(
                self.state.new_id(), person, text, self.state.moment(), visibility=visibility,
                in_reply_to=in_reply_to, quoting=quoting,
            )  # fmt: skip
            self.state.add_status(made, shapes.named(text, self.origin, self.state))
        return made

    def advance(self, seconds: float) -> None:
        """Its clock goes on: keys grow old, codes run out."""
        self.state.ahead_s += seconds

    def ignore_keys(self) -> None:
        """From now on the same Idempotency-Key makes another status, as some servers do."""
        self.state.ignore_keys = True

    def revoke_tokens(self) -> None:
        with self.state.lock:
            self.state.tokens.clear()

    def process_next_media(self, polls: int) -> None:
        """The next upload answers 202, and the next `polls` questions 206."""
        self.state.polls_of_next_media = polls

    def drop_reply_after_accept(self, times: int = 1, *, path: str = STATUSES) -> None:
        """The next statuses are made, and the connection ends without an answer."""
        self._play(Trick(_DROPPED, accepted=True, times=times, path=path))

    def drop_before_accept(self, times: int = 1) -> None:
        """The connection ends, and nothing was made."""
        self._play(Trick(_DROPPED, times=times))

    def fail_next(
        self,
        status: int,
        *,
        accepted: bool = False,
        times: int = 1,
        method: str = "POST",
        path: str = STATUSES,
    ) -> None:
        """The next such calls answer `status`; accepted: and did it all the same."""
        answer = as_json({"error": "There was a temporary problem serving your request"}, status)
        self._play(Trick(_lie(answer), accepted, times, method, path))

    def html_200(
        self, *, accepted: bool = True, method: str = "POST", path: str = STATUSES
    ) -> None:
        """The next such call answers 200 with a page (a proxy that means well)."""
        page = as_html("<!doctype html><title>Just a moment…</title>")
        self._play(Trick(_lie(page), accepted, 1, method, path))

    def html_404(self, *, path: str) -> None:
        """The next GET below `path` answers 404 with a page, though what is asked is there."""
        page = as_html("<h1>404 Not Found</h1><hr>nginx", 404)
        self._play(Trick(_lie(page), False, 1, "GET", path))

    def no_id_201(self, *, accepted: bool = True) -> None:
        """The next status answers 201 without an id."""
        self._play(Trick(_lie(as_json({"ok": True}, 201)), accepted))

    def scheduled_answer(self) -> None:
        """The next status answers as if it had been put off until later."""
        later = {"id": "3", "scheduled_at": "2027-01-01T00:00:00.000Z", "params": {}}
        self._play(Trick(_lie(as_json({**later, "media_attachments": []})), accepted=True))

    def stall(self, seconds: float, *, accepted: bool = True) -> None:
        """The next status answers 504 after `seconds`; accepted: it was made at once."""
        late = as_html("<h1>504 Gateway Time-out</h1>", 504)
        reply = Reply(late.status, late.body, late.headers, lie=True, stall_s=seconds)
        self._play(Trick(reply, accepted))

    def throttle(
        self,
        seconds: float = 30,
        *,
        headers: dict[str, str] | None = None,
        times: int = 1,
        method: str = "POST",
        path: str = STATUSES,
    ) -> None:
        """The next such calls answer 429; headers: in place of `Retry-After: seconds`."""
        said = {"retry-after": str(int(seconds))} if headers is None else headers
        answer = as_json({"error": "Too many requests"}, 429, said)
        self._play(Trick(_lie(answer), False, times, method, path))

    def _play(self, trick: Trick) -> None:
        with self.state.lock:
            self.state.tricks.append(trick)

    # What a network does

    def answer(self, request: Request) -> Reply:
        """The reply, and a note in `violations` of whatever the description forbids."""
        with self.state.lock:
            self.state.requests.append(request)
            trick = self.state.trick_for(request)
            if trick is None or trick.accepted:
                reply = self._route(request)
                self._hold_against(request, reply)
            if trick is not None:
                reply = trick.reply
                self._hold_against(request, reply)
        return reply

    def transport(self) -> httpx.MockTransport:
        """The same without a socket, for fast tests."""
        return httpx.MockTransport(self._carry)

    def _hold_against(self, request: Request, reply: Reply) -> None:
        self.state.violations += violations(request, reply, self.origin)

    def _route(self, request: Request) -> Reply:
        reply = self._door(request) or self._instance(request) or self._api(request)
        if request.path.startswith("/api/"):
            return Reply(
                reply.status, reply.body, {**rate_headers(self.state), **reply.headers}, reply.lie
            )
        return reply

    def _door(self, request: Request) -> Reply | None:
        called = (request.method, request.path)
        if called == ("GET", "/oauth/authorize"):
            return oauth.page(request, self.state, self.signs_in_as)
        if called == ("POST", "/oauth/authorize"):
            return oauth.answer_page(request, self.state, self.signs_in_as)
        handlers = {
            ("POST", "/api/v1/apps"): oauth.create_app,
            ("POST", "/oauth/token"): oauth.token,
            ("POST", "/oauth/revoke"): oauth.revoke,
        }
        return handlers[called](request, self.state) if called in handlers else None

    def _instance(self, request: Request) -> Reply | None:
        found = re.fullmatch(r"/api/(v[12])/instance", request.path)
        if found and request.method == "GET":
            return as_json(shapes.instance(found[1], self.origin))
        item = re.fullmatch(r"/system/media_attachments/(\w+)", request.path)
        if item and (media := self.state.media.get(item[1])):
            return Reply(200, media.data, {"content-type": media.mime})
        return None

    def _api(self, request: Request) -> Reply:
        for method, pattern, handler in _ROUTES:
            if request.method == method and re.fullmatch(pattern, request.path):
                token = self.state.owner(request)
                refusal = _refusal(token, scopes(method, request.path))
                if refusal is not None or token is None:
                    return refusal or as_json({"error": "The access token is invalid"}, 401)
                return handler(request, self.state, token.person, self.origin)
        return as_json({"error": "Not Found"}, 404)

    def _carry(self, request: httpx.Request) -> httpx.Response:
        reply = self.answer(
            Request(
                method=request.method,
                path=request.url.path,
                query=request.url.query.decode(),
                headers={k.lower(): v for k, v in request.headers.items()},
                body=request.content,
            )
        )
        if reply.dropped:
            raise httpx.RemoteProtocolError("Server disconnected without sending a response.")
        if reply.stall_s:
            raise httpx.ReadTimeout("no answer in time")
        return httpx.Response(reply.status, headers=dict(reply.headers), content=reply.body)


def _refusal(token: Token | None, wanted: tuple[str, ...]) -> Reply | None:
    if token is None:
        return as_json({"error": "The access token is invalid"}, 401)
    if token.person.disabled:
        return as_json({"error": "Your login is currently disabled"}, 403)
    if wanted and not set(wanted) & set(token.scopes):
        return as_json({"error": "This action is outside the authorized scopes"}, 403)
    return None


def _lie(reply: Reply) -> Reply:
    return Reply(reply.status, reply.body, reply.headers, lie=True)
