"""A gate before a network: everything passes through it, and the calls that matter can go wrong."""

import threading
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from tests.standins.base.exchange import Reply, Request, as_html, as_json
from tests.standins.base.tricks import DROPPED

Answer = Callable[[Request], Reply]


@dataclass(frozen=True)
class Fault:
    """What becomes of one commit call. accepted: the network does what was asked. reply: what comes
    back in place of its answer (None: its own). kills: the worker dies while it waits for it.
    expires: access tokens have run out when it comes. stalls_s: from it on nobody is answered
    sooner."""

    name: str
    accepted: bool
    reply: Reply | None = None
    kills: bool = False
    expires: bool = False
    stalls_s: float = 0.0


FINE = Fault("fine", True)
FAULTS = (
    Fault("reply dropped after accept", True, DROPPED),
    Fault("dropped before accept", False, DROPPED),
    Fault("503 accepted", True, as_html("<h1>503 Service Unavailable</h1>", 503)),
    Fault("503 refused", False, as_html("<h1>503 Service Unavailable</h1>", 503)),
    Fault("html 200", True, as_html("<!doctype html><title>Just a moment…</title>")),
    Fault("empty 200", True, as_json({})),
    Fault("429", False, as_json({"error": "slow down"}, 429, {"retry-after": "1"})),
    Fault("token dead", True, expires=True),
    Fault("killed after accept", True, DROPPED, kills=True),
    Fault("killed before accept", False, DROPPED, kills=True),
)
_DIES_WITHIN_S = 5.0


class Gate:
    """network: answers what passes. A commit call is known by its connection of its own, which the
    product opens for nothing else.

    origin: where the gate stands; it is told to the network by `moved`. commits: the commit calls that
    came, with the fault that each met. kill: set when the worker has to die now; who killed it
    sets `dead`. expire: ends the access tokens. stalls_s: nobody is answered sooner.
    """

    def __init__(self, network: Answer, moved: Callable[[str], None] = lambda _: None) -> None:
        self._network = network
        self._moved = moved
        self._origin = ""
        self._lock = threading.Lock()
        self._planned: deque[Fault] = deque()
        self.requests: list[Request] = []
        self.commits: list[tuple[Request, Fault]] = []
        self.broken: list[str] = []
        self.stalls_s = 0.0
        self.kill, self.dead = threading.Event(), threading.Event()
        self.expire: Callable[[], None] = lambda: None

    @property
    def origin(self) -> str:
        return self._origin

    @origin.setter
    def origin(self, value: str) -> None:
        self._origin = value
        self._moved(value)

    def plan(self, faults: Iterable[Fault]) -> None:
        """The next commit calls meet these, in order."""
        with self._lock:
            self._planned.extend(faults)

    def clear(self) -> None:
        """The bad day is over."""
        with self._lock:
            self._planned.clear()

    def answer(self, request: Request) -> Reply:
        fault = self._met(request)
        self.stalls_s = fault.stalls_s or self.stalls_s
        if self.stalls_s:
            return Reply(504, b"<h1>504</h1>", stall_s=self.stalls_s)
        if fault.expires:
            self.expire()
        reply = self._network(request) if fault.accepted else DROPPED
        if fault.kills:
            self.dead.clear()
            self.kill.set()
            self.dead.wait(_DIES_WITHIN_S)
        return fault.reply or reply

    def broke(self, why: str) -> None:
        with self._lock:
            self.broken.append(why)

    def _met(self, request: Request) -> Fault:
        with self._lock:
            self.requests.append(request)
            if request.headers.get("connection") != "close":
                return FINE
            fault = self._planned.popleft() if self._planned else FINE
            self.commits.append((request, fault))
            return fault
