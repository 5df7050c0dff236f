"""Pile-ons become one thing: a workspace's recent messages in groups, kept up as messages come.

One worker at a time holds all of it in memory. New messages are read along their ids; what else
became of messages (corrected, changed, deleted, scored late, answered) is found by comparing, every
few seconds, so that nobody who changes a message has to think of piles.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import DatabaseError, InterfaceError, transaction
from django.db.models import Max

from breakwater.channels.models import Channel
from breakwater.domain.grouping.groups import LIMIT
from breakwater.domain.scoring.scores import Item as Text
from breakwater.domain.shield import Level
from breakwater.inbox.models import Item, PileState
from breakwater.inbox.pile_selectors import pile_from
from breakwater.inbox.services import heap_state, pile_rows, turns
from breakwater.inbox.services.heaps import Heap, Said, Seen
from breakwater.people.models import Workspace
from breakwater.scoring.services import score

log = logging.getLogger(__name__)
NAME = "piles"
WINDOW = timedelta(hours=48)
COMPARED = timedelta(seconds=15)
SAVED = timedelta(seconds=30)
AT_ONCE = 2_000
_TEXTS = 500


@dataclass
class Held:
    """One workspace's heap, and when it was last compared and saved."""

    heap: Heap
    compared: datetime
    saved: datetime


class Piling:
    """What the worker that groups has in memory. `turn` again and again, `stop` once."""

    def __init__(self) -> None:
        self._lease: UUID | None = None
        self._mark: int | None = None
        self._held: dict[UUID, Held] = {}
        self._due: dict[UUID, None] = {}

    def turn(self, *, now: datetime) -> bool:
        """What is there is grouped, if nobody else is at it; whether more waits already.

        After an error nothing is believed of what is in memory: it is made anew.
        """
        if not self._hold(now):
            self._forget()
            return False
        try:
            more = self._read(now) | self._compare(now)
            for one in self._held.values():
                self._write(one.heap, now)
            for one in self._held.values():
                if now - one.saved >= SAVED:
                    self._save(one, now)
        except BaseException:
            self._forget()
            raise
        return more

    def stop(self, *, now: datetime) -> None:
        """What is known is saved, and somebody else may go on from it."""
        if self._lease is None or not self._hold(now):
            return
        for one in self._held.values():
            self._save(one, now)
        turns.let_go(NAME, self._lease)
        self._lease = None
        self._forget()

    def _hold(self, now: datetime) -> bool:
        """Whether the groups are this worker's. One that comes back too late finds out here."""
        if self._lease and turns.keep(NAME, self._lease, now=now):
            return True
        self._forget()
        self._lease = turns.take(NAME, now=now)
        return self._lease is not None

    def _fence(self) -> None:
        turns.fence(NAME, self._lease)

    def _forget(self) -> None:
        self._mark = None
        self._held, self._due = {}, {}

    def _read(self, now: datetime) -> bool:
        """The next messages of all workspaces. Those of a workspace that is not in memory yet are
        found when that is compared."""
        if self._mark is None:
            self._mark = Item.objects.aggregate(last=Max("pk"))["last"] or 0
            self._due = dict.fromkeys(_active(now))
            return bool(self._due)
        rows = Item.objects.filter(pk__gt=self._mark).order_by("pk")
        new = list(rows.values_list("workspace_id", "own", *Seen._fields)[:AT_ONCE])
        by_workspace: dict[UUID, list[Seen]] = {}
        for workspace_id, own, *seen in new:
            by_workspace.setdefault(workspace_id, [])
            if not own:
                by_workspace[workspace_id].append(Seen(*seen))
        for workspace_id, theirs in by_workspace.items():
            if workspace_id in self._held:
                _add(self._held[workspace_id].heap, [one for one in theirs if one.groups])
            else:
                self._due[workspace_id] = None
        self._mark = new[-1][2] if new else self._mark
        return len(new) == AT_ONCE

    def _compare(self, now: datetime) -> bool:
        """The workspace that waits longest for it; whether another one does, too."""
        for workspace_id, one in self._held.items():
            if now - one.compared >= COMPARED:
                self._due.setdefault(workspace_id)
        if not self._due:
            return False
        workspace_id = next(iter(self._due))
        one = self._held.get(workspace_id) or Held(
            heap_state.load(workspace_id, _own_names(workspace_id)), now, now
        )
        lately = compare(one.heap, now=now)
        one.compared = now
        self._held[workspace_id] = one
        del self._due[workspace_id]
        if not lately and not one.heap.prints:
            self._write(one.heap, now)
            PileState.objects.filter(pk=workspace_id).delete()
            del self._held[workspace_id]
        return bool(self._due)

    def _write(self, heap: Heap, now: datetime) -> None:
        if not (heap.touched or heap.moved or heap.out):
            return
        pile_rows.write(
            heap, self._fence, at_least=pile_from(heap.workspace_id),
            abusive=_abusive(heap, now), now=now,
        )  # fmt: skip

    def _save(self, one: Held, now: datetime) -> None:
        if one.heap.changed:
            with transaction.atomic():
                self._fence()
                heap_state.save(one.heap)
        one.saved = now


