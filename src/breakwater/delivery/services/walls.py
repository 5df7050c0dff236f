"""The wall: what may not begin. A hold is seen by every claim and by every `sending`."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F

from breakwater.audit.services import Fact, move_many, record
from breakwater.delivery.lifecycle import DELIVERY
from breakwater.delivery.models import Delivery, Hold, Wall
from breakwater.delivery.selectors import not_compared
from breakwater.delivery.services.chains import ask_after_restore
from breakwater.delivery.services.clocks import check
from breakwater.domain.errors import StaleState
from breakwater.domain.kinds import EDIT, KINDS, MAKES, REPLY, REPORT
from breakwater.people.models import Workspace

HOLDABLE = (*MAKES, EDIT)
"""Deletes and deeds are never held: they make things better."""

RESTORE = "restore"
"""The cause of the quarantine."""

EVERYTHING = KINDS


def raise_wall(
    workspace_id: UUID,
    *,
    tag: str = "workspace",
    kinds: Sequence[str] = HOLDABLE,
    why: str,
    cause: str = "",
    known_until: datetime | None = None,
    by: UUID | None,
    now: datetime,
) -> tuple[Hold, list[Delivery]]:
    """After this answer nothing that `tag` and `kinds` name can begin.

    Returns the hold and the deliveries that are at this moment leaving. The update of the
    wall's row waits for those transactions that are just marking `sending` (milliseconds).
    """
    with transaction.atomic(durable=not connection.in_atomic_block):
        Wall.objects.get_or_create(workspace_id=workspace_id)
        Wall.objects.filter(workspace_id=workspace_id).update(generation=F("generation") + 1)
        hold = Hold.objects.create(
            workspace_id=workspace_id, tag=tag, kinds=list(kinds), why=why, cause=cause,
            known_until=known_until, by_id=by, created_at=now,
        )  # fmt: skip
        data = {"tag": tag, "why": why}
        record([Fact(workspace_id, "hold.raised", "hold", hold.pk, data)], by=by, now=now)
    leaving = Delivery.objects.filter(workspace_id=workspace_id, state="sending")
    return hold, [row for row in leaving if tag in row.tags and row.kind in kinds]


def release(hold: Hold, *, by: UUID, unchecked: bool = False, now: datetime) -> list[Delivery]:
    """The hold is open; what it stopped is queued again, or missed when its window is over. What
    may be out already is never missed: the next claim sends it again or asks. After a restore, an
    answer that the backup had waiting asks a person: no comparison shows whether it has left.

    Nothing bursts out: late posts wait for a person. Returns the rows that moved.
    Raises: StaleState("not_compared") with `channels` for the quarantine after a restore while
    some were not compared with their accounts since, and not `unchecked`: nothing is changed.
    StaleState("clock_doubted") while the clock is not believed: it would tell late from early.
    """
    check(now)
    left = not_compared(hold)
    if left and not unchecked:
        raise StaleState(code="not_compared", channels=", ".join(str(one) for one in left))
    with transaction.atomic():
        changed = Hold.objects.filter(pk=hold.pk, released_at=None).update(released_at=now)
        if not changed:
            return []
        Wall.objects.filter(workspace_id=hold.workspace_id).update(generation=F("generation") + 1)
        held = Delivery.objects.filter(
            workspace_id=hold.workspace_id, state="held", reason="hold"
        ).exclude(digest="")
        rows = [row for row in held.select_for_update().order_by("pk") if hold.tag in row.tags]
        unsure = [row for row in rows if _may_be_out(row, hold)]
        late = [row for row in rows if row.missed_at <= now and not row.doubtful]
        late = [row for row in late if row not in unsure]
        ready = [row for row in rows if row not in late and row not in unsure]
        moved = move_many(ready, DELIVERY, "queued", by=by, now=now)
        told = {row.pk: {"to_tell": True} for row in late}
        moved += move_many(late, DELIVERY, "missed", by=by, now=now, changes=told)
        moved += ask_after_restore(unsure, by=by, now=now)
        blind = {"not_compared": [str(one.pk) for one in left]} if left else {}
        fact = Fact(hold.workspace_id, "hold.released", "hold", hold.pk, blind)
        record([fact], by=by, now=now)
    return moved


def _may_be_out(row: Delivery, hold: Hold) -> bool:
    """Whether it can have left after the backup that was restored, unseen by a comparison."""
    answers = row.kind == REPLY or row.after_id is not None or row.deed == REPORT
    known = hold.known_until is not None and row.created_at <= hold.known_until
    return answers and known and not row.doubtful


def hold_everything(why: str, *, known_until: datetime, now: datetime) -> int:
    """Quarantine: every workspace is held, deletes too, until a person releases it.

    known_until: the moment of the backup; the ledger knows of nothing that left later.
    """
    workspaces = list(Workspace.objects.values_list("pk", flat=True))
    for workspace_id in workspaces:
        raise_wall(
            workspace_id, kinds=EVERYTHING, why=why, cause=RESTORE, known_until=known_until,
            by=None, now=now,
        )  # fmt: skip
    return len(workspaces)


def open_holds(workspace_ids: Iterable[UUID]) -> dict[UUID, list[Hold]]:
    """The open holds of these workspaces, by workspace. One query."""
    found: dict[UUID, list[Hold]] = {}
    for hold in Hold.objects.filter(workspace_id__in=set(workspace_ids), released_at=None):
        found.setdefault(hold.workspace_id, []).append(hold)
    return found


def stopped(row: Delivery, holds: dict[UUID, list[Hold]]) -> bool:
    """Whether one of the open holds stands before this delivery."""
    own = holds.get(row.workspace_id, [])
    return any(hold.tag in row.tags and row.kind in hold.kinds for hold in own)


def stand_at(workspace_ids: Iterable[UUID]) -> None:
    """This transaction holds the walls' rows FOR SHARE: no pause is between us and our commit.

    On SQLite the writer is alone, so nothing has to be done there.
    """
    wanted = sorted(set(workspace_ids))
    have = set(Wall.objects.filter(workspace_id__in=wanted).values_list("workspace_id", flat=True))
    missing = [Wall(workspace_id=one) for one in wanted if one not in have]
    Wall.objects.bulk_create(missing, ignore_conflicts=True)
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM delivery_wall WHERE workspace_id = ANY(%s)"
            " ORDER BY workspace_id FOR SHARE",
            [wanted],
        )
