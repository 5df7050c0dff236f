"""A hold is opened, or narrowed: what it stopped goes on or asks. Nothing bursts out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from breakwater.audit.services import Fact, move_many, record
from breakwater.delivery.lifecycle import DELIVERY
from breakwater.delivery.models import NOT_YET, Delivery, Hold
from breakwater.delivery.selectors import not_compared
from breakwater.delivery.services import walls
from breakwater.delivery.services.chains import ask_after_restore
from breakwater.delivery.services.clocks import check
from breakwater.delivery.services.talking import AUTOMATIC
from breakwater.domain.errors import StaleState
from breakwater.domain.kinds import REPLY, REPORT

_AT_ONCE = 500
_UNBEGUN = ("queued", "retry_wait", "claimed", "prepared")


def release(
    hold: Hold, *, strict: bool = False, by: UUID | None, unchecked: bool = False, now: datetime
) -> list[Delivery]:
    """The hold is open; what it stopped is queued again, or missed when its window is over. What
    may be out already is never missed: the next claim sends it again or asks. After a restore, an
    answer that the backup had waiting asks a person: no comparison shows whether it has left.

    strict: whatever its window, all whose time has come asks a person, without a notice for each;
    what a rule wanted to answer does not leave any more. Call `gather` before.
    Returns the rows that moved.
    Raises: StaleState("not_compared") with `channels` for the quarantine after a restore while
    some were not compared with their accounts since, and not `unchecked`: nothing is changed.
    StaleState("clock_doubted") while the clock is not believed: it would tell late from early;
    "hold_of_pause" for one that a pause raised, unless strict: it ends with its pause.
    """
    check(now)
    if hold.of is not None and not strict:
        raise StaleState(code="hold_of_pause", pause=str(hold.of))
    left = not_compared(hold)
    if left and not unchecked:
        raise StaleState(code="not_compared", channels=", ".join(str(one) for one in left))
    with transaction.atomic():
        changed = Hold.objects.filter(pk=hold.pk, released_at=None).update(released_at=now)
        if not changed:
            return []
        walls.touch(hold.workspace_id)
        rows = _held(hold)
        if strict:
            moved = _asked(_not_stopped(rows, hold, now), by=by, now=now)
        else:
            moved = _let_go(rows, hold, by=by, now=now)
        blind = {"not_compared": [str(one.pk) for one in left]} if left else {}
        fact = Fact(hold.workspace_id, "hold.released", "hold", hold.pk, blind)
        record([fact], by=by, now=now)
    return moved


def gather(holds: Sequence[Hold], *, by: UUID, now: datetime) -> int:
    """What these stop, whose time has come and that no worker has looked at yet, is held; how many.
    Before they are opened: else it would leave, late and unasked, at the next claim.

    Rows that wait are locked here, so not in a transaction that wants the wall (docs/delivery.md). What answers a post of
    ours that is not out stays: it asks with that.
    """
    found, batch = 0, _batch(holds, None, by, now)
    while batch is not None:
        found += batch.moved
        batch = _batch(holds, batch.last, by, now)
    return found


def narrow(
    holds: Sequence[Hold], only: Sequence[str], *, by: UUID, now: datetime
) -> list[Delivery]:
    """Of what these stop, only what has one of the tags `only` is stopped from now on. The rest is
    free, as after a strict release. Call `gather` before, in a transaction of its own. holds: of one pause, the first with the tag of all. Returns the
    rows that moved.

    Raises: StaleState("clock_doubted").
    """
    check(now)
    with transaction.atomic():
        for workspace_id in sorted({one.workspace_id for one in holds}):
            walls.touch(workspace_id)
        Hold.objects.filter(pk__in=[one.pk for one in holds]).update(only=list(only))
        moved = [
            row
            for hold in holds[:1]
            for row in _asked(_not_stopped(_held(hold), hold, now), by=by, now=now)
        ]
        data = {"only": list(only)}
        facts = [Fact(one.workspace_id, "hold.narrowed", "hold", one.pk, data) for one in holds]
        record(facts, by=by, now=now)
    return moved


def _held(hold: Hold) -> list[Delivery]:
    """What it holds, locked. Nothing else is waited for while the wall is ours."""
    held = Delivery.objects.filter(
        workspace_id=hold.workspace_id, state="held", reason="hold"
    ).exclude(digest="")
    return [row for row in held.select_for_update().order_by("pk") if hold.tag in row.tags]


def _not_stopped(rows: list[Delivery], hold: Hold, now: datetime) -> list[Delivery]:
    """Without those before which an open hold of the same pause stands, which asks at its own end,
    or a quarantine, which knows what may be out."""
    every = walls.open_holds([hold.workspace_id]).get(hold.workspace_id, [])
    others = [one for one in every if (hold.of and one.of == hold.of) or one.known_until]
    return [row for row in rows if not walls.stopped(row, {hold.workspace_id: others}, now)]


def _let_go(rows: list[Delivery], hold: Hold, *, by: UUID | None, now: datetime) -> list[Delivery]:
    unsure = [row for row in rows if _may_be_out(row, hold)]
    late = [row for row in rows if row.missed_at <= now and not row.doubtful]
    late = [row for row in late if row not in unsure]
    ready = [row for row in rows if row not in late and row not in unsure]
    moved = move_many(ready, DELIVERY, "queued", by=by, now=now)
    told = {row.pk: {"to_tell": True} for row in late}
    moved += move_many(late, DELIVERY, "missed", by=by, now=now, changes=told)
    moved += ask_after_restore(unsure, by=by, now=now)
    return moved


def _asked(rows: list[Delivery], *, by: UUID | None, now: datetime) -> list[Delivery]:
    """What lies ahead goes on. What may be out is looked at by a person, what a rule wanted to say
    is over, and all else whose time has come waits for a person's word."""
    early = [row for row in rows if row.due_at > now and not row.doubtful]
    doubtful = [row for row in rows if row.doubtful]
    past = [row for row in rows if row.due_at <= now and not row.doubtful]
    rules = [row for row in past if AUTOMATIC in row.tags and row.kind == REPLY]
    ask = [row for row in past if row not in rules]
    moved = move_many(early, DELIVERY, "queued", by=by, now=now, changes=_because(early, ""))
    moved += move_many(
        doubtful, DELIVERY, "needs_human", by=by, now=now, changes=_because(doubtful, "not_found")
    )
    moved += move_many(
        rules, DELIVERY, "cancelled", by=by, now=now, changes=_because(rules, "paused")
    )
    moved += move_many(ask, DELIVERY, "missed", by=by, now=now, changes=_because(ask, "paused"))
    return moved


