"""How a run ended, and what was wrong with it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

ASKED = ("needs_human", "missed", "held", "failed", "reconnect")
OUT = ("accepted", "verified", "taken")


@dataclass(frozen=True)
class Ending:
    """state: of the delivery at last ("reconnect": it waits for a person at its channel). posts:
    how many are public for it when all that was late has arrived."""

    state: str
    reason: str
    calls: int
    posts: int

    @property
    def twice(self) -> bool:
        return self.posts > 1

    @property
    def lost(self) -> bool:
        """Not out, and nobody knows: it is called out, or it stays where nobody is asked."""
        return self.posts == 0 and self.state not in ASKED

    @property
    def wrong(self) -> bool:
        """The record says "not out", and it is; or nothing is known and nobody is asked."""
        denied = self.state in ("failed", "missed", "cancelled", "held")
        return self.posts > 0 and (denied or self.state not in (*ASKED, *OUT))

    @property
    def asked(self) -> bool:
        return self.state in ASKED


@dataclass(frozen=True)
class Count:
    """What many runs gave."""

    schedules: int = 0
    twice: int = 0
    lost: int = 0
    wrong: int = 0
    asked: int = 0

    @property
    def sound(self) -> bool:
        return not (self.twice or self.lost or self.wrong)

    def __str__(self) -> str:
        return f"{self.twice}/{self.lost}/{self.wrong} of {self.schedules} ({self.asked} asked)"


def count(endings: Iterable[Ending]) -> Count:
    found: Counter[str] = Counter()
    for ending in endings:
        found["schedules"] += 1
        for name in ("twice", "lost", "wrong", "asked"):
            found[name] += bool(getattr(ending, name))
    return Count(**found)
