"""The stand-in itself: the door, who may pass, which node a path names."""

from urllib.parse import urlencode

from tests.standins.base.containers import Shelf
from tests.standins.base.door import Door
from tests.standins.base.exchange import Reply, Request, as_json
from tests.standins.base.family import bad_token, dated, error, not_there, proof, pushed
from tests.standins.base.tricks import Tricky
from tests.standins.instagram import api, described
from tests.standins.instagram.state import Comment, Message, Post, State

VERSION = "/v25.0"
BACK = "https://desk.example/channels/back"
SCOPES = frozenset(
    {
        "instagram_basic", "instagram_content_publish", "instagram_manage_comments",
        "instagram_manage_contents", "instagram_manage_insights", "instagram_manage_messages",
        "pages_show_list", "pages_read_engagement", "pages_manage_metadata", "business_management",
    }
)  # fmt: skip
APP_ID, APP_SECRET = "1234567890", "app-secret"

_CALLS: dict[tuple[str, str, str], api.Handler] = {
    ("GET", "IGUser", ""): api.user,
    ("GET", "IGUser", "media"): api.list_media,
    ("POST", "IGUser", "media"): api.make_media,
    ("POST", "IGUser", "media_publish"): api.publish,
    ("GET", "IGUser", "content_publishing_limit"): api.publishing_limit,
    ("GET", "IGUser", "stories"): api.stories,
    ("GET", "IGUser", "tags"): api.tags,
    ("POST", "IGUser", "mentions"): api.answer_mention,
    ("POST", "IGUser", "moderate_conversations"): api.moderate,
    ("GET", "IGUser", "insights"): api.account_insights,
    ("GET", "ShadowIGMediaBuilder", ""): api.container,
    ("GET", "IGMedia", ""): api.read_post,
    ("DELETE", "IGMedia", ""): api.delete_post,
    ("GET", "IGMedia", "comments"): api.comments,
    ("POST", "IGMedia", "comments"): api.comment_on,
    ("GET", "IGMedia", "insights"): api.insights,
    ("GET", "IGComment", ""): api.read_comment,
    ("POST", "IGComment", ""): api.hide_comment,
    ("DELETE", "IGComment", ""): api.delete_comment,
    ("GET", "IGComment", "replies"): api.replies,
    ("POST", "IGComment", "replies"): api.reply_to,
    ("POST", "Page", "messages"): api.send,
    ("GET", "Page", "conversations"): api.conversations,
    ("GET", "Page", "subscribed_apps"): api.subscribed,
    ("POST", "Page", "subscribed_apps"): api.subscribe,
    ("POST", "Application", "subscriptions"): api.subscribe,
    ("GET", "UnifiedMessage", ""): api.read_message,
}


