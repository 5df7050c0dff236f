"""What can go wrong, by the names that the model, the controls and the real code share."""

from dataclasses import dataclass, field, replace
from datetime import timedelta

from breakwater.domain.guarantees import Guarantee
from breakwater.domain.kinds import ACT, DELETE, EDIT, PUBLISH, REPORT, repeats

OK = "ok"
LATENCY = timedelta(milliseconds=250)
"""How long each call to a network takes: so that no limit is met to the microsecond."""

SHORT, LONG = timedelta(minutes=2), timedelta(hours=3)
LATE = timedelta(minutes=10)
FREEZE = timedelta(minutes=10)
LONG_FREEZE = timedelta(hours=3)
UNSEEN = timedelta(minutes=30)
BLIND = timedelta(minutes=70)
RETRY_AFTER = timedelta(seconds=30)


@dataclass(frozen=True)
class Effect:
    """done: the network did it. answer: what the caller learns: "id", "lost", "throttled", "token",
    "refused", "ghost". late: it is done later, after the caller learnt nothing."""

    done: bool
    answer: str
    late: bool = False


SENDS = {
    OK: Effect(True, "id"),
    "dropped_after": Effect(True, "lost"),
    "reset_before": Effect(False, "lost"),
    "error_accepted": Effect(True, "lost"),
    "error_refused": Effect(False, "lost"),
    "late": Effect(False, "lost", late=True),
    "throttled": Effect(False, "throttled"),
    "unauthorised": Effect(False, "token"),
    "no_id": Effect(True, "lost"),
    "half_body": Effect(True, "lost"),
    "wrong_json": Effect(True, "lost"),
    "forbidden": Effect(False, "refused"),
    "ghost": Effect(False, "lost"),
}
"""What a commit call can meet. The names are the kinds of fault of the practice harbour."""

BAD_SENDS = (
    "dropped_after", "reset_before", "error_accepted", "error_refused", "late", "throttled",
    "unauthorised", "no_id", "forbidden",
)  # fmt: skip
R3_SENDS = (
    "dropped_after", "reset_before", "error_accepted", "error_refused", "throttled",
    "unauthorised", "late", "half_body", "wrong_json", "no_id",
)  # fmt: skip
"""The network's own faults, of which at most one in a thousand may end in a question (R3)."""

CRASH_SHORT, CRASH_LONG = "crash_2min", "crash_3h"
CRASHES = (CRASH_SHORT, CRASH_LONG)
FREEZE_BEFORE, FREEZE_AFTER, FREEZE_LONG = "freeze_before", "freeze_after", "freeze_3h"
LOCK_LOST = "lock_lost"
SPOOLED_SHORT, SPOOLED_LONG = "spooled_2min", "spooled_3h"
UNSEEN_YET, BLINDED, EXPIRED = "seen_after_30min", "blind_70min", "token_expired"

OUTAGE = {
    CRASH_SHORT: SHORT, CRASH_LONG: LONG, SPOOLED_SHORT: SHORT, SPOOLED_LONG: LONG,
    LOCK_LOST: timedelta(0),
}  # fmt: skip
"""How long nobody works after it."""


_DOOR = (OK, *CRASHES, FREEZE_BEFORE, FREEZE_AFTER, LOCK_LOST)


@dataclass(frozen=True)
class Points:
    """The options of each point; the first is always OK. An empty point is never asked.

    door: before the first commit call; door_again: before each later one.
    """

    claimed: tuple[str, ...] = (OK, *CRASHES)
    prepared: tuple[str, ...] = (OK, *CRASHES)
    door: tuple[str, ...] = (*_DOOR, FREEZE_LONG)
    door_again: tuple[str, ...] = _DOOR
    send: tuple[str, ...] = (OK, *BAD_SENDS, *CRASHES)
    answered: tuple[str, ...] = (OK, *CRASHES, SPOOLED_SHORT, SPOOLED_LONG)
    sight: tuple[str, ...] = (OK, UNSEEN_YET, BLINDED, EXPIRED)
    looked: tuple[str, ...] = (OK, *CRASHES)

    def at(self, point: str, calls: int) -> tuple[str, ...]:
        """calls: how many commit calls there were, this one included."""
        again = point == "door" and calls > 1
        options: tuple[str, ...] = getattr(self, "door_again" if again else point)
        return options


@dataclass(frozen=True)
class Net:
    """A class of network, as it is and as we take it for. points: what can go wrong, by name.

    kind, deed: of delivery (domain.kinds). shows: whether it can be seen there at all.
    """

    name: str
    guarantee: Guarantee
    key_ignored: bool = False
    points: Points = field(default_factory=Points)
    kind: str = PUBLISH
    deed: str = ""
    shows: bool = True

    @property
    def repeats(self) -> bool:
        return repeats(self.kind, self.deed)


ALL = Points()
QUIET = Points((), (), (), (), (), (), (), ())
NETWORK_ONLY = replace(QUIET, send=(OK, *R3_SENDS))
"""R3: the network's faults alone."""

_FROZEN = (OK, FREEZE_LONG)
BEYOND = replace(
    QUIET, door=_FROZEN, door_again=_FROZEN, send=(OK, "dropped_after"), sight=(OK, UNSEEN_YET)
)
"""What no lock and no look can exclude; see docs/contributing/testing.md."""


def nets(points: Points = ALL) -> tuple[Net, ...]:
    """The six, in the order of the table. A network that refuses duplicates has ghosts, too; one
    that ignores the key shows posts at once (else nothing could be promised)."""
    ghosts = replace(points, send=(*points.send, "ghost")) if points is ALL else points
    seen = replace(points, sight=tuple(one for one in points.sight if one != UNSEEN_YET))
    return (
        Net("hour key", Guarantee.HOUR_KEY, points=points),
        Net("key ignored", Guarantee.HOUR_KEY, key_ignored=True, points=seen),
        Net("lasting key", Guarantee.LASTING_KEY, points=points),
        Net("handle", Guarantee.HANDLE, points=points),
        Net("duplicate refused", Guarantee.DUPLICATE_REFUSED, points=ghosts),
        Net("none", Guarantee.NONE, points=points),
    )


def deeds() -> tuple[Net, ...]:
    """What is done to what is there: all may be made again but a report, which counts each time."""
    none = Guarantee.NONE
    return (
        Net("delete", none, kind=DELETE),
        Net("edit", none, kind=EDIT),
        Net("like", none, kind=ACT, deed="like"),
        Net("like, unseen", none, kind=ACT, deed="like", shows=False),
        Net("report", none, kind=ACT, deed=REPORT, shows=False),
    )
