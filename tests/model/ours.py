"""Our algorithm, as a model: worker, lock, ledger and network in simulated time.

What is decided is decided by `breakwater.domain.resolution`, as in the engine. What the engine
does around it (claim, door, outcome, takeover, spool) is said again here, in as few words as it can
be: tests/model/replay.py holds the two against one another, row by row.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from breakwater.domain.guarantees import Guarantee, Outcome
from breakwater.domain.kinds import PUBLISH
from breakwater.domain.resolution import (
    COMMIT_CALLS_FOR_LIFE,
    Next,
    Story,
    after_call,
    after_look,
    after_token,
    after_verify,
)
from breakwater.domain.timings import Timings
from tests.model import faults
from tests.model.choices import Chooser
from tests.model.endings import ASKED, Ending
from tests.model.faults import LATENCY, OK, Net
from tests.model.network import Network

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
CHANCE = 0.5
LEASE_PAUSE = timedelta(seconds=5)
SPOOL_PAUSE = timedelta(seconds=1)
T = Timings()
MENDED_WITHIN = timedelta(days=30)
_KEY = 1
_TURNS = 400
_EXACT = (Guarantee.LASTING_KEY, Guarantee.HANDLE)
_OUTCOMES = {
    "id": Outcome.ACCEPTED, "lost": Outcome.UNKNOWN, "throttled": Outcome.THROTTLED,
    "token": Outcome.TOKEN, "refused": Outcome.REFUSED,
}  # fmt: skip


class Crash(Exception):
    """The worker is gone; `option` says for how long nobody works."""

    def __init__(self, option: str) -> None:
        self.option = option
        super().__init__(option)


@dataclass
class Row:
    """The columns of `Delivery` that decide anything."""

    state: str = "queued"
    reason: str = ""
    state_at: datetime = START
    not_before: datetime = START
    calls: int = 0
    looks: int = 0
    probes: int = 0
    doubtful: bool = False
    prepared: bool = False
    first: datetime | None = None
    last: datetime | None = None
    accepted_at: datetime | None = None


@dataclass(frozen=True)
class _Result:
    outcome: Outcome
    next: Next


class Ours:
    """One delivery's life. lock: workers hold a lock; False: a lease in time, as a control."""

    def __init__(self, net: Net, chooser: Chooser, *, lock: bool = True) -> None:
        self.now = START
        self.row = Row()
        self.network = Network(net)
        self._net = net
        self._chooser = chooser
        self._lock = lock
        self._read = False
        self._shut = False
        self._refused = 0
        self._spooled: _Result | None = None

    def run(self) -> Ending:
        """The ending, once nothing moves any more."""
        for _ in range(_TURNS):
            if self.row.state in (*ASKED, "verified", "taken") or self._shut:
                break
            self.now = max(self.now, self.row.not_before)
            try:
                self._turn()
            except Crash as crash:
                self._revive(crash.option)
        self.network.arrive(datetime.max.replace(tzinfo=UTC))
        state = "reconnect" if self._shut else self.row.state
        return Ending(state, self.row.reason, self.row.calls, len(self.network.posts))

    def _turn(self) -> None:
        if self.row.state in ("unknown", "accepted"):
            return self._look()
        if self._claim():
            self._prepare()
            self._commit()
        return None

    # carrying

    def _claim(self) -> bool:
        row = self.row
        if self._missed_at < self.now and not row.doubtful:
            return self._to("missed", row.reason or "late")
        old = row.first is not None and row.first < self.now - T.probe_within
        if row.doubtful and old and not self._net.repeats:
            return self._to("needs_human", "not_found")
        self._to("claimed", row.reason)
        self._fall(self._pick("claimed"))
        return True

    def _prepare(self) -> None:
        if self._net.guarantee is not Guarantee.HANDLE or self.row.prepared:
            return
        self.now += LATENCY
        self.row.prepared = True
        self._to("prepared", self.row.reason)
        self._fall(self._pick("prepared"))

    def _commit(self) -> None:
        row = self.row
        if row.calls >= COMMIT_CALLS_FOR_LIFE:
            self._to("needs_human", "too_many_tries")
            return
        self._to("sending", row.reason)
        row.calls += 1
        row.first, row.last = row.first or self.now, self.now
        answer = self._call(self._pick("door"))
        self._store("answered", _OUTCOMES[answer], self._after_call(answer))

    def _call(self, door: str) -> str:
        """What is known after the call, or after what came instead of it."""
        self._fall(door)
        frozen = door in (faults.FREEZE_BEFORE, faults.FREEZE_AFTER, faults.FREEZE_LONG)
        if frozen and not self._lock:
            return self._overtaken(door)
        if frozen:
            self.now += faults.LONG_FREEZE if door == faults.FREEZE_LONG else faults.FREEZE
        if door == faults.FREEZE_BEFORE:
            return "lost"  # its deadline has passed: nothing leaves
        self.network.arrive(self.now)
        kind = self._pick("send") if self.network.signed_in else OK
        crashed = kind in faults.CRASHES
        answer = self.network.commit(OK if crashed else kind, _KEY, self.now)
        self._fall(kind)
        if frozen:
            return "lost"  # nobody listened in time
        self.now += LATENCY
        return answer

    def _overtaken(self, door: str) -> str:
        """A lease ends while its worker sleeps; what it was about to send leaves when it wakes."""
        if door != faults.FREEZE_BEFORE:
            long = door == faults.FREEZE_LONG
            self.network.postpone(_KEY, self.now, faults.LONG_FREEZE if long else faults.FREEZE)
        raise Crash(faults.LOCK_LOST)

    def _after_call(self, answer: str) -> Next:
        asked_at = self.now
        after_s = faults.RETRY_AFTER.total_seconds() if answer == "throttled" else None
        if answer == "token":
            pause = after_token(self._refused, T)
            if pause is None:
                self._shut = True
            else:
                after_s = pause.total_seconds()
                self._refresh()
        return after_call(
            _OUTCOMES[answer],
            self._story(),
            now=asked_at,
            after_s=after_s,
            reason="not_allowed" if answer == "refused" else "",
            chance=CHANCE,
            timings=T,
        )

    # looking

    def _look(self) -> None:
        row = self.row
        row.not_before = self.now + T.read_deadline * 2 + LEASE_PAUSE
        if not self._read:
            self._read = True
            self.network.meet(self._pick("sight"), self.now)
        found = self._seen()
        if row.state == "unknown":
            exact = self._net.guarantee in _EXACT or self._net.kind != PUBLISH
            outcome = self._verdict(found, exact=exact)
            following = after_look(outcome, self._story(), now=self.now, timings=T)
            return self._store("looked", outcome, following)
        outcome = self._verdict(found, exact=True)
        following = after_verify(outcome, self._story(), now=self.now, timings=T)
        return self._store("", outcome, following)

    def _verdict(self, found: int | None, *, exact: bool) -> Outcome:
        if self._net.shows:
            return _verdict(found, exact=exact)
        unproved = self._net.repeats and self.row.state == "unknown"
        return Outcome.ABSENT if unproved else Outcome.UNPROVABLE

    def _seen(self) -> int | None:
        if not self.network.signed_in:
            self.now += LATENCY
            self._refresh()
        found = self.network.seen(self.now)
        self.now += LATENCY
        return found

    def _refresh(self) -> None:
        self.now += LATENCY
        self.network.signed_in = True

    # the ledger

    def _store(self, point: str, outcome: Outcome, following: Next) -> None:
        result = _Result(outcome, following)
        option = self._pick(point) if point else OK
        if option in (faults.SPOOLED_SHORT, faults.SPOOLED_LONG):
            self._spooled = result
            self.now += SPOOL_PAUSE
        self._fall(option)
        self._settle(result)

    def _settle(self, result: _Result) -> None:
        row, following = self.row, result.next
        self._refused += result.outcome is Outcome.TOKEN
        looked = row.state == "unknown"
        row.not_before = following.at
        row.looks += looked
        if following.state == row.state:
            return
        row.probes += following.probe
        if following.state == "unknown":
            row.doubtful, row.looks = True, 0
        elif following.state == "accepted":
            row.doubtful, row.accepted_at = False, self.now
        elif not row.doubtful and row.state == "sending":
            row.first = None
        self._to(following.state, following.reason)

    # dying

    def _fall(self, option: str) -> None:
        if option in faults.OUTAGE:
            raise Crash(option)

    def _revive(self, option: str) -> None:
        """The next worker has started, taken in the spool, and taken over what it may."""
        self.now += faults.OUTAGE[option]
        row = self.row
        if self._spooled is not None:
            self._settle(self._spooled)
            self._spooled = None
        if row.state not in ("claimed", "prepared", "sending"):
            return
        self.now = max(self.now, row.state_at + T.takeover)
        row.not_before = self.now
        if row.state == "sending":
            row.doubtful, row.looks = True, 0
            self._to("unknown", "worker_gone")
        else:
            self._to("retry_wait", row.reason)

    def _pick(self, point: str) -> str:
        options = self._net.points.at(point, self.row.calls)
        return self._chooser.pick(point, options) if options else OK

    def _to(self, state: str, reason: str) -> bool:
        """False, so that what goes aside says so."""
        self.row.state, self.row.reason, self.row.state_at = state, reason, self.now
        return False

    @property
    def _missed_at(self) -> datetime:
        return START + (T.missed_window if self._net.kind == PUBLISH else MENDED_WITHIN)

    def _story(self) -> Story:
        row = self.row
        return Story(
            guarantee=self._net.guarantee, calls=row.calls, looks=row.looks, probes=row.probes,
            doubtful=row.doubtful, kind=self._net.kind, deed=self._net.deed, first_sent_at=row.first, last_sent_at=row.last,
            accepted_at=row.accepted_at, missed_at=self._missed_at, due_at=START,
            unknown_since=row.state_at if row.state == "unknown" else None,
        )  # fmt: skip


def _verdict(found: int | None, *, exact: bool) -> Outcome:
    if found is None:
        return Outcome.UNREADABLE
    if not found:
        return Outcome.ABSENT
    return Outcome.FOUND if found == 1 or exact else Outcome.SEVERAL
