"""Workers come and go: a row for each incarnation, its lock beside it."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef

from breakwater.delivery.models import Delivery, Worker


def arrive(*, host: str, pid: int, lock_key: int, now: datetime) -> Worker:
    """A new incarnation, whose lock is held already."""
    return Worker.objects.create(host=host, pid=pid, lock_key=lock_key, created_at=now, seen_at=now)


def beat(worker: Worker, *, now: datetime) -> None:
    """The worker was alive at `now` (for people and probes; takeover asks the lock alone)."""
    Worker.objects.filter(pk=worker.pk).update(seen_at=now)


def forget(*, gone: Callable[[int], bool], before: timedelta, now: datetime) -> int:
    """Incarnations long unseen that hold no delivery and no lock are gone from the table.

    gone: whether nobody holds a lock any more: a machine that slept for days wakes with its own.
    """
    idle = Worker.objects.filter(seen_at__lt=now - before).exclude(
        Exists(Delivery.objects.filter(worker=OuterRef("pk")))
    )
    dead = [worker.pk for worker in idle if gone(worker.lock_key)]
    return Worker.objects.filter(pk__in=dead).delete()[0] if dead else 0
