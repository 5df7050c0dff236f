"""A base for stand-ins: takes requests one at a time, remembers them, and misbehaves on demand.

A network's own stand-in overrides `handle` (the network) and `held_against` (its description).
Carried by a real socket (server.serving) or inside the process (`transport()`).
"""

import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import httpx

from tests.standins.base.exchange import Reply, Request, as_html, as_json

DROPPED = Reply(0, dropped=True, lie=True)


@dataclass
class Trick:
    """The next `times` calls of method and path (its beginning) go wrong in this way.

    accepted: what was asked is done all the same. reply: what comes back in place of the answer.
    """

    reply: Reply
    method: str
    path: str
    accepted: bool = False
    times: int = 1

    def fits(self, request: Request) -> bool:
        same = request.method == self.method and request.path.startswith(self.path)
        return self.times > 0 and same


class Tricky(ABC):
    """One network on one address. `lock` is held for each exchange, so that a test sees whole ones.

    violations: what either side did that the network's description does not allow.
    ahead_s: how far its clock is ahead of ours (`advance`).
    """

    def __init__(self, origin: str = "https://network.test") -> None:
        self.origin = origin
        self.lock = threading.RLock()
        self.requests: list[Request] = []
        self.violations: list[str] = []
        self.ahead_s = 0.0
        self._tricks: list[Trick] = []

    # What a network's own stand-in says

    @abstractmethod
    def handle(self, request: Request) -> Reply: ...

    @abstractmethod
    def held_against(self, request: Request, reply: Reply) -> list[str]:
        """Sentences; none where the exchange is as the description has it. A reply that is a lie
        on purpose (`reply.lie`) is not held against it, its request is."""

    # What a test sees and does

    def calls(self, method: str, path: str) -> list[Request]:
        """The requests of this method and exact path that came in."""
        with self.lock:
            return [r for r in self.requests if (r.method, r.path) == (method, path)]

    def now(self) -> datetime:
        return datetime.fromtimestamp(time.time() + self.ahead_s, UTC)

    def advance(self, seconds: float) -> None:
        """Its clock goes on: keys grow old, codes run out, uploads are ready."""
        self.ahead_s += seconds

    def drop_reply_after_accept(self, method: str, path: str, times: int = 1) -> None:
        """The next such calls are done, and the connection ends without an answer."""
        self.play(Trick(DROPPED, method, path, accepted=True, times=times))

    def drop_before_accept(self, method: str, path: str, times: int = 1) -> None:
        """The connection ends, and nothing was done."""
        self.play(Trick(DROPPED, method, path, times=times))

    def fail_next(
        self, method: str, path: str, reply: Reply, *, accepted: bool = False, times: int = 1
    ) -> None:
        """The next such calls answer `reply`; accepted: and did it all the same."""
        lie = Reply(reply.status, reply.body, reply.headers, lie=True, stall_s=reply.stall_s)
        self.play(Trick(lie, method, path, accepted, times))

    def html_200(self, method: str, path: str, *, accepted: bool = True) -> None:
        """The next such call answers 200 with a page (a proxy that means well)."""
        page = as_html("<!doctype html><title>Just a moment…</title>")
        self.fail_next(method, path, page, accepted=accepted)

    def server_error(self, method: str, path: str, *, accepted: bool = False) -> None:
        """The next such call answers 503 with a page."""
        page = as_html("<h1>503 Service Unavailable</h1>", 503)
        self.fail_next(method, path, page, accepted=accepted)

    def empty_200(self, method: str, path: str, *, accepted: bool = True) -> None:
        """The next such call answers 200 with an empty object: no id."""
        self.fail_next(method, path, as_json({}), accepted=accepted)

    def stall(self, method: str, path: str, seconds: float, *, accepted: bool = True) -> None:
        """The next such call answers 504 after `seconds`; accepted: it was done at once."""
        late = Reply(504, b"<h1>504</h1>", {"content-type": "text/html"}, stall_s=seconds)
        self.fail_next(method, path, late, accepted=accepted)

    def play(self, trick: Trick) -> None:
        with self.lock:
            self._tricks.append(trick)

    # What carries it

    def answer(self, request: Request) -> Reply:
        """The reply; whatever the description forbids is noted in `violations`."""
        with self.lock:
            self.requests.append(request)
            trick = self._trick_for(request)
            if trick is None:
                return self._held(request, self.handle(request))
            if trick.accepted:
                self._held(request, self.handle(request))
            return self._held(request, trick.reply)

    def _held(self, request: Request, reply: Reply) -> Reply:
        self.violations += self.held_against(request, reply)
        return reply

    def broke(self, why: str) -> None:
        with self.lock:
            self.violations.append(f"the stand-in broke: {why}")

    def transport(self) -> httpx.MockTransport:
        """The same without a socket, for fast tests."""
        return httpx.MockTransport(self._carry)

    def _carry(self, request: httpx.Request) -> httpx.Response:
        headers: Mapping[str, str] = {k.lower(): v for k, v in request.headers.items()}
        query = request.url.query.decode()
        reply = self.answer(
            Request(request.method, request.url.path, query, headers, request.content)
        )
        if reply.dropped:
            raise httpx.RemoteProtocolError("Server disconnected without sending a response.")
        if reply.stall_s:
            raise httpx.ReadTimeout("no answer in time")
        return httpx.Response(reply.status, headers=dict(reply.headers), content=reply.body)

    def _trick_for(self, request: Request) -> Trick | None:
        for trick in self._tricks:
            if trick.fits(request):
                trick.times -= 1
                return trick
        return None
