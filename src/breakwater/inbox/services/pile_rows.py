"""Groups in memory become piles in the database, and messages and conversations say theirs."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from breakwater.core.rows import write_rows
from breakwater.domain.grouping.labels import Abusive, label
from breakwater.domain.grouping.summary import Summary, summary
from breakwater.inbox.models import Item, Pile, Thread
from breakwater.inbox.services.heaps import Heap
from breakwater.inbox.services.locking import lock_talks_of
from breakwater.inbox.services.rollup import beat

AT_ONCE = 250
"""Their conversations are locked meanwhile, and what is taken in may answer any of them."""
LANGUAGES = ("en", "fr")
_FIELDS = (
    "key", "open", "labels", "people", "messages", "counts", "signs", "first_at", "last_at",
)  # fmt: skip

Fence = Callable[[], None]
"""Called first in each transaction: raises where this reader is the reader no longer."""


@dataclass(frozen=True)
class Said:
    """What there is to say of a group. labels: language -> its name."""

    summary: Summary
    labels: Mapping[str, str]


Sums = Mapping[str, Said | None]
"""Group -> what there is to say of it; None where it is gone or too small to be a pile."""


def write(heap: Heap, fence: Fence, *, at_least: int, abusive: Abusive, now: datetime) -> None:
    """All that has changed in the heap is in the database: a transaction for the piles, and one for
    each AT_ONCE messages. Killed in between, the next comparison finds what is left. What groups are
    called is asked of the scorer, so it is known before anybody waits."""
    sums = {group: _sum(heap, group, abusive, at_least) for group in heap.touched}
    with transaction.atomic():
        fence()
        _write_piles(heap, sums, now)
        beat([heap.workspace_id])
    elsewhere = _elsewhere(heap)
    ids = list(elsewhere)
    for first in range(0, len(ids), AT_ONCE):
        with transaction.atomic():
            fence()
            _file({pk: elsewhere[pk] for pk in ids[first : first + AT_ONCE]})
            beat([heap.workspace_id])
    for pk, pile in elsewhere.items():
        if pk in heap.filed:
            heap.filed[pk] = pile
    heap.settled()


def _sum(heap: Heap, group: str, abusive: Abusive, at_least: int) -> Said | None:
    if group not in heap.groups.places.members:
        return None
    found = summary(heap.groups, group, LANGUAGES[0], abusive)
    if found.people < at_least or found.messages < at_least:
        return None
    labels = {name: label(heap.groups, group, name, abusive) for name in LANGUAGES}
    return Said(found, labels)


def _write_piles(heap: Heap, sums: Sums, now: datetime) -> None:
    there = Pile.objects.select_for_update().filter(
        workspace_id=heap.workspace_id, key__in=sums.keys()
    )
    rows = {row.key: row for row in there.order_by("pk")}
    for group in sums:
        heap.rows.pop(group, None)
    heap.rows |= {group: rows[group].pk for group, one in sums.items() if one and group in rows}
    large = {group: one for group, one in sums.items() if one}
    rows |= _renamed(heap, [group for group in large if group not in rows])
    fresh = {
        group: Pile(workspace_id=heap.workspace_id, key=group, created_at=now)
        for group in large if group not in rows
    }  # fmt: skip
    for group, one in large.items():
        row = rows.get(group) or fresh[group]
        _say(row, heap, one)
        heap.rows[group] = row.pk
    Pile.objects.bulk_create(fresh.values())
    closed = [rows[group] for group, one in sums.items() if one is None and group in rows]
    for row in closed:
        row.open = False
    write_rows([*closed, *(rows[group] for group in large if group in rows)], _FIELDS)


def _renamed(heap: Heap, groups: Sequence[str]) -> dict[str, Pile]:
    """A group without a pile whose messages mostly are in one that no group has any more is that
    pile: names of groups may be others after a restart, addresses of pages may not."""
    wanted: dict[str, UUID] = {}
    taken = set(heap.rows.values())
    for group in groups:
        filed = Counter(heap.filed.get(pk) for pk in heap.members(group))
        pile, most = filed.most_common(1)[0]
        if pile is not None and 2 * most > filed.total() and pile not in taken:
            wanted[group] = pile
            taken.add(pile)
    if not wanted:
        return {}
    rows = Pile.objects.select_for_update().in_bulk(wanted.values())
    for group, pile in wanted.items():
        rows[pile].key = group
    return {group: rows[pile] for group, pile in wanted.items()}


def _say(row: Pile, heap: Heap, said: Said) -> None:
    one = said.summary
    kept = heap.groups.messages(one.group)
    row.labels = dict(said.labels)
    row.people, row.messages = one.people, one.messages
    row.first_at, row.last_at = kept[0].at, kept[-1].at
    row.open = any(int(message.id) in heap.waiting for message in kept)
    row.counts = {
        "heads": {head.value: n for head, n in one.heads.items()},
        "bands": {band.value: n for band, n in one.bands.items() if band is not None},
        "languages": dict(one.languages),
        "examples": [int(pk) for pk in one.examples],
    }
    row.signs = [[sign.hint.value, sign.count, sign.of] for sign in one.signs]


def _elsewhere(heap: Heap) -> dict[int, UUID | None]:
    """Message -> its pile now, for those that the database has in another; pile by pile, so that few
    statements write many."""
    looked = set(heap.moved) | heap.out
    for touched in heap.touched:
        looked.update(heap.members(touched))
    found: dict[int, UUID | None] = {}
    for pk in sorted(looked):
        group = heap.group(pk)
        pile = heap.rows.get(group) if group is not None else None
        if pk in heap.out or heap.filed.get(pk) != pile:
            found[pk] = pile
    return dict(sorted(found.items(), key=lambda one: (str(one[1] or ""), one[0])))


def _file(piles: Mapping[int, UUID | None]) -> None:
    """What became part of another conversation meanwhile is left to the next comparison. Five
    queries, whatever their number."""
    talks = {one.pk: one for one in lock_talks_of(piles)}
    items = list(Item.objects.filter(pk__in=piles, thread_id__in=talks).only("pile_id"))
    for item in items:
        item.pile_id = piles[item.pk]
    write_rows(items, ["pile"])
    _follow(talks)


def _follow(talks: Mapping[UUID, Thread]) -> None:
    """A conversation is in the pile of its newest message that waits and is in one. One in which
    nothing waits stays where it was. talks: locked."""
    waiting = Item.objects.filter(thread_id__in=talks, own=False, closed=False, gone=False)
    newest: dict[UUID, UUID | None] = {}
    for item in waiting.order_by("at", "pk").only("thread_id", "pile_id"):
        newest[item.thread_id] = item.pile_id or newest.get(item.thread_id)
    other = [talks[one] for one, pile in newest.items() if talks[one].pile_id != pile]
    for thread in other:
        thread.pile_id = newest[thread.pk]
    write_rows(other, ["pile"])
