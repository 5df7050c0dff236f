"""Faults drawn at random, from a seed: the same account meets the same ones again."""

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from random import Random
from typing import Any

from breakwater.networks.base import Fault
from breakwater.networks.sandbox.faults import KINDS, Call, Refusal

Weights = Mapping[str, Mapping[str, float]]
"""Call -> kind of fault -> how often it is drawn, compared with the others."""

WEIGHTS: Weights = {
    Call.COMMIT: {
        **dict.fromkeys(("dropped_after", "reset_before", "error_accepted", "error_refused"), 3),
        **dict.fromkeys(("late", "unauthorised", "throttled"), 2),
        **dict.fromkeys(("half_body", "wrong_json", "html", "no_id", "trickle"), 1),
        **dict.fromkeys(("ghost", "truncated", "altered"), 1),
    },
    Call.PREPARE: {
        **dict.fromkeys(("dropped_after", "reset_before", "error_refused"), 3),
        **dict.fromkeys(("half_body", "wrong_json", "unauthorised", "throttled"), 1),
    },
    Call.LOOK: {
        **dict.fromkeys(("blind", "dropped_after", "reset_before"), 3),
        **dict.fromkeys(("half_body", "wrong_json", "throttled"), 1),
    },
    Call.DELETE: {
        **dict.fromkeys(("dropped_after", "reset_before", "error_accepted", "error_refused"), 3),
        **dict.fromkeys(("late", "throttled"), 1),
    },
    Call.TOKEN: {"throttled": 1},
}
"""Nothing here shuts an account for good: a person would have to connect it again."""

_LATE_MINUTES = (1.0, 5.0, 10.0)
_RETRY_AFTER = ("absent", "date", "past", "negative", "fractional", "garbage", "0", "1", "2")
_TRICKLE_S = "5"
_STATUSES = ("500", "502", "503", "504")


@dataclass(frozen=True)
class Chances:
    """rate: the part of all calls that meets a fault, 0 to 1. scale: the minutes of `late` are
    divided by it.

    The n-th call of a kind on an account always meets the same with the same seed, in whatever
    order the accounts come.
    """

    seed: str
    rate: float
    weights: Weights = field(default_factory=lambda: WEIGHTS)
    scale: float = 1.0

    def draw(self, account: str, call: str, number: int) -> Fault | None:
        """What the `number`-th call of this kind on the account meets."""
        random = Random(f"{self.seed} {account} {call} {number}")  # noqa: S311 - to be repeated
        weights = self.weights.get(call, {})
        if not weights or random.random() >= self.rate:
            return None
        (kind,) = random.choices(tuple(weights), tuple(weights.values()))
        return Fault(kind, call, False, self._detail(kind, random))

    def _detail(self, kind: str, random: Random) -> Mapping[str, str]:
        if kind == "late":
            return {"minutes": f"{random.choice(_LATE_MINUTES) / self.scale:.6f}"}
        if kind == "throttled":
            return {"retry_after": random.choice(_RETRY_AFTER)}
        if kind == "trickle":
            return {"seconds": _TRICKLE_S}
        if kind in ("error_accepted", "error_refused"):
            return {"status": random.choice(_STATUSES)}
        return {}


def chances_of(wish: Mapping[str, Any]) -> Chances:
    """From plain values: seed, rate, and if wished weights and scale. Raises: Refusal(422)."""
    try:
        rate, scale = float(wish["rate"]), float(wish.get("scale", 1.0))
        weights = {
            str(Call(call)): {kind: float(weight) for kind, weight in kinds.items()}
            for call, kinds in wish.get("weights", WEIGHTS).items()
        }
        seed = str(wish["seed"])
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise Refusal(422, "bad_chances") from error
    fair = all(_fair(kinds) for kinds in weights.values())
    if not (0 <= rate <= 1 and 0 < scale <= 100_000 and fair):
        raise Refusal(422, "bad_chances")
    return Chances(seed, rate, weights, scale)


def set_chances(db: sqlite3.Connection, chances: Chances | None) -> None:
    """From now on faults are drawn like that, counting anew; None: no more of them."""
    db.execute("DELETE FROM chances")
    db.execute("DELETE FROM draws")
    if chances is not None:
        db.execute("INSERT INTO chances (one, wish) VALUES (1, ?)", (json.dumps(asdict(chances)),))


def chances(db: sqlite3.Connection) -> Chances | None:
    row = db.execute("SELECT wish FROM chances").fetchone()
    return None if row is None else Chances(**json.loads(row["wish"]))


def drawn(db: sqlite3.Connection, account: str, call: str) -> Fault | None:
    """What this call meets by chance; it is counted."""
    plan = chances(db)
    if plan is None:
        return None
    (number,) = db.execute(
        "INSERT INTO draws (account, call, number) VALUES (?, ?, 1)"
        " ON CONFLICT (account, call) DO UPDATE SET number = number + 1 RETURNING number",
        (account, call),
    ).fetchone()
    return plan.draw(account, call, number)


def _fair(kinds: Mapping[str, float]) -> bool:
    """Known kinds, drawn by weights of which one at least is above 0."""
    known = set(kinds) <= set(KINDS)
    return known and all(0 <= one < 1e9 for one in kinds.values()) and any(kinds.values())
