"""Which faults the harbour meets its callers with: drawn at random, in scaled minutes."""

from collections.abc import Mapping
from random import Random

from breakwater.networks.base import Fault
from breakwater.networks.sandbox.faults import KINDS, Call, Effect

_NOT_HERE = {"token_dead", "flood", "keeps_deleted"}
"""A person has to act, or much time is spent on one call: these have tests of their own."""
_RETRY_AFTER = ("0", "1", "2", "absent")
_LATE_MINUTES = (1.0, 5.0, 10.0)


def on_commit() -> tuple[str, ...]:
    """The kinds of fault that a commit call can meet here, by name."""
    return tuple(
        sorted(k for k, e in KINDS.items() if e.call is Call.COMMIT and k not in _NOT_HERE)
    )


def draw(random: Random, scale: float) -> Fault:
    """Nine in ten wait for a commit call, the others for a look, a preparation or a renewal."""
    if random.random() < 0.9:
        return of_kind(random.choice(on_commit()), random, scale)
    if random.random() < 0.5:
        return Fault("blind", Call.LOOK)
    call = random.choice((Call.PREPARE, Call.LOOK, Call.TOKEN))
    return Fault(random.choice(("error_refused", "reset_before", "dropped_after")), call)


def of_kind(kind: str, random: Random, scale: float) -> Fault:
    return Fault(kind, Call.COMMIT, False, _detail(KINDS[kind], kind, random, scale))


def _detail(effect: Effect, kind: str, random: Random, scale: float) -> Mapping[str, str]:
    if kind == "late":
        return {"minutes": f"{random.choice(_LATE_MINUTES) / scale:.4f}"}
    if kind == "throttled":
        return {"retry_after": random.choice(_RETRY_AFTER)}
    if kind == "trickle":
        return {"seconds": "2"}
    if effect.status == 500:
        return {"status": random.choice(("500", "502", "503", "504"))}
    return {}