class InstagramStandin(Tricky):
    """A small Instagram with one professional account, `harbour_cafe`, and its Page."""

    def __init__(self, origin: str = "https://instagram.test") -> None:
        super().__init__(origin)
        self.state = State()
        self.shelf = Shelf(self.state.new_id, self.now)
        self.door = Door(
            {APP_ID: APP_SECRET}, (BACK,), "Harbour Café", SCOPES, separator=",",
            refreshes=False, pkce=False,
        )  # fmt: skip
        self.granted: frozenset[str] = SCOPES

    def handle(self, request: Request) -> Reply:
        return dated(self._handled(request), self.now())

    def held_against(self, request: Request, reply: Reply) -> list[str]:
        node, edge, _ = self._named(request)
        plain = node in ("", "UnifiedMessage") or not described.present()
        return [] if plain else described.violations(request, node, edge)

    # What a test does

    def write(self, text: str, *, by: str = "", post: Post | None = None, parent: str = "") -> str:
        """A comment of somebody, made by hand. Gives its id."""
        on = post or self.state.own(self.now())[0]
        made = Comment(self.state.new_id(), on.id, by or self.state.name, text, self.now(), parent)
        self.state.comments[made.id] = made
        return made.id

    def post(self, caption: str, *, owner: str = "", tagged: tuple[str, ...] = ()) -> Post:
        """A post made by hand: a stray of ours, or somebody else's."""
        media = (("https://cdn.test/1.jpg", "", "IMAGE"),)
        whose = owner or self.state.me
        made = Post(self.state.new_id(), whose, caption, self.now(), media=media, tagged=tagged)
        self.state.posts[made.id] = made
        return made

    def message(self, text: str, person: str = "4242") -> str:
        """What a person writes to the account. Gives its id."""
        made = Message(f"aWdf{self.state.new_id()}", person, False, text, self.now())
        self.state.messages[made.id] = made
        return made.id

    def push(
        self, *changes: dict[str, object], messaging: tuple[object, ...] = ()
    ) -> tuple[dict[str, str], bytes]:
        entry: dict[str, object] = {"id": self.state.me, "time": int(self.now().timestamp())}
        if changes:
            entry["changes"] = list(changes)
        if messaging:
            entry["messaging"] = list(messaging)
        return pushed(APP_SECRET, {"object": "instagram", "entry": [entry]})

    # The network

    def _handled(self, request: Request) -> Reply:
        if request.path == f"{VERSION}/dialog/oauth":
            page = self.door.page if request.method == "GET" else self._answered
            return page(request)
        if request.path == f"{VERSION}/oauth/access_token":
            return self._token(request)
        if (refusal := self._shut(request)) is not None:
            return refusal
        if request.path == f"{VERSION}/me/accounts":
            return self._accounts()
        if request.path == f"{VERSION}/me/permissions":
            rows = [{"permission": one, "status": "granted"} for one in sorted(self.granted)]
            return as_json({"data": rows})
        node, edge, remote_id = self._named(request)
        handler = _CALLS.get((request.method, node, edge))
        if handler is None:
            return not_there(remote_id)
        return handler(api.Call(request, remote_id, self.state, self.shelf))

    def _answered(self, request: Request) -> Reply:
        return self.door.answer_page(request, self.now())

    def _token(self, request: Request) -> Reply:
        """The three grants, as one address answers them."""
        asked = {name: str(value) for name, value in request.fields.items()}
        if self.door.apps.get(asked.get("client_id", "")) != asked.get("client_secret"):
            return error(1, "Error validating client secret.")
        if asked.get("grant_type") == "client_credentials":
            return as_json({"access_token": f"{APP_ID}|{APP_SECRET}", "token_type": "bearer"})
        if asked.get("grant_type") == "fb_exchange_token":
            known = self.door.owner(asked.get("fb_exchange_token", ""), self.now())
            if known is None:
                return bad_token()
            given = self.door.give(known.person, known.scopes, known.client_id, self.now())
            return as_json({**given, "expires_in": 5_184_000})
        form = {"content-type": "application/x-www-form-urlencoded"}
        body = urlencode({**asked, "grant_type": "authorization_code"}).encode()
        reply = self.door.token(Request("POST", request.path, "", form, body), self.now())
        return reply if reply.status == 200 else error(100, "Invalid verification code format.")

    def _accounts(self) -> Reply:
        account = {"id": self.state.me, "username": self.state.name, "name": "Harbour Café"}
        page = {"id": self.state.page, "name": "Harbour", "access_token": self.state.page_token}
        other = {"id": "99", "name": "A Page without Instagram", "access_token": "EAAother"}
        return as_json({"data": [{**page, "instagram_business_account": account}, other]})

    def _shut(self, request: Request) -> Reply | None:
        given = {**request.args, **({} if request.method == "GET" else request.fields)}
        token = str(given.get("access_token", ""))
        if token == f"{APP_ID}|{APP_SECRET}":
            return None
        known = token == self.state.page_token or self.door.owner(token, self.now()) is not None
        if not known:
            return bad_token()
        if given.get("appsecret_proof") != proof(APP_SECRET, token):
            return error(100, "Invalid appsecret_proof provided in the API argument")
        return None

    def _named(self, request: Request) -> tuple[str, str, str]:
        """(node, edge, id) of a path; ("", "", "") for those of the door."""
        head, _, rest = request.path.removeprefix(f"{VERSION}/").partition("/")
        kinds = {self.state.me: "IGUser", self.state.page: "Page", APP_ID: "Application"}
        for known, name in (
            (self.shelf.all, "ShadowIGMediaBuilder"), (self.state.posts, "IGMedia"),
            (self.state.comments, "IGComment"), (self.state.messages, "UnifiedMessage"),
        ):  # fmt: skip
            kinds |= dict.fromkeys(known, name)
        node = kinds.get(head, "")
        return (node, rest, head) if node else ("", "", head)
