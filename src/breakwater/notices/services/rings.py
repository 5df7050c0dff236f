"""The rings of urgent notices: each door once, tried until it is through, each try counted before."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.db.models import QuerySet

from breakwater.notices.mail import set_up
from breakwater.notices.models import Door, Notice, PushDoor, Ring, WebhookDoor

LEASE = timedelta(seconds=30)
"""How long a ring that is under way keeps others away; each try is over well before."""

BACK_OFF = tuple(timedelta(seconds=s) for s in (2, 5, 15, 60, 120, 300, 600, 600, 600, 600))
"""After each failed try, when the next one may come. After the last one it is given up."""

AT_ONCE = 32


def ring(
    notices: Sequence[Notice],
    *,
    now: datetime,
    webhooks: bool = True,
    only: WebhookDoor | None = None,
) -> list[Ring]:
    """A ring for each door of the notices' persons and each webhook of their workspace. Those of
    one call share key and workspace. Call inside the transaction that made the notices.

    webhooks: whether these ring, too. only: this one rings and nothing else (a trial).
    """
    if not notices:
        return []
    first = notices[0]
    if only is not None:
        rings = [_to(first, Door.WEBHOOK, now, webhook=only)]
    else:
        rings = _to_persons(notices, now)
        outside = _webhooks(first) if webhooks else []
        rings += [_to(first, Door.WEBHOOK, now, webhook=door) for door in outside]
    return Ring.objects.bulk_create(rings, ignore_conflicts=True)


def _to_persons(notices: Sequence[Notice], now: datetime) -> list[Ring]:
    pushes: dict[UUID, list[PushDoor]] = {}
    for door in PushDoor.objects.filter(person__in=[one.person_id for one in notices]).order_by(
        "pk"
    ):
        pushes.setdefault(door.person_id, []).append(door)
    mails = [_to(one, Door.MAIL, now) for one in notices if set_up()]
    return mails + [
        _to(one, Door.PUSH, now, push=door)
        for one in notices
        for door in pushes.get(one.person_id, [])
    ]


def due(now: datetime, limit: int = AT_ONCE) -> list[Ring]:
    """The rings to be tried now, claimed: nobody else tries them within LEASE.

    The try is counted before it is made, so a crash costs a try and never loses a ring. Those
    that have no try left became failed.
    """
    with transaction.atomic():
        _waiting(now).filter(tries__gte=len(BACK_OFF)).update(state="failed", next_at=None)
        found = list(
            _locked(_waiting(now))
            .select_related(
                "notice", "notice__person", "notice__workspace", "notice__link", "push", "webhook"
            )
            .order_by("next_at", "pk")[:limit]
        )
        for one in found:
            one.tries += 1
            one.next_at = now + LEASE
        Ring.objects.bulk_update(found, ["tries", "next_at"])
    return found


def went(ring: Ring, *, now: datetime) -> None:
    """The door took it."""
    if _row(ring).update(state="sent", sent_at=now, next_at=None, trouble=""):
        _note_door(ring, now, "")
        _note_mail(ring, mail_state="sent", mail_trouble="")


def failed(ring: Ring, trouble: str, *, now: datetime) -> None:
    """It did not, and is tried again, unless that was the last try."""
    trouble = trouble[:255]
    last = ring.tries >= len(BACK_OFF)
    after = None if last else now + BACK_OFF[ring.tries - 1]
    if _row(ring).update(state="failed" if last else "waiting", next_at=after, trouble=trouble):
        _note_door(ring, now, trouble)
        if last:
            _note_mail(ring, mail_state="failed", mail_after=now, mail_trouble=trouble)


def gone(ring: Ring, trouble: str, *, now: datetime) -> None:
    """There is no such door any more. A browser's is forgotten: its push service said so itself."""
    with transaction.atomic():
        if not _row(ring).update(state="gone", next_at=None, trouble=trouble[:255]):
            return
        if ring.push is not None:
            PushDoor.objects.filter(pk=ring.push.pk).delete()
        _note_door(ring, now, trouble[:255])


def _to(
    notice: Notice,
    door: Door,
    now: datetime,
    *,
    push: PushDoor | None = None,
    webhook: WebhookDoor | None = None,
) -> Ring:
    own = f"{notice.pk}:{door}:{push.pk if push else notice.person_id}"
    shared = f"{notice.workspace_id}:{notice.key}:{door}:{webhook.pk if webhook else None}"
    return Ring(
        notice=notice,
        door=door,
        push=push,
        webhook=webhook,
        key=shared if webhook else own,
        next_at=now,
        created_at=now,
    )


def _webhooks(notice: Notice) -> list[WebhookDoor]:
    """None in a drill: what is told outside is believed outside."""
    doors = WebhookDoor.objects.filter(
        workspace_id=notice.workspace_id, workspace__drill=False, on=True
    )
    return list(doors.order_by("pk"))


def _note_mail(ring: Ring, **seen: object) -> None:
    """The notice says what became of its mail, as of an everyday one."""
    if ring.door == Door.MAIL:
        Notice.objects.filter(pk=ring.notice_id).update(**seen)


def _note_door(ring: Ring, now: datetime, trouble: str) -> None:
    seen = {"failed_at": now, "trouble": trouble} if trouble else {"used_at": now, "trouble": ""}
    if ring.push_id:
        PushDoor.objects.filter(pk=ring.push_id).update(**seen)
    if ring.webhook_id:
        WebhookDoor.objects.filter(pk=ring.webhook_id).update(**seen)


def _waiting(now: datetime) -> QuerySet[Ring]:
    return Ring.objects.filter(state="waiting", next_at__lte=now)


def _locked(rows: QuerySet[Ring]) -> QuerySet[Ring]:
    """On PostgreSQL several workers share the rings; on SQLite the writer is alone."""
    if connection.vendor == "postgresql":
        return rows.select_for_update(skip_locked=True, of=("self",))
    return rows


def _row(ring: Ring) -> QuerySet[Ring]:
    return Ring.objects.filter(pk=ring.pk, state="waiting")