def _because(rows: list[Delivery], reason: str) -> dict[UUID, dict[str, object]]:
    return {row.pk: {"reason": reason, "to_tell": False} for row in rows}


@dataclass(frozen=True)
class _Batch:
    """moved: how many are held now. last: the last that was looked at."""

    moved: int
    last: UUID


def _batch(holds: Sequence[Hold], after: UUID | None, by: UUID, now: datetime) -> _Batch | None:
    """The next ones; None at the end."""
    own = {one.workspace_id: list(holds) for one in holds}
    due = Delivery.objects.filter(
        workspace_id__in=list(own), state__in=_UNBEGUN, due_at__lte=now
    ).exclude(not_before=NOT_YET)
    if after is not None:
        due = due.filter(pk__gt=after)
    with transaction.atomic():
        rows = list(due.select_for_update().order_by("pk")[:_AT_ONCE])
        if not rows:
            return None
        wanted = [row for row in rows if walls.stopped(row, own, now)]
        values = {"reason": "hold", "worker": None, "to_tell": False}
        moved = move_many(
            wanted, DELIVERY, "held", by=by, now=now, why={"because": "hold"},
            changes={row.pk: values for row in wanted},
        )  # fmt: skip
    return _Batch(len(moved), rows[-1].pk)


def _may_be_out(row: Delivery, hold: Hold) -> bool:
    """Whether it can have left after the backup that was restored, unseen by a comparison."""
    answers = row.kind == REPLY or row.after_id is not None or row.deed == REPORT
    known = hold.known_until is not None and row.created_at <= hold.known_until
    return answers and known and not row.doubtful
