"""The recent messages of a workspace in groups, in memory, and what of the groups has changed."""

import zlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from breakwater.domain.grouping.groups import Groups
from breakwater.domain.grouping.messages import Changes, Message
from breakwater.domain.scoring.scores import Band, Head, Score
from breakwater.domain.triage import Category


class Seen(NamedTuple):
    """What decides whether a message is grouped, and how, without its words: fields of Item."""

    pk: int
    at: datetime
    pile_id: UUID | None
    closed: bool
    gone: bool
    danger: bool
    rank: int | None
    band: str
    category: str
    model: str
    corrected: bool
    words_at: datetime | None
    arrival__erased_at: datetime | None

    @property
    def groups(self) -> bool:
        """A person in danger is never grouped, nor what was erased; what nobody has scored waits."""
        endangered = self.danger or self.category == Category.DANGER
        there = not self.gone and self.arrival__erased_at is None
        return self.rank is not None and there and not endangered

    @property
    def print(self) -> int:
        """The same as long as nothing that is grouped by has changed."""
        known = (self.band, self.rank, self.category, self.model, self.corrected, self.words_at)
        return zlib.crc32(repr(known).encode())


class Said(NamedTuple):
    """What a message is grouped by."""

    pk: int
    contact_id: UUID | None
    language: str
    reasons: list[str]
    wants: list[str]
    chances: Mapping[str, float]
    text: str


@dataclass
class Heap:
    """groups: of the workspace's messages. prints: of each message there, as it was read. filed:
    the pile that the database says it is in. waiting: those that wait for us. touched: groups that
    look different now; moved: messages that stand elsewhere now; out: those that are in no group
    any more and may not stay in a pile. rows: group -> its pile."""

    workspace_id: UUID
    groups: Groups
    prints: dict[int, int] = field(default_factory=dict)
    filed: dict[int, UUID | None] = field(default_factory=dict)
    waiting: set[int] = field(default_factory=set)
    touched: set[str] = field(default_factory=set)
    moved: set[int] = field(default_factory=set)
    out: set[int] = field(default_factory=set)
    rows: dict[str, UUID] = field(default_factory=dict)
    neutral: dict[str, bool] = field(default_factory=dict)
    changed: bool = False
    _where: dict[int, str | None] = field(default_factory=dict)

    def add(self, messages: Sequence[tuple[Seen, Said]]) -> None:
        """New ones, and known ones that say or mean something else now."""
        for seen, _ in messages:
            self.prints[seen.pk], self.filed[seen.pk] = seen.print, seen.pile_id
            self._note(seen)
        changes = self.groups.add(_message(seen, said) for seen, said in messages)
        self._follow(changes)
        self._touch(seen.pk for seen, _ in messages)
        self.changed = True

    def drop(self, ids: Collection[int]) -> None:
        """They are in memory no longer. Their pile stays what it is."""
        changes = self.groups.remove([str(one) for one in ids])
        self._follow(changes)
        self.changed = self.changed or bool(changes.gone)

    def see(self, seen: Iterable[Seen]) -> None:
        """Of messages that are known: where the database has them, and whether they still wait."""
        for one in seen:
            if self.filed.get(one.pk, one) != one.pile_id:
                self.moved.add(one.pk)
            self.filed[one.pk] = one.pile_id
            self._note(one)

    def touch_all(self) -> None:
        """After a restore: whatever the database says, it is compared."""
        self._where = {pk: self.groups.group(str(pk)) for pk in self.prints}
        self.touched |= {group for group in self._where.values() if group is not None}
        self.moved |= self._where.keys()

    def members(self, group: str) -> list[int]:
        return [int(one.id) for one in self.groups.messages(group)]

    def group(self, pk: int) -> str | None:
        return self._where.get(pk)

    def settled(self) -> None:
        self.touched, self.moved, self.out = set(), set(), set()

    def _note(self, seen: Seen) -> None:
        waits = not seen.closed
        if waits == (seen.pk in self.waiting):
            return
        (self.waiting.add if waits else self.waiting.discard)(seen.pk)
        self._touch([seen.pk])

    def _follow(self, changes: Changes) -> None:
        for name, group in changes.placed.items():
            pk = int(name)
            self._touch([pk])
            self._where[pk] = group
            self._touch([pk])
            self.moved.add(pk)
        for name in changes.gone:
            self._forget(int(name))

    def _forget(self, pk: int) -> None:
        self._touch([pk])
        self.moved.discard(pk)
        self.waiting.discard(pk)
        self._where.pop(pk, None)
        self.prints.pop(pk, None)
        self.filed.pop(pk, None)

    def _touch(self, ids: Iterable[int]) -> None:
        for pk in ids:
            group = self._where.get(pk)
            if group is not None:
                self.touched.add(group)


def _message(seen: Seen, said: Said) -> Message:
    """Heads are what the inbox took the message for: what it is veiled for, and what it wants."""
    chances = dict.fromkeys(map(Head, (*said.reasons, *said.wants)), 1.0)
    chances[Head.DANGER] = said.chances.get(Head.DANGER, 0.0)
    band = Band(seen.band) if seen.band else None
    return Message(
        id=str(seen.pk), text=said.text, at=seen.at,
        author=str(said.contact_id or f"of {seen.pk}"),
        score=Score(seen.model, said.language or "und", chances, band),
    )  # fmt: skip
