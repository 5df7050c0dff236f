"""Media containers as two networks have them: made, filled from an address, published, run out.

Source: the troubleshooting pages of both (EXPIRED after 24 hours, ERROR, FINISHED, IN_PROGRESS,
PUBLISHED). That one publishes at most once is what others rely on; no network writes it down.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

LASTS = timedelta(hours=24)


@dataclass
class Container:
    """fields: as they were asked. ready_at: when it is filled. failure: why it never will be.
    post_id: what came of it, once published."""

    id: str
    owner: str
    fields: dict[str, str]
    made_at: datetime
    ready_at: datetime
    failure: str = ""
    post_id: str = ""

    def state(self, now: datetime) -> str:
        if self.post_id:
            return "PUBLISHED"
        if now - self.made_at >= LASTS:
            return "EXPIRED"
        if self.failure:
            return "ERROR"
        return "FINISHED" if now >= self.ready_at else "IN_PROGRESS"


@dataclass
class Shelf:
    """All containers of a network. slow_s: how long the next ones take to be filled; fails: what the
    next one ends with."""

    new_id: Callable[[], str]
    now: Callable[[], datetime]
    slow_s: float = 0.0
    fails: str = ""
    all: dict[str, Container] = field(default_factory=dict)

    def make(self, owner: str, fields: dict[str, str]) -> Container:
        now = self.now()
        ready_at = now + timedelta(seconds=self.slow_s)
        made = Container(self.new_id(), owner, dict(fields), now, ready_at, self.fails)
        self.fails = ""
        self.all[made.id] = made
        return made

    def of(self, owner: str, container_id: str) -> Container | None:
        found = self.all.get(container_id)
        return found if found is not None and found.owner == owner else None
