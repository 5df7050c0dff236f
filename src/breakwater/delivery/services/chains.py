"""What answers another post of ours (a thread, a first comment) leaves once that is out."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from breakwater.audit.services import move_many
from breakwater.delivery.lifecycle import DELIVERY, OUT, WAITING
from breakwater.delivery.models import NOT_YET, Delivery, Hold
from breakwater.delivery.places import places
from breakwater.domain.kinds import DELETE

_NOT_BEGUN = (*WAITING, "held", "missed", "failed")
_OVER = (*OUT, "cancelled")


@dataclass(frozen=True)
class Answered:
    """Of deliveries that answer another. found: what they answer, to be written on them. early:
    their first may still come out; they wait (their not_before is NOT_YET). alone: it will not, was
    taken down, or nobody knows its id: a person has to say what becomes of them."""

    found: Mapping[UUID, Mapping[str, str]] = field(default_factory=dict)
    early: frozenset[UUID] = frozenset()
    alone: frozenset[UUID] = frozenset()


def answered(rows: Sequence[Delivery]) -> Answered:
    """What those of `rows` that answer another delivery can do now. Four queries at most.

    Call with `rows` locked: who makes a first come out stands by (`stand_by`), and so wakes
    them after us.
    """
    chained = [row for row in rows if row.after_id is not None]
    if not chained:
        return Answered()
    firsts = Delivery.objects.in_bulk([row.after_id for row in chained])
    there = places(firsts.values())
    undone = Delivery.objects.filter(kind=DELETE, source__in=firsts).exclude(state="cancelled")
    taken_down = set(undone.values_list("source", flat=True))
    found: dict[UUID, dict[str, str]] = {}
    early: set[UUID] = set()
    alone: set[UUID] = set()
    for row in chained:
        first = firsts[row.after_id]
        if first.state in OUT and first.remote_id and first.pk not in taken_down:
            now_at = there[first.pk].remote_id
            found[row.pk] = {"reply_to": now_at, "root": first.root or now_at}
        elif first.state in _OVER:
            alone.add(row.pk)
        else:
            early.add(row.pk)
    Delivery.objects.filter(pk__in=early).update(not_before=NOT_YET, reason="after_first")
    return Answered(found, frozenset(early), frozenset(alone))


def stand_by(firsts: Collection[UUID], *, beside: Collection[UUID] = ()) -> None:
    """These, what answers them and those `beside` are locked until the end of the transaction. A
    claim that has just found one too early has written so: otherwise `wake` would not see it, and
    it would wait for ever. All at once, so that two who do this never wait for one another."""
    wanted = Q(pk__in={*firsts, *beside}) | Q(after__in=firsts)
    own = Delivery.objects.select_for_update().filter(wanted)
    list(own.order_by("pk").values_list("pk"))


def wake(firsts: Collection[UUID], *, now: datetime) -> None:
    """What waits for these, which are out, is due now, with its window. What may have left after a
    backup that was restored asks a person instead. Call after `stand_by`."""
    waiting = Delivery.objects.filter(after__in=firsts, state__in=WAITING, not_before=NOT_YET)
    rows = list(waiting.annotate(forgotten=Exists(_restored())))
    if not rows:
        return
    ask_after_restore([row for row in rows if row.forgotten], by=None, now=now)
    window = F("missed_at") - F("due_at")
    waiting.update(due_at=now, not_before=now, missed_at=now + window, reason="")


def ask_after_restore(
    rows: Sequence[Delivery], *, by: UUID | None, now: datetime
) -> list[Delivery]:
    """A person says whether these are out: no comparison with the account finds each of them."""
    told = {row.pk: {"reason": "after_restore", "to_tell": True, "not_before": now} for row in rows}
    why = {"because": "after_restore"}
    return move_many(rows, DELIVERY, "needs_human", by=by, now=now, why=why, changes=told)


def _restored() -> QuerySet[Hold]:
    """Of a delivery: the quarantine after a restore of a backup that had it already."""
    return Hold.objects.filter(
        workspace=OuterRef("workspace"), released_at=None, known_until__gte=OuterRef("created_at")
    )


def behind(rows: Iterable[Delivery]) -> list[Delivery]:
    """All that answers these, directly or not, and has certainly not begun, locked."""
    found: list[Delivery] = []
    level = [row.pk for row in rows]
    while level:
        then = Delivery.objects.select_for_update().filter(after__in=level, doubtful=False)
        own = list(then.filter(state__in=_NOT_BEGUN).order_by("pk"))
        found += own
        level = [row.pk for row in own]
    return found
