"""Reading deliveries: for posts, for a person, for the alarms."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from django.db.models import Count, Min, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from breakwater.channels.models import Channel
from breakwater.channels.selectors import connected, in_order, networks
from breakwater.core.reasons import why
from breakwater.delivery.lifecycle import ASKS, DELIVERY, IN_HAND
from breakwater.delivery.models import NOT_YET, Attempt, Delivery, Hold, Reconciliation, Worker
from breakwater.domain.errors import NotFound
from breakwater.domain.guarantees import Outcome
from breakwater.domain.kinds import ACT, EDIT, MAKES, REPLY, SHOWN
from breakwater.domain.markers import addresses

Order = Literal["due_at", "-due_at", "-state_at"]

ALIVE_WITHIN = timedelta(seconds=30)
"""A worker that was seen within it is alive."""

MOVING = tuple(sorted(DELIVERY.states - DELIVERY.terminal - set(ASKS)))
"""States that should not last."""


def delivery_of(workspace_id: UUID, delivery_id: UUID) -> Delivery:
    """The delivery, with its channel; NotFound for none and for another workspace's alike."""
    row = (
        Delivery.objects.select_related("channel")
        .filter(workspace_id=workspace_id, pk=delivery_id)
        .first()
    )
    if row is None:
        raise NotFound(what="delivery")
    return row


def of_talking(row: Delivery) -> bool:
    """Whether it is an answer, a deed, or other words for an answer: nobody approves those, and who
    may answer people orders them. One query for a change, none otherwise."""
    if row.kind == EDIT:
        return Delivery.objects.filter(
            workspace_id=row.workspace_id, pk=row.payload["of"], kind=REPLY
        ).exists()
    return row.kind in (REPLY, ACT)


def why_of(row: Delivery, code: str | None = None) -> str:
    """What happened to it, what was kept and what to do, in the language in use; its network's own
    words for a refusal among them. code: another reason than the row's."""
    known = networks().get(row.channel.network)
    return why(
        row.reason if code is None else code, row.state, kind=row.kind,
        own=known.reasons if known else None,
    )  # fmt: skip


def for_sources(sources: Iterable[UUID]) -> dict[UUID, list[Delivery]]:
    """The deliveries of each source (a version, or a delivery taken back), in the order of their
    channels. One query."""
    found: dict[UUID, list[Delivery]] = {}
    rows = Delivery.objects.filter(source__in=list(sources)).select_related("channel")
    for row in rows.order_by(*in_order("channel__"), "created_at", "pk"):
        found.setdefault(row.source, []).append(row)
    return found


def first_left(sources: Iterable[UUID]) -> dict[UUID, datetime]:
    """When the first publish delivery of each source left (`Delivery.left_at`); those of which
    nothing left are not in it. One query."""
    rows = Delivery.objects.filter(
        source__in=list(sources), kind="publish", accepted_at__isnull=False
    )
    left = Min(Coalesce("last_sent_at", "accepted_at"))
    own = rows.exclude(state="cancelled").order_by().values("source").annotate(left=left)
    return dict(own.values_list("source", "left"))


def attempts(delivery_id: UUID) -> QuerySet[Attempt]:
    """The ledger of one delivery, oldest first."""
    return Attempt.objects.filter(delivery_id=delivery_id).order_by("id")


def sign_ins_refused(delivery_id: UUID) -> int:
    """How often its network has refused our sign-in for this delivery."""
    return Attempt.objects.filter(delivery_id=delivery_id, outcome=Outcome.TOKEN).count()


def taken(row: Delivery) -> set[str]:
    """Remote ids among what was `seen` for a delivery that are known to be another's post."""
    wanted = [str(one.get("remote_id", "")) for one in row.seen]
    others = Delivery.objects.filter(
        channel_id=row.channel_id, kind__in=SHOWN, remote_id__in=[one for one in wanted if one]
    )
    return set(others.exclude(pk=row.pk).values_list("remote_id", flat=True))


def own_markers(row: Delivery) -> frozenset[str]:
    """The links of this delivery's text that no other delivery of its channel carries."""
    others = Delivery.objects.filter(channel_id=row.channel_id, kind__in=MAKES).exclude(pk=row.pk)
    ours = addresses(row.payload["text"])
    return frozenset(one for one in ours if not _carried(others, one))


def _carried(others: QuerySet[Delivery], link: str) -> bool:
    """As it stands, or in another spelling: escapes, a default port, a slash before the query."""
    if others.filter(payload__text__icontains=link).exists():
        return True
    host = link.partition("/")[0].partition("?")[0]
    spelt = Q(payload__text__icontains="%") | Q(payload__text__icontains="/?")
    spelt |= Q(payload__text__icontains=f"{host}:")
    near = others.filter(spelt, payload__text__icontains=host)
    texts = near.order_by().values_list("payload__text", flat=True).distinct()
    return any(link in addresses(str(text)) for text in texts.iterator())


