"""When a network as a whole is left in peace, and when it is tried again. Pure.

Counted is what the network (or the way to it) did to different deliveries. What says
something of one post, of one sign-in, or of ourselves is not: docs/adr/0008.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from breakwater.domain.guarantees import Outcome
from breakwater.domain.kinds import MENDS
from breakwater.domain.timings import Timings

UNKNOWN_MOST = 3
FAILURES_MOST = 5
SENDS = ("prepare", "commit")

_DOUBLINGS = 16  # beyond it the cap is reached
_NOT_ITS_FAULT = frozenset(
    {
        "internal", "no_credential", "duplicate", "not_ready", "database_away", "budget_used",
        "over_cap",
    }
)  # fmt: skip


@dataclass(frozen=True)
class Tally:
    """Deliveries of one origin whose calls ended badly within the window.

    unknown: those with a commit call in doubt; failures: these and those not reached.
    """

    unknown: int
    failures: int


class Verdict(StrEnum):
    """What a probe's end says of the network."""

    WELL = "well"
    ILL = "ill"
    NOTHING = "nothing"


def counts(outcome: Outcome, *, step: str, code: str, kind: str) -> bool:
    """Whether this end of a call is the network's doing: no connection, time-out, 5xx, reset.

    kind: what leaves through an open circuit (domain.kinds.MENDS) does not count either.
    """
    if kind in MENDS or step not in SENDS or code in _NOT_ITS_FAULT:
        return False
    return outcome in (Outcome.UNKNOWN, Outcome.NOT_SENT)


def trips(tally: Tally) -> str:
    """Why the circuit opens: "unknown" or "failures"; "" while it stays closed."""
    if tally.unknown >= UNKNOWN_MOST:
        return "unknown"
    return "failures" if tally.failures >= FAILURES_MOST else ""


def pause(again: int, timings: Timings) -> timedelta:
    """How long nothing is tried. again: how many probes have failed since it opened."""
    growth: int = 2 ** min(again, _DOUBLINGS)
    return min(timings.circuit_pause_cap, timings.circuit_pause * growth)


def verdict(code: str, *, counted: bool) -> Verdict:
    """What the end of a probe's call says. A refusal is an answer: the network is there."""
    if counted:
        return Verdict.ILL
    return Verdict.NOTHING if code in _NOT_ITS_FAULT else Verdict.WELL