def compare(heap: Heap, *, now: datetime) -> bool:
    """The heap holds what it should: the newest LIMIT messages of the last two days, and older ones
    that still wait. Whether there are any, be they grouped or not. One query, and one for each 500
    messages that are new to it or changed."""
    heap.neutral.clear()  # the workspace's words may be others since
    rows = Item.objects.filter(workspace_id=heap.workspace_id, own=False).order_by("-at", "-pk")
    found = [Seen(*row) for row in rows.values_list(*Seen._fields)[:LIMIT]]
    wanted = {one.pk: one for one in found if one.groups and _recent(one, now)}
    heap.drop(heap.prints.keys() - wanted.keys())
    heap.out |= {one.pk for one in found if not one.groups and one.pile_id}
    known = [one for one in wanted.values() if heap.prints.get(one.pk) == one.print]
    heap.see(known)
    _add(heap, [one for one in found if one.pk in wanted and heap.prints.get(one.pk) != one.print])
    return any(_recent(one, now) for one in found)


def _recent(one: Seen, now: datetime) -> bool:
    return not one.closed or one.at >= now - WINDOW


def _add(heap: Heap, seen: Sequence[Seen]) -> None:
    for first in range(0, len(seen), _TEXTS):
        some = seen[first : first + _TEXTS]
        texts = _said([one.pk for one in some])
        heap.add([(one, texts[one.pk]) for one in some if one.pk in texts])


def _said(ids: list[int]) -> dict[int, Said]:
    rows = Item.objects.filter(pk__in=ids).values_list(
        "pk", "contact_id", "language", "reasons", "wants", "chances", "arrival__text"
    )
    return {row[0]: Said(*row) for row in rows}


def _active(now: datetime) -> list[UUID]:
    """Where something was said lately, or was grouped before."""
    lately = Item.objects.filter(at__gte=now - WINDOW).values_list("workspace_id", flat=True)
    saved = PileState.objects.values_list("workspace_id", flat=True)
    return sorted({*lately.distinct(), *saved})


def _own_names(workspace_id: UUID) -> list[str]:
    """Everybody says them: they group nothing."""
    names = Channel.objects.filter(workspace_id=workspace_id).values_list("handle", "name")
    brand = Workspace.objects.filter(pk=workspace_id).values_list("name", flat=True)
    return sorted({*brand, *(name for both in names for name in both)})


def _abusive(heap: Heap, now: datetime) -> Callable[[str], bool]:
    """Whether a word may not stand in a label: the scorer's verdict on it alone, by the strict
    measure of a careful reader. What it cannot judge is no word for a label."""

    def asked(word: str) -> bool:
        if word not in heap.neutral:
            heap.neutral[word] = _harmless(heap.workspace_id, word, now)
        return not heap.neutral[word]

    return asked


def _harmless(workspace_id: UUID, word: str, now: datetime) -> bool:
    workspace = Workspace.objects.get(pk=workspace_id)
    try:
        (verdict,) = score(workspace, [Text(word)], now=now, asks=False)
    except (DatabaseError, InterfaceError):
        raise
    except Exception:
        log.exception("piles.scorer_broke")
        return False
    return verdict.rank is not None and verdict.rank > Level.CAREFUL
