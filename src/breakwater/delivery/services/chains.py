"""What answers another post of ours (a thread, a first comment) leaves once that is out."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import F

from breakwater.delivery.lifecycle import OUT, WAITING
from breakwater.delivery.models import NOT_YET, Delivery
from breakwater.delivery.places import places


def answered(rows: Sequence[Delivery]) -> tuple[dict[UUID, dict[str, str]], set[UUID]]:
    """For those of `rows` that answer another delivery: what they answer, to be written on them;
    and those whose first is not out. They wait: their not_before is NOT_YET. Three queries at most.

    Call with `rows` locked: a first that comes out meanwhile wakes them after us.
    """
    chained = [row for row in rows if row.after_id is not None]
    if not chained:
        return {}, set()
    firsts = Delivery.objects.in_bulk([row.after_id for row in chained])
    there = places(firsts.values())
    found: dict[UUID, dict[str, str]] = {}
    early: set[UUID] = set()
    for row in chained:
        first = firsts[row.after_id]
        if first.state in OUT and first.remote_id:
            now_at = there[first.pk].remote_id
            found[row.pk] = {"reply_to": now_at, "root": first.root or now_at}
        else:
            early.add(row.pk)
    Delivery.objects.filter(pk__in=early).update(not_before=NOT_YET, reason="after_first")
    return found, early


def nameless(rows: Iterable[Delivery]) -> set[UUID]:
    """Those of `rows` whose first is out by a person's word alone: nobody knows what to answer there.
    One query, where any has a first."""
    firsts = {row.pk: row.after_id for row in rows if row.after_id is not None}
    unnamed = Delivery.objects.filter(pk__in=firsts.values(), state__in=OUT, remote_id="")
    known = set(unnamed.values_list("pk", flat=True)) if firsts else set()
    return {key for key, first in firsts.items() if first in known}


def wake(firsts: Collection[UUID], *, now: datetime) -> None:
    """What waits for these, which are out, is due now; its window begins now."""
    waiting = Delivery.objects.filter(after__in=firsts, state__in=WAITING, not_before=NOT_YET)
    waiting.update(not_before=now, missed_at=now + (F("missed_at") - F("due_at")), reason="")


def behind(rows: Iterable[Delivery]) -> list[Delivery]:
    """All that waits, directly or not, for these and has not begun, locked."""
    found: list[Delivery] = []
    level = [row.pk for row in rows]
    while level:
        then = Delivery.objects.select_for_update().filter(after__in=level, not_before=NOT_YET)
        own = list(then.filter(state__in=WAITING).order_by("pk"))
        found += own
        level = [row.pk for row in own]
    return found
