"""Groups of messages about the same thing, kept up to date as messages come.

The groups follow from the messages that are there: the same ones give the same groups, however
often and in whatever order they came. Two things depend on the order: the ids of groups without a
topic, and the families of more than families.DEPTH variants of one text, in rare cases.
"""

import heapq
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from breakwater.domain.grouping import nearness
from breakwater.domain.grouping.deciding import Decisions
from breakwater.domain.grouping.families import Families
from breakwater.domain.grouping.messages import Changes, Kept, Message
from breakwater.domain.grouping.placing import Places
from breakwater.domain.grouping.reading import read
from breakwater.domain.grouping.words import words
from breakwater.domain.scoring.scores import Head

LIMIT = 20_000
"""Messages that are kept. Beyond it the oldest one goes."""
AFFIRMED = 0.5
DANGER = 0.3
"""Chances from which a score says yes. Danger is taken seriously earlier."""


class Groups:
    """At most `limit` messages are kept, and with each different text its signature and at most
    twelve words; no text is kept. own: the brand's own names, which group nothing. affirmed:
    chance from which a head counts, by head."""

    def __init__(
        self,
        *,
        own: Iterable[str] = (),
        limit: int = LIMIT,
        affirmed: Mapping[Head, float] | None = None,
    ) -> None:
        self.own = frozenset(word for name in own for word in words(name))
        self.limit = limit
        self.affirmed = {**dict.fromkeys(Head, AFFIRMED), Head.DANGER: DANGER, **(affirmed or {})}
        self.kept: dict[str, Kept] = {}
        self.texts: dict[int, dict[str, None]] = {}
        self.families = Families()
        self.decisions = Decisions()
        self.places = Places()
        self._ages: list[tuple[datetime, str]] = []
        self._touched: dict[int, None] = {}
        self._before: dict[str, tuple[bool, str | None]] = {}

    def add(self, messages: Iterable[Message]) -> Changes:
        """Groups what is new. A message that is known and says the same changes nothing; other
        words, or another score, replace what was known of it."""
        for message in messages:
            self._take(message)
        gone: set[str] = set()
        while len(self.kept) > self.limit:
            gone |= self._drop_oldest()
        return self._settled(gone)

    def remove(self, ids: Collection[str]) -> Changes:
        """Forgets messages: deleted, or erased for their author. Unknown ones are passed over."""
        gone = {one for one in ids if one in self.kept}
        for one in gone:
            self._forget(self.kept[one])
        return self._settled(gone)

    def group(self, message: str) -> str | None:
        """The group of a message; None when it stands alone or is not known."""
        kept = self.kept.get(message)
        if kept is None or kept.text is None:
            return None
        return self.places.group_of.get(kept.text)

    def messages(self, group: str) -> list[Kept]:
        """The messages of a group, the oldest first; none for a group that is not there."""
        texts = self.places.members.get(group, ())
        found = [self.kept[one] for text in texts for one in self.texts[text]]
        return sorted(found, key=lambda kept: (kept.at, kept.id))

    def alone(self) -> list[Kept]:
        """Those in no group, the oldest first."""
        found = [kept for kept in self.kept.values() if self.group(kept.id) is None]
        return sorted(found, key=lambda kept: (kept.at, kept.id))

    def put_back(self, kept: Iterable[Kept]) -> None:
        """The messages of texts that were restored (state.py)."""
        for one in kept:
            if one.text is not None:
                self.texts.setdefault(one.text, {})
            self._keep(one)
        self._settled(())

    def _take(self, message: Message) -> None:
        found = words(message.text)
        kept = self._kept(message, _digest(message.text, found))
        known = self.kept.get(message.id)
        if kept == known:
            return
        self._before.setdefault(message.id, (known is not None, self.group(message.id)))
        if known:
            self._forget(known)
        if kept.text is not None and kept.text not in self.texts:
            self._learn(kept.text, message.text, found)
        self._keep(kept)

    def _kept(self, message: Message, text: int | None) -> Kept:
        score = message.score
        chances = score.chances if score else {}
        heads = {head for head, chance in chances.items() if chance >= self.affirmed[head]}
        if message.danger:
            heads.add(Head.DANGER)
        return Kept(
            id=message.id, author=message.author, at=message.at,
            text=None if Head.DANGER in heads else text,
            language=score.language if score else "und", band=score.band if score else None,
            heads=frozenset(heads), author_since=message.author_since,
        )  # fmt: skip

    def _learn(self, text: int, raw: str, found: list[str]) -> None:
        self.texts[text] = {}
        if text not in self.decisions.readings:  # gone in this very batch, and back
            self.decisions.add(text, read(raw, found, self.own))
            self._touched |= dict.fromkeys(self.families.add(text, nearness.signature(found)))

    def _keep(self, kept: Kept) -> None:
        self.kept[kept.id] = kept
        heapq.heappush(self._ages, (kept.at, kept.id))
        if len(self._ages) > 2 * self.limit + len(self.kept):  # many messages came again, altered
            self._ages = sorted((one.at, one.id) for one in self.kept.values())
        if kept.text is None:
            return
        if Head.DANGER in kept.heads:
            raise AssertionError("a message of a person in danger is never grouped")
        self.texts[kept.text][kept.id] = None
        self._touched[kept.text] = None

    def _forget(self, kept: Kept) -> None:
        del self.kept[kept.id]
        if kept.text is None:
            return
        del self.texts[kept.text][kept.id]
        self._touched[kept.text] = None
        if not self.texts[kept.text]:
            del self.texts[kept.text]

    def _drop_oldest(self) -> set[str]:
        at, oldest = heapq.heappop(self._ages)
        kept = self.kept.get(oldest)
        if kept is None or kept.at != at:
            return set()
        self._forget(kept)
        return {oldest}

    def _settled(self, gone: Collection[str]) -> Changes:
        for text in self._touched:
            if text not in self.texts and text in self.decisions.readings:
                self.decisions.remove(text)
                self.families.remove(text)
        touched = self._touched | dict.fromkeys(self.decisions.settle())
        moved = self.places.settle(touched, self.families, self.decisions.key_of, self.texts)
        placed = self._news()
        for text in moved:
            for one in self.texts.get(text, ()):
                if one not in self._before:
                    placed[one] = self.group(one)
        self._touched, self._before = {}, {}
        opened, closed = self.places.changed()
        return Changes(placed, frozenset(gone), opened, closed)

    def _news(self) -> dict[str, str | None]:
        """Of what came in this batch: the new ones, and the known ones that stand elsewhere now."""
        now = {one: self.group(one) for one in self._before if one in self.kept}
        return {one: group for one, group in now.items() if self._before[one] != (True, group)}


def _digest(raw: str, found: list[str]) -> int | None:
    """What is the same for messages of the same words. Without any (emoji, links), of those that
    are the same to the letter; None where nothing is said at all: a picture is no copy of another.
    """
    said = found or [raw.strip()]
    return nearness.digest(said) if said[0] else None
