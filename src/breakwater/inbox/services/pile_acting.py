"""What one batch of a deed on a pile does to its conversations, and which it leaves out."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import QuerySet

from breakwater.audit.services import move_many
from breakwater.delivery.lifecycle import IN_HAND, WAITING
from breakwater.delivery.models import Delivery
from breakwater.delivery.services.walls import shut
from breakwater.domain.errors import NetworkError, Problem, StaleState
from breakwater.domain.kinds import ACT, REPLY
from breakwater.domain.triage import Category
from breakwater.inbox.lifecycle import THREAD
from breakwater.inbox.models import Answer, Item, Labelled, PileDeed, Thread
from breakwater.inbox.pile_selectors import EXCEPTIONS, NEVER
from breakwater.inbox.services.acting import Wish, act_on_taken, taken
from breakwater.inbox.services.answering import Sending, check_words, send
from breakwater.inbox.services.rollup import roll_up
from breakwater.networks.base import Deed
from breakwater.people.selectors import Access

AT_ONCE = 25
QUEUED = 50
"""Answers and deeds of a channel that may be on their way before more are begun: the network sets
the pace, and none waits so long that it would be late."""

Talk = tuple[Thread, Sequence[Item]]
"""A conversation, and its messages that wait, oldest first."""


@dataclass(frozen=True)
class Batch:
    """Of a deed. by: who decided it, as far as they may at this moment."""

    deed: PileDeed
    by: Access
    now: datetime


_One = Callable[[Batch, Talk], None]


def following(deed: PileDeed, *, limit: int) -> list[Thread]:
    """The next conversations of the pile, locked, in the order of ids."""
    rows = _open(deed).select_for_update(of=("self",)).select_related("channel")
    return list(rows.order_by("pk")[:limit])


def left_over(deed: PileDeed) -> int:
    return _open(deed).count()


def held_back(deed: PileDeed, *, now: datetime) -> bool:
    """Whether a pause stands before what leaves by it: it waits, and nothing is queued meanwhile. A
    pause that begins a moment later stops what was queued by its tags."""
    kind = _SENDS.get(deed.deed)
    return kind is not None and shut(deed.workspace_id, kind, deed.tags, now=now)


def busy(deed: PileDeed, talks: Sequence[Thread]) -> bool:
    """Whether a channel of these has enough to send for now."""
    if deed.deed not in _SENDS:
        return False
    rows = Delivery.objects.filter(
        channel_id__in={one.channel_id for one in talks}, kind__in=(REPLY, ACT),
        state__in=(*WAITING, *IN_HAND),
    )  # fmt: skip
    return max(Counter(rows.values_list("channel_id", flat=True)).values(), default=0) >= QUEUED


def do(batch: Batch, talks: Sequence[Thread]) -> tuple[int, Counter[str]]:
    """How many conversations it was done to, and how many were left out, by code. Call it inside the
    batch's transaction."""
    waiting = _waiting(talks)
    done: list[Talk] = []
    left: Counter[str] = Counter()
    for thread in talks:
        talk = thread, waiting.get(thread.pk, [])
        code = _spared(batch.deed, talk) or _tried(batch, talk)
        if code:
            left[code] += 1
        else:
            done.append(talk)
    if batch.deed.deed in _CLOSES:
        _close(batch, done)
    return len(done), left


def _open(deed: PileDeed) -> QuerySet[Thread]:
    rows = Thread.objects.filter(pile_id=deed.pile_id, state="open")
    return rows.filter(pk__gt=deed.mark) if deed.mark else rows


def _waiting(talks: Sequence[Thread]) -> Mapping[UUID, list[Item]]:
    rows = Item.objects.filter(
        thread_id__in=[one.pk for one in talks], own=False, closed=False, gone=False
    )
    found: dict[UUID, list[Item]] = {}
    for item in rows.select_related("arrival").order_by("at", "pk"):
        found.setdefault(item.thread_id, []).append(item)
    return found


def _spared(deed: PileDeed, talk: Talk) -> str:
    """Why the deed does not reach this conversation; "" where it does."""
    thread, items = talk
    if thread.danger or thread.category in NEVER:
        return "alone"
    if not items or any(item.pk > deed.upto for item in items):
        return "newer"
    picked = str(thread.pk) in deed.also
    other = any(item.pile_id != deed.pile_id for item in items)
    if not picked and (other or Category(thread.category) in EXCEPTIONS):
        return "exception"
    return ""


def _tried(batch: Batch, talk: Talk) -> str:
    """Done to all that waits in it; or to nothing, and the code of why it cannot be."""
    try:
        with transaction.atomic():
            _DO[batch.deed.deed](batch, talk)
    except (Problem, NetworkError) as error:
        return error.code
    return ""


def _answer(batch: Batch, talk: Talk) -> None:
    """The newest message is answered by the rules of any answer; with `one_each` nobody gets a second
    one. What a colleague has answered since it was decided is left. `_close` closes it."""
    (thread, items), deed = talk, batch.deed
    whom = thread.contact_id if deed.one_each and thread.contact_id else thread.pk
    request = uuid5(deed.pk, str(whom))
    if deed.one_each and Delivery.objects.filter(kind=REPLY, source=request).exists():
        return
    later = Answer.objects.filter(thread=thread, deed="", created_at__gt=deed.created_at)
    if later.exists():
        raise StaleState(code="answered_meanwhile")
    check_words(items[-1], thread.channel, deed.text, now=batch.now)
    me = batch.by.person.pk
    sending = Sending(
        deed.text, deed.language, request, author=me, by=deed.decided_by_id or me,
        upto=items[-1].pk, keep_open=True, tags=deed.tags,
    )  # fmt: skip
    send(thread, items[-1], sending, now=batch.now)
    Thread.objects.filter(pk=thread.pk).update(answered_at=batch.now)


def _hide(batch: Batch, talk: Talk) -> None:
    _, items = talk
    waiting = taken(batch.by.workspace.pk, [item.pk for item in items])
    wish = Wish(Deed.HIDE, tags=batch.deed.tags)
    act_on_taken(batch.by, waiting, wish, request=batch.deed.pk, now=batch.now)


def _label(batch: Batch, talk: Talk) -> None:
    if batch.deed.label is None:
        raise Problem(code="not_found")
    label = Labelled(
        label=batch.deed.label, thread=talk[0], by=batch.by.person, created_at=batch.now
    )
    Labelled.objects.bulk_create([label], ignore_conflicts=True)


def _dismiss(batch: Batch, talk: Talk) -> None:
    """All of it is in the closing."""


def _close(batch: Batch, done: Sequence[Talk]) -> None:
    """What it was done to waits for nothing any more."""
    items = [item.pk for _, waiting in done for item in waiting]
    Item.objects.filter(pk__in=items).update(closed=True)
    talks = [thread for thread, _ in done]
    why = {"because": "pile", "deed": str(batch.deed.pk)}
    move_many(talks, THREAD, "done", by=batch.by.person.pk, now=batch.now, why=why)
    roll_up([one.pk for one in talks], now=batch.now)


_DO: Mapping[str, _One] = {
    "answer": _answer, "hide": _hide, "label": _label, "dismiss": _dismiss,
}  # fmt: skip
_CLOSES = ("answer", "hide", "dismiss")
_SENDS: Mapping[str, str] = {"answer": REPLY, "hide": ACT}
