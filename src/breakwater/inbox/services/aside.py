"""The lock-out folder: what nobody needs to read now, hidden on its network first where it can be."""

from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction

from breakwater.audit.services import Fact, move_many, record
from breakwater.domain.errors import Invalid, NotFound, Problem
from breakwater.inbox import folder, guard
from breakwater.inbox.lifecycle import THREAD
from breakwater.inbox.models import Item, Thread
from breakwater.inbox.services import keeping
from breakwater.inbox.services.acting import Wish, act_on_taken, taken
from breakwater.inbox.services.rollup import beat
from breakwater.inbox.services.working import AT_ONCE, locked
from breakwater.networks.base import Deed
from breakwater.people import checks
from breakwater.people.roles import Right
from breakwater.people.selectors import Access


@dataclass(frozen=True)
class SetAside:
    """aside: conversations that are in the folder now. hiding: messages that are being hidden on
    their networks. danger: conversations left where they are, as somebody may be in danger."""

    aside: int
    hiding: int
    danger: int


def set_aside(
    by: Access, thread_ids: Collection[UUID], *, now: datetime, tags: Sequence[str] = ()
) -> SetAside:
    """These conversations are in the folder, at most AT_ONCE of them; what of them is abuse below our
    own posts is hidden first where its network can, and threats are kept. Criticism is hidden by
    nobody's setting aside. Again with the same ids does nothing twice. tags: of those deliveries.

    Raises: Forbidden; NotFound (none of them is here); Invalid("aside_danger") when all of them are
    about somebody in danger.
    """
    checks.may(by, Right.ANSWER)
    with transaction.atomic():
        talks = locked(by, thread_ids)
        if not talks:
            raise NotFound(what="thread")
        safe = [one for one in talks if guard.may_set_aside(one)]
        if not safe:
            raise Invalid(code="aside_danger")
        waiting = [one for one in safe if one.state in ("open", "snoozed")]
        items = _items(waiting)
        hiding = _hide(by, items, now, tags)
        _keep(by, items, now)
        moved = move_many(waiting, THREAD, "aside", by=by.person.pk, now=now)
        beat([by.workspace.pk])
    return SetAside(len(moved), hiding, len(talks) - len(safe))


def set_offered_aside(by: Access, *, now: datetime) -> SetAside:
    """What is abuse and nothing else, and of the worst kind, is in the folder, unread; see
    `folder.offered`. Raises: Forbidden; NotFound when there is none."""
    ids = folder.offered(by.workspace.pk).order_by("last_at").values_list("pk", flat=True)
    return set_aside(by, list(ids[:AT_ONCE]), now=now)


def take_out(by: Access, thread_ids: Collection[UUID], *, now: datetime) -> int:
    """How many of them are where they were before: open, or done where nothing waits any more. What
    was hidden stays hidden. Raises: Forbidden."""
    checks.may(by, Right.ANSWER)
    with transaction.atomic():
        talks = locked(by, thread_ids, ("aside",))
        why = {"because": "taken_out"}
        open_ = move_many(
            [one for one in talks if one.waiting], THREAD, "open", by=by.person.pk, now=now, why=why
        )
        done = move_many(
            [one for one in talks if not one.waiting], THREAD, "done", by=by.person.pk, now=now,
            why=why,
        )  # fmt: skip
        record(_taken_out(open_), by=by.person.pk, now=now)
        beat([by.workspace.pk])
    return len(open_) + len(done)


def _taken_out(talks: Sequence[Thread]) -> list[Fact]:
    """That something opens is on record for no reason but this one: a person decided it."""
    return [Fact(one.workspace_id, "thread.taken_out", "thread", one.pk) for one in talks]


def _items(talks: Sequence[Thread]) -> list[Item]:
    rows = Item.objects.filter(thread__in=talks, own=False, closed=False, gone=False)
    return list(rows.select_related("arrival__channel", "thread").order_by("at", "pk"))


def _hide(by: Access, items: Sequence[Item], now: datetime, tags: Sequence[str]) -> int:
    """How many are being hidden. Of those that cannot be, the folder says so. The same setting aside
    hides once; a later one, after something else became of the conversation, hides again."""
    ours = {item.pk: item.thread for item in items if folder.is_ours_to_hide(item)}
    wish = Wish(Deed.HIDE, tags=tags)
    hiding = 0
    for item in taken(by.workspace.pk, list(ours)):
        with suppress(Problem), transaction.atomic():
            act_on_taken(by, [item], wish, request=_click(ours[item.pk]), now=now)
            hiding += 1
    return hiding


def _click(thread: Thread) -> UUID:
    return uuid5(thread.pk, thread.state_at.isoformat())


def _keep(by: Access, items: Sequence[Item], now: datetime) -> None:
    for item in items:
        if guard.is_threat(item) and item.arrival.erased_at is None:
            keeping.keep(item, by=by, why=keeping.THREAT, now=now)
