"""What one batch of a deed on a pile does to its conversations, and which it leaves out."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from uuid import UUID, uuid5

from django.db.models import QuerySet

from breakwater.audit.services import move_many
from breakwater.delivery.lifecycle import IN_HAND, WAITING
from breakwater.delivery.models import Delivery
from breakwater.delivery.services.talking import Done, act
from breakwater.domain.errors import Problem, StaleState
from breakwater.domain.kinds import ACT, REPLY
from breakwater.domain.triage import Category
from breakwater.inbox.lifecycle import THREAD
from breakwater.inbox.models import Answer, Item, Labelled, PileDeed, Thread
from breakwater.inbox.pile_selectors import EXCEPTIONS, NEVER
from breakwater.inbox.services.answering import Sending, check_words, send
from breakwater.inbox.services.rollup import roll_up
from breakwater.networks.base import Deed

AT_ONCE = 25
QUEUED = 50
"""Answers and deeds of a channel that may be on their way before more are begun: the network sets
the pace, and none waits so long that it would be late."""

Talk = tuple[Thread, Sequence[Item]]
"""A conversation, and its messages that wait, oldest first."""
_One = Callable[[PileDeed, Talk, datetime], None]


def following(deed: PileDeed, *, limit: int) -> list[Thread]:
    """The next conversations of the pile, locked, in the order of ids."""
    rows = _open(deed).select_for_update(of=("self",)).select_related("channel")
    return list(rows.order_by("pk")[:limit])


def left_over(deed: PileDeed) -> int:
    return _open(deed).count()


def busy(deed: PileDeed, talks: Sequence[Thread]) -> bool:
    """Whether a channel of these has enough to send for now."""
    if deed.deed not in _SENDS:
        return False
    rows = Delivery.objects.filter(
        channel_id__in={one.channel_id for one in talks}, kind__in=(REPLY, ACT),
        state__in=(*WAITING, *IN_HAND),
    )  # fmt: skip
    return max(Counter(rows.values_list("channel_id", flat=True)).values(), default=0) >= QUEUED


def do(deed: PileDeed, talks: Sequence[Thread], *, now: datetime) -> tuple[int, Counter[str]]:
    """How many conversations it was done to, and how many were left out, by code. Call it inside the
    batch's transaction."""
    waiting = _waiting(talks)
    done: list[Talk] = []
    left: Counter[str] = Counter()
    for thread in talks:
        talk = thread, waiting.get(thread.pk, [])
        code = _spared(deed, talk) or _tried(deed, talk, now)
        if code:
            left[code] += 1
        else:
            done.append(talk)
    if deed.deed in _CLOSES:
        _close(deed, done, now)
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


def _tried(deed: PileDeed, talk: Talk, now: datetime) -> str:
    """Done, or the code of why it cannot be. What is refused is refused before it is written."""
    try:
        _DO[deed.deed](deed, talk, now)
    except Problem as error:
        return error.code
    return ""


def _answer(deed: PileDeed, talk: Talk, now: datetime) -> None:
    """The newest message is answered by the rules of any answer; with `one_each` nobody gets a second
    one. What a colleague has answered since it was decided is left. `_close` closes it."""
    thread, items = talk
    whom = thread.contact_id if deed.one_each and thread.contact_id else thread.pk
    request = uuid5(deed.pk, str(whom))
    if deed.one_each and Delivery.objects.filter(kind=REPLY, source=request).exists():
        return
    later = Answer.objects.filter(thread=thread, deed="", created_at__gt=deed.created_at)
    if later.exists():
        raise StaleState(code="answered_meanwhile")
    check_words(items[-1], thread.channel, deed.text, now=now)
    me = _by(deed)
    sending = Sending(
        deed.text, deed.language, request, author=me, by=me, upto=items[-1].pk, keep_open=True
    )
    send(thread, items[-1], sending, now=now)
    Thread.objects.filter(pk=thread.pk).update(answered_at=now)


def _hide(deed: PileDeed, talk: Talk, now: datetime) -> None:
    thread, items = talk
    for item in items:
        wish = Done(Deed.HIDE, arrival_id=item.pk)
        request = uuid5(deed.pk, str(item.pk))
        sent = act(thread.channel, wish, request=request, by=_by(deed), now=now)
        _keep(deed, item, sent, Deed.HIDE, now)


def _label(deed: PileDeed, talk: Talk, now: datetime) -> None:
    if deed.label is None:
        raise Problem(code="not_found")
    label = Labelled(label=deed.label, thread=talk[0], by_id=deed.by_id, created_at=now)
    Labelled.objects.bulk_create([label], ignore_conflicts=True)


def _dismiss(deed: PileDeed, talk: Talk, now: datetime) -> None:
    """All of it is in the closing."""


def _keep(deed: PileDeed, item: Item, sent: Delivery, kind: str, now: datetime) -> None:
    Answer.objects.get_or_create(
        delivery=sent,
        defaults={
            "workspace_id": deed.workspace_id, "thread_id": item.thread_id, "item": item,
            "deed": kind, "by_id": deed.by_id, "created_at": now,
        },
    )  # fmt: skip


def _close(deed: PileDeed, done: Sequence[Talk], now: datetime) -> None:
    """What it was done to waits for nothing any more."""
    items = [item.pk for _, waiting in done for item in waiting]
    Item.objects.filter(pk__in=items).update(closed=True)
    talks = [thread for thread, _ in done]
    why = {"because": "pile", "deed": str(deed.pk)}
    move_many(talks, THREAD, "done", by=deed.by_id, now=now, why=why)
    roll_up([one.pk for one in talks], now=now)


def _by(deed: PileDeed) -> UUID:
    if deed.by_id is None:
        raise Problem(code="forbidden")
    return deed.by_id


_DO: Mapping[str, _One] = {
    "answer": _answer, "hide": _hide, "label": _label, "dismiss": _dismiss,
}  # fmt: skip
_CLOSES = ("answer", "hide", "dismiss")
_SENDS = ("answer", "hide")
