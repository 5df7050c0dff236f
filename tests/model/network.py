"""A network as the model sees it: what is public, under which key, and who may see it when."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from breakwater.domain.guarantees import Guarantee
from breakwater.domain.kinds import PUBLISH, REPORT
from tests.model.faults import BLIND, BLINDED, EXPIRED, LATE, SENDS, UNSEEN, UNSEEN_YET, Net

KEY_LIFE = timedelta(minutes=60)
DUPLICATE_WINDOW = timedelta(hours=12)


@dataclass
class Network:
    """posts: (when, key) of what is public. late: (when, key) of what is still on its way."""

    net: Net
    posts: list[tuple[datetime, int]] = field(default_factory=list)
    late: list[tuple[datetime, int]] = field(default_factory=list)
    keys: dict[int, datetime] = field(default_factory=dict)
    signed_in: bool = True
    unseen: bool = False
    blind_until: datetime | None = None

    def commit(self, kind: str, key: int, now: datetime) -> str:
        """What the caller learns of a call that met this kind of fault (see faults.SENDS)."""
        self.arrive(now)
        if not self.signed_in:
            return "token"
        effect = SENDS[kind]
        if effect.late:
            self.postpone(key, now, LATE)
        if effect.answer == "token":
            self.signed_in = False
        done = self._do(key, now) if effect.done else "lost"
        return done if effect.answer == "id" else effect.answer

    def postpone(self, key: int, now: datetime, by: timedelta) -> None:
        self.late.append((now + by, key))

    def arrive(self, now: datetime) -> None:
        """What was late and is due has taken place."""
        for due, key in sorted(one for one in self.late if one[0] <= now):
            self._do(key, due)
        self.late = [one for one in self.late if one[0] > now]

    def meet(self, sight: str, now: datetime) -> None:
        """From now on it shows things late, or nothing for a while, or our sign-in has run out."""
        self.unseen = sight == UNSEEN_YET
        if sight == BLINDED:
            self.blind_until = now + BLIND
        if sight == EXPIRED:
            self.signed_in = False

    def seen(self, now: datetime) -> int | None:
        """How many posts a read-back shows; None: it cannot be read now."""
        self.arrive(now)
        if self.blind_until is not None and now < self.blind_until:
            return None
        return sum(1 for at, _ in self.posts if not self.unseen or at <= now - UNSEEN)

    def _do(self, key: int, now: datetime) -> str:
        """ "id", or "lost" when the answer does not say under which id it is public."""
        there = any(one == key for _, one in self.posts)
        if there and self.net.kind != PUBLISH and self.net.deed != REPORT:
            return "id"
        guarantee = self.net.guarantee
        if guarantee is Guarantee.LASTING_KEY and there:
            return "id"
        if guarantee is Guarantee.HANDLE and there:
            return "lost"
        if guarantee is Guarantee.DUPLICATE_REFUSED and any(
            at > now - DUPLICATE_WINDOW for at, _ in self.posts
        ):
            return "lost"
        if guarantee is Guarantee.HOUR_KEY and not self.net.key_ignored:
            if key in self.keys and self.keys[key] > now - KEY_LIFE:
                return "id"
            self.keys[key] = now
        self.posts.append((now, key))
        return "id"