def listing(
    workspace_id: UUID, *, states: Iterable[str] = (), order: Order = "-due_at", limit: int = 50
) -> list[Delivery]:
    """Deliveries of a workspace, optionally only those in `states`: latest due first, or as
    `order` says."""
    rows = Delivery.objects.filter(workspace_id=workspace_id).select_related("channel")
    if states:
        rows = rows.filter(state__in=list(states))
    return list(rows.order_by(order, "-pk" if order.startswith("-") else "pk")[:limit])


def asking(workspace_id: UUID, limit: int = 50) -> list[Delivery]:
    """What waits for a person, the longest waiting first."""
    rows = Delivery.objects.filter(workspace_id=workspace_id, state__in=ASKS)
    return list(rows.select_related("channel").order_by("state_at", "pk")[:limit])


def to_tell(limit: int = 200) -> list[Delivery]:
    """Rows that ask people something which they have not been told of."""
    rows = Delivery.objects.filter(to_tell=True, state__in=ASKS).select_related(
        "channel", "workspace"
    )
    return list(rows.order_by("state_at", "pk")[:limit])


def stuck(*, after: timedelta, now: datetime, limit: int = 2000) -> list[Delivery]:
    """What is still moving `after` its time and should not be; told once each.

    A delivery that waits for its settling period is not stuck: it has a reason and a time. Nor
    is one that waits for the first of its thread, nor one that is out or in doubt, unless nobody has looked at it `after` the look was due.
    """
    late = now - after
    unsent = Q(state__in=(*IN_HAND, "queued", "retry_wait"), due_at__lte=late) & ~Q(
        not_before=NOT_YET
    )
    unseen = Q(state__in=("unknown", "accepted"), not_before__lte=late)
    rows = Delivery.objects.filter(unsent | unseen, stuck_told=False)
    return list(rows.select_related("channel", "workspace").order_by("due_at", "pk")[:limit])


def counts(workspace_id: UUID | None = None) -> dict[str, int]:
    """How many deliveries are in each state that is not an end."""
    rows = Delivery.objects.filter(state__in=sorted(DELIVERY.states - DELIVERY.terminal))
    if workspace_id is not None:
        rows = rows.filter(workspace_id=workspace_id)
    return dict(rows.order_by().values_list("state").annotate(Count("pk")))


def most_late_s(now: datetime) -> float:
    """How many seconds the latest delivery still moving is past its time; 0 for none. What waits for
    the first of its thread has no time yet."""
    first = (
        Delivery.objects.filter(state__in=(*IN_HAND, "queued", "retry_wait"), due_at__lte=now)
        .exclude(not_before=NOT_YET)
        .order_by("due_at")
        .first()
    )
    return (now - first.due_at).total_seconds() if first else 0.0


def open_holds(workspace_id: UUID) -> list[Hold]:
    return list(Hold.objects.filter(workspace_id=workspace_id, released_at=None))


def workers_seen_since(moment: datetime) -> int:
    """How many worker incarnations were alive after `moment`."""
    return Worker.objects.filter(seen_at__gte=moment).count()


def lock_keys() -> list[int]:
    """The locks of all worker incarnations that are on record."""
    return list(Worker.objects.values_list("lock_key", flat=True))


def next_due() -> datetime | None:
    """When the earliest waiting delivery or look wants to be seen."""
    firsts = (
        Delivery.objects.filter(state=state).order_by("not_before").values_list("not_before")[:1]
        for state in ("queued", "retry_wait", "unknown", "accepted")
    )  # a query a state: each reads one entry of the index, however many wait
    return min((moment for first in firsts for (moment,) in first), default=None)


def last_reconciled(workspace_id: UUID) -> dict[UUID, Reconciliation]:
    """channel id -> how its latest comparison ended; those never compared are not in it."""
    rows = Reconciliation.objects.filter(workspace_id=workspace_id).order_by("created_at", "pk")
    newest = rows.filter(
        pk__in=rows.order_by("channel_id", "-created_at", "-pk")
        .filter(channel_id=OuterRef("channel_id")).values("pk")[:1]
    )  # fmt: skip
    return {row.channel_id: row for row in newest}


def not_compared(hold: Hold) -> list[Channel]:
    """Of the quarantine after a restore: the channels whose account was not compared since with
    all that may have left after the backup. None for any other hold."""
    if hold.known_until is None or hold.released_at is not None:
        return []
    done = Reconciliation.objects.filter(
        workspace_id=hold.workspace_id, created_at__gte=hold.created_at, complete=True,
        left_open=0, since__lte=hold.known_until, until__gte=hold.created_at,
    )  # fmt: skip
    return list(connected(hold.workspace_id).exclude(pk__in=done.values("channel")))


def quarantines(workspace_id: UUID) -> list[Hold]:
    """All that restores have held here, released or not, the newest first."""
    rows = Hold.objects.filter(workspace_id=workspace_id, known_until__isnull=False)
    return list(rows.order_by("-created_at"))
