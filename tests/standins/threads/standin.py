"""The stand-in itself: the door, its tokens, which thing a path names."""

from datetime import timedelta

from tests.standins.base.containers import Shelf
from tests.standins.base.door import Door
from tests.standins.base.exchange import Reply, Request, as_json
from tests.standins.base.family import bad_token, dated, error, not_there, pushed, written
from tests.standins.base.tricks import Tricky
from tests.standins.threads import api, described
from tests.standins.threads.state import Post, State

VERSION = "/v1.0"
BACK = "https://desk.example/channels/back"
SCOPES = frozenset(
    {
        "threads_basic", "threads_content_publish", "threads_delete", "threads_manage_insights",
        "threads_manage_mentions", "threads_manage_replies", "threads_read_replies",
    }
)  # fmt: skip
APP_ID, APP_SECRET = "9906026279", "threads-secret"
LONG_S = 5_184_000

_OURS: dict[tuple[str, str], api.Handler] = {
    ("GET", ""): api.me,
    ("GET", "threads"): api.own_posts,
    ("POST", "threads"): api.make,
    ("POST", "threads_publish"): api.publish,
    ("GET", "threads_publishing_limit"): api.limits,
    ("GET", "replies"): api.own_replies,
    ("GET", "mentions"): api.mentions,
    ("GET", "threads_insights"): api.insights,
}
_POSTS: dict[tuple[str, str], api.Handler] = {
    ("GET", ""): api.read,
    ("DELETE", ""): api.delete,
    ("GET", "conversation"): api.conversation,
    ("POST", "manage_reply"): api.manage_reply,
    ("GET", "insights"): api.insights,
}


class ThreadsStandin(Tricky):
    """A small Threads with one account, `harbour.cafe`."""

    def __init__(self, origin: str = "https://threads.test") -> None:
        super().__init__(origin)
        self.state = State()
        self.shelf = Shelf(self.state.new_id, self.now)
        self.door = Door(
            {APP_ID: APP_SECRET}, (BACK,), "Harbour Café", SCOPES, separator=",",
            lasts=timedelta(hours=1), refreshes=False, pkce=False,
        )  # fmt: skip

    def handle(self, request: Request) -> Reply:
        return dated(self._handled(request), self.now())

    def held_against(self, request: Request, reply: Reply) -> list[str]:
        """The window is a page; the code's exchange stands in the collection with its body empty."""
        path = request.path.removeprefix(VERSION)
        if path == "/oauth/authorize" or not described.present():
            return []
        return described.violations(request, path)

    # What a test does

    def post(self, text: str, *, by: str = "", above: str = "", repost: bool = False) -> Post:
        """A post or a reply made by hand."""
        root = (self.state.posts[above].root or above) if above else ""
        made = Post(
            self.state.new_id(), by or self.state.name, text, self.now(), above=above, root=root,
            repost=repost,
        )  # fmt: skip
        self.state.posts[made.id] = made
        return made

    def push(self, field: str, one: Post) -> tuple[dict[str, str], bytes]:
        """What Threads sends when this was written, or deleted."""
        topic = {"replies": "moderate", "delete": "moderate"}.get(field, "interaction")
        value = api.shape(
            one,
            self.state,
            "id,username,text,media_type,permalink,timestamp,replied_to,is_quote_post",
        )
        if one.root:
            root = self.state.posts[one.root]
            value["root_post"] = {"id": root.id, "owner_id": self.state.me, "username": root.by}
        if field == "delete":
            value |= {"owner": {"owner_id": self.state.me}, "deleted_at": written(self.now())}
        return pushed(
            APP_SECRET,
            {
                "app_id": APP_ID, "topic": topic, "target_id": self.state.me,
                "time": int(self.now().timestamp()), "subscription_id": "234567",
                "has_uid_field": False, "values": {"value": value, "field": field},
            },
        )  # fmt: skip

    # The network

    def _handled(self, request: Request) -> Reply:
        if (reply := self._at_the_door(request)) is not None:
            return reply
        given = {**request.args, **(request.fields if request.method == "POST" else {})}
        token = str(given.get("access_token", ""))
        if token != self.state.token and self.door.owner(token, self.now()) is None:
            return bad_token()
        head, _, edge = request.path.removeprefix(f"{VERSION}/").partition("/")
        handler, remote_id = self._found(request.method, head, edge)
        if handler is None:
            return not_there(head)
        return handler(api.Call(request, remote_id, self.state, self.shelf))

    def _found(self, method: str, head: str, edge: str) -> tuple[api.Handler | None, str]:
        if head == "me":
            return _OURS.get((method, edge)), ""
        if head in self.shelf.all:
            return (api.container if (method, edge) == ("GET", "") else None), head
        if head in self.state.posts:
            return _POSTS.get((method, edge)), head
        is_child = head[:-2] in self.state.posts and (method, edge) == ("GET", "")
        return (api.read_child if is_child else None), head

    def _at_the_door(self, request: Request) -> Reply | None:
        if request.path == "/oauth/authorize":
            if request.method == "GET":
                return self.door.page(request)
            return self.door.answer_page(request, self.now())
        if request.path == "/oauth/access_token":
            return self._first(request)
        if request.path == "/access_token":
            return self._longer(request.args, "th_exchange_token")
        if request.path == "/refresh_access_token":
            return self._longer(request.args, "th_refresh_token")
        return None

    def _first(self, request: Request) -> Reply:
        if request.method == "GET":
            asked = request.args
            proved = self.door.apps.get(asked.get("client_id", "")) == asked.get("client_secret")
            body = {"access_token": f"TH|{APP_ID}|x", "token_type": "bearer"}
            return as_json(body) if proved else error(101, "Error validating application.")
        reply = self.door.token(request, self.now())
        if reply.status != 200:
            return error(100, "This authorization code has been used.")
        token = next(reversed(self.door.tokens))
        return as_json({"access_token": token, "user_id": self.state.me})

    def _longer(self, asked: dict[str, str], grant: str) -> Reply:
        """60 days. A long one that is younger than a day is not renewed."""
        known = self.door.owner(asked.get("access_token", ""), self.now())
        exchanged = grant == "th_exchange_token"
        if known is None or asked.get("grant_type") != grant:
            return bad_token()
        if exchanged and asked.get("client_secret") != APP_SECRET:
            return error(101, "Error validating application.")
        if (
            not exchanged
            and known.ends_at
            and (known.ends_at - self.now()).total_seconds() > LONG_S - 86_400
        ):
            return error(190, "The token is too young to be refreshed", status=400)
        given = self.door.give(known.person, known.scopes, known.client_id, self.now())
        self.door.tokens[given["access_token"]].ends_at = self.now() + timedelta(seconds=LONG_S)
        body = {"access_token": given["access_token"], "token_type": "bearer"}
        return as_json({**body, "expires_in": LONG_S})
