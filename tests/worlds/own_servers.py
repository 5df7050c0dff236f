"""Networks whose own server software runs here: an AT Protocol server, and the practice harbour."""

from abc import abstractmethod
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import httpx

from breakwater.channels.models import Channel
from breakwater.channels.services import connect_with_fields
from breakwater.core import clock
from breakwater.networks.sandbox import accounts
from breakwater.networks.sandbox.harbour import Harbour
from breakwater.people.models import Person, Workspace
from tests.harbours import served
from tests.peers.pds import Person as Blogger
from tests.peers.pds import expired
from tests.standins.base.exchange import Reply, Request
from tests.standins.bluesky import BlueskyStandin
from tests.worlds.behind import Behind
from tests.worlds.gate import Gate
from tests.worlds.world import Push, World

POST = "app.bsky.feed.post"
_NOT_OURS = {"host", "connection", "content-length", "accept-encoding"}
_NOT_THEIRS = {"content-length", "transfer-encoding", "connection", "content-encoding", "date"}


def beyond(
    origin: Callable[[], str],
    headed: Callable[[Request], Mapping[str, str]] = lambda request: request.headers,
) -> Callable[[Request], Reply]:
    """Who passes the gate reaches a server of its own. headed: the headers to go there with."""

    def answer(request: Request) -> Reply:
        url = f"{origin()}{request.path}" + (f"?{request.query}" if request.query else "")
        headers = {k: v for k, v in headed(request).items() if k not in _NOT_OURS}
        found = httpx.request(
            request.method, url, headers=headers, content=request.body, timeout=20
        )
        theirs = {k: v for k, v in found.headers.items() if k not in _NOT_THEIRS}
        return Reply(found.status_code, found.content, theirs)

    return answer


class _Fields(World):
    """Signs in by what a person types."""

    def typed(self) -> str:
        return self.gate.origin

    @abstractmethod
    def fields(self) -> Mapping[str, str]: ...

    def sign_in(self, workspace: Workspace, by: Person, channel: Channel | None = None) -> Channel:
        return connect_with_fields(
            workspace_id=workspace.pk, network=self.slug, origin=self.typed(),
            fields=self.fields(), by=by.pk, now=clock.now(),
            channel_id=channel.pk if channel else None,
        )  # fmt: skip


class Bluesky(_Fields, Behind):
    """A server that is joined to the app, so that strangers are heard."""

    slug = "bluesky"
    standin: BlueskyStandin

    def opened(self) -> Gate:
        return self.before(BlueskyStandin())

    def fields(self) -> Mapping[str, str]:
        ann = self.standin.ann
        return {"origin": self.gate.origin, "handle": ann.handle, "app_password": ann.app_password}

    def public(self) -> list[str]:
        with self.standin.lock:
            rows = self.standin.state.of(POST, self.standin.ann.did)
            return [str(one.value["text"]) for one in rows]

    def says(self, about: str, text: str) -> None:
        with self.standin.lock:
            self.standin.replies(self.standin.person("kim"), about, text)

    def hidden(self) -> list[str]:
        with self.standin.lock:
            state = self.standin.state
            gates = state.of("app.bsky.feed.threadgate", self.standin.ann.did)
            uris = {uri for one in gates for uri in one.value.get("hiddenReplies", ())}
            return [str(state.records[uri].value["text"]) for uri in uris]

    def expire(self) -> None:
        with self.standin.lock:
            self.standin.expire_tokens()


class OwnServer(_Fields):
    """Bluesky's own server, by itself: nobody there is heard, as only the app knows who wrote."""

    slug = "bluesky"

    def opened(self) -> Gate:
        self.old = False
        return Gate(beyond(lambda: self.blogger.pds.origin, self._aged))

    def prepare(self, fixture: Callable[[str], Any], home: Path) -> None:
        del home
        self.blogger: Blogger = fixture("pds_account")("quay")

    def fields(self) -> Mapping[str, str]:
        one = self.blogger
        return {
            "origin": self.gate.origin, "handle": one.handle, "app_password": one.app_password,
        }  # fmt: skip

    def public(self) -> list[str]:
        found = httpx.get(
            f"{self.blogger.pds.origin}/xrpc/com.atproto.repo.listRecords",
            params={"repo": self.blogger.did, "collection": POST, "limit": "100"},
        )
        return [str(one["value"]["text"]) for one in found.raise_for_status().json()["records"]]

    def expire(self) -> None:
        """What comes until the session is renewed comes with a token whose time is over."""
        self.old = True

    def _aged(self, request: Request) -> Mapping[str, str]:
        if request.path.endswith(("refreshSession", "createSession")):
            self.old = False
        if not (self.old and request.bearer):
            return request.headers
        return {**request.headers, "authorization": f"Bearer {expired(request.bearer)}"}


class Sandbox(_Fields):
    """The practice harbour, in a process of its own. It lives in the folder of the installation, so that
    both sign pushes alike."""

    slug = "sandbox"

    def opened(self) -> Gate:
        self.origin = ""
        return Gate(beyond(lambda: self.origin))

    def prepare(self, fixture: Callable[[str], Any], home: Path) -> None:
        del fixture
        self.home = home

    @contextmanager
    def standing(self) -> Iterator["World"]:
        with ExitStack() as stack:
            self.origin = stack.enter_context(served(self.home / self.slug)).origin
            self.harbour = Harbour(self.home / self.slug)
            stack.callback(self.harbour.close)
            stack.enter_context(super().standing())
            yield self

    def fields(self) -> Mapping[str, str]:
        return {"name": "quay", "class": "hour_key"}

    @property
    def account_id(self) -> str:
        return Channel.objects.get(network=self.slug).remote_id

    def public(self) -> list[str]:
        return [str(one["text"]) for one in self.harbour.posts(self.account_id)]

    def says(self, about: str, text: str) -> None:
        self.harbour.say(self.account_id, about, text, "eve")

    def pushes(self, about: str, text: str) -> Push:
        self.says(about, text)
        told = self.harbour.push(self.account_id)
        return told["headers"], told["body"].encode()

    def hidden(self) -> list[str]:
        every = self.harbour.posts(self.account_id)
        said: list[Any] = [one for post in every for one in self.harbour.page(post["id"])[2]]
        return [str(one["text"]) for one in said if one.get("hidden")]

    def expire(self) -> None:
        with self.harbour._store.transaction() as db:
            accounts.expire(db, self.account_id, refreshable=True)
