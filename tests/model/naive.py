"""What others do, as controls: the check has to be seen to fail.

A job queue with late acknowledgement sends again whatever did not answer; a careful one sends a
stable key with it; a frightened one marks first and never tries again.
"""

from dataclasses import dataclass
from datetime import timedelta

from breakwater.domain.guarantees import Guarantee
from tests.model import faults
from tests.model.choices import Chooser
from tests.model.endings import Ending
from tests.model.faults import LATENCY, OK, Net
from tests.model.network import Network
from tests.model.ours import START, Crash

_TRIES = 6
_PAUSE = timedelta(seconds=60)
_KEY = 1


@dataclass(frozen=True)
class Manner:
    """again: whatever did not answer is sent again. stable: with the same key each time."""

    name: str
    again: bool
    stable: bool


RETRY = Manner("retry everything (usual job queue)", again=True, stable=False)
STABLE = Manner("+ stable key", again=True, stable=True)
ONCE = Manner("mark first, never retry", again=False, stable=True)


class Naive:
    """One post, sent in that manner."""

    def __init__(self, net: Net, chooser: Chooser, manner: Manner) -> None:
        self.now = START
        self._network = Network(net)
        self._net = net
        self._chooser = chooser
        self._manner = manner
        self._calls = 0

    def run(self) -> Ending:
        state = ""
        while not state:
            try:
                state = self._try()
            except Crash as crash:
                self.now += faults.OUTAGE[crash.option]
                # Marked as sent before the call, so nobody looks at it again; or sent once more.
                state = "" if self._manner.again else "accepted"
        self._network.arrive(self.now + faults.LONG)
        return Ending(state, "", self._calls, len(self._network.posts))

    def _try(self) -> str:
        """The state at last; "" when it is sent again."""
        self._fall(self._pick("claimed"))
        door = self._pick("door")
        if door != faults.LOCK_LOST:  # there is no lock
            self._fall(door)
        if door in (faults.FREEZE_BEFORE, faults.FREEZE_AFTER, faults.FREEZE_LONG):
            self.now += faults.LONG_FREEZE if door == faults.FREEZE_LONG else faults.FREEZE
        answer = self._call()
        self._fall(self._pick("answered"))
        if answer == "id":
            return "accepted"
        if not self._manner.again or answer == "refused" or self._calls >= _TRIES:
            return "failed"
        self.now += _PAUSE
        return ""

    def _call(self) -> str:
        self._calls += 1
        self._network.signed_in = True  # it signs in anew each time
        kind = self._pick("send")
        key = _KEY if self._manner.stable else self._calls
        sent = OK if kind in faults.CRASHES else kind
        answer = self._network.commit(sent, key, self.now)
        self._fall(kind)
        self.now += LATENCY
        duplicate = self._net.guarantee is Guarantee.DUPLICATE_REFUSED
        return "refused" if duplicate and kind == OK and answer == "lost" else answer

    def _pick(self, point: str) -> str:
        calls = self._calls + (point == "door")
        return self._chooser.pick(point, self._net.points.at(point, calls))

    def _fall(self, option: str) -> None:
        if option in faults.OUTAGE:
            raise Crash(option)
