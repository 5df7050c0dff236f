"""The API of X on one address: its door, its posts, media, messages and pushes."""

from datetime import timedelta
from email.utils import format_datetime
from typing import Any

from tests.standins.base.door import Door, Token
from tests.standins.base.exchange import Reply, Request, as_json
from tests.standins.base.tricks import Tricky
from tests.standins.x import described, rules, shapes
from tests.standins.x.mail import Mail
from tests.standins.x.people import People
from tests.standins.x.posts import Posts
from tests.standins.x.pushes import Pushes
from tests.standins.x.state import Person, Post, State
from tests.standins.x.uploads import Uploads

CLIENT_ID, CLIENT_SECRET = "M1M5R3BMVy13", "x-client-secret"
BEARER, CONSUMER_SECRET = "app-only-bearer-token", "x-consumer-secret"
REDIRECT = "https://desk.example/channels/back"
APP = {
    "client_id": CLIENT_ID,
    "client_secret": CLIENT_SECRET,
    "bearer_token": BEARER,
    "consumer_secret": CONSUMER_SECRET,
}
SCOPES = frozenset(
    scope for one in rules.ROUTES for scope in one.scopes if scope != "app"
) | {"offline.access"}  # fmt: skip
_FREE = frozenset({"me", "upload_state", "begin_upload", "append", "end_upload", "describe"})


class XStandin(Tricky):
    """harbour is the account that signs in; ann is a stranger."""

    def __init__(self, origin: str = "https://api.x.test") -> None:
        super().__init__(origin)
        self.state = State()
        for username, name in (("harbour", "The Harbour"), ("ann", "Ann"), ("bob", "Bob")):
            number = self.state.new_id(self.now())
            self.state.people[username] = Person(number, username, name)
        self.door = Door(
            apps={CLIENT_ID: CLIENT_SECRET},
            redirects=(REDIRECT,),
            signs_in_as="harbour",
            known_scopes=SCOPES,
        )
        self.posts = Posts(self.state, self.now)
        self.mail = Mail(self.state, self.now)
        self.pushes = Pushes(self.state, self.posts, self.now)
        people = People(self.state, self.posts, self.now)
        self._parts = (self.posts, self.mail, self.pushes, people, Uploads(self.state, self.now))

    # What a test sees and does

    def person(self, username: str) -> Person:
        return self.state.people[username]

    def published(self) -> list[Post]:
        """The harbour's own, newest first."""
        with self.lock:
            return self.state.own(self.person("harbour"))

    def says(self, username: str, text: str, reply_to: str = "", quotes: str = "") -> Post:
        """Somebody writes a post."""
        with self.lock:
            return self.posts.add(self.person(username), text, reply_to=reply_to, quotes=quotes)

    def writes(self, username: str, text: str) -> str:
        """Somebody sends the harbour a message; its number."""
        with self.lock:
            sender = self.person(username)
            where = self.mail.between(sender, self.person("harbour"))
            return self.mail.add(sender, where, text).id

    def connected(self, scopes: tuple[str, ...] | None = None) -> dict[str, str]:
        """The secrets of the harbour's account, as after the walk through the door."""
        given = self.door.give(
            self.person("harbour").id, scopes or tuple(sorted(SCOPES)), CLIENT_ID, self.now()
        )
        kept = {name: str(given[name]) for name in ("access_token", "refresh_token", "scope")}
        ends = (self.now() + timedelta(hours=2)).isoformat()
        keys = {"client_id": CLIENT_ID, "client_secret": CLIENT_SECRET}
        return {**kept, "expires_at": ends, **keys}

    # What a network does

    def handle(self, request: Request) -> Reply:
        reply = self._door(request) or self._api(request)
        date = {"date": format_datetime(self.now().replace(microsecond=0), usegmt=True)}
        return Reply(reply.status, reply.body, {**date, **reply.headers}, reply.lie, reply.dropped)

    def held_against(self, request: Request, reply: Reply) -> list[str]:
        if not request.path.startswith("/2/") or request.path.startswith("/2/oauth2/"):
            return []
        found = rules.violations(request)
        if described.at_hand():
            honest = Reply(reply.status, reply.body, reply.headers, lie=True)
            shown = honest if self.state.old_names else reply
            found += described.violations(request, shown, self.origin)
        return found

    def _door(self, request: Request) -> Reply | None:
        match (request.method, request.path):
            case ("GET", "/i/oauth2/authorize"):
                return self.door.page(request)
            case ("POST", "/i/oauth2/authorize"):
                return self._answer_page(request)
            case ("POST", "/2/oauth2/token"):
                return self._token(request)
            case ("POST", "/2/oauth2/revoke"):
                self.door.revoke(str(request.fields.get("token", "")))
                return as_json({"revoked": True})
        return None

    def _answer_page(self, request: Request) -> Reply:
        """A code is good for 30 seconds only, and stands for a person's number."""
        reply = self.door.answer_page(request, self.now())
        for code in self.door.codes.values():
            code.ends_at = min(code.ends_at, self.now() + timedelta(seconds=30))
            code.person = self.person("harbour").id
        return reply

    def _token(self, request: Request) -> Reply:
        reply = self.door.token(request, self.now())
        refreshing = request.fields.get("grant_type") == "refresh_token"
        if reply.status == 400 and refreshing:
            said = "Value passed for the token was invalid."
            return as_json({"error": "invalid_request", "error_description": said}, 400)
        body = Request("", "", headers={"content-type": "application/json"}, body=reply.body).fields
        if reply.status == 200 and "offline.access" not in body["scope"].split():
            self.door.refresh_tokens.pop(body.pop("refresh_token"), None)
            return as_json(body)
        return reply

    def _api(self, request: Request) -> Reply:
        found = rules.route(request)
        if found is None:
            return shapes.problem("", "Not Found", 404)
        route, match = found
        token = self.door.owner(request.bearer, self.now())
        if refused := self._refused(request, route, token):
            return refused
        if self.state.credits is not None and route.name not in _FREE:
            if self.state.credits <= 0:
                return self._no_credits()
            self.state.credits -= 1
        person = self.state.person(token.person) if token else self.person("harbour")
        return self._handler(route.name)(request, person, *match.groups())

    def _refused(self, request: Request, route: rules.Route, token: Token | None) -> Reply | None:
        if route.scopes == ("app",):
            if request.bearer == BEARER:
                return None
            detail = "Authenticating with OAuth 2.0 User Context is forbidden for this endpoint."
            return shapes.problem("unsupported-authentication", detail, 403)
        if token is None:
            return shapes.problem("", "Unauthorized", 401)
        if lacking := set(route.scopes) - set(token.scopes):
            self.violations.append(f"{request.method} {request.path}: lacks {sorted(lacking)}")
            return shapes.problem("", "You do not have the required scope.", 403)
        return None

    def _no_credits(self) -> Reply:
        detail = "Your enrolled account does not have any credits to fulfill this request."
        kind = "https://api.twitter.com/2/problems/credits"
        return as_json({"title": "CreditsDepleted", "detail": detail, "type": kind}, 402)

    def _handler(self, name: str) -> Any:
        return next(getattr(part, name) for part in self._parts if hasattr(part, name))
