"""The wall: what may not begin. A hold is seen by every claim and by every `sending`."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection, transaction
from django.db.models import F

from breakwater.audit.services import Fact, record
from breakwater.delivery.models import Delivery, Hold, Wall
from breakwater.domain.kinds import EDIT, KINDS, MAKES
from breakwater.people.models import Workspace

HOLDABLE = (*MAKES, EDIT)
"""Deletes and deeds are never held: they make things better."""

RESTORE = "restore"
"""The cause of the quarantine."""

EVERYTHING = KINDS

STATEMENT = "statement"
"""Tag of what a person says about the very thing that everything is held for."""

SPARED = (STATEMENT,)
"""Tags that pass what a pause raises."""


@dataclass(frozen=True)
class Barrier:
    """One thing that a pause holds: what has this tag and is of one of these kinds. only: of that,
    what has one of these tags too; empty: all."""

    tag: str
    kinds: Sequence[str]
    only: Sequence[str] = ()


def raise_walls(
    workspace_id: UUID,
    barriers: Sequence[Barrier],
    *,
    why: str,
    of: UUID,
    daily: bool = False,
    by: UUID | None,
    now: datetime,
) -> list[Hold]:
    """One open hold for each barrier, all at one moment; statements pass them.

    of: the pause, which alone opens them again. daily: what a person confirms for the day passes on
    that day. Call inside the pause's transaction: when that is committed, nothing that they name
    can begin; `leaving` says from now on what has.
    """
    touch(workspace_id)
    holds = [
        Hold(
            workspace_id=workspace_id, tag=one.tag, kinds=list(one.kinds), only=list(one.only),
            spares=list(SPARED), why=why[:255], of=of, daily=daily, by_id=by, created_at=now,
        )
        for one in barriers
    ]  # fmt: skip
    Hold.objects.bulk_create(holds)
    told = [{"tag": one.tag, "kinds": one.kinds, "pause": str(of)} for one in holds]
    facts = [
        Fact(workspace_id, "hold.raised", "hold", one.pk, data)
        for one, data in zip(holds, told, strict=True)
    ]
    record(facts, by=by, now=now)
    return holds


def retire(holds: Sequence[Hold], *, by: UUID, now: datetime) -> None:
    """These stop nothing any more, because others that stop all of it were raised in this very
    transaction: what they held stays held."""
    Hold.objects.filter(pk__in=[one.pk for one in holds]).update(released_at=now)
    facts = [Fact(one.workspace_id, "hold.replaced", "hold", one.pk) for one in holds]
    record(facts, by=by, now=now)


def leaving(workspace_id: UUID, holds: Sequence[Hold], *, now: datetime) -> list[Delivery]:
    """What these holds name and has begun already: it is leaving at this moment. Ask once the wall's
    row is touched: whoever was at the door is through, and nobody else comes in.

    Without what they say: somebody waits for the answer, and a thousand may be leaving."""
    rows = Delivery.objects.filter(workspace_id=workspace_id, state="sending")
    own = {workspace_id: list(holds)}
    known = ("kind", "tags", "workspace", "channel__name", "channel__handle")
    found = rows.select_related("channel").only(*known).order_by("pk")
    return [row for row in found if stopped(row, own, now)]


def touch(workspace_id: UUID) -> None:
    """The wall's row is this transaction's: those at the door are through, and others wait."""
    Wall.objects.get_or_create(workspace_id=workspace_id)
    Wall.objects.filter(workspace_id=workspace_id).update(generation=F("generation") + 1)


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
        touch(workspace_id)
        hold = Hold.objects.create(
            workspace_id=workspace_id, tag=tag, kinds=list(kinds), why=why, cause=cause,
            known_until=known_until, by_id=by, created_at=now,
        )  # fmt: skip
        data = {"tag": tag, "why": why}
        record([Fact(workspace_id, "hold.raised", "hold", hold.pk, data)], by=by, now=now)
    return hold, leaving(workspace_id, [hold], now=now)


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
    rows = Hold.objects.filter(workspace_id__in=set(workspace_ids), released_at=None)
    for hold in rows.select_related("workspace"):
        found.setdefault(hold.workspace_id, []).append(hold)
    return found


def stopped(row: Delivery, holds: Mapping[UUID, Sequence[Hold]], now: datetime) -> bool:
    """Whether one of the open holds stands before this delivery. The holds come with their
    workspace where they are daily."""
    tags = set(row.tags)
    return any(stops(one, row.kind, tags, now) for one in holds.get(row.workspace_id, ()))


def stops(hold: Hold, kind: str, tags: Collection[str], now: datetime) -> bool:
    """Whether this hold stands before what is of this kind and has these tags."""
    if hold.tag not in tags or kind not in hold.kinds:
        return False
    if hold.only and not any(tag in tags for tag in hold.only):
        return False
    passes = [*hold.spares, pass_of(hold)]
    if hold.daily:
        passes.append(day_of(hold, now.astimezone(ZoneInfo(hold.workspace.zone)).date()))
    return not any(tag in tags for tag in passes)


def shut(workspace_id: UUID, kind: str, tags: Collection[str], *, now: datetime) -> bool:
    """Whether what is of this kind and has these tags, besides the workspace's, would be held now:
    for those who would rather not begin it. One query."""
    own = open_holds([workspace_id]).get(workspace_id, [])
    return any(stops(one, kind, {"workspace", *tags}, now) for one in own)


def pass_of(hold: Hold) -> str:
    """The tag of what a person let pass this hold, and no other."""
    return f"pass:{hold.pk}"


def day_of(hold: Hold, day: date) -> str:
    """The tag of what a person confirmed for a day of the workspace."""
    return f"day:{hold.pk}:{day.isoformat()}"


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
